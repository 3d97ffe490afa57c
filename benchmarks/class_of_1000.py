"""A class as large as a MOOC's week: time, memory over time, growth of the cost, and what an interrupted run loses.

Usage: python benchmarks/class_of_1000.py [STUDENTS [JOBS]]

Grades a hundredth of the class, a tenth and all of it, each in a course of its own with ``autograder grade --jobs``,
and looks every half a second how much memory all its processes hold (shared pages once). The whole class is killed
(SIGKILL) in the middle and started again, and then graded again with nothing changed.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from against_nbgrader import PROGRAMS, ROOT, make_course

NAME = "03-parameter-counting"
SECONDS = 0.5


@dataclass
class Run:
    """One run of the command."""

    wall: float = 0.0
    cpu: float = 0.0
    code: int | None = None
    memory: list[tuple[float, float]] = field(default_factory=list)  # (seconds since the start, MiB)
    told: str = ""

    @property
    def peak(self) -> float:
        """MiB at most."""
        return max((held for _, held in self.memory), default=0.0)


def held_by(group: int) -> float:
    """MiB that the processes of a group hold, what they share counted once."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                lines = (folder / "smaps_rollup").read_text("ascii").splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        except (OSError, StopIteration):
            continue
    return total


def grade(course: Path, jobs: int, kill_after: float | None = None) -> Run:
    """Grade the class in ``course``; with ``kill_after`` end the run by SIGKILL after so many seconds."""
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = str(ROOT)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = Run()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [PROGRAMS / "autograder", "grade", NAME, "--jobs", str(jobs)],
            cwd=course, env=environment, stdout=subprocess.DEVNULL, stderr=log, process_group=0,
        )  # fmt: skip
        while (code := process.poll()) is None:
            now = time.monotonic() - started
            run.memory.append((now, held_by(process.pid)))
            if kill_after is not None and now > kill_after:
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(SECONDS)
        log.seek(0)
        run.told = log.read().decode("utf-8", "replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    run.wall, run.code = time.monotonic() - started, code
    run.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return run


def show(what: str, run: Run, students: int) -> None:
    """A line of the table."""
    each = 1e3 * run.cpu / students
    print(f"| {what} | {students} | {run.wall:.1f} | {run.cpu:.1f} | {each:.0f} | {run.peak:.0f} |", flush=True)


def main(students: int, jobs: int) -> None:
    """Measure and print the tables."""
    print("| run | students | wall s | CPU s | CPU ms each, start included | peak MiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="class-") as scratch:
        for share in (100, 10, 1):
            course = Path(scratch, f"course-{share}")
            make_course(course, NAME, max(students // share, 1), stock=False)
            run = grade(course, jobs)
            if run.code:
                raise SystemExit(run.told[-3000:])
            show("whole", run, max(students // share, 1))
            if share > 1:
                shutil.rmtree(course)
        parts = [run.memory[place * (len(run.memory) - 1) // 10] for place in range(11)]
        print(f"memory over time (s: MiB): {', '.join(f'{at:.0f}: {held:.0f}' for at, held in parts)}")
        show("again, nothing changed", grade(course, jobs), students)
        shutil.rmtree(course)
        make_course(course, NAME, students, stock=False)
        show("killed in the middle", grade(course, jobs, kill_after=0.6 * run.wall), students)
        resumed = grade(course, jobs)
        show("and started again", resumed, students)
        print(next((line for line in resumed.told.splitlines() if "unchanged" in line), "nothing was remembered"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
