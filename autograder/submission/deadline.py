"""The notebook as it was at the deadline: read out of a clone's history, without a checkout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.submission.git import GitError, git
from autograder.submission.notebook import MAX_BYTES


class NothingHandedIn(ValueError):
    """There is no notebook at the deadline: why, in one line."""


@dataclass(frozen=True)
class Deadline:
    """What was committed by ``moment`` counts; notebooks are taken out of clones into ``folder``."""

    moment: datetime
    folder: Path

    def notebook(self, clone: Path, student: str, candidates: tuple[PurePosixPath, ...]) -> Path:
        """The file that holds the notebook of the last commit by then, with the commit's time beside it.

        Args:
            candidates: where in the clone it may lie; the first that is there counts.

        Raises:
            NothingHandedIn: no commit by then, or none with a notebook.
        """
        target = self.folder / student / candidates[0].stem / candidates[0].name
        for stale in (target, target.with_name("timestamp.txt")):
            stale.unlink(missing_ok=True)
        try:
            commit, seconds = self._commit(clone)
            content = _content(clone, commit, candidates)
        except GitError as problem:
            raise NothingHandedIn(f"the clone cannot be read: {problem}") from problem
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        committed = datetime.fromtimestamp(seconds, tz=self.moment.tzinfo)
        target.with_name("timestamp.txt").write_text(committed.isoformat(sep=" ") + "\n", "ascii")
        return target

    def _commit(self, clone: Path) -> tuple[str, int]:
        """The last commit by the deadline of the branch that is checked out, whatever its name."""
        try:
            git(clone, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except GitError as problem:
            if not str(problem).startswith("git rev-parse"):
                raise
            raise NothingHandedIn("the clone holds no commit") from None
        by_then = f"--min-age={int(self.moment.timestamp())}"
        told = git(clone, "rev-list", "--max-count=1", "--timestamp", by_then, "HEAD", "--").split()
        if told:
            return told[1].decode("ascii"), int(told[0])
        shallow = (clone / ".git" / "shallow").is_file()
        more = " (the clone is shallow: fetch all of its history)" if shallow else ""
        raise NothingHandedIn(f"there is no commit by {self.moment.isoformat(sep=' ')}{more}")


def _content(clone: Path, commit: str, candidates: tuple[PurePosixPath, ...]) -> bytes:
    for path in candidates:
        told = git(clone, "ls-tree", "-z", "--full-tree", commit, "--", str(path), GIT_LITERAL_PATHSPECS="1")
        entry = told.decode("utf-8", "replace").rstrip("\0")
        if not entry:
            continue
        mode, kind, name = entry.partition("\t")[0].split()
        if mode == "120000":
            raise NothingHandedIn(f"{path} is a link; links are not followed")
        if kind != "blob":
            raise NothingHandedIn(f"{path} is no file")
        size = int(git(clone, "cat-file", "-s", name))
        if size > MAX_BYTES:
            raise NothingHandedIn(
                f"the file has {size >> 20} MiB; at most {MAX_BYTES >> 20} are read. Clear its outputs"
            )
        return git(clone, "cat-file", "blob", name)
    raise NothingHandedIn(f"the commit {commit[:10]} holds no {candidates[0].name}")


def parse_moment(text: str) -> datetime:
    """A date or a date with a time; without a zone, in the zone of this machine.

    Raises:
        ValueError: it is neither. git's own guesses ("next tuesday") are not taken: a deadline must not be guessed.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.astimezone()
