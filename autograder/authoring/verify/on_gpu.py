"""Every answer of the bank on the CPU and on a GPU, through the real engine: are outcomes, marks and names the same?"""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import torch

from autograder.authoring.verify.engine import grade_every_answer
from autograder.course.assignment import Assignment
from autograder.course.layout import Course
from autograder.results import Grade, Ungraded

COMMAND = "autograder verify --device cuda"


def compare_devices(assignments: Sequence[Assignment], course: Course, seed: int) -> tuple[str, int]:
    """A record of the machine and of what was found, as a part of ``docs/gpu.md``; how many marks differ."""
    lines = [
        *_machine(),
        "",
        "| assignment | answers | differ | CPU, s | GPU, s |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    differences: list[str] = []
    for assignment in assignments:
        seconds, graded = [], []
        for device in ("cpu", "cuda"):
            started = time.monotonic()
            rounds, results = grade_every_answer(assignment, course, seed, device)
            seconds.append(time.monotonic() - started)
            graded.append(results)
        found = list(different(*graded))
        count = sum(answer is not None for answers in rounds for answer in answers)
        lines.append(f"| {assignment.name} | {count} | {len(found)} | {seconds[0]:.0f} | {seconds[1]:.0f} |")
        differences += [f"- {assignment.name}, {words}" for words in found]
    verdict = "Marks, outcomes and names are equal." if not differences else "These differ:"
    return "\n".join([*lines, "", verdict, *differences]), len(differences)


def different(one: Sequence[Grade | Ungraded], other: Sequence[Grade | Ungraded]) -> Iterator[str]:
    """In words, each question that was judged differently."""
    for first, second in zip(one, other, strict=True):
        if isinstance(first, Ungraded) or isinstance(second, Ungraded):
            if type(first) is not type(second):
                yield f"{first.student}: not graded on one of the two"
            continue
        for mine, theirs in zip(first.questions, second.questions, strict=True):
            here, there = (mine.outcome, mine.score, mine.mistake), (theirs.outcome, theirs.score, theirs.mistake)
            if here != there:
                yield f"{first.student}, {mine.id}: {here} on the CPU and {there} on the GPU"


def _machine() -> Iterator[str]:
    """What was measured on, from the driver's files: this process asks for no GPU."""
    versions = f"torch {torch.__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield f"{datetime.now(UTC):%Y-%m-%d}, {versions}"
    driver = Path("/proc/driver/nvidia/version")
    yield f"driver: {driver.read_text('utf-8').splitlines()[0]}" if driver.exists() else "driver: not told"
    for card in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        yield card.read_text("utf-8").splitlines()[0].replace("\t", " ")
