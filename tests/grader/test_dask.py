"""Grading on the workers of a Dask scheduler: real worker processes, the same marks."""

import functools
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.verify.engine import notebook_of
from autograder.commands import grade
from autograder.commands.grade import Settings, grade_all, grade_chunk
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.grader import executors
from autograder.grader.executors import NoScheduler, executor_for
from autograder.grader.versions import VersionsDiffer, versions
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
def test_a_scheduler_that_does_not_answer_is_a_clear_error(monkeypatch):
    monkeypatch.setattr(executors, "ANSWER_SECONDS", 2)
    with (
        pytest.raises(NoScheduler, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        executor_for(1, "tcp://127.0.0.1:9"),
    ):
        pass


def die_once(settings, submissions, place):
    """Grade, but for the first time that the second submission is asked for: then the worker is killed."""
    mark = place / "killed"
    if submissions[0].student == "wrong" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return grade_chunk(settings, submissions)


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(submissions, tmp_path, monkeypatch):
    """The chunk that it worked on goes to its successor; a worker with other versions grades nothing at all."""
    settings = Settings(ASSIGNMENT, Course(tmp_path).root, "cpu", 11, trusted=False, versions=versions())
    monkeypatch.setattr(grade, "grade_chunk", functools.partial(die_once, place=tmp_path))
    options = {"processes": True, "n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, executor_for(1, cluster.scheduler_address) as there:
        found = [(r.student, r.score) for r in grade_all(there, settings, submissions, 1)]
        assert (tmp_path / "killed").exists()
        assert sorted(student for student, _ in found) == ["right", "wrong"]
        assert dict(found)["right"] == 20 > dict(found)["wrong"]
        other = replace(settings, versions=(("torch", "1.0"), *settings.versions[2:]))
        with pytest.raises(VersionsDiffer, match=r"has torch 2.* instead of 1\.0, python 3.* instead of none"):
            list(grade_all(there, other, submissions, 1))


def test_no_more_is_handed_out_than_the_graders_can_take():
    """Back-pressure: of many submissions a few are on their way, and the others wait here."""

    class Counts(ThreadPoolExecutor):
        waiting = most = 0

        def submit(self, function, settings, chunk):
            self.waiting += 1
            self.most = max(self.most, self.waiting)

            def done(_future):
                self.waiting -= 1

            future = super().submit(lambda: (list(chunk), None))
            future.add_done_callback(done)
            return future

    with Counts(1) as executor:
        found = list(grade_all(executor, None, range(1000), 2))
    assert sorted(found) == list(range(1000))
    assert executor.most <= grade.AHEAD * 2
