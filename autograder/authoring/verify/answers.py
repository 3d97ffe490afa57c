"""Tries every answer to a question in this process, and says where the tests do not tell right from wrong.

For every question, on the recorded inputs and on fresh ones: the reference and every alternative pass
every test; every mistake loses marks and is named; every other wrong answer loses marks; a blank is told
from a wrong answer; and what a mistake answers lies at least ``MARGIN`` tolerances from the truth on
some test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.authoring.verify.stand_in import OnStandIn
from autograder.course.answers import Answer
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.reference_runs import Truth
from autograder.judging.diagnosis import name_mistake
from autograder.judging.run_test import Fingerprint, try_test
from autograder.results import Mistake

# Tolerances. What rounding, other machines and GPUs move lies below one, so that no draw makes a mistake right.
MARGIN = 100.0


@dataclass(frozen=True)
class Verdict:
    """What verification saw of one answer: marks lost, the name given, the margin, and what is wrong with that."""

    question: str
    answer: Answer
    seed: int
    lost: float
    named: Mistake | None
    margin: float
    problem: str = ""


def blank(names: Sequence[str]) -> Answer:
    """What a student hands in who has not begun."""
    bodies = "\n\n".join(f"def {name}(*args, **kwargs):\n    raise NotImplementedError()" for name in names)
    return Answer("blank", "blank", bodies + "\n")


def verify_question(question: QuestionModule, seeds: Sequence[int]) -> Iterator[Verdict]:
    """Try every answer on the public inputs (seed −1) and on those of ``seeds``."""
    for seed in (-1, *seeds):
        truth = Truth(question, seed)
        tests = [(test, truth.seed_for(test, public=seed == -1)) for test in question.tests if not test.cuda]
        if seed == -1:
            tests = [(test, s) for test, s in tests if test.visible]
        for answer in (*question.answers.every, blank(question.question.names)):
            yield _verdict(truth, answer, tests, seed)
        if question.answers.stand_in is not None and seed != -1:
            yield _stand_in(question, question.answers.stand_in, seed)
        if question.question.follows_device:
            yield _on_a_gpu(truth, tests, seed)


def _stand_in(question: QuestionModule, stand_in: Answer, seed: int) -> Verdict:
    """A stand-in must be right, but for what the question forbids: it is what later questions call."""
    free = replace(question, question=replace(question.question, forbids=()))
    truth = Truth(free, seed)
    tests = [(test, truth.seed_for(test)) for test in question.tests if not test.cuda]
    return _verdict(truth, replace(stand_in, kind="alternative", name="stand_in"), tests, seed)


def _on_a_gpu(truth: Truth, tests: list[tuple[GradingTest, int]], seed: int) -> Verdict:
    """The reference on a GPU's stand-in: what it fails there, something that was made on the wrong device is behind."""
    question, reference = truth.question, truth.question.answers.reference
    forbids = question.question.forbids
    problem = ""
    for test, drawn in tests:
        side = OnStandIn(question.answers.namespace(reference))
        sides = side, truth.reference(test, drawn)
        failure = try_test(test.function, *sides, truth.rng(test, drawn), drawn, forbids, "cuda")
        if failure is not None and not problem:
            problem = f"on a GPU's stand-in the reference fails {test.name}: {failure.what}"
    lost = sum(test.points for test, _ in tests) if problem else 0.0
    answer = replace(reference, name=f"{reference.name} on a GPU".strip())
    return Verdict(question.id, answer, seed, lost, None, 0.0, problem)


def _verdict(truth: Truth, answer: Answer, tests: list[tuple[GradingTest, int]], seed: int) -> Verdict:
    observed = {test.name: truth.failure(answer, test, s) for test, s in tests}
    lost = sum(test.points for test, _ in tests if observed[test.name] is not None)
    named = name_mistake(observed, truth.mistakes(tests)) if lost and answer.kind != "blank" else None
    margin = max((failure.excess for failure in observed.values() if failure), default=0.0)
    problem = _problem(answer, observed, lost, named, margin, public=seed == -1)
    return Verdict(truth.question.id, answer, seed, lost, named, margin, problem)


def _problem(
    answer: Answer,
    observed: dict[str, Fingerprint | None],
    lost: float,
    named: Mistake | None,
    margin: float,
    *,
    public: bool,
) -> str:
    failed = {name: failure for name, failure in observed.items() if failure is not None}
    name = None if named is None else named.name
    match answer.kind:
        case "reference" | "alternative" if failed:
            test, failure = next(iter(failed.items()))
            return f"a right answer fails {test}: {failure.what} (got {failure.actual!r}, wanted {failure.expected!r})"
        case "blank" if any(failure.kind != "not_attempted" for failure in failed.values()) or not failed:
            return "a blank is not told from an answer"
        case "mistake" | "wrong" if not lost:
            return "" if public else "it loses no marks"  # a hidden test may be the one that finds it
        case "mistake" if name != answer.name and not public:
            return f"it is named {name}"
        case "mistake" if public and name not in (answer.name, None):
            return f"on the recorded inputs it is named {name}"
        case "mistake" if margin < MARGIN:
            return f"it is only {margin:.3g} tolerances from the truth"
        case "mistake" | "wrong" if any(failure.kind == "unusable" for failure in failed.values()):
            return "a test stumbles over the answer: " + next(f.what for f in failed.values() if f.kind == "unusable")
    return ""
