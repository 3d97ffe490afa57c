"""``autograder verify``: every answer of every question, in this process and through the real engine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch

from autograder.bank.catalog import assignment_names, load_assignment
from autograder.course import find_course
from autograder.progress import Progress
from autograder.verification.answers import Verdict, verify_question
from autograder.verification.engine import verify_assignment


def verify_command(names: Sequence[str], question: str | None, seeds: int, *, quick: bool) -> int:
    """Verify the assignments ``names`` (all if none); print a table; 0 if there is no problem, else 1.

    Args:
        question: only this one.
        seeds: how many draws of fresh inputs each answer is tried on.
        quick: leave the engine out.
    """
    torch.set_num_threads(1)
    course = find_course(Path.cwd())
    progress = Progress(in_logs=False)
    problems = 0
    for name in names or assignment_names():
        assignment = load_assignment(name)
        verdicts: list[Verdict] = []
        for each in assignment.questions:
            if question in (None, each.id):
                progress.show(f"{name}: {each.id}")
                verdicts += verify_question(each, range(1, seeds + 1))
        if not quick and question is None:
            progress.show(f"{name}: through the engine")
            verdicts += verify_assignment(assignment, course, seed=seeds + 1)
        progress.finish()
        print(table(name, verdicts))
        problems += sum(bool(verdict.problem) for verdict in verdicts)
    print(f"{problems} problems" if problems else "every right answer passes; every mistake loses marks and is named")
    return int(problems > 0)


def table(title: str, verdicts: Sequence[Verdict]) -> str:
    """A line for each answer: how often it was tried, marks lost, least margin, and what is wrong with that."""
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.question, verdict.answer.label), []).append(verdict)
    lines = [
        title,
        f"{'':4} {'question':<24} {'kind':<11} {'answer':<34} tried  loses   margin in tolerances",
    ]
    for (question, name), group in sorted(groups.items(), key=lambda entry: entry[0][0]):
        bad = next((f"seed {v.seed}: {v.problem}" for v in group if v.problem), "")
        fresh = [v for v in group if v.seed != -1]
        margins = [v.margin for v in fresh if not math.isnan(v.margin)]
        least = f"{min(margins):.3g}" if margins and fresh[0].answer.kind in ("mistake", "wrong") else ""
        lines.append(
            f"{'FAIL' if bad else 'ok':4} {question:<24} {group[0].answer.kind:<11} {name:<34} {len(group):5}  "
            f"{min((v.lost for v in fresh), default=0.0):5g}   {least:<8} {bad}"
        )
    return "\n".join(lines)
