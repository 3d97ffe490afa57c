"""Visible checks of 04-activations: written by ``autograder release``."""
