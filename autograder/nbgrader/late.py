"""``PerDay`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.late import PerDay

__all__ = ["PerDay"]
