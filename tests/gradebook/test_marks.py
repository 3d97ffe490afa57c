"""Grades in nbgrader's gradebook: entered once, whole, and beside what people wrote; and the pristine gradebook."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.gradebook.autograded import build_autograded, safe_score
from autograder.gradebook.database import GradebookError, gradebook_url
from autograder.gradebook.marks import Gradebook
from autograder.gradebook.master import Master, checksum, course_master
from autograder.gradebook.pristine import check_pristine, make_pristine
from autograder.results import Grade, Outcome, QuestionGrade
from autograder.submission.notebook import parse_notebook

NAME = "03-parameter-counting"
REPOSITORY = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
import test_marks as here
master = here.course_master(here.Course(Path({folder!r})), here.load_assignment(here.NAME))
with here.Gradebook({url!r}) as gradebook:
    for student in {students!r}:
        grade = here.grade_of(student, Path({folder!r}))
        gradebook.record(grade, here.node_of(grade, master), master)
        print(student, flush=True)
"""


def grade_of(student: str, folder: Path, share: float = 0.5) -> Grade:
    """A grade with that share of each question's points."""
    questions = tuple(
        QuestionGrade(
            q.id, q.question.title, q.question.points * share, q.question.points, Outcome.PARTIAL, None, "words"
        )
        for q in load_assignment(NAME).questions
    )
    return Grade(student, NAME, str(folder / student / NAME / f"{NAME}.ipynb"), questions, "cpu", "full", 1, 0.1)


def node_of(grade: Grade, master: Master, answered: bool = True) -> nbformat.NotebookNode:
    """The graded notebook of a student who answered everything, or nothing."""
    cells = [
        new_code_cell(
            cell.source + ("\nx = 1" if answered and cell.solution else ""), metadata={"nbgrader": dict(cell.nbgrader)}
        )
        for cell in master.cells
    ]
    read = parse_notebook(nbformat.writes(new_notebook(cells=cells)))
    return build_autograded(replace(grade, read=read), master)


@pytest.fixture
def master(tmp_path: Path) -> Master:
    """The assignment as the bank knows it."""
    return course_master(Course(tmp_path), load_assignment(NAME))


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A gradebook that is not there yet."""
    return f"sqlite:///{tmp_path / 'book.db'}"


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """What a query finds."""
    from sqlalchemy import create_engine, text

    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()


def totals(url: str) -> dict[str, float]:
    """What nbgrader's own classes say that each student has."""
    from nbgrader.api import Gradebook as Stock

    with Stock(url) as stock:
        return {entry.student.id: entry.score for entry in stock.assignment_submissions(NAME)}


# ---------------------------------------------------------------- which gradebook


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:/host/db", "postgresql//host/db", "postgres:db", "postgresql://", "postgresql://u:secret@host:port/db",
        "mysql://host/db", "sqlite://", "sqlite:///", "sqlite://gradebook.db", "sqlite:/gradebook.db", "", "  ", "http://x/y",
    ],
)  # fmt: skip
def test_malformed_url_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL that is none is an error with what to write instead; never a file somewhere."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GradebookError, match="postgresql://USER") as problem:
        Gradebook(text)
    assert "secret" not in str(problem.value)
    assert list(tmp_path.iterdir()) == []


def test_good_urls() -> None:
    """A file name, both kinds of URL, and the short name that hosts hand out."""
    assert gradebook_url("/x/g.db").render_as_string() == "sqlite:////x/g.db"
    assert gradebook_url("g.db").database == str(Path("g.db").resolve())
    assert gradebook_url("postgres://u@h/d").set(drivername="postgresql").render_as_string() == "postgresql://u@h/d"


def test_unreachable_gradebook_is_named(tmp_path: Path) -> None:
    """Without the password, and with the reason."""
    with pytest.raises(GradebookError, match=r"refused|connect") as problem:
        Gradebook("postgresql://teacher:secret@127.0.0.1:9/marks")
    assert "secret" not in str(problem.value)
    with pytest.raises(GradebookError, match="unable to open"):
        Gradebook(str(tmp_path / "nowhere" / "book.db"))
    (tmp_path / "letter.db").write_text("Dear gradebook, " * 100)
    with pytest.raises(GradebookError, match="not a database"):
        Gradebook(str(tmp_path / "letter.db"))


def test_gradebook_of_another_version_is_refused(url: str) -> None:
    """It is for nbgrader to upgrade."""
    Gradebook(url).close()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        database.execute("UPDATE alembic_version SET version_num = 'old'")
        database.commit()
    with pytest.raises(GradebookError, match="nbgrader db upgrade"):
        Gradebook(url)


# ---------------------------------------------------------------- marks


def test_marks_are_entered_and_replaced(url: str, master: Master, tmp_path: Path) -> None:
    """Grading again leaves one mark for each question, the latest."""
    with Gradebook(url) as gradebook:
        for share in (0.25, 1.0):
            grade = grade_of("ada", tmp_path, share)
            gradebook.record(grade, node_of(grade, master), master)
        blank = grade_of("bob", tmp_path, 0)
        gradebook.record(blank, node_of(blank, master, answered=False), master)
    assert totals(url) == {"ada": grade_of("ada", tmp_path).max_score, "bob": 0}
    assert rows(url, "SELECT count(*), sum(needs_manual_grade) FROM grade") == [(16, 0)]
    said = rows(url, "SELECT auto_comment, count(*) FROM comment GROUP BY auto_comment ORDER BY 1")
    assert said == [(None, 8), ("No response.", 8)]


def test_what_people_wrote_stays(url: str, master: Master, tmp_path: Path) -> None:
    """Manual scores count, extra credit and comments stay, and the mark asks for another look, as with nbgrader."""
    grade = grade_of("ada", tmp_path, 0)
    with Gradebook(url) as gradebook:
        gradebook.record(grade, node_of(grade, master), master)
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            cell = "cell_id = (SELECT id FROM base_cell WHERE name = '{}')"
            database.execute(
                f"UPDATE grade SET manual_score = 1.5, extra_credit = 0.5 WHERE {cell.format('test-linear')}"
            )
            database.execute(f"UPDATE comment SET manual_comment = 'nice' WHERE {cell.format('linear')}")
            database.commit()
        again = grade_of("ada", tmp_path, 1)
        gradebook.record(again, node_of(again, master), master)
    assert rows(url, "SELECT auto_score, manual_score, extra_credit FROM grade WHERE needs_manual_grade") == [
        (3.0, 1.5, 0.5)
    ]
    assert rows(url, "SELECT manual_comment FROM comment WHERE manual_comment IS NOT NULL") == [("nice",)]
    assert totals(url) == {"ada": again.max_score - 3 + 2}


def test_no_mark_where_the_grader_failed(url: str, master: Master, tmp_path: Path) -> None:
    """A fault of the grader is nobody's zero."""
    grade = grade_of("ada", tmp_path, 1)
    broken = replace(grade.questions[0], outcome=Outcome.GRADER_ERROR, score=0.0)
    failed = replace(grade, questions=(broken, *grade.questions[1:]))
    with Gradebook(url) as gradebook:
        for each in (grade, failed):
            gradebook.record(each, node_of(each, master), master)
    assert rows(url, "SELECT auto_score, needs_manual_grade FROM grade WHERE auto_score IS NULL") == [(None, 1)]
    (cell,) = [
        cell
        for cell in node_of(failed, master).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "test-linear"
    ]
    assert cell.outputs[0].output_type == "error"
    assert cell.metadata.autograder.score is None


def test_late_submissions_pay(url: str, master: Master, tmp_path: Path) -> None:
    """The time is read as nbgrader reads it; the penalty is the plug-in's, within the score."""
    grade = grade_of("ada", tmp_path)
    folder = Path(grade.notebook).parent
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2026-03-01 11:30:00 UTC")
    asked = []

    def penalty(student: str, score: float, seconds: float) -> float:
        asked.append((student, score, seconds))
        return seconds

    with Gradebook(url, late_penalty=penalty) as gradebook:
        gradebook.register(master)
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            database.execute("UPDATE assignment SET duedate = '2026-03-01 10:30:00.000000'")
            database.commit()
        gradebook.record(grade, node_of(grade, master), master)
        assert asked == [("ada", grade.score, 3600.0)]
        assert rows(url, "SELECT late_submission_penalty FROM submitted_notebook") == [(grade.score,)]
        (folder / "timestamp.txt").write_text("2026-03-01 10:00:00 UTC")
        gradebook.record(grade, node_of(grade, master), master)
        assert rows(url, "SELECT late_submission_penalty FROM submitted_notebook") == [(None,)]
        (folder / "timestamp.txt").write_text("yesterday, I think")
        with pytest.raises(GradebookError, match="holds no time that can be told"):
            gradebook.record(replace(grade, student="bob"), node_of(grade, master), master)
    assert list(totals(url)) == ["ada"]


def test_stock_nbgrader_sees_an_ordinary_assignment(url: str, master: Master, tmp_path: Path) -> None:
    """Checksums, points and cells are what nbgrader itself would have stored."""
    from nbgrader.api import Gradebook as Stock
    from nbgrader.utils import compute_checksum

    with Gradebook(url) as gradebook:
        gradebook.register(master)
    with Stock(url) as stock:
        found = stock.find_notebook(NAME, NAME)
        assert found.max_score == load_assignment(NAME).max_score
        assert [cell.name for cell in found.source_cells] == [cell.grade_id for cell in master.cells]
    for cell in master.cells:
        node = new_code_cell(cell.source, metadata={"nbgrader": dict(cell.nbgrader)})
        assert compute_checksum(node) == cell.nbgrader["checksum"] == checksum("code", cell.source, cell.nbgrader)


@pytest.mark.parametrize(
    ("score", "safe"), [(float("nan"), 0.0), (float("inf"), 0.0), (-1.0, 0.0), (9.0, 2.0), (1.5, 1.5)]
)
def test_safe_score(score: float, safe: float) -> None:
    """nbgrader would give full marks for nan and stop at more than the maximum."""
    assert safe_score(score, 2.0) == safe


# ---------------------------------------------------------------- several graders, and sudden ends


def start_writer(url: str, folder: Path, students: list[str]) -> subprocess.Popen[str]:
    """A grader in another process."""
    code = WRITER.format(
        root=str(REPOSITORY), tests=str(Path(__file__).parent), folder=str(folder), url=url, students=students
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check_every_mark_is_there_once(url: str, folder: Path, students: list[str]) -> None:
    """Each student with each mark, one row each."""
    assert totals(url) == dict.fromkeys(students, grade_of("x", folder).score)
    assert rows(url, "SELECT count(*) FROM grade WHERE auto_score IS NOT NULL") == [(8 * len(students),)]
    assert rows(url, "SELECT count(*) FROM comment") == [(8 * len(students),)]
    assert rows(url, "SELECT count(*) FROM assignment") == [(1,)]


def two_at_once(url: str, folder: Path) -> None:
    """Two graders on one gradebook that does not exist yet, with students of their own and some in common."""
    students = [f"s{number:02d}" for number in range(30)]
    writers = [start_writer(url, folder, students[:20]), start_writer(url, folder, students[10:])]
    for writer in writers:
        _out, words = writer.communicate(timeout=120)
        assert writer.returncode == 0, words
    check_every_mark_is_there_once(url, folder, students)


@pytest.mark.slow
def test_two_graders_at_once(url: str, tmp_path: Path) -> None:
    """No mark is lost, and nobody reads that a database is locked."""
    two_at_once(url, tmp_path)


@pytest.mark.slow
@pytest.mark.postgresql
def test_two_graders_at_once_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    """The same on PostgreSQL."""
    two_at_once(postgresql, tmp_path)


@pytest.mark.slow
def test_killed_graders_lose_nothing(url: str, tmp_path: Path) -> None:
    """SIGKILL at random moments, then the same command again: every submission is whole, and there once."""
    students = [f"s{number:02d}" for number in range(40)]
    chance = random.Random(7)
    for _ in range(2):
        writer = start_writer(url, tmp_path, students)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.2))
        writer.send_signal(signal.SIGKILL)
        writer.communicate(timeout=60)
        whole = rows(url, "SELECT count(*) FROM grade GROUP BY notebook_id")
        assert set(whole) <= {(8,)}
        assert rows(url, "SELECT count(*) FROM grade WHERE auto_score IS NULL") == [(0,)]
    writer = start_writer(url, tmp_path, students)
    _out, words = writer.communicate(timeout=120)
    assert writer.returncode == 0, words
    check_every_mark_is_there_once(url, tmp_path, students)


# ---------------------------------------------------------------- the gradebook in git


def content(path: Path) -> list[tuple[object, ...]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as database:
        names = sorted(row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return [(name, *row) for name in names for row in database.execute(f"SELECT * FROM {name}")]


def test_pristine_gradebook(tmp_path: Path) -> None:
    """It is made the same way each time, and passes its check."""
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    make_pristine(one, Course(tmp_path))
    make_pristine(two, Course(tmp_path))
    assert check_pristine(one, assignment_names()) == []
    assert content(one) == content(two)
    assert {path.name for path in tmp_path.iterdir()} == {"one.db", "two.db"}


def test_check_finds_what_is_wrong(tmp_path: Path, master: Master) -> None:
    """A student, other points, a missing and a strange assignment, a solution, no file."""
    path = tmp_path / "book.db"
    assert check_pristine(path, [NAME]) == [f"{path} is not there"]
    make_pristine(path, Course(tmp_path), [NAME])
    with Gradebook(str(path)) as gradebook:
        grade = grade_of("ada", tmp_path)
        gradebook.record(grade, node_of(grade, master), master)
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "UPDATE grade_cells SET max_score = 99 WHERE id = (SELECT id FROM base_cell WHERE name = 'test-linear')"
        )
        database.execute("UPDATE source_cell SET source = '### BEGIN SOLUTION' WHERE name = 'collapse'")
        database.commit()
    problems = "\n".join(check_pristine(path, [NAME, "05-one-hot-and-losses"]))
    for words in ("student has 1 rows", "99 points", "05-one-hot-and-losses is not registered", "collapse holds"):
        assert words in problems
    assert "course does not have" in "\n".join(check_pristine(path, []))
    path.write_text("no database")
    assert "cannot be read" in check_pristine(path, [NAME])[0]
