"""``autograder verify``: every answer of every question, in this process and through the real engine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from pathlib import Path

import torch

from autograder.authoring.new import PLACEHOLDER, left_to_replace
from autograder.authoring.verify.answers import Verdict, verify_question
from autograder.authoring.verify.engine import verify_assignment
from autograder.authoring.verify.on_gpu import COMMAND, compare_devices
from autograder.authoring.verify.remembered import is_verified, remember
from autograder.commands.progress import Progress
from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import Course, find_course
from autograder.grader.devices import NoSuchDevice, cuda_trouble
from autograder.grader.executors import executor_for

ENGINE = "(through the engine)"


def verify_command(
    names: Sequence[str], question: str | None, seeds: int, *, quick: bool, jobs: int, changed: bool = False
) -> int:
    """Verify the assignments ``names`` (all if none); print a table; 0 if there is no problem, else 1.

    Args:
        question: only this one.
        seeds: how many draws of fresh inputs each answer is tried on.
        quick: leave the engine out.
        jobs: how many processes share the work.
        changed: only assignments that are not as they were when they were verified.
    """
    chosen, root = [load_assignment(name) for name in names or assignment_names()], find_course(Path.cwd()).root
    if changed:
        known = [assignment for assignment in chosen if is_verified(assignment, root, seeds)]
        chosen = [assignment for assignment in chosen if assignment not in known]
        if known:
            print(f"as they were when they were verified: {', '.join(assignment.name for assignment in known)}")
        if not chosen:
            return 0
    pieces = [(a.name, each.id) for a in chosen for each in a.questions if question in (None, each.id)]
    if not quick and question is None:
        pieces = [*((a.name, ENGINE) for a in chosen), *pieces]  # the longest first
    progress = Progress(in_logs=False)
    found: dict[str, list[Verdict]] = {a.name: [] for a in chosen}
    for done, (name, verdicts) in enumerate(_verified(pieces, seeds, jobs), start=1):
        found[name] += verdicts
        progress.show(f"[{done}/{len(pieces)}] {name}")
    progress.finish()
    for name, verdicts in found.items():
        print(table(name, verdicts))
    problems = sum(bool(verdict.problem) for verdicts in found.values() for verdict in verdicts)
    for assignment in chosen if not quick and question is None else ():
        filled_in = not any(left_to_replace(assignment.folder, each.id) for each in assignment.questions)
        right = not any(verdict.problem for verdict in found[assignment.name])
        remember(assignment, root, seeds, passed=right and filled_in)
    for assignment in chosen:
        for each in assignment.questions:
            if question in (None, each.id) and (places := left_to_replace(assignment.folder, each.id)):
                print(f"FAIL {each.id}: still to be filled in (“{PLACEHOLDER}”): {', '.join(places)}")
                problems += 1
    print(
        f"{problems} problem{'s' * (problems != 1)}"
        if problems
        else "every right answer passes; every mistake loses marks and is named"
    )
    return int(problems > 0)


def verify_on_gpu(names: Sequence[str], seed: int) -> int:
    """Compare every answer's marks on the CPU and on the GPU and print the record; 0 if they are equal, else 1.

    Raises:
        NoSuchDevice: there is no GPU that submissions can use; nothing was compared.
    """
    trouble = cuda_trouble()
    if trouble:
        raise NoSuchDevice(f"not run: {trouble}. On a machine with a GPU: {COMMAND}")
    chosen = [load_assignment(name) for name in names or assignment_names()]
    record, differences = compare_devices(chosen, find_course(Path.cwd()), seed)
    print(record)
    return int(differences > 0)


def _verified(pieces: Sequence[tuple[str, str]], seeds: int, jobs: int) -> Iterator[tuple[str, list[Verdict]]]:
    """Each piece's assignment and verdicts, as soon as they are there."""
    root = find_course(Path.cwd()).root
    with executor_for(min(jobs, len(pieces)), None) as executor:
        if executor is None:
            yield from ((name, verify_piece(root, name, what, seeds)) for name, what in pieces)
            return
        names = {executor.submit(verify_piece, root, name, what, seeds): name for name, what in pieces}
        for future in as_completed(names):
            yield names[future], future.result()


def verify_piece(root: Path, name: str, what: str, seeds: int) -> list[Verdict]:
    """Try the answers to one question in this process, or to all of an assignment through the engine.

    Args:
        root: the course's folder.
        what: a question's id, or ``ENGINE``.
    """
    torch.set_num_threads(1)
    assignment = load_assignment(name)
    if what == ENGINE:
        return list(verify_assignment(assignment, Course(root), seed=seeds + 1))
    return list(verify_question(assignment.question(what), range(1, seeds + 1)))


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
