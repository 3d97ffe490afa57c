"""The course's folder: where its parts lie, which of them are secret, and its own seed."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SECRET_FOLDERS = (
    "source",
    "solutions",
    "submitted",
    "autograded",
    "feedback",
    ".autograder",
    ".git",
    "tests",
)
SECRET_FILES = ("gradebook.db", "nbgrader_config.py")


@dataclass(frozen=True)
class Course:
    """A course at ``root``."""

    root: Path

    @property
    def secrets(self) -> tuple[Path, ...]:
        """What submissions must not read, as far as it exists here."""
        inside = [self.root / name for name in (*SECRET_FOLDERS, *SECRET_FILES)]
        return tuple(path for path in (PACKAGE / "bank", *inside) if path.exists())

    @property
    def absent_packages(self) -> tuple[str, ...]:
        """What students of this course may have and the grader has not: ``absent_packages.txt``, a name a line."""
        try:
            lines = (self.root / "absent_packages.txt").read_text("utf-8").splitlines()
        except OSError:
            return ()
        names = (line.partition("#")[0].strip() for line in lines)
        return tuple(name for name in names if name)

    def seed(self) -> int:
        """The seed of this course's hidden inputs: drawn once, kept in ``.autograder/seed``.

        Kept, so that a submission meets the same inputs at every door and when it is graded again; drawn, so
        that nobody who has the course's repository knows them.
        """
        path = self.root / ".autograder" / "seed"
        try:
            return int(path.read_text("ascii"))
        except (OSError, ValueError):
            seed = secrets.randbits(48)
        try:
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}")
            temporary.write_text(str(seed), "ascii")
            os.link(temporary, path)  # one of several graders that start at once wins
        except FileExistsError:
            seed = int(path.read_text("ascii"))
        except OSError:
            return seed  # a folder that cannot be written to: fresh inputs each time
        finally:
            temporary.unlink(missing_ok=True)
        return seed


def find_course(start: Path) -> Course:
    """The course that ``start`` lies in: the nearest folder above with an ``nbgrader_config.py``, else ``start``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").is_file():
            return Course(folder)
    return Course(start)
