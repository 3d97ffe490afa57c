"""CPU seconds a submission: stock nbgrader, nbgrader on this engine, and ``autograder grade``, side by side in one run.

Every way grades the same submissions of 03-parameter-counting: every other one is right throughout, in one of the
bank's ways, and the others have one of the bank's mistakes in one question. The picture at the notebook's end, which
takes longer to draw than all the rest, is left out of them, so that what is measured is the grader. Each way is run
on a smaller class and on a larger one: the difference, divided by the number of submissions added, is what one more
submission costs; what is left is the start. CPU time of all processes is counted, by the operating system. The ways
are run in turn, several times, and the median counts, since the speed of machines drifts. What the students' own
cells take is measured beside it: it is in every figure, and what is beyond it is the grader's.

Usage: python benchmarks/against_nbgrader.py [ROUNDS]
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course.assignment import Assignment, load_assignment

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "03-parameter-counting"
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True)
class Cost:
    """What one run took."""

    cpu: float
    wall: float


def make_course(folder: Path, students: int, *, stock: bool) -> None:
    """A course with ``students`` submissions, half of them with one mistake."""
    folder.mkdir()
    shutil.copytree(ROOT / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT)
    if not stock:
        shutil.copy(ROOT / "nbgrader_config.py", folder)
    run(folder, "nbgrader", "generate_assignment", ASSIGNMENT, "--create")
    release = folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assignment = load_assignment(ASSIGNMENT)
    for number in range(students):
        path = folder / "submitted" / f"student-{number:03}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        filled_in(release, path, assignment, number)


def filled_in(release: Path, path: Path, assignment: Assignment, number: int) -> None:
    """Write a released notebook with answers in it: right throughout for even numbers, else with one mistake."""
    right = {q.id: (q.answers.reference, *q.answers.alternatives) for q in assignment.questions}
    mistakes = [(q.id, mistake) for q in assignment.questions for mistake in q.answers.mistakes]
    where, mistake = mistakes[number * 7 % len(mistakes)]
    notebook = nbformat.read(release, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "def draw_the_picture" not in cell.source]
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id in right:
            chosen = right[grade_id][number // 2 % len(right[grade_id])]
            if number % 2 and grade_id == where:
                chosen = mistake
            cell.source = assignment.question(grade_id).answers.imports + chosen.source
    nbformat.write(notebook, path)


def run(folder: Path, program: str, *arguments: str) -> Cost:
    """Run one command in the course and count what it and all its children used."""
    environment = os.environ | {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
    }
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [PROGRAMS / program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{program} {' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - started)


def own_code(folder: Path) -> float:
    """CPU seconds that the cells of one submission take by themselves, on average."""
    notebooks = sorted(map(str, folder.glob("submitted/*/*/*.ipynb")))
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("own_code.py"), *notebooks],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return statistics.mean(map(float, done.stdout.split()))


WAYS = {
    "stock nbgrader autograde": (True, ("nbgrader", "autograde", ASSIGNMENT)),
    "nbgrader autograde on this engine": (False, ("nbgrader", "autograde", ASSIGNMENT)),
    "autograder grade": (False, ("autograder", "grade", ASSIGNMENT)),
    "autograder grade --no-gradebook": (False, ("autograder", "grade", ASSIGNMENT, "--no-gradebook")),
}


def measure(scratch: Path, command: tuple[str, ...], small: int, large: int, *, stock: bool) -> tuple[float, float]:
    """CPU seconds for one more submission, and to start."""
    cpu = {}
    for size in (small, large):
        folder = scratch / str(size)
        make_course(folder, size, stock=stock)
        cost = run(folder, *command)
        print(f"{' '.join(command)}, {size} submissions: {cost.cpu:.2f} CPU s, {cost.wall:.2f} s", flush=True)
        cpu[size] = cost.cpu
        shutil.rmtree(folder)
    each = (cpu[large] - cpu[small]) / (large - small)
    return each, cpu[small] - small * each


def main(rounds: int) -> None:
    """Measure every way, and print the table."""
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in WAYS}
    own: list[float] = []
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", flush=True)
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            for name, (stock, command) in WAYS.items():
                small, large = (2, 10) if stock else (20, 120)  # stock's cost is steady, and long
                costs[name].append(measure(Path(scratch), command, small, large, stock=stock))
            make_course(Path(scratch, "own"), 40, stock=True)
            own.append(own_code(Path(scratch, "own")))
    cells = statistics.median(own)
    middle = {name: [statistics.median(column) for column in zip(*found, strict=True)] for name, found in costs.items()}
    most = middle["stock nbgrader autograde"][0]
    print(f"\nThe students' own cells: {cells:.3f} CPU s a submission.\n")
    print("| way | CPU s for one more submission | times as fast | beyond own cells | times as fast | CPU s to start |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, (each, start) in middle.items():
        ratio = (most - cells) / (each - cells)
        print(f"| {name} | {each:.3f} | {most / each:.1f} | {each - cells:.3f} | {ratio:.1f} | {start:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
