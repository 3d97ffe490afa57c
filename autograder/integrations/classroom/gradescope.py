"""``autograder classroom gradescope``: the ``autograder.zip`` that an instructor uploads to Gradescope.

It holds the bank and the course's seed, so it is for Gradescope and for nobody else.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from autograder.course.assignment import load_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import PACKAGE, Course
from autograder.errors import UsageError
from autograder.integrations.classroom.template import filled

_COURSE = ("pyproject.toml", "README.md", "constraints.txt", "nbgrader_config.py")
_EXECUTABLE = ("setup.sh", "run_autograder")


def gradescope_command(name: str, target: Path) -> int:
    """Write the zip; say that it is secret."""
    load_assignment(name)
    if target.is_dir():
        raise UsageError(f"{target} is a folder; name a file such as autograder.zip")
    course = course_here()
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in gradescope_files(course, name):
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if path in _EXECUTABLE else 0o644) << 16
            archive.writestr(entry, content)
            count += 1
    print(f"{target}: {count} files. It holds the answers and the course's seed: for Gradescope only")
    return 0


def gradescope_files(course: Course, name: str) -> Iterator[tuple[str, bytes]]:
    """(path in the zip, content) of every file."""
    for file in _EXECUTABLE:
        yield file, filled(file, name)
    yield ".autograder/seed", str(course.seed()).encode("ascii")
    for file in _COURSE:
        path = course.root / file
        path = path if path.is_file() else PACKAGE.parent / file
        if path.is_file():
            yield file, path.read_bytes()
    files = _files("autograder", PACKAGE) | _files("datasets", course.root / "datasets")
    if course.own_checks is not None:
        files |= _files("autograder/student/generated", course.own_checks)  # there the package is this course's alone
    for target, path in sorted(files.items()):
        yield target, path.read_bytes()


def _files(folder: str, root: Path) -> dict[str, Path]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {f"{folder}/{path.relative_to(root).as_posix()}": path for path in found}
