"""``autograder serve``: a change is told once, when it is whole; the page is for who knows its address."""

from __future__ import annotations

import os
import threading
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from autograder.commands import serve
from autograder.commands.serve import Board, changes_in, snapshot, status_server
from autograder.course.layout import Course
from autograder.gradebook.database import GradebookError
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded
from autograder.submission.find import Submission

PAUSE = 0.02


def next_within(changes: Iterator[None], seconds: float) -> bool:
    """Whether a change is told in time."""
    told = threading.Event()

    def wait() -> None:
        next(changes)
        told.set()

    threading.Thread(target=wait, daemon=True).start()
    return told.wait(seconds)


def test_a_change_is_told_once_and_only_when_it_is_whole(tmp_path: Path) -> None:
    changes = changes_in([tmp_path], PAUSE)
    assert next_within(changes, 2), "what is there at the start is graded"
    file = tmp_path / "ada" / "A" / "A.ipynb"
    file.parent.mkdir(parents=True)
    told = threading.Event()
    threading.Thread(target=lambda: (next(changes), told.set()), daemon=True).start()
    for size in range(1, 8):  # it is being written: never twice the same
        file.write_text("x" * size)
        assert not told.wait(PAUSE / 2)
    assert told.wait(2), "it is whole now"
    again = threading.Event()
    threading.Thread(target=lambda: (next(changes), again.set()), daemon=True).start()
    assert not again.wait(10 * PAUSE), "nothing has changed since"
    os.utime(file, ns=(1, 1))
    assert again.wait(2)


def test_only_notebooks_count(tmp_path: Path) -> None:
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "A-checkpoint.ipynb").write_text("")
    (tmp_path / "notes.txt").write_text("")
    assert snapshot([tmp_path, tmp_path / "absent"]) == frozenset()
    (tmp_path / "A.ipynb").write_text("")
    assert len(snapshot([tmp_path])) == 1


@pytest.fixture
def board(tmp_path: Path) -> Board:
    board = Board("A", [tmp_path])
    question = QuestionGrade("one", "One", 1.0, 2.0, Outcome.PARTIAL, None, "words")
    board.add(Grade("<b>ada</b>", "A", "a.ipynb", (question,), "cpu", "full", 0, 0.1, flags=("look",)), 0.25)
    board.add(Ungraded("bob", "A", "b.ipynb", "it is no notebook"), 0.1)
    return board


def get(port: int, query: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{query}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()


def test_the_page_is_for_who_knows_its_address(board: Board) -> None:
    with status_server(board, "secret", 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for query in ("", "?token=", "?token=wrong", "?token=%ff"):
            code, said = get(server.server_port, query)
            assert code == 403
            assert "ada" not in said
        code, said = get(server.server_port, "?token=secret")
        server.shutdown()
    assert code == 200
    assert "&lt;b&gt;ada&lt;/b&gt;" in said
    assert "1 of 2" in said
    assert "look" in said
    assert said.index("bob") < said.index("ada"), "the newest first"
    assert "Waiting for submissions" in said
    assert "To look at" not in said
    board.at_work(True)
    assert "Grading" in board.page()


def test_what_somebody_must_know_is_on_the_page_and_told_once(board: Board) -> None:
    assert board.hear(["cyd: <two> works"]) == ["cyd: <two> works"]
    assert board.hear(["cyd: <two> works", "dan: late"]) == ["dan: late"]
    assert "<li>cyd: &lt;two&gt; works</li>" in board.page()
    board.hear([])
    assert "cyd" not in board.page(), "it was put right"


def test_what_cannot_be_graded_is_told_once_for_each_file(board: Board, tmp_path: Path) -> None:
    file = tmp_path / "b.ipynb"
    file.write_text("{")
    broken = Ungraded("bob", "A", str(file), "it is no notebook")
    assert [board.is_news(broken) for _ in range(3)] == [True, False, False]
    os.utime(file, ns=(1, 1))
    assert board.is_news(broken), "handed in again"


def test_a_class_that_arrives_is_graded_warm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The course's own solution warms the grader up, and is nobody's work; a busy gradebook is a line."""
    graded: list[str] = []

    class Warm:
        def grade(self, submissions: Sequence[Submission]) -> Iterator[Grade]:
            graded.extend(submission.student for submission in submissions)
            return iter(())

    solution = tmp_path / "solutions" / "A" / "A.ipynb"
    solution.parent.mkdir(parents=True)
    solution.write_text("{}")
    monkeypatch.setattr(serve, "settings_of", lambda course, options: None)
    monkeypatch.setattr(serve, "warm_grader", lambda settings: Warm())
    options = Namespace(assignment="A")
    assert serve._warm_up(Course(tmp_path), options) >= 0
    assert graded == ["solution"]

    def busy(options: Namespace, tell: object, executor: object, heard: Callable[[list[str]], None]) -> int:
        heard(["ada: 2 works"])
        raise GradebookError("in use")

    monkeypatch.setattr(serve, "grade_class", busy)
    board = Board("A", [tmp_path])
    serve._grade_arrivals(options, board, None)
    told = capsys.readouterr().err
    assert "ada: 2 works" in told
    assert "not recorded: in use" in told
    assert "Waiting for submissions" in board.page()
