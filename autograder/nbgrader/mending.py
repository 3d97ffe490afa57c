"""``MendCells`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.mending import MendCells

__all__ = ["MendCells"]
