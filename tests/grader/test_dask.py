"""Grading on the workers of a Dask scheduler: real worker processes, the same marks."""

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.verify.engine import notebook_of
from autograder.commands.grade import Settings, grade_all
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.grader.executors import NoScheduler, executor_for
from autograder.submission.find import find_submissions

distributed = pytest.importorskip("distributed", reason="Dask is not installed: not run")
ASSIGNMENT = "03-parameter-counting"


@pytest.fixture
def submissions(tmp_path: Path):
    assignment = load_assignment(ASSIGNMENT)
    mistakes = {question.id: question.answers.mistakes[0] for question in assignment.questions}
    for name, chosen in {"right": {}, "wrong": mistakes}.items():
        nbformat.write(notebook_of(assignment, chosen), tmp_path / f"{name}.ipynb")
    return find_submissions(ASSIGNMENT, [tmp_path])


def marks(grade):
    return grade.score, [question.mistake for question in grade.questions]


@pytest.mark.filterwarnings("ignore")  # Dask's own: ports in use, deprecated parts of tornado
def test_workers_of_a_cluster_give_the_marks_that_this_process_gives(submissions, tmp_path):
    settings = Settings(ASSIGNMENT, Course(tmp_path).root, "cpu", 11, trusted=False)
    with executor_for(1, None) as here:
        assert here is None
        expected = {r.student: marks(r) for r in grade_all(here, settings, submissions, 1)}
    options = {"processes": True, "n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, executor_for(1, cluster.scheduler_address) as there:
        actual = {r.student: marks(r) for r in grade_all(there, settings, submissions, 2)}
    assert actual == expected
    assert expected["right"][0] == 20
    assert expected["wrong"][0] < 20


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_answer_is_a_clear_error():
    with (
        pytest.raises(NoScheduler, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        executor_for(1, "tcp://127.0.0.1:9"),
    ):
        pass
