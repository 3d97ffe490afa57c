"""Which commit counts: what the default branch held at the deadline.

By the host's record of pushes where it is at hand. Otherwise by the history alone, which shows it only in part: along
the first parents, for what was merged later was not on the branch; but where a late merge was made by ``git pull``,
the host's side is the *other* parent, and where the first parents hold no answer, the student's work is elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.submission.git import GitError, git
from autograder.submission.pushes import Push

# What `git pull` writes where nobody wrote another message.
_PULLED = re.compile(r"Merge (?:remote-tracking )?branch(?:es)? .*(?: of \S+|'origin/[^']+')")
_NOTHING = "0" * 40
_MOST_CANDIDATES = 20  # lines of late merges that are looked at; a history of more is no student's

Count = Callable[[str], int]  # of a commit, the questions that its notebook answers


class NoCommit(ValueError):
    """No commit counts: why, in one line."""


@dataclass(frozen=True)
class Commit:
    """One commit, as far as it is needed here."""

    id: str
    parents: tuple[str, ...]
    seconds: int
    authored: int
    author: str
    subject: str


@dataclass(frozen=True)
class Counted:
    """The commit that counts, since when, why, and what a person should look at."""

    commit: Commit
    moment: datetime
    why: str
    flags: tuple[str, ...] = ()


def commit_at(clone: Path, deadline: datetime, pushes: tuple[Push, ...], count: Count) -> Counted:
    """The commit that the default branch held at ``deadline``.

    Raises:
        NoCommit: there is none.
        GitError: the clone cannot be read.
    """
    tip, branch = _default(clone)
    history = _history(clone, tip)
    flags: list[str] = []
    pushed = _pushed(clone, branch, deadline, pushes, history, flags)
    if pushed is not None:
        return pushed
    main = _along(history, tip, deadline)
    others = _other_lines(history, tip, deadline, main)
    if main is None and not others:
        raise NoCommit(_why_none(clone, history, deadline))
    return _chosen(history, main, others, deadline, count, flags)


def _chosen(
    history: dict[str, Commit],
    main: Commit | None,
    others: list[tuple[Commit, Commit]],
    deadline: datetime,
    count: Count,
    flags: list[str],
) -> Counted:
    answers = {one.id: count(one.id) for one in ([main] if main else []) + [other for other, _ in others]}
    best = max(others, key=lambda pair: answers[pair[0].id], default=None)
    pulled = next((pair for pair in others if _PULLED.match(pair[1].subject)), None)
    if main is None and best is not None:
        chosen, why = best[0], f"came in by the late merge {best[1].id[:10]}; the branch itself has no commit by then"
    elif main is not None and pulled is not None and answers[pulled[0].id] >= max(answers[main.id], 1):
        chosen, why = pulled[0], f"the host's side of the pull {pulled[1].id[:10]}, made later"
    elif main is not None and best is not None and not answers[main.id] and answers[best[0].id]:
        chosen, why = best[0], f"came in by the late merge {best[1].id[:10]}; the branch's own line holds no answer"
    else:
        assert main is not None
        chosen, why = main, "the last commit of the branch by then"
    for other in dict.fromkeys([*([main] if main else []), *(one for one, _ in others)]):
        if answers[other.id] > answers[chosen.id]:
            flags.append(
                f"the commit {_told(other)} answers {answers[other.id]} questions; "
                f"{chosen.id[:10]}, which counts, answers {answers[chosen.id]}"
            )
    if any(one.seconds > deadline.timestamp() for one in _first_parents(history, chosen.id)):
        flags.append(f"the dates of the commits run backwards below {chosen.id[:10]}")
    return Counted(chosen, _moment(chosen.seconds, deadline), why, tuple(flags))


def _default(clone: Path) -> tuple[str, str]:
    """The default branch's commit and name: the host's, else what is checked out."""
    for ref in ("refs/remotes/origin/HEAD", "HEAD"):
        try:
            commit = git(clone, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").decode().strip()
        except GitError as problem:
            if not str(problem).startswith("git rev-parse"):
                raise
            continue
        try:
            name = git(clone, "symbolic-ref", "--quiet", ref).decode("utf-8", "replace").strip()
        except GitError:
            name = ""
        return commit, name.removeprefix("refs/heads/").removeprefix("refs/remotes/origin/")
    raise NoCommit("the clone holds no commit")


def _history(clone: Path, tip: str) -> dict[str, Commit]:
    form = "--format=%H%x1f%P%x1f%ct%x1f%at%x1f%an <%ae>%x1f%s"
    told = git(clone, "rev-list", form, tip, "--").decode("utf-8", "replace").split("\n")
    history = {}
    for line in told:
        parts = line.split("\x1f")
        if len(parts) == 6:
            commit, parents, seconds, authored, author, subject = parts
            history[commit] = Commit(commit, tuple(parents.split()), int(seconds), int(authored), author, subject)
    return history


def _first_parents(history: dict[str, Commit], start: str) -> Iterator[Commit]:
    commit = history.get(start)
    while commit is not None:
        yield commit
        commit = history.get(commit.parents[0]) if commit.parents else None


def _along(history: dict[str, Commit], start: str, deadline: datetime) -> Commit | None:
    """The newest commit by the deadline along the first parents."""
    moment = deadline.timestamp()
    return next((commit for commit in _first_parents(history, start) if commit.seconds <= moment), None)


def _other_lines(
    history: dict[str, Commit], tip: str, deadline: datetime, main: Commit | None
) -> list[tuple[Commit, Commit]]:
    """What late merges brought in: (the newest commit by then of each line, the merge)."""
    on_main = set() if main is None else {commit.id for commit in _first_parents(history, main.id)}
    found: dict[str, tuple[Commit, Commit]] = {}
    for merge in _first_parents(history, tip):
        if merge.seconds <= deadline.timestamp() or len(found) >= _MOST_CANDIDATES:
            break
        for parent in merge.parents[1:]:
            other = _along(history, parent, deadline)
            if other is not None and other.id not in on_main:
                found.setdefault(other.id, (other, merge))
    return list(found.values())


def _pushed(
    clone: Path,
    branch: str,
    deadline: datetime,
    pushes: tuple[Push, ...],
    history: dict[str, Commit],
    flags: list[str],
) -> Counted | None:
    """What the host held at the deadline, by its own record."""
    mine = [push for push in pushes if _is_of(push, clone, branch, history)]
    if not mine:
        if pushes:
            flags.append("the record of pushes has none of this repository")
        return None
    in_time = [push for push in mine if push.moment <= deadline]
    commit = in_time[-1].after if in_time else mine[0].before
    if commit in ("", _NOTHING):
        raise NoCommit(f"nothing was pushed by {deadline.isoformat(sep=' ')}, by the host's record")
    known = history.get(commit) or _history_of_one(clone, commit)
    if known is None:
        flags.append(f"the commit {commit[:10]} was pushed by then and is not in the clone: overwritten later?")
        return None
    if not in_time:
        return Counted(known, _moment(known.seconds, deadline), "what the host held before the first push after it")
    push = in_time[-1]
    why = f"pushed by {push.actor or 'somebody'} at {push.moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return Counted(known, push.moment, f"{why}, by the host's record", tuple(flags))


def _is_of(push: Push, clone: Path, branch: str, history: dict[str, Commit]) -> bool:
    if branch and push.branch and push.branch != branch:
        return False
    return push.repository.casefold() == clone.name.casefold() if push.repository else push.after in history


def _history_of_one(clone: Path, commit: str) -> Commit | None:
    try:
        return _history(clone, commit).get(commit)
    except GitError:
        return None


def _why_none(clone: Path, history: dict[str, Commit], deadline: datetime) -> str:
    shallow = (clone / ".git" / "shallow").is_file()
    more = " (the clone is shallow: fetch all of its history)" if shallow else ""
    if any(commit.authored <= deadline.timestamp() for commit in history.values()):
        more += " (some were written earlier and committed again later, as a rebase does)"
    return f"there is no commit by {deadline.isoformat(sep=' ')}{more}"


def _told(commit: Commit) -> str:
    return f"{commit.id[:10]} ({commit.author}, {datetime.fromtimestamp(commit.seconds, UTC):%Y-%m-%d %H:%M} UTC)"


def _moment(seconds: int, deadline: datetime) -> datetime:
    return datetime.fromtimestamp(seconds, tz=deadline.tzinfo)
