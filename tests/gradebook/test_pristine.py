"""The gradebook that lies in git knows every assignment, and nobody."""

import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.gradebook.pristine import check_pristine, has_students, make_pristine

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """The gradebook as it lies in git; an instructor's own copy may have students in it by now."""
    path = tmp_path / "gradebook.db"
    shown = subprocess.run(["git", "show", "HEAD:gradebook.db"], cwd=ROOT, capture_output=True, check=False)
    if shown.returncode == 0:
        path.write_bytes(shown.stdout)
    else:
        shutil.copy(ROOT / "gradebook.db", path)
    return path


def test_the_gradebook_in_git_is_pristine(committed):
    assert check_pristine(committed, assignment_names()) == []
    assert not has_students(committed)


def test_the_check_finds_an_assignment_that_is_missing(committed):
    assert check_pristine(committed, [*assignment_names(), "99-nothing"])


def test_the_check_finds_a_student(committed):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{committed}") as gradebook:
        gradebook.add_student("somebody")
    assert check_pristine(committed, assignment_names())
    assert has_students(committed)


def test_making_it_twice_gives_the_same_rows_and_the_points_of_the_bank(tmp_path):
    from nbgrader.api import Gradebook

    make_pristine(tmp_path / "one.db", Course(ROOT), course_id="first-steps-in-deep-learning")
    with Gradebook(f"sqlite:///{tmp_path / 'one.db'}") as gradebook:
        points = {assignment.name: assignment.max_score for assignment in gradebook.assignments}
    assert points == {name: load_assignment(name).max_score for name in assignment_names()}
