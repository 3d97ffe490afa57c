"""What a learner did is kept for the learner: in a notebook only, without losing a mark that was there."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.student import memory
from autograder.student.course_progress import progress
from autograder.student.memory import Remembered, remember_check, remember_hint, remembered


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in a kernel."""
    monkeypatch.setenv("FIRSTSTEPS_HOME", str(tmp_path))
    monkeypatch.setitem(memory.sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=1)))
    return tmp_path


def test_what_was_right_stays_right(home: Path) -> None:
    """A later check that finds less takes nothing away, and hints are counted beside it."""
    remember_check("describe", 0.5, False)
    assert remembered() == {"describe": Remembered(0.5, False, True, 0)}
    remember_check("describe", 1.75, True)
    remember_hint("describe", 2)
    remember_hint("describe", 1)
    remember_check("describe", 0.0, False)
    remember_hint("like", 1)
    assert remembered() == {"describe": Remembered(1.75, True, True, 2), "like": Remembered(0.0, False, False, 1)}
    assert [path.name for path in home.iterdir()] == ["progress.json"]


def test_the_overview_counts_them(home: Path) -> None:
    remember_check("describe", 1.75, True)
    remember_check("adjust", 0.5, False)
    remember_hint("adjust", 3)
    first, second, *_ = progress().rows
    assert (first.assignment, first.questions, first.right, first.started, first.score, first.hints) == (
        "01-tensors", 8, 1, 2, 2.25, 3,
    )  # fmt: skip
    assert first.words == "1 of 8 right"
    assert second.words == "not begun"
    assert "01-tensors" in repr(progress())
    assert 'aria-label="1 of 8"' in progress()._repr_html_()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"describe": 3}', '{"describe": {"score": "x"}}'])
def test_a_broken_file_is_no_trouble(broken: str, home: Path) -> None:
    (home / "progress.json").write_text(broken)
    assert remembered() == {}
    remember_check("describe", 1.0, False)
    assert remembered()["describe"].score == 1.0


def test_nothing_is_written_where_nobody_sits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain interpreter, such as a grader's, leaves no trace."""
    monkeypatch.setenv("FIRSTSTEPS_HOME", str(tmp_path))
    remember_check("describe", 1.0, True)
    remember_hint("describe", 1)
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_written_stops_no_check(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("FIRSTSTEPS_HOME", str(home / "file"))
    remember_check("describe", 1.0, True)
    assert remembered() == {}
