"""The seed of the hidden inputs: drawn once, and never another one without a word."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.course.layout import Course, NoSeed

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65_534
COURSE = Path(__file__).resolve().parents[2]
ASSIGNMENT = "03-parameter-counting"


@pytest.fixture
def course() -> Iterator[Course]:
    """A course in a folder that other users can reach."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    yield Course(root)
    shutil.rmtree(root)


def kept(course: Course, text: str) -> Path:
    folder = course.root / ".autograder"
    folder.mkdir(exist_ok=True)
    (folder / "seed").write_text(text, "ascii")
    return folder / "seed"


@pytest.fixture
def without_rights() -> Iterator[None]:
    """This process as a user whom the modes of files hold back, as they do not hold back root."""
    if IS_ROOT:
        os.seteuid(NOBODY)
    yield
    if IS_ROOT:
        os.seteuid(0)


def me() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def test_it_is_drawn_once_and_kept(course: Course) -> None:
    first = course.seed()
    assert course.seed() == first
    assert (course.root / ".autograder" / "seed").read_text("ascii") == str(first)
    assert os.listdir(course.root / ".autograder") == ["seed"]


def test_courses_have_seeds_of_their_own(course: Course, tmp_path: Path) -> None:
    assert course.seed() != Course(tmp_path).seed()


def test_graders_that_start_at_once_have_one_seed(course: Course) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: course.seed(), range(40)))) == 1


@pytest.mark.parametrize("text", ["", " \n", "12 monkeys", "1.5"], ids=["empty", "blank", "words", "no whole number"])
def test_a_file_without_a_seed_is_told_in_one_line(course: Course, text: str) -> None:
    path = kept(course, text)
    with pytest.raises(NoSeed, match="holds no seed, which is one whole number; remove it") as told:
        course.seed()
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)
    path.unlink()
    assert course.seed() == course.seed()


def test_bytes_that_are_no_text_are_told_too(course: Course) -> None:
    kept(course, "").write_bytes(b"\xff\xfe")
    with pytest.raises(NoSeed, match="holds no seed"):
        course.seed()


def test_a_folder_that_cannot_be_made_is_told(course: Course) -> None:
    gone = Course(course.root / "gone")
    with pytest.raises(NoSeed, match=r"cannot be kept in .*gone/.autograder/seed \(No such file or directory\)"):
        gone.seed()


def test_a_file_where_the_folder_should_be_is_told(course: Course) -> None:
    (course.root / ".autograder").write_text("")
    with pytest.raises(NoSeed, match=rf"cannot be read \(Not a directory\); it is {me()}'s: put it right"):
        course.seed()
    assert (course.root / ".autograder").read_text() == ""


def test_a_course_of_somebody_else_gets_no_seed(course: Course, request: pytest.FixtureRequest) -> None:
    course.root.chmod(0o555)
    request.getfixturevalue("without_rights")
    with pytest.raises(NoSeed, match=r"cannot be kept in .* \(Permission denied\): let this user write there"):
        course.seed()
    assert os.listdir(course.root) == []


@pytest.mark.parametrize("closed", ["the file", "its folder"])
def test_a_seed_that_cannot_be_read_is_no_reason_to_draw_another(
    closed: str, course: Course, request: pytest.FixtureRequest
) -> None:
    path = kept(course, "2026")
    shut = path if closed == "the file" else path.parent
    shut.chmod(0)
    request.getfixturevalue("without_rights")
    try:
        with pytest.raises(NoSeed, match=rf"cannot be read \(Permission denied\); it is {me()}'s: ask for the right"):
            course.seed()
    finally:
        if not IS_ROOT:
            shut.chmod(0o700)
    assert os.listdir(course.root) == [".autograder"]


def test_grading_is_refused_in_one_line(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kept(course, "")
    (course.root / "nbgrader_config.py").write_text("")
    shutil.copy(COURSE / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", course.root / "ada.ipynb")
    monkeypatch.chdir(course.root)
    assert main(["grade", ASSIGNMENT, "."]) != 0
    course_line, *told = capsys.readouterr().err.splitlines()
    assert course_line == f"autograder: the course in {course.root}"
    assert told == [f"autograder: {path} holds no seed, which is one whole number; remove it and a new one is drawn"]
