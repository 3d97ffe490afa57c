"""Runs one notebook and its visible checks, confined as far as this machine allows, and tells each result as a line.

A process of its own, started by ``classroom.ci``: whatever ends it, the lines written before are kept. The notebook
runs in the graders' sandbox; the checks run here and ask it for data, so nothing a notebook does can say "passed".
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from autograder.integrations.classroom.expected import expected_questions
from autograder.judging.source_rules import breach
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Student, StudentFailed, defines
from autograder.results import Outcome
from autograder.sandbox.layers import LAYERS
from autograder.sandbox.policy import Policy, default_readable
from autograder.sandbox.preconditions import ConfinementError
from autograder.session.absent import why_absent
from autograder.session.notebook_session import Limits, LiveSession, Requests, TooManyRestarts
from autograder.session.selftest import require_sandbox
from autograder.session.supervisor import SandboxError, Zygote
from autograder.student.checking import CheckStumbled, all_fail, better_verdict, try_all, verdict_on
from autograder.student.recorded import GENERATED, RecordedQuestion, questions_in
from autograder.student.verdict import Verdict
from autograder.submission.notebook import BrokenNotebook, Notebook, Role, read_notebook

PACKAGE = Path(__file__).resolve().parents[2]
Tell = Callable[[dict[str, Any]], None]


def main() -> int:
    """Check the notebook that is named first on the command line, and write to the descriptor named second."""
    torch.set_num_threads(1)
    with os.fdopen(int(sys.argv[2]), "w", encoding="utf-8") as results:

        def tell(told: dict[str, Any]) -> None:
            results.write(json.dumps(told) + "\n")
            results.flush()

        check(Path(sys.argv[1]).resolve(), tell)
        tell({"done": True})
    return 0


def check(path: Path, tell: Tell) -> None:
    """Run the notebook, then the checks of every question that is recorded for it."""
    known = questions_in(GENERATED)  # what was installed, whatever the repository says of other checks
    questions = [known[question["id"]] for question in expected_questions(path).questions]
    try:
        notebook = read_notebook(path, {question.id: question.names for question in questions})
    except BrokenNotebook as problem:
        tell({"broken": str(problem)})
        return
    zygote, isolation, why = start(path)
    tell({"isolation": isolation, "why": why})
    with zygote:
        session = LiveSession(zygote, notebook, Limits())
        for question, verdict in verdicts(questions, notebook, session):
            tell(_stumbled(question) if verdict is None else _told(verdict))
        tell({"merge": notebook.merge})
        session.close()


def verdicts(
    questions: Sequence[RecordedQuestion], notebook: Notebook, session: LiveSession
) -> Iterator[tuple[RecordedQuestion, Verdict | None]]:
    """Each question as soon as its moment is known: in place at its test cell, and at the end where that lost points.

    The inputs are public, so one fork does for both. None: the check itself stumbled.
    """
    places = {question.id: place for question in questions if (place := notebook.moment(question.id)) is not None}
    early: dict[str, Verdict] = {}
    for question in sorted((one for one in questions if one.id in places), key=lambda one: places[one.id]):
        _run_to(session, places[question.id])
        verdict = _verdict(question, notebook, session, places[question.id])
        if verdict is not None:
            early[question.id] = verdict
            if verdict.outcome is Outcome.CORRECT:
                yield question, verdict
    _run_to(session, None)
    for question in questions:
        first = early.get(question.id)
        if first is None or first.outcome is not Outcome.CORRECT:
            yield question, better_verdict(_verdict(question, notebook, session, None), first)


def _run_to(session: LiveSession, place: int | None) -> None:
    with contextlib.suppress(TooManyRestarts):  # what was not run is told question by question
        session.advance(place)


def start(notebook: Path) -> tuple[Zygote, str, str]:
    """A warm interpreter, how far it confines, and what is missing for more.

    On a student's own runner an unconfined run is better than none: it is their code, and the grade that counts is
    made elsewhere.
    """
    zygote = Zygote(_policy(notebook))
    try:
        zygote.start()
        level = require_sandbox(zygote)
    except (ConfinementError, SandboxError) as problem:
        zygote.close()
        zygote = Zygote(_policy(notebook, disabled=LAYERS))
        zygote.start()
        return zygote, "none", str(problem)
    missing = [f"{name}: {layer.note}" for name, layer in zygote.layers.named().items() if not layer.ok]
    return zygote, level, "; ".join(missing)


def _policy(notebook: Path, disabled: tuple[str, ...] = ()) -> Policy:
    datasets = notebook.parent / "datasets"
    return Policy(
        readable=(
            *default_readable(), str(PACKAGE / "student"), *([str(datasets)] if datasets.is_dir() else ()),
        ),
        hidden=(),
        memory_bytes=1536 << 20,
        cpu_seconds=600,
        file_bytes=64 << 20,
        scratch_bytes=128 << 20,
        disabled=disabled,
    )  # fmt: skip


def _verdict(question: RecordedQuestion, notebook: Notebook, session: LiveSession, place: int | None) -> Verdict | None:
    why = _barred(question, notebook, session, place)
    requests = Requests(session, question.seconds)
    found = all_fail(question, why) if why is not None else try_all(question, lambda: requests)
    try:
        return verdict_on(question, found)
    except CheckStumbled:
        return None


def _barred(question: RecordedQuestion, notebook: Notebook, session: LiveSession, place: int | None) -> Failure | None:
    """Why the tests need not be run: a rule is broken, or a name is not there."""
    if why := notebook.why_not_asked(question.id):
        return Failure("raised", "UnresolvedMerge", why, cell=question.id)
    cells = notebook.above(place)
    sources = [cell.source for cell in cells if cell.role in (Role.SOLUTION, Role.STUDENT)]
    rule = breach(sources, question.bound, question.forbids)
    if rule is not None:
        return Failure("forbidden", "ForbiddenUse", rule)
    try:
        there = defines(Student(session), *question.names)
    except StudentFailed as problem:  # the notebook keeps ending its process, say
        return problem.failure
    missing = next((name for name, found in zip(question.names, there, strict=True) if not found), None)
    if missing is None:
        return None
    own = [cell for cell in cells if cell.question == question.id]
    return why_absent(missing, question.id, own, session.cells, turned=notebook.turned.get(question.id, ""))


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.question,
        "score": verdict.score,
        "outcome": str(verdict.outcome),
        "mistake": None if verdict.mistake is None else verdict.mistake.name,
        "message": verdict.message,
        "passed": [tick.passed is True for tick in verdict.ticks],
    }


def _stumbled(question: RecordedQuestion) -> dict[str, Any]:
    return {
        "id": question.id,
        "score": 0.0,
        "outcome": str(Outcome.GRADER_ERROR),
        "mistake": None,
        "message": "The grader failed on this question, so it has no mark yet. Please tell your teacher.",
        "passed": [False for _ in question.tests],
    }


if __name__ == "__main__":
    sys.exit(main())
