"""Who else on this machine can read what of a course, by the modes of its folders."""

from __future__ import annotations

import stat
from pathlib import Path

from autograder.course.layout import SECRET_FILES, SECRET_FOLDERS, Course

_NO_SECRETS = ("tests", "nbgrader_config.py")  # hidden from submissions, which need neither; a user may read them


def open_to_everybody(course: Course) -> list[str]:
    """The names of the course's secrets that every user of this machine can read."""
    names = [name for name in (*SECRET_FOLDERS, *SECRET_FILES) if name not in _NO_SECRETS]
    return [name for name in names if everybody_reads(course.root / name)]


def everybody_reads(path: Path) -> bool:
    """Whether a user who is neither the owner nor of the group gets at a file, or at what is in a folder."""
    path = path.absolute()
    try:
        mode = path.stat().st_mode
        reached = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
    except OSError:
        return False
    wanted = stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH
    return reached and bool(mode & wanted)


def warning_about_readers(course: Course) -> str | None:
    """One line with the command that mends it; None where other users are kept out."""
    names = open_to_everybody(course)
    if not names:
        return None
    return (
        f"every user of this machine can read {', '.join(names)} of {course.root}: "
        f"`chmod o-rwx {course.root}` closes the course to all but its owner and group"
    )
