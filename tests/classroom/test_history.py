"""Which commit counts: what the default branch held at the deadline, whatever was merged, pulled or pushed later."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.submission.deadline import Deadline
from autograder.submission.find import take_in
from autograder.submission.pushes import NoPushes, read_pushes
from autograder.submission.records import Submission, Wanted

A = "hw1"
WANTED = Wanted(A, frozenset({"one", "two", "three"}))
END = datetime(2026, 10, 31, 23, 59, tzinfo=UTC)


class Clone:
    """A student's repository, made commit by commit."""

    def __init__(self, root: Path, name: str = "hw1-bob") -> None:
        self.path = root / "clones" / name
        self.path.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, date: str = "2026-10-01T10:00:00Z", name: str = "bob") -> str:
        person = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                  for what, value in (("NAME", name), ("EMAIL", f"{name}@x.org"), ("DATE", date))}  # fmt: skip
        env = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(["git", *words], cwd=self.path, env=env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, answers: int, date: str, name: str = "bob", **files: str) -> str:
        """Commit a notebook with so many answers; its id."""
        sources = [
            f"def {question}():\n    {'return 1' if place < answers else 'raise NotImplementedError()'}"
            for place, question in enumerate(("one", "two", "three"))
        ]
        cells = [{"cell_type": "code", "metadata": {}, "source": source, "outputs": []} for source in sources]
        notebook = {"cells": cells, "metadata": {"by": name}, "nbformat": 4, "nbformat_minor": 5}
        (self.path / f"{A}.ipynb").write_text(json.dumps(notebook))
        for file, text in files.items():
            (self.path / file).write_text(text)
        return self.keep(date, name)

    def keep(self, date: str, name: str = "bob") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"work of {name}", date=date, name=name)
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, date: str, message: str = "merge") -> None:
        self.git("merge", "-q", "--no-ff", "-X", "ours", "-m", message, branch, date=date)

    def at_the_deadline(self, tmp_path: Path, pushes: Path | None = None) -> Submission:
        record = read_pushes(pushes) if pushes else ()
        (submission,) = take_in(WANTED, [self.path], deadline=Deadline(END, tmp_path / "kept", record)).submissions
        return submission


def answers(submission: Submission) -> int:
    assert submission.fault == ""
    return submission.notebook.read_text().count("return 1")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = Clone(tmp_path)
    made.commit(0, "2026-10-01T10:00:00Z", "teacher")
    return made


def test_a_teachers_correction_merged_late_does_not_replace_the_work(clone: Clone, tmp_path: Path) -> None:
    clone.git("checkout", "-q", "-b", "template")
    (clone.path / "README.md").write_text("corrected")
    clone.keep("2026-10-30T20:00:00Z", "teacher")
    clone.git("checkout", "-q", "main")
    work = clone.commit(3, "2026-10-30T10:00:00Z")
    clone.merge("template", "2026-11-02T10:00:00Z")
    found = clone.at_the_deadline(tmp_path)
    assert answers(found) == 3
    assert work[:10] in found.origin
    assert "bob <bob@x.org>" in found.origin
    assert found.flags == ()


def test_a_side_branch_merged_late_does_not_win(clone: Clone, tmp_path: Path) -> None:
    """Where it holds more answers, a person is told."""
    clone.git("checkout", "-q", "-b", "experiment")
    clone.commit(3, "2026-10-30T20:00:00Z")
    clone.git("checkout", "-q", "main")
    clone.commit(2, "2026-10-30T10:00:00Z")
    clone.merge("experiment", "2026-11-02T10:00:00Z")
    found = clone.at_the_deadline(tmp_path)
    assert answers(found) == 2
    assert any("answers 3 questions" in flag for flag in found.flags)


def test_a_merge_into_the_teachers_branch_hides_the_work_and_it_is_found(clone: Clone, tmp_path: Path) -> None:
    clone.git("checkout", "-q", "-b", "mine")
    clone.commit(3, "2026-10-30T10:00:00Z")
    clone.git("checkout", "-q", "main")
    (clone.path / "README.md").write_text("corrected")
    clone.keep("2026-10-30T20:00:00Z", "teacher")
    clone.merge("mine", "2026-11-02T10:00:00Z")
    assert answers(clone.at_the_deadline(tmp_path)) == 3


def test_a_pull_on_a_laptop_with_unpushed_commits_has_the_host_on_the_other_side(clone: Clone, tmp_path: Path) -> None:
    clone.git("checkout", "-q", "-b", "host")
    clone.commit(3, "2026-10-30T10:00:00Z")
    clone.git("checkout", "-q", "main")
    clone.commit(1, "2026-10-29T10:00:00Z")
    clone.merge("host", "2026-11-02T10:00:00Z", "Merge branch 'main' of https://github.com/org/hw1-bob")
    found = clone.at_the_deadline(tmp_path)
    assert answers(found) == 3
    assert "host's side" in found.origin


def test_the_default_branch_counts_whatever_is_checked_out(clone: Clone, tmp_path: Path) -> None:
    work = clone.commit(3, "2026-10-30T10:00:00Z")
    clone.git("update-ref", "refs/remotes/origin/main", work)
    clone.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    clone.git("checkout", "-q", "-b", "else")
    clone.commit(1, "2026-10-30T11:00:00Z")
    assert answers(clone.at_the_deadline(tmp_path)) == 3


def test_dates_that_run_backwards_are_flagged(clone: Clone, tmp_path: Path) -> None:
    clone.commit(1, "2026-11-05T10:00:00Z")
    clone.commit(3, "2026-10-30T10:00:00Z")
    assert any("run backwards" in flag for flag in clone.at_the_deadline(tmp_path).flags)


def test_a_rebase_after_the_deadline_is_told(tmp_path: Path) -> None:
    made = Clone(tmp_path)
    made.commit(3, "2026-11-05T10:00:00Z")
    made.git("commit", "-q", "--amend", "--no-edit", "--date", "2026-10-30T10:00:00Z", date="2026-11-06T10:00:00Z")
    assert "rebase" in made.at_the_deadline(tmp_path).fault


def forms(work: str, late: str) -> dict[str, str]:
    """The same two pushes in every form of the record."""
    rows = [(work, "2026-10-31T20:00:00Z"), (late, "2026-11-01T08:00:00Z")]
    activity = [{"ref": "refs/heads/main", "before": "0" * 40, "after": sha, "timestamp": when,
                 "activity_type": "push", "actor": {"login": "bob"}} for sha, when in rows]  # fmt: skip
    events = [{"type": "PushEvent", "created_at": when, "actor": {"login": "bob"}, "repo": {"name": "org/hw1-bob"},
               "payload": {"ref": "refs/heads/main", "head": sha}} for sha, when in rows]  # fmt: skip
    other = {"type": "WatchEvent", "created_at": "2026-10-31T21:00:00Z", "repo": {"name": "org/hw1-bob"}, "payload": {}}
    return {
        "activity": json.dumps(activity),
        "events": json.dumps([other, *events[::-1]]),
        "pages": json.dumps([[events[0]], [events[1]]]),
        "lines": "\n".join(map(json.dumps, events)),
        "by repository": json.dumps({"org/hw1-bob": activity}),
    }


@pytest.mark.parametrize("form", ["activity", "events", "pages", "lines", "by repository"])
def test_the_hosts_record_decides_where_it_is_at_hand(clone: Clone, tmp_path: Path, form: str) -> None:
    """A commit that is dated back and pushed late does not count."""
    work = clone.commit(1, "2026-10-31T19:00:00Z")
    late = clone.commit(3, "2026-10-31T19:30:00Z")
    record = tmp_path / "pushes.json"
    record.write_text(forms(work, late)[form])
    found = clone.at_the_deadline(tmp_path, record)
    assert answers(found) == 1
    assert "pushed by bob at 2026-10-31 20:00:00 UTC" in found.origin
    assert found.moment == datetime(2026, 10, 31, 20, tzinfo=UTC)


def test_a_push_that_was_overwritten_is_flagged(clone: Clone, tmp_path: Path) -> None:
    work = clone.commit(2, "2026-10-31T19:00:00Z")
    record = tmp_path / "pushes.json"
    record.write_text(forms("a" * 40, work)["events"])
    found = clone.at_the_deadline(tmp_path, record)
    assert answers(found) == 2
    assert any("not in the clone" in flag for flag in found.flags)


def test_a_record_of_no_pushes_is_refused(tmp_path: Path) -> None:
    for text in ("[]", "{", '[{"type": "WatchEvent"}]'):
        (tmp_path / "pushes.json").write_text(text)
        with pytest.raises(NoPushes):
            read_pushes(tmp_path / "pushes.json")


def test_what_stood_beside_the_notebook_travels_too(clone: Clone, tmp_path: Path) -> None:
    clone.commit(3, "2026-10-30T10:00:00Z", **{"helper.py": "two = 2"})
    clone.commit(3, "2026-11-02T10:00:00Z", **{"helper.py": "two = 3"})
    (beside,) = clone.at_the_deadline(tmp_path).files
    assert str(beside.name) == "helper.py"
    assert beside.path.read_text() == "two = 2"
