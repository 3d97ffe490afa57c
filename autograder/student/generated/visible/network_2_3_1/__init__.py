"""Visible checks of 09-network-2-3-1: written by ``autograder release``."""
