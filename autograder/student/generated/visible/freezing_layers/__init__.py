"""Visible checks of 13-freezing-layers: written by ``autograder release``."""
