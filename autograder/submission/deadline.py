"""The submission as it was at the deadline: read out of a clone's history, without a checkout."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.submission.files import MOST_BYTES, MOST_FILES
from autograder.submission.git import GitError, git
from autograder.submission.glance import answers_in, has_a_notebooks_name, is_noise
from autograder.submission.history import Counted, NoCommit, commit_at
from autograder.submission.names import names_assignment
from autograder.submission.notebook import MAX_BYTES
from autograder.submission.pushes import Push
from autograder.submission.records import Wanted

_LINK = "120000"
_REGULAR = ("100644", "100755", "100664")


class NothingHandedIn(ValueError):
    """There is nothing at the deadline: why, in one line."""


@dataclass(frozen=True)
class Snapshot:
    """A student's folder as it was, in regular files.

    Args:
        link: what to say of a link that stood where a notebook belongs.
    """

    folder: Path
    moment: datetime
    origin: str
    notes: tuple[str, ...]
    flags: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True)
class _Blob:
    path: PurePosixPath
    mode: str
    name: str
    size: int

    @property
    def is_notebook(self) -> bool:
        return has_a_notebooks_name(self.path.name)


@dataclass(frozen=True)
class Deadline:
    """What the default branch held at ``moment`` counts; it is taken out of clones into ``folder``.

    Args:
        pushes: the host's record, where it is at hand.
    """

    moment: datetime
    folder: Path
    pushes: tuple[Push, ...] = ()

    def snapshot(self, clone: Path, student: str, wanted: Wanted) -> Snapshot:
        """The clone's files as they were at the deadline, with the time of the commit beside the notebook.

        Raises:
            NothingHandedIn: no commit by then, or a clone that cannot be read.
        """
        target = self.folder / (student.replace("/", "_").strip(".") or "student")
        shutil.rmtree(target, ignore_errors=True)
        try:
            counted = commit_at(clone, self.moment, self.pushes, _Counter(clone, wanted))
            blobs = list(_blobs(clone, counted.commit.id))
            left = self._write(clone, blobs, target, counted)
        except (GitError, OSError) as problem:
            raise NothingHandedIn(f"the clone cannot be read: {problem}") from problem
        except NoCommit as problem:
            raise NothingHandedIn(str(problem)) from problem
        if not any(blob.is_notebook for blob in blobs):
            raise NothingHandedIn(f"the commit {counted.commit.id[:10]} holds no {wanted.assignment}.ipynb")
        link = next((blob.path for blob in blobs if blob.mode == _LINK and blob.is_notebook), None)
        commit = counted.commit
        told = f"commit {commit.id[:10]} by {commit.author}, {counted.moment.isoformat(sep=' ')}: {counted.why}"
        return Snapshot(
            target, counted.moment, told, (left,) if left else (), counted.flags,
            f"{link} is a link; links are not followed" if link else "",
        )  # fmt: skip

    def _write(self, clone: Path, blobs: list[_Blob], target: Path, counted: Counted) -> str:
        """Write what may be work; what was left out, in a line."""
        target.mkdir(parents=True, exist_ok=True)
        total, count, left = 0, 0, []
        for blob in sorted(blobs, key=lambda blob: not blob.is_notebook):
            if blob.mode not in _REGULAR or ".." in blob.path.parts or any(map(is_noise, blob.path.parts)):
                continue
            if blob.is_notebook and blob.size > MAX_BYTES:
                raise NothingHandedIn(
                    f"the file has {blob.size >> 20} MiB; at most {MAX_BYTES >> 20} are read. Clear its outputs"
                )
            if count >= 2 * MOST_FILES or total + blob.size > MOST_BYTES + 2 * MAX_BYTES:
                left.append(str(blob.path))
                continue
            total, count = total + blob.size, count + 1
            path = target / blob.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(git(clone, "cat-file", "blob", blob.name))
            if blob.is_notebook:
                stamp = counted.moment.isoformat(sep=" ")
                path.with_name("timestamp.txt").write_text(f"{stamp}\n", "ascii")
        return f"left out of the commit's files: {', '.join(left[:3])} and so on" if left else ""


@dataclass(frozen=True)
class _Counter:
    """Counts the answered questions of a commit's notebook; called with the commit's id."""

    clone: Path
    wanted: Wanted

    def __call__(self, commit: str) -> int:
        best = 0
        starters = self._starters(commit) if not self.wanted.questions else set()
        for blob in _blobs(self.clone, commit):
            if not blob.is_notebook or blob.mode not in _REGULAR or blob.size > MAX_BYTES:
                continue
            if not self.wanted.questions:  # then what is not the starter's any more counts as one answer
                known = names_assignment(blob.path.name, self.wanted.assignment)
                best = max(best, int(known and blob.name not in starters))
                continue
            text = git(self.clone, "cat-file", "blob", blob.name).decode("utf-8", "replace")
            best = max(best, answers_in(text, self.wanted))
        return best

    def _starters(self, commit: str) -> set[str]:
        roots = git(self.clone, "rev-list", "--max-parents=0", commit, "--").decode().split()
        return {blob.name for root in roots for blob in _blobs(self.clone, root)}


def _blobs(clone: Path, commit: str) -> Iterator[_Blob]:
    told = git(clone, "ls-tree", "-r", "-z", "--long", "--full-tree", commit)
    for entry in told.decode("utf-8", "replace").split("\0"):
        head, _, path = entry.partition("\t")
        parts = head.split()
        if len(parts) == 4 and parts[1] == "blob":
            if not parts[3].isdigit():
                raise GitError(f"the object of {path} is missing")
            yield _Blob(PurePosixPath(path), parts[0], parts[2], int(parts[3]))
