"""``autograder verify --habits``: right answers with an honest habit more keep their marks."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass

import torch

from autograder.authoring.habits import HABITS, answers_with_habits
from autograder.commands.progress import Progress
from autograder.course.assignment import assignment_names, load_assignment
from autograder.errors import UsageError
from autograder.grader.executors import executor_for
from autograder.grader.reference_runs import Truth

SEED = 1  # of the hidden inputs; `verify --seeds` shows that the draw decides nothing
# Where a habit is an error by the question's own text.
NOT_THERE = {
    "describe": ("asserts finite inputs", "prints statistics"),  # it is asked on "meta", which has no numbers
}


@dataclass(frozen=True)
class Tried:
    """How many answers with habits were tried for a question, and those that lose marks, in words."""

    question: str
    made: int
    lost: tuple[str, ...]


def verify_habits(names: Sequence[str], question: str | None, *, jobs: int) -> int:
    """Try every habit on every right answer and print the table; 0 if none costs a mark, else 1.

    Args:
        names: assignments; all if none.
        question: only this one.

    Raises:
        UsageError: there is no such question.
    """
    chosen = [load_assignment(name) for name in names or assignment_names()]
    pieces = [(one.name, each.id) for one in chosen for each in one.questions if question in (None, each.id)]
    if not pieces:
        raise UsageError(f"there is no question {question!r} here")
    progress = Progress(in_logs=False)
    found: dict[tuple[str, str], Tried] = {}
    for piece, tried in _tried(pieces, jobs):
        found[piece] = tried
        progress.show(f"[{len(found)}/{len(pieces)}] {tried.question}")
    progress.finish()
    print("| question | tried | lose marks |\n| --- | ---: | ---: |")
    for piece in pieces:
        print(f"| {found[piece].question} | {found[piece].made} | {len(found[piece].lost)} |")
    lost = [line for piece in pieces for line in found[piece].lost]
    made = sum(tried.made for tried in found.values())
    print(f"| **all**, {len(HABITS)} habits | {made} | {len(lost)} |")
    print("\n".join(lost) if lost else "no habit costs a mark")
    return int(bool(lost))


def _tried(pieces: Sequence[tuple[str, str]], jobs: int) -> Iterator[tuple[tuple[str, str], Tried]]:
    with executor_for(min(jobs, len(pieces)), None) as executor:
        if executor is None:
            yield from ((piece, try_question(*piece)) for piece in pieces)
            return
        pending = {executor.submit(try_question, *piece): piece for piece in pieces}
        for future in as_completed(pending):
            yield pending[future], future.result()


def try_question(name: str, question: str) -> Tried:
    """Put the hidden tests to every right answer with every habit, in this process."""
    torch.set_num_threads(1)
    module = load_assignment(name).question(question)
    truth = Truth(module, SEED)
    tests = [(test, truth.seed_for(test)) for test in module.tests if not test.cuda]
    made, lost = 0, list[str]()
    for habit, answer in answers_with_habits(module):
        if habit in NOT_THERE.get(question, ()):
            continue
        made += 1
        with contextlib.redirect_stdout(io.StringIO()):
            failures = [(test.name, truth.failure(answer, test, seed)) for test, seed in tests]
        for test, failure in failures:
            if failure is not None:
                lost.append(f"{question}: {answer.label} that {habit} fails {test}: {failure.what}")
    return Tried(question, made, tuple(lost))
