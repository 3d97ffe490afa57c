"""A way in for courses of otter-grader: its master notebooks become nbgrader's, graded by this engine."""
