"""``autograder serve``: a change is told once, when it is whole; the page is for who knows its address."""

from __future__ import annotations

import os
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.commands.serve import Board, changes_in, snapshot, status_server
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

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
    board.at_work(True)
    assert "Grading" in board.page()
