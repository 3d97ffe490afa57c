"""Visible checks of 03-parameter-counting: written by ``autograder release``."""
