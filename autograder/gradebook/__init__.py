"""nbgrader's gradebook and autograded/ notebooks."""
