"""What nbgrader's configuration says of a course, read where nbgrader reads it, and which course that makes this one.

From the weakest to the strongest: the system's, the environment's and the user's ``nbgrader_config.py`` (Jupyter's
configuration folders), that of the folder in which the command was typed, and the course's own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.course.layout import Course, find_course

NAME = "nbgrader_config"


def course_here(*, told: bool = True) -> Course:
    """The course that a command typed here means: ``CourseDirectory.root`` as nbgrader has it, else the one around.

    Its name and folder are said on standard error, since the same command in the same folder may mean another course
    for another user; with ``told=False``, for a look before another command, nothing is said.
    """
    here = Path.cwd()
    settings = _read([*_jupyter_folders(), here])
    root = settings.CourseDirectory.get("root")
    course = find_course(here) if not root else Course((here / str(root)).expanduser().resolve())
    named = nbgrader_settings(course).CourseDirectory.get("course_id")
    why = " (CourseDirectory.root of nbgrader's configuration)" if root and course.root != here.resolve() else ""
    line = f"the course {named} in {course.root}" if named else f"the course in {course.root}"
    if told:
        print(f"autograder: {line}{why}", file=sys.stderr)
    return course


def nbgrader_settings(course: Course) -> Any:
    """What nbgrader's configuration files set for a course; the course's own say the last word."""
    return _read([*_jupyter_folders(), course.root])


def settings_for_everybody() -> Any:
    """What the system's and the environment's files set, without those of a user and of a course."""
    from jupyter_core.paths import jupyter_config_dir

    return _read([folder for folder in _jupyter_folders() if folder != Path(jupyter_config_dir())])


@contextmanager
def on_path(folder: Path) -> Iterator[None]:
    """Modules beside the configuration can be imported, as nbgrader's plug-ins are."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _jupyter_folders() -> list[Path]:
    from jupyter_core.paths import jupyter_config_path

    return [Path(folder) for folder in reversed(jupyter_config_path())]


def _read(folders: list[Path]) -> Any:
    from traitlets.config import Config
    from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

    found = Config()
    for folder in folders:
        for loader, ending in ((PyFileConfigLoader, "py"), (JSONFileConfigLoader, "json")):
            if (folder / f"{NAME}.{ending}").is_file():
                with on_path(folder):
                    found.merge(loader(f"{NAME}.{ending}", path=str(folder)).load_config())
    return found
