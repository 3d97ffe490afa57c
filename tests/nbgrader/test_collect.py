"""Collecting from the exchange takes a student's own regular files, and nothing that they lead to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.integrations.nbgrader.collect import copy_regular_files

MANY = 1 << 30


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A submission in the exchange, and a secret beside it."""
    (tmp_path / "secret.ipynb").write_text("the solution")
    folder = tmp_path / "ada+A+time+secret"
    (folder / "data").mkdir(parents=True)
    (folder / "A.ipynb").write_text("mine")
    (folder / "data" / "x.csv").write_text("1,2")
    return folder


def collected(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_a_student_wrote_is_collected(handed_in: Path, tmp_path: Path) -> None:
    assert list(copy_regular_files(handed_in, tmp_path / "out", MANY)) == []
    assert collected(tmp_path / "out") == {"A.ipynb": "mine", "data/x.csv": "1,2"}


def test_links_pipes_and_other_peoples_files_are_told_and_left(handed_in: Path, tmp_path: Path) -> None:
    (handed_in / "A.ipynb").unlink()
    (handed_in / "A.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (handed_in / "all").symlink_to(tmp_path)
    os.mkfifo(handed_in / "pipe")
    told = list(copy_regular_files(handed_in, tmp_path / "out", MANY))
    assert told == ["A.ipynb (it is a link)", "all (it is a link)", "pipe (it is no regular file)"]
    assert collected(tmp_path / "out") == {"data/x.csv": "1,2"}


def test_the_folder_itself_may_be_no_link(handed_in: Path, tmp_path: Path) -> None:
    link = tmp_path / "bob+A+time+secret"
    link.symlink_to(handed_in)
    assert len(list(copy_regular_files(link, tmp_path / "out", MANY))) == 1
    assert collected(tmp_path / "out") == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of somebody else's")
def test_a_second_name_of_somebody_elses_file_is_left(handed_in: Path, tmp_path: Path) -> None:
    os.chown(tmp_path / "secret.ipynb", 65534, 65534)
    os.link(tmp_path / "secret.ipynb", handed_in / "B.ipynb")
    assert list(copy_regular_files(handed_in, tmp_path / "out", MANY)) == ["B.ipynb (it belongs to another user)"]


def test_too_much_is_left_and_the_rest_is_kept(handed_in: Path, tmp_path: Path) -> None:
    (handed_in / "big.bin").write_bytes(b"x" * 1000)
    assert list(copy_regular_files(handed_in, tmp_path / "out", 100)) == ["big.bin (the submission is too big)"]
    assert collected(tmp_path / "out") == {"A.ipynb": "mine", "data/x.csv": "1,2"}
