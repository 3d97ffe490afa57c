"""nbgrader's door: ``use(c)`` in ``nbgrader_config.py``, and the preprocessors that it names."""

from __future__ import annotations

from typing import Any


def use(c: Any) -> None:
    """Let ``nbgrader autograde`` run on this engine: the one line that a course's ``nbgrader_config.py`` needs.

    Args:
        c: what ``get_config()`` answers.
    """
    from autograder.integrations.nbgrader.one_line import configure  # not before: nbgrader takes a second to import

    configure(c)
