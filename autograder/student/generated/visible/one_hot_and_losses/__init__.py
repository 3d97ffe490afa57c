"""Visible checks of 05-one-hot-and-losses: written by ``autograder release``."""
