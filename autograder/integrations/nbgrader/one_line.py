"""One line in a course's ``nbgrader_config.py`` that lets ``nbgrader autograde`` run on this engine."""

from __future__ import annotations

from typing import Any

from nbgrader.converters import Autograde

OURS = {
    "Execute": "autograder.nbgrader.execute.GradeInSandbox",
    "DeduplicateIds": "autograder.nbgrader.mending.MendCells",
}


def configure(c: Any) -> None:
    """Let submissions be autograded in the sandbox, at every door of nbgrader: command, API and formgrader.

    Of nbgrader's two lists of preprocessors, or those that ``c`` has already, two members are replaced (``OURS``).
    Everything else stays. To switch it off, take the line out.

    Args:
        c: what ``get_config()`` answers.
    """
    for name in ("sanitize_preprocessors", "autograde_preprocessors"):
        there = c.Autograde.get(name)
        listed = Autograde.class_traits()[name].default() if not isinstance(there, list) else there
        setattr(c.Autograde, name, [_ours(member) for member in listed])
    if not c.Autograde.get("pre_convert_hook"):
        c.Autograde.pre_convert_hook = "autograder.nbgrader.patience.wait_for_the_gradebook"
    for converter in (c.Autograde, c.GenerateFeedback):
        if not converter.get("post_convert_hook"):
            converter.post_convert_hook = "autograder.nbgrader.shared_folders.share_student_folders"


def _ours(member: Any) -> Any:
    path = member if isinstance(member, str) else f"{member.__module__}.{member.__name__}"
    name = path.rpartition(".")[2]
    return OURS[name] if name in OURS and path.startswith("nbgrader.") else member
