"""Visible checks of 11-training-loops: written by ``autograder release``."""
