"""What nbgrader is told of a submission without a mark."""

from __future__ import annotations


class NotGraded(RuntimeError):
    """A submission without a mark; nbgrader reports it for that student and goes on with the next."""
