"""``wait_for_the_gradebook`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.patience import wait_for_the_gradebook

__all__ = ["wait_for_the_gradebook"]
