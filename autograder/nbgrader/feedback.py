"""``FeedbackPage`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.feedback import FeedbackPage

__all__ = ["FeedbackPage"]
