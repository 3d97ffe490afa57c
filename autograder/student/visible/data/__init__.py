"""Visible checks of 10-data: written by ``autograder release``."""
