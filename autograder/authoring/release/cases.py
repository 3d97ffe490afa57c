"""Records what students' checks need of an assignment, and proves that it does there what the bank does here."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autograder.course.assignment import Assignment
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.reference_runs import PUBLIC_SEED, Truth
from autograder.authoring.release.spread import spread_of
from autograder.authoring.release.visible_code import NotReleasable, visible_module
from autograder.protocol.decoder import decode
from autograder.protocol.json_values import Json, dumps, to_json
from autograder.remote.source import module_from
from autograder.student.recorded import RecordedQuestion, read_cases, tell_fingerprint
from autograder.judging.run_test import Fingerprint, same_failure, try_test


def student_files(assignment: Assignment) -> dict[Path, str]:
    """What is written for students' checks of ``assignment``: paths in the folder of recorded checks, and texts.

    Raises:
        NotReleasable: a check would not do in a student's kernel what it does at grading.
    """
    package = assignment.package.rpartition(".")[2]
    code = {question.id: visible_module(question) for question in assignment.questions}
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        cases = _cases(assignment, package)
        for question, recorded in zip(assignment.questions, read_cases(cases), strict=True):
            _prove(question, recorded, code[question.id])
    finally:
        torch.set_num_threads(before)
    files = {Path("cases") / f"{assignment.name}.json": dumps(cases)}
    files[Path("visible") / package / "__init__.py"] = (
        f'"""Visible checks of {assignment.name}: written by ``autograder release``."""\n'
    )
    for name, text in code.items():
        files[Path("visible") / package / f"{name}.py"] = text
    return files


def visible_tests(question: QuestionModule) -> list[GradingTest]:
    """The tests that students have."""
    return [test for test in question.tests if test.visible and not test.cuda]


def _cases(assignment: Assignment, package: str) -> dict[str, Json]:
    return {
        "about": "Recorded by `autograder release` from the bank's own tests; do not edit.",
        "assignment": assignment.name,
        "package": package,
        "provenance": {
            "seed": PUBLIC_SEED,
            "device": "cpu",
            "threads": 1,
            "torch": torch.__version__.partition("+")[0],
            "numpy": np.__version__,
            "python": platform.python_version(),
            "spread": "greatest difference of right answers over dtype and threads, in tolerances",
        },
        "questions": [_question(question) for question in assignment.questions],
    }


def _question(question: QuestionModule) -> dict[str, Json]:
    stated, truth = question.question, Truth(question, PUBLIC_SEED)
    bound = {"bound": list(stated.bound)} if stated.free else {}
    return {
        "id": question.id,
        "title": stated.title,
        "points": stated.points,
        "names": list(stated.names),
        "hints": list(stated.hints),
        "forbids": list(stated.forbids),
        **bound,
        "forbidden_as": stated.forbidden_as,
        "seconds": stated.seconds,
        "mistakes": {mistake.name: {"says": mistake.says, "ask": mistake.ask} for mistake in question.answers.mistakes},
        "tests": [_test(truth, test) for test in visible_tests(question)],
    }


def _test(truth: Truth, test: GradingTest) -> dict[str, Json]:
    seed = truth.seed_for(test, public=True)
    answers = truth.question.answers
    spread = spread_of(truth, test, seed)
    if spread.problem:
        raise NotReleasable(spread.problem)
    return {
        "name": test.name,
        "title": test.title,
        "points": test.points,
        "seed": seed,
        "spread": {"dtype": _short(spread.dtype), "threads": _short(spread.threads)},
        "drawn": to_json(truth.drawn(test, seed)),
        "replies": [to_json(decode(reply)) for _, reply in truth.log(test, seed)],
        "mistakes": {
            mistake.name: [tell_fingerprint(truth.failure(form, test, seed)) for form in answers.forms_of(mistake.name)]
            for mistake in answers.mistakes
        },
    }


def _short(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.2g}")


# ---------------------------------------------------------------------- proof


def _prove(question: QuestionModule, recorded: RecordedQuestion, code: str) -> None:
    """Every answer of the bank fares with the recorded cases as it does with the reference at hand."""
    module = module_from(code, f"visible_{question.id}", f"<visible {question.id}>")
    truth = Truth(question, PUBLIC_SEED)
    for test, case in zip(visible_tests(question), recorded.tests, strict=True):
        seed = truth.seed_for(test, public=True)
        for answer in question.answers.every:
            with_reference = truth.failure(answer, test, seed)
            sides = truth.double(answer), case.reference()
            with_cases = try_test(getattr(module, test.name), *sides, case.rng(), case.seed, recorded.forbids)
            if not _alike(with_reference, with_cases):
                raise NotReleasable(
                    f"{question.id}: {test.name} judges {answer.kind} {answer.label} otherwise in a student's kernel: "
                    f"{_words(with_cases)} there, {_words(with_reference)} here"
                )


def _alike(one: Fingerprint | None, other: Fingerprint | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_failure(one, other)


def _words(found: Fingerprint | None) -> str:
    return "it passes" if found is None else f"{found.kind} after {found.requests} requests ({found.what})"
