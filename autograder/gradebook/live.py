"""Which gradebook is graded into: an ignored copy of the one in git, so that nobody's marks are ever committed.

``gradebook.db`` beside ``nbgrader_config.py`` stays pristine. The first command that needs a gradebook copies it to
``.autograder/gradebook.db``, and that is the one that ``nbgrader_config.py`` names: for nbgrader's own commands, the
formgrader and ours alike.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from autograder.course.configuration import nbgrader_settings
from autograder.course.layout import Course
from autograder.gradebook.sharing import is_the_groups, share


def live_gradebook(root: Path | str) -> str:
    """The URL of the course's live gradebook; it is copied from the pristine one where it is not there yet."""
    root = Path(root).absolute()
    live, pristine = root / ".autograder" / "gradebook.db", root / "gradebook.db"
    with suppress(OSError):  # a folder that cannot be written to: whoever opens the gradebook is told so
        live.parent.mkdir(exist_ok=True)
    if not live.exists() and pristine.is_file():
        part = live.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            shutil.copyfile(pristine, part)
            with suppress(FileExistsError):
                os.link(part, live)  # of two that start at once the first wins
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if is_the_groups(root):  # the configuration that would say groupshared is being read just now
            share(live.parent)
    return f"sqlite:///{live}"


def gradebook_address(course: Course, url: str | None = None) -> str:
    """The gradebook of a course: ``url``, else that of ``nbgrader_config.py``, else ``gradebook.db`` of the course."""
    if url:
        return url
    said = nbgrader_settings(course).CourseDirectory.get("db_url")
    return str(said or f"sqlite:///{course.root.resolve() / 'gradebook.db'}")
