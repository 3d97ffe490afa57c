"""Visible checks of 07-linear-regression: written by ``autograder release``."""
