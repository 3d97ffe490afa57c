"""Visible checks of 06-manual-weight-updates: written by ``autograder release``."""
