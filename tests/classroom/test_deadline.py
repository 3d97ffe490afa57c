"""The notebook at the deadline, out of histories of every kind, and out of clones that mean harm."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from autograder.submission.deadline import Deadline, NothingHandedIn
from autograder.submission.find import NothingToGrade, find_submissions
from autograder.submission.moments import parse_deadline

from .conftest import commit, git

A = "hw"
FILE = f"{A}.ipynb"


@pytest.fixture
def deadline(tmp_path: Path) -> Deadline:
    """The end of October."""
    return Deadline(datetime.fromisoformat("2026-10-31T23:59:00+00:00"), tmp_path / "taken")


def taken_from(deadline: Deadline, clone: Path) -> Path:
    """The notebook at the deadline.

    Raises:
        NothingHandedIn: there is none, and why.
    """
    (submission,) = find_submissions(A, [clone], deadline)
    if submission.fault:
        raise NothingHandedIn(submission.fault)
    return submission.notebook


def test_the_last_commit_by_then_counts_to_the_second(tmp_path: Path, deadline: Deadline) -> None:
    """A commit at the very moment counts, one a second later does not; its time is kept beside the notebook."""
    clone = tmp_path / "hw-ada"
    commit(clone, {FILE: "early"}, "2026-10-01T12:00:00+00:00")
    commit(clone, {FILE: "in time"}, "2026-10-31T23:59:00+00:00")
    commit(clone, {FILE: "late"}, "2026-10-31T23:59:01+00:00")
    taken = taken_from(deadline, clone)
    assert taken.read_text() == "in time"
    assert taken.with_name("timestamp.txt").read_text().startswith("2026-10-31 23:59:00")
    assert (clone / FILE).read_text() == "late"  # the clone is left as it was


def test_the_zone_of_a_commit_is_minded(tmp_path: Path, deadline: Deadline) -> None:
    """One in the evening further west is late, though its clock says less."""
    clone = tmp_path / "hw-ada"
    commit(clone, {FILE: "early"}, "2026-10-01T12:00:00+00:00")
    commit(clone, {FILE: "late"}, "2026-10-31T20:00:00-05:00")
    assert taken_from(deadline, clone).read_text() == "early"


@pytest.mark.parametrize("branch", ["main", "master", "trunk", "my/work"])
def test_any_branch_and_a_detached_head(tmp_path: Path, deadline: Deadline, branch: str) -> None:
    """What is checked out counts, whatever its name."""
    clone = tmp_path / "hw-ada"
    first = commit(clone, {FILE: "one"}, "2026-10-01T12:00:00+00:00", branch)
    commit(clone, {FILE: "two"}, "2026-10-02T12:00:00+00:00")
    assert taken_from(deadline, clone).read_text() == "two"
    git(clone, "checkout", "--quiet", first)
    assert taken_from(deadline, clone).read_text() == "one"


def test_nothing_of_the_clone_is_run(tmp_path: Path, deadline: Deadline) -> None:
    """Hooks, filters, text conversion, monitors, signing programs and fetching of what is missing: none starts."""
    clone = tmp_path / "hw-ada"
    trace = tmp_path / "trace"
    commit(clone, {FILE: "work", ".gitattributes": "* filter=evil diff=evil\n"}, "2026-10-01T12:00:00+00:00")
    program = tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(0o755)
    for key in (
        "filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor", "core.pager", "gpg.program",
        "core.sshCommand", "core.editor", "credential.helper", "alias.cat-file", "alias.rev-list",
    ):  # fmt: skip
        git(clone, "config", key, str(program))
    git(clone, "config", "log.showSignature", "true")
    git(clone, "config", "remote.origin.url", f"ext::{program}")
    git(clone, "config", "remote.origin.promisor", "true")
    for hook in ("post-checkout", "reference-transaction", "pre-auto-gc"):
        (clone / ".git" / "hooks").mkdir(exist_ok=True)
        (clone / ".git" / "hooks" / hook).write_text(program.read_text())
        (clone / ".git" / "hooks" / hook).chmod(0o755)
    trace.unlink(missing_ok=True)
    assert taken_from(deadline, clone).read_text() == "work"
    blob = git(clone, "-c", "core.fsmonitor=false", "rev-parse", f"HEAD:{FILE}")
    (clone / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    trace.unlink(missing_ok=True)
    with pytest.raises(NothingHandedIn, match="cannot be read"):
        taken_from(deadline, clone)
    assert not trace.exists()


def test_links_are_not_followed(tmp_path: Path, deadline: Deadline) -> None:
    """Neither a linked notebook, nor a linked folder, nor a .git that is another repository's."""
    secret = tmp_path / "secret"
    commit(secret, {FILE: "solution"}, "2026-10-01T12:00:00+00:00")
    clone = tmp_path / "hw-ada"
    clone.mkdir()
    (clone / FILE).symlink_to(secret / FILE)
    commit(clone, {}, "2026-10-01T12:00:00+00:00")
    with pytest.raises(NothingHandedIn, match="is a link"):
        taken_from(deadline, clone)
    for name, place in (("hw-bob", ".git"), ("hw-cyd", A)):
        (tmp_path / name).mkdir()
        (tmp_path / name / place).symlink_to(secret / ".git" if place == ".git" else secret)
    with pytest.raises(NothingHandedIn, match=r"no \.git folder"):
        taken_from(deadline, tmp_path / "hw-bob")
    commit(tmp_path / "hw-cyd", {}, "2026-10-01T12:00:00+00:00")
    with pytest.raises(NothingHandedIn):
        taken_from(deadline, tmp_path / "hw-cyd")


def test_why_there_is_nothing_is_said(tmp_path: Path, deadline: Deadline) -> None:
    """No commit, none in time, a shallow clone, no notebook."""
    source = tmp_path / "source"
    commit(source, {"README.md": "x"}, "2026-10-01T12:00:00+00:00")
    with pytest.raises(NothingHandedIn, match=f"holds no {FILE}"):
        taken_from(deadline, source)
    commit(source, {FILE: "late"}, "2026-11-01T12:00:00+00:00")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{source}", str(shallow))
    with pytest.raises(NothingHandedIn, match="shallow"):
        taken_from(deadline, shallow)
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "--quiet")
    with pytest.raises(NothingHandedIn, match="no commit"):
        taken_from(deadline, empty)


def test_an_earlier_grading_leaves_nothing_behind(tmp_path: Path, deadline: Deadline) -> None:
    """What was taken for another deadline is not taken for this one."""
    clone = tmp_path / "hw-ada"
    commit(clone, {FILE: "work"}, "2026-10-01T12:00:00+00:00")
    taken = taken_from(deadline, clone)
    with pytest.raises(NothingHandedIn):
        taken_from(Deadline(datetime.fromisoformat("2026-09-01T00:00:00+00:00"), deadline.folder), clone)
    assert not taken.exists()


def test_students_are_named_by_their_clones(tmp_path: Path, deadline: Deadline) -> None:
    """Without the assignment's name, and without the classroom's before it; one clone alone is found too."""
    for name in ("hw-ada", "cs-hw-bob", "cyd", "show-dan"):
        commit(tmp_path / "clones" / name, {FILE: "{}"}, "2026-10-01T12:00:00+00:00")
    found = find_submissions(A, [tmp_path / "clones"], deadline)
    assert [submission.student for submission in found] == ["ada", "bob", "cyd", "show-dan"]
    (alone,) = find_submissions(A, [tmp_path / "clones" / "hw-ada"])
    assert (alone.student, alone.notebook) == ("ada", tmp_path / "clones" / "hw-ada" / FILE)


def test_a_deadline_needs_a_history(tmp_path: Path, deadline: Deadline) -> None:
    """A folder of notebooks has none, and is not graded as if it had."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.ipynb").write_text("{}")
    with pytest.raises(NothingToGrade, match="--before"):
        find_submissions(A, [tmp_path / "class"], deadline)


def test_a_deadline_is_not_guessed() -> None:
    """A date or a time in ISO 8601; git would take nonsense for now."""
    assert parse_deadline("2026-10-31T23:59+01:00").utcoffset() is not None
    assert parse_deadline("2026-10-31").tzinfo is not None
    for text in ("yesterday", "31.10.2026", "", "2026-13-01"):
        with pytest.raises(ValueError, match=r"."):
            parse_deadline(text)
