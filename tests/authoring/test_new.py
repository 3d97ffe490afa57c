"""A new question is ready to fill in: it is verified as it stands, but for what is still to be replaced."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

import autograder.bank
from autograder.authoring import new
from autograder.authoring.new import left_to_replace, new_assignment, new_question
from autograder.authoring.release.lint import lint_source
from autograder.authoring.verify.answers import verify_question
from autograder.course import assignment as catalog
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.errors import UsageError

NAME = "98-scaffold-test"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """A course whose bank is a folder of its own, so that tests beside this one do not see the new assignment."""
    bank = tmp_path / "bank"
    bank.mkdir()
    monkeypatch.setattr(catalog, "BANK", bank)
    monkeypatch.setattr(new, "BANK", bank)
    monkeypatch.setattr(autograder.bank, "__path__", [*autograder.bank.__path__, str(bank)])
    _forget()
    before = set(sys.modules)
    yield Course(tmp_path)
    for name in set(sys.modules) - before:
        if "scaffold_test" in name:
            del sys.modules[name]
    _forget()


def _forget() -> None:
    for cached in (catalog.assignment_names, catalog.load_assignment, catalog._packages):
        cached.cache_clear()
    importlib.invalidate_caches()


def test_a_new_question_verifies_and_says_what_is_left(course: Course) -> None:
    made = new_assignment(course, NAME)
    _forget()
    made += new_question(course, NAME, "double_it")
    for module in [name for name in sys.modules if "scaffold_test" in name]:
        del sys.modules[module]
    _forget()
    assert all(path.is_file() for path in made)
    (question,) = load_assignment(NAME).questions
    assert [v.problem for v in verify_question(question, (1,)) if v.problem] == []
    assert left_to_replace(load_assignment(NAME).folder, "double_it")
    assert list(lint_source(nbformat.read(made[1], as_version=4), load_assignment(NAME))) == []
    cells = nbformat.read(made[1], as_version=4).cells
    ids = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    assert ids == ["setup", "double_it", "test-double_it"]
    with pytest.raises(UsageError, match="already"):
        new_question(course, NAME, "double_it")


def test_an_id_of_another_assignment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="must mean one question"):
        new_question(Course(tmp_path), "03-parameter-counting", "sgd_step")


@pytest.mark.parametrize("name", ["attention", "3-attention", "16-Attention", "16-", "../16-x"])
def test_a_name_of_another_form_is_refused(course: Course, name: str) -> None:
    with pytest.raises(UsageError, match="two digits"):
        new_assignment(course, name)


def test_a_new_question_has_the_next_number(course: Course) -> None:
    _, notebook = new_assignment(course, NAME)
    node = nbformat.read(notebook, as_version=4)
    node.cells.append(
        nbformat.v4.new_markdown_cell("## 3. Written before · `it` (1 point · 5 minutes · easy)", id="it")
    )
    nbformat.write(node, notebook)
    _forget()
    new_question(course, NAME, "double_it")
    texts = [cell.source for cell in nbformat.read(notebook, as_version=4).cells]
    assert any(text.startswith("## 4. replace me · `double_it`") for text in texts), texts
