"""``GradeInSandbox`` under the name that ``nbgrader_config.py`` gives it."""

from autograder.integrations.nbgrader.execute import GradeInSandbox

__all__ = ["GradeInSandbox"]
