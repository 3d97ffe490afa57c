"""Visible checks of 08-likelihood: written by ``autograder release``."""
