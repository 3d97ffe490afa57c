"""``CollectRegularFiles`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.collect import CollectRegularFiles

__all__ = ["CollectRegularFiles"]
