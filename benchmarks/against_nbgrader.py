"""CPU seconds a submission: stock nbgrader, nbgrader on this engine, and ``autograder grade``, side by side in one run.

Every way grades the same submissions of an assignment: every other one is right throughout, in one of the
bank's ways, and the others have one of the bank's mistakes in one question. Cells that draw, which take longer than
all the rest, are left out of them, so that what is measured is the grader. Each way is run
on a smaller class and on a larger one: the difference, divided by the number of submissions added, is what one more
submission costs; what is left is the start. CPU time of all processes is counted, by the operating system. The ways
are run in turn, several times, and the median counts, since the speed of machines drifts. What the students' own
cells take is measured beside it: it is in every figure, and what is beyond it is the grader's. So is the limit: the
same cells and the same calls in a fork of a warm interpreter, with nothing confined, judged or recorded.

Usage: python benchmarks/against_nbgrader.py [ROUNDS [ASSIGNMENT...]]    (default: 3 rounds of every assignment)
"""

from __future__ import annotations

import os
import re
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

from autograder.course.assignment import Assignment, assignment_names, load_assignment

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True)
class Cost:
    """What one run took."""

    cpu: float
    wall: float


def make_course(folder: Path, name: str, students: int, *, stock: bool) -> None:
    """A course with ``students`` submissions of an assignment, half of them with one mistake."""
    folder.mkdir()
    shutil.copytree(ROOT / "source" / name, folder / "source" / name)
    shutil.copytree(ROOT / "datasets", folder / "datasets")
    if not stock:
        shutil.copy(ROOT / "nbgrader_config.py", folder)
    run(folder, "nbgrader", "generate_assignment", name, "--create")
    release = folder / "release" / name / f"{name}.ipynb"
    assignment = load_assignment(name)
    for number in range(students):
        path = folder / "submitted" / f"student-{number:03}" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        for beside in release.parent.iterdir():
            if beside.suffix != ".ipynb" and beside.is_file():
                shutil.copy(beside, path.parent)
        filled_in(release, path, assignment, number)


def filled_in(release: Path, path: Path, assignment: Assignment, number: int) -> None:
    """Write a released notebook with answers in it: right throughout for even numbers, else with one mistake."""
    right = {q.id: (q.answers.reference, *q.answers.alternatives) for q in assignment.questions}
    mistakes = [(q.id, mistake) for q in assignment.questions for mistake in q.answers.mistakes]
    where, mistake = mistakes[number * 7 % len(mistakes)]
    notebook = nbformat.read(release, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not _draws(cell)]
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id in right:
            chosen = right[grade_id][number // 2 % len(right[grade_id])]
            if number % 2 and grade_id == where:
                chosen = mistake
            cell.source = assignment.question(grade_id).answers.imports + chosen.source
    nbformat.write(notebook, path)


def _draws(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell that is neither an answer nor a test draws a picture."""
    marked = cell.metadata.get("nbgrader", {})
    drawing = re.search(r"plt\.|draw_|\.plot\(|imshow", cell.source) is not None
    return cell.cell_type == "code" and drawing and not (marked.get("solution") or marked.get("grade"))


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


def own_code(name: str, folder: Path) -> tuple[float, float]:
    """CPU seconds that the cells of one submission take by themselves, and with the calls of all tests, on average."""
    notebooks = sorted(map(str, folder.glob("submitted/*/*/*.ipynb")))
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("own_code.py"), name, *notebooks],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    cells, limits = zip(*(map(float, line.split()) for line in done.stdout.splitlines()), strict=True)
    return statistics.mean(cells), statistics.mean(limits)


WAYS = {
    "stock nbgrader autograde": (True, ("nbgrader", "autograde")),
    "nbgrader autograde on this engine": (False, ("nbgrader", "autograde")),
    "autograder grade": (False, ("autograder", "grade", "--jobs", "1")),
    "autograder grade --no-gradebook": (False, ("autograder", "grade", "--jobs", "1", "--no-gradebook")),
}


def measure(scratch: Path, name: str, way: str, small: int, large: int) -> tuple[float, float]:
    """CPU seconds for one more submission, and to start."""
    cpu = {}
    stock, (program, *arguments) = WAYS[way]
    for size in (small, large):
        folder = scratch / str(size)
        make_course(folder, name, size, stock=stock)
        cost = run(folder, program, *arguments, name)
        print(f"{way}, {name}, {size} submissions: {cost.cpu:.2f} CPU s, {cost.wall:.2f} s", flush=True)
        cpu[size] = cost.cpu
        shutil.rmtree(folder)
    each = (cpu[large] - cpu[small]) / (large - small)
    return each, cpu[small] - small * each


def compare(name: str, rounds: int, sizes: tuple[int, int] = (20, 80)) -> None:
    """Measure every way on one assignment, and print the table."""
    costs: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    own: list[tuple[float, float]] = []
    for number in range(1, rounds + 1):
        print(f"{name}: round {number} of {rounds}", flush=True)
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            for way, (stock, _command) in WAYS.items():
                small, large = (1, 5) if stock else sizes  # stock's cost is steady, and long
                costs[way].append(measure(Path(scratch), name, way, small, large))
            make_course(Path(scratch, "own"), name, 10, stock=True)
            own.append(own_code(name, Path(scratch, "own")))
    cells, limit = (statistics.median(column) for column in zip(*own, strict=True))
    middle = {way: [statistics.median(column) for column in zip(*found, strict=True)] for way, found in costs.items()}
    most = middle["stock nbgrader autograde"][0]
    print(f"\n{name}: own cells {cells:.3f} CPU s a submission; the limit, with all calls, {limit:.3f}.\n")
    print("| way | CPU s for one more submission | times as fast as stock | times the limit | CPU s to start |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for way, (each, start) in middle.items():
        print(f"| {way} | {each:.3f} | {most / each:.1f} | {each / limit:.1f} | {start:.1f} |", flush=True)


if __name__ == "__main__":
    for chosen in sys.argv[2:] or assignment_names():
        compare(chosen, int(sys.argv[1]) if len(sys.argv) > 1 else 3)
