"""Visible checks of 14-text-and-capstone: written by ``autograder release``."""
