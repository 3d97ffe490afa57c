"""``share_student_folders`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.shared_folders import share_student_folders

__all__ = ["share_student_folders"]
