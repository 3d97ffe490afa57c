"""The bank's tests as assert cells: what a test cell of stock nbgrader would hold, run on the names of its kernel."""

from __future__ import annotations

from typing import Any

from autograder.course.assignment import load_assignment
from autograder.grader.reference_runs import Truth
from autograder.judging.run_test import try_test
from autograder.protocol.wire import Failure
from autograder.remote.in_process import Double
from autograder.remote.proxy import OwnState, Student, Transport, has_own_settings
from autograder.remote.request_state import fresh

SEED = 18  # of the hidden inputs; no mark of a right answer hangs on it


def assert_question(assignment: str, question: str, namespace: dict[str, Any]) -> None:
    """Run every test of a question, on its visible and on hidden inputs.

    Raises:
        AssertionError: one of them fails.
    """
    module = load_assignment(assignment).question(question)
    truth = Truth(module, SEED)

    def student() -> Transport:
        return Double(namespace, is_student_file=lambda name: "ipykernel" in name or name.startswith("<"))

    with fresh():
        for test in module.tests:
            if test.cuda:
                continue
            for seed in {truth.seed_for(test, public=public) for public in (test.visible, False)}:
                for side in (student(), OwnState(student())):
                    failure = try_test(
                        test.function, side, truth.reference(test, seed), truth.rng(test, seed), seed,
                        module.question.forbids,
                    )  # fmt: skip
                    if failure is None or not has_own_settings(Student(student())):
                        break
                assert failure is None, f"{test.name}: {_words(failure.what, failure.failure)}"


def _words(what: str, failure: Failure | None) -> str:
    return what if failure is None else f"{failure.type_name}: {failure.message}"
