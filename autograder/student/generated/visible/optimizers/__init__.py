"""Visible checks of 12-optimizers: written by ``autograder release``."""
