"""What did not change is not graded again; whatever the marks depend on brings the grading back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from autograder.commands.memory import UNCHANGED, Memory
from autograder.course.layout import Course
from autograder.exporters.recorded import keep
from autograder.gradebook.marks import Gradebook
from autograder.results import Grade, Outcome, QuestionGrade
from autograder.submission.records import Beside, Submission

A = "03-parameter-counting"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with one submission that was graded and recorded."""
    folder = tmp_path / "submitted" / "ada" / A
    folder.mkdir(parents=True)
    (folder / f"{A}.ipynb").write_text("{}")
    (folder / "helper.py").write_text("two = 2")
    graded = tmp_path / "autograded" / "ada" / A
    graded.mkdir(parents=True)
    (graded / f"{A}.ipynb").write_text("{}")
    with Gradebook(str(tmp_path / "gradebook.db")):
        pass
    return Course(tmp_path)


def submission(course: Course) -> Submission:
    folder = course.root / "submitted" / "ada" / A
    beside = (Beside(PurePosixPath("helper.py"), folder / "helper.py"),)
    return Submission("ada", A, folder / f"{A}.ipynb", files=beside)


def graded(outcome: Outcome = Outcome.CORRECT) -> Grade:
    question = QuestionGrade("linear", "Linear", 3.0, 3.0, outcome, None, "Right.")
    return Grade("ada", A, "ada.ipynb", (question,), "cpu", "full", 1, 0.1)


def memory(course: Course, monkeypatch: pytest.MonkeyPatch, *, stands: bool = True, seed: int = 1) -> Memory:
    """With a gradebook that says what the run said, or that knows nothing of it."""
    from autograder.commands import memory as module
    from autograder.results import Standing

    monkeypatch.setattr(
        module, "as_they_stand",
        lambda course, assignment, results, url, whole_class: [
            replace(result, standing=Standing(handed_in=stands)) for result in results
        ],
    )  # fmt: skip
    return Memory(course, A, None, (seed, "cpu", False))


def remember(course: Course, monkeypatch: pytest.MonkeyPatch, grade: Grade) -> None:
    made = memory(course, monkeypatch)
    one = submission(course)
    keep(course, A, [grade], "cpu")
    made.keep({"ada": made.key_of(one)}, [one], [grade])


def test_what_did_not_change_is_remembered_and_says_so(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(course, monkeypatch, graded())
    (known,) = memory(course, monkeypatch).known([submission(course)]).values()
    assert known.score == 3.0
    assert known.intake == (UNCHANGED,)


@pytest.mark.parametrize("what", ["notebook", "helper", "timestamp", "release", "seed", "gradebook", "autograded"])
def test_what_the_marks_depend_on_brings_the_grading_back(
    what: str, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(course, monkeypatch, graded())
    one = submission(course)
    if what == "notebook":
        one.notebook.write_text("{ }")
    elif what == "helper":
        one.files[0].path.write_text("two = 3")
    elif what == "timestamp":
        (one.notebook.parent / "timestamp.txt").write_text("2026-10-30 10:00:00 UTC")
    elif what == "release":
        (course.root / "release" / A).mkdir(parents=True)
        (course.root / "release" / A / "data.csv").write_text("1")
    elif what == "autograded":
        (course.root / "autograded" / "ada" / A / f"{A}.ipynb").unlink()
    now = memory(course, monkeypatch, stands=what != "gradebook", seed=2 if what == "seed" else 1)
    assert now.known([one]) == {}


def test_a_failed_run_is_never_remembered(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(course, monkeypatch, graded(Outcome.GRADER_ERROR))
    assert memory(course, monkeypatch).known([submission(course)]) == {}


def test_what_changed_while_it_was_graded_is_not_remembered(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    made, one = memory(course, monkeypatch), submission(course)
    before = {"ada": made.key_of(one)}
    one.notebook.write_text("another")
    keep(course, A, [graded()], "cpu")
    made.keep(before, [one], [graded()])
    assert made.known([one]) == {}
