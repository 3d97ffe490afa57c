"""Repositories of a class: the template that students start from, the run in their CI, and their clones."""
