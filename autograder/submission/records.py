"""What an intake gives: submissions, and everything that was passed over, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.sanitize.outputs import clean_line

_MOST = 500  # characters of a path or a reason in a message


def shown(words: object) -> str:
    """A path or a reason on one line, as text: a student who names a file could write lines of ours with it."""
    return clean_line(words if isinstance(words, str) else str(words), _MOST)


@dataclass(frozen=True)
class Beside:
    """A regular file that travels with a notebook into its work folder, to be read there and not changed.

    Args:
        name: where it lies in the work folder, relative to the notebook: ``helper.py``, ``data/points.csv``.
        path: where it lies on this disk.
    """

    name: PurePosixPath
    path: Path


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one assignment; the file may be missing.

    Args:
        fault: why it cannot be graded, if that is known before it is read.
        files: what was handed in beside the notebook, within limits (``submission/files.py``): no notebook, no link,
            nothing hidden, nothing of nbgrader's own. In a folder of many students' notebooks there is none.
        moment: when it was handed in, as far as anything tells.
        origin: of a clone's past: which commit counted, who made it, and why this one.
        notes: how it was found, where that is not plain: another file name, another id, older attempts.
        flags: what a person should look at.
    """

    student: str
    assignment: str
    notebook: Path
    fault: str = ""
    files: tuple[Beside, ...] = ()
    moment: datetime | None = None
    origin: str = ""
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class PassedOver:
    """A file or folder that could be work and is not graded, and why.

    Args:
        lost: whether somebody's work may be lost with it, so that a person must look: the exit code is 1 then.
    """

    path: Path
    why: str
    lost: bool = True


@dataclass(frozen=True)
class Intake:
    """Who was found where, what was passed over, and who of the class list is missing."""

    assignment: str
    submissions: tuple[Submission, ...]
    passed_over: tuple[PassedOver, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def lost(self) -> tuple[PassedOver, ...]:
        """What a person must look at."""
        return tuple(item for item in self.passed_over if item.lost)


@dataclass(frozen=True)
class Wanted:
    """The assignment that is looked for, and what a notebook of it is known by.

    Args:
        questions: ids of its questions and the names that they define; none: every notebook could be of it.
        others: names of the course's other assignments.
    """

    assignment: str
    questions: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass
class Found:
    """What is gathered on the way through the folders."""

    submissions: list[Submission] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)

    def pass_over(self, path: Path, why: str, *, lost: bool = True) -> None:
        """Tell of a file or folder that is not graded."""
        self.passed_over.append(PassedOver(path, why, lost))

    def add(self, submissions: Sequence[Submission]) -> None:
        """Take more in."""
        self.submissions += submissions
