"""Progress: a changing line where somebody watches, lines in a log, nothing left behind."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from autograder.commands.progress import ClassProgress, Progress
from autograder.results import Grade, Ungraded


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


RESULTS = [
    Grade("ada", "A", "ada.ipynb", (), "cpu", "full", 0, 0.1),
    Ungraded("bob", "A", "bob.ipynb", "it is no notebook"),
]


def test_on_a_terminal_one_line_changes_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    threads = threading.active_count()
    with ClassProgress(2) as progress:
        for result in RESULTS:
            progress.count(result)
            assert threading.active_count() == threads  # graders are forked from here
    shown = terminal.getvalue()
    assert shown.index("ada: 0 / 0") < shown.index("bob: not graded")
    assert "1/2" in shown
    assert "2/2" in shown
    assert "left" in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h") == 1, "the cursor is back"
    assert shown.rstrip().endswith("\x1b[2K"), "nothing is left on the line"


def test_in_a_log_each_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with ClassProgress(2) as progress:
        for result in RESULTS:
            progress.count(result)
    assert capsys.readouterr().err == "[1/2] ada: 0 / 0\n[2/2] bob: not graded\n"


def test_a_line_for_watchers_only_is_shown_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    Progress(in_logs=False).show("linear")
    assert "linear" in terminal.getvalue()


def test_a_line_for_watchers_only_stays_out_of_logs(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(in_logs=False)
    progress.show("linear")
    progress.finish()
    assert capsys.readouterr().err == ""
