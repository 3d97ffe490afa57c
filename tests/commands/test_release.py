"""``autograder release`` on a course of two questions: what it makes, twice alike, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.release.drift import same_cases, same_file
from autograder.authoring.release.headings import facts_line, navigation_line, question_line, title_line
from autograder.authoring.release.lint import lint_released, lint_source
from autograder.authoring.release.visible_code import visible_module
from autograder.commands import release
from autograder.course import layout
from autograder.course.assignment import Assignment, UnknownAssignment, load_assignment

NAME = "03-parameter-counting"
CHOSEN = ("count_linear", "count_mlp")


@pytest.fixture
def assignment() -> Assignment:
    """The assignment, cut to two questions."""
    whole = load_assignment(NAME)
    return replace(whole, questions=tuple(whole.question(name) for name in CHOSEN))


def stated(assignment: Assignment) -> list[str]:
    """The lines that a notebook repeats from the bank."""
    heads = [question_line(number, question) for number, question in enumerate(assignment.questions, start=1)]
    return [title_line(assignment), facts_line(assignment), navigation_line(assignment.name), *heads]


def source(assignment: Assignment) -> Any:
    """A source notebook for it, with the references as solutions."""
    node = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    setup = {"grade_id": "setup", "grade": False, "locked": True, "solution": False, "schema_version": 3, "task": False}
    node.cells = [
        new_markdown_cell("\n".join(stated(assignment)), id="title"),
        new_code_cell("from autograder import check, hint", id="setup", metadata={"nbgrader": setup}),
    ]
    for question in assignment.questions:
        head, *body = question.answers.reference.source.splitlines()
        text = "\n".join([head, "    ### BEGIN SOLUTION", *body, "    ### END SOLUTION"])
        role = {**setup, "grade_id": question.id, "locked": False, "solution": True}
        node.cells.append(new_code_cell(text, id=question.id, metadata={"nbgrader": role}))
        role = {**setup, "grade_id": f"test-{question.id}", "grade": True, "points": question.question.points}
        test = new_code_cell(f'check("{question.id}")', id=f"test-{question.id}", metadata={"nbgrader": role})
        node.cells.append(test)
    node.cells.append(new_code_cell("object()\nprint('a')\nprint('b')", id="more"))
    return node


@pytest.fixture
def course(assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with that source notebook; the recorded cases go to a folder of its own."""
    folder = tmp_path / "source" / NAME
    folder.mkdir(parents=True)
    nbformat.write(source(assignment), folder / f"{NAME}.ipynb")
    (folder / "data.csv").write_text("x\n1\n")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    (tmp_path / "gradebook.db").write_bytes(b"untouched")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(layout, "PACKAGE", tmp_path / "autograder")
    monkeypatch.setattr(release, "GENERATED", tmp_path / "autograder" / "student" / "generated")
    monkeypatch.setattr(release, "load_assignment", lambda name: assignment)
    return tmp_path


def contents(course: Path) -> dict[str, bytes]:
    """Every file that a release makes."""
    folders = [course / name for name in ("release", "solutions", "autograder")]
    return {str(p.relative_to(course)): p.read_bytes() for f in folders for p in sorted(f.rglob("*")) if p.is_file()}


def test_release_and_check(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Made twice with the same bytes; in step until something is changed; the gradebook stays as it is."""
    assert release.release_command([NAME], check=False) == 0
    first = contents(course)
    assert f"release/{NAME}/data.csv" in first
    released = nbformat.reads(first[f"release/{NAME}/{NAME}.ipynb"].decode(), as_version=4)
    assert "raise NotImplementedError" in released.cells[2].source
    assert "SOLUTION" not in str(released)
    solved = nbformat.reads(first[f"solutions/{NAME}/{NAME}.ipynb"].decode(), as_version=4)
    assert solved.cells[3].outputs[0].data["text/plain"].startswith("count_linear: right so far")
    assert solved.cells[-1].outputs[0].text == "a\nb\n"
    assert release.release_command([NAME], check=False) == 0
    assert contents(course) == first
    assert (course / "gradebook.db").read_bytes() == b"untouched"
    (course / "autograder" / "student" / "generated" / "visible" / "parameter_counting" / "gone.py").write_text("")
    (course / "release" / NAME / "data.csv").write_text("x\n2\n")
    capsys.readouterr()
    changed = contents(course)
    assert release.release_command([NAME], check=True) == 1
    assert contents(course) == changed
    said = capsys.readouterr().err
    assert "gone.py" in said
    assert f"release/{NAME}/data.csv" in said
    assert "solutions" not in said


FAULTS: list[tuple[str, Callable[[Any], Any], str]] = [
    ("points", lambda n: n.cells[3].metadata.nbgrader.update(points=5), "says 5 points"),
    ("test", lambda n: n.cells[3].update(source='check("other")'), "must read check"),
    ("deleted", lambda n: n.cells.pop(2), "no solution cell"),
    ("untested", lambda n: n.cells.pop(3), "no test cell"),
    ("twice", lambda n: n.cells.append(n.cells[2]), "given to 2 cells"),
    ("markers", lambda n: n.cells[2].update(source="def count_linear(): return 1"), "BEGIN SOLUTION"),
    ("names", lambda n: n.cells[2].update(source=n.cells[2].source.replace("count_linear", "x")), "does not define"),
    ("import", lambda n: n.cells.pop(1), "no cell imports check"),
    ("order", lambda n: n.cells.__setitem__(slice(2, 6), [*n.cells[4:6], *n.cells[2:4]]), "another order"),
    ("stray", lambda n: n.cells[2].metadata.nbgrader.update(grade_id="stray"), "no such question"),
]


@pytest.mark.parametrize(("change", "fault"), [(c, f) for _, c, f in FAULTS], ids=[name for name, _, _ in FAULTS])
def test_lint_finds_faults(change: Callable[[Any], Any], fault: str, assignment: Assignment) -> None:
    """Each fault of a source notebook is told in its own words."""
    node = source(assignment)
    assert list(lint_source(node, assignment)) == []
    change(node)
    assert any(fault in line for line in lint_source(node, assignment))


def test_lint_of_the_released(assignment: Assignment) -> None:
    """A source notebook is not fit for students."""
    faults = "\n".join(lint_released(source(assignment), assignment))
    assert "BEGIN SOLUTION is left" in faults
    assert "its blank does not raise" in faults


def test_refuses_in_one_line(course: Path, assignment: Assignment, capsys: pytest.CaptureFixture[str]) -> None:
    """A faulty notebook is not released, and the reason is no traceback."""
    path = course / "source" / NAME / f"{NAME}.ipynb"
    node = source(assignment)
    del node.cells[3]
    nbformat.write(node, path)
    start = new_markdown_cell("CONTENTS", id="contents")
    nbformat.write(new_notebook(cells=[start]), course / "source" / "00-start.ipynb")
    assert release.release_command([NAME], check=True) == 1
    assert "count_linear: there is no test cell" in capsys.readouterr().err
    assert release.release_command([NAME], check=False) == 1
    assert contents(course) == {}  # the notebook that opens the course is not written either


def test_unknown_assignment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An assignment that is not in the bank is wrong usage."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownAssignment):
        release.release_command(["99-nothing"], check=True)


def test_visible_code_is_whole(assignment: Assignment) -> None:
    """Visible tests with what they need, nothing of the bank, no hidden test."""
    for question in load_assignment(NAME).questions:
        text = visible_module(question)
        compile(text, question.id, "exec")
        assert "autograder.bank" not in text
        for test in question.tests:
            assert (f"def {test.name}(" in text) == test.visible


def test_small_differences_are_no_drift(tmp_path: Path) -> None:
    """Rounding and versions do not count; another number, word or key does."""
    one = {"provenance": {"torch": "1"}, "a": [0.1, 2, {"$tensor": {"values": [1.0]}}]}
    assert same_cases(one, {"provenance": {"torch": "2"}, "a": [0.1000001, 2, {"$tensor": {"values": [1.00001]}}]})
    assert not same_cases(one, {**one, "a": [0.11, 2, {"$tensor": {"values": [1.0]}}]})
    assert not same_cases(one, {**one, "b": 1})
    path = tmp_path / "x.py"
    assert not same_file(path, b"")
    path.write_bytes(b"1")
    assert same_file(path, b"1")
    assert not same_file(path, b"2")
