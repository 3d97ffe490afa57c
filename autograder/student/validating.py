"""nbgrader's Validate: there a question that is not right has to be an error, for any other result counts as a pass.

``nbgrader validate`` and JupyterLab's Validate button run the notebook in a fresh kernel and read the test cells'
outputs. An error's text is what they show the student, so it is the verdict itself, without a traceback.
"""

from __future__ import annotations

import os
import textwrap

# nbgrader cuts lines off at 90 columns less an indent of 4 and three dots.
_WIDTH = 80


class NotRightYet(Exception):
    """What ``check`` found is not right yet; the words are the verdict's."""

    def _render_traceback_(self) -> list[str]:
        # IPython shows this instead of frames of our own, in which a student finds nothing.
        return str(self).splitlines()


def is_validating() -> bool:
    """Whether this kernel was started by nbgrader's Validate."""
    return os.environ.get("NBGRADER_VALIDATING") == "1"


def refuse(words: str) -> None:
    """Raise the verdict as an error.

    Raises:
        NotRightYet: always.
    """
    lines = []
    for line in words.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        lines += textwrap.wrap(line, _WIDTH, subsequent_indent=f"{indent}  ", break_on_hyphens=False) or [""]
    raise NotRightYet("\n".join(lines))
