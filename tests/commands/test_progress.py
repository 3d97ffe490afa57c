"""Progress: a changing line where somebody watches, lines in a log, nothing left behind."""

from __future__ import annotations

import io
import sys

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
    progress = ClassProgress(2)
    for result in RESULTS:
        progress.count(result)
    progress.finish()
    erase = "\r\x1b[K"
    assert terminal.getvalue() == f"{erase}[1/2] ada: 0 / 0{erase}[2/2] bob: not graded{erase}"


def test_in_a_log_each_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ClassProgress(2)
    for result in RESULTS:
        progress.count(result)
    progress.finish()
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
