"""Visible checks of 01-tensors: written by ``autograder release``."""
