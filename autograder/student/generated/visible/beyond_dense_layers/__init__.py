"""Visible checks of 15-beyond-dense-layers: written by ``autograder release``."""
