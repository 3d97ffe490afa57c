"""Visible checks of 02-autograd: written by ``autograder release``."""
