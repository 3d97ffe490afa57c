"""Where the CPU seconds of one more submission go: stage by stage, on the three processes that share the work.

Usage: python benchmarks/breakdown.py [ASSIGNMENT] [SUBMISSIONS]

Grades submissions that are right throughout, then such with one mistake, with a warm grader and a new gradebook; prints
CPU milliseconds a submission: of the grader's process, of the zygote that forks, and of the forks themselves, each by
the operating system's account. The first submissions, for which references and mistakes are computed, are left out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from against_nbgrader import ROOT, filled_in

from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.gradebook import marks, record
from autograder.grader import grader as grading
from autograder.grader.grader import Grader
from autograder.results import Grade
from autograder.session import notebook_session as sessions
from autograder.session.supervisor import Zygote
from autograder.submission.find import Submission

SIDES = ("grader", "zygote", "forks")


class Meter:
    """CPU seconds by stage and process; what is inside another stage is not counted there."""

    def __init__(self) -> None:
        self.spent: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(SIDES, 0.0))
        self.counts: dict[str, int] = defaultdict(int)
        self._open: list[str] = []
        self._last: dict[str, float] = {}
        self._fork = 0
        self.zygote = 0

    def reset(self) -> None:
        """Begin to count."""
        self.spent.clear()
        self.counts.clear()
        self._read()

    def _read(self) -> dict[str, float]:
        """What each process computed since the last look."""
        now = {"grader": time.process_time(), "zygote": _clock(self.zygote), "forks": _clock(self._fork)}
        since = {side: now[side] - self._last.get(side, now[side]) for side in SIDES}
        self._last = now
        return since

    def _charge(self) -> None:
        stage = self._open[-1] if self._open else "between"
        for side, seconds in self._read().items():
            self.spent[stage][side] += max(seconds, 0.0)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is computed inside belongs to ``name``."""
        self._charge()
        self._open.append(name)
        self.counts[name] += 1
        try:
            yield
        finally:
            self._charge()
            self._open.pop()

    def forked(self, pid: int) -> None:
        """Another fork is at work; what it did so far counts."""
        self._fork, self._last["forks"] = pid, 0.0

    def ended(self, cpu_seconds: float) -> None:
        """A fork ended, which used that much in all."""
        stage = self._open[-1] if self._open else "between"
        self.spent[stage]["forks"] += max(cpu_seconds - self._last.get("forks", 0.0), 0.0)
        self._fork, self._last["forks"] = 0, 0.0


def _clock(pid: int) -> float:
    try:
        return time.clock_gettime(~pid << 3 | 2) if pid else 0.0
    except OSError:
        return 0.0


def watch(meter: Meter) -> None:
    """Put the meter's stages around the steps of the grader."""

    def around(owner: Any, name: str, stage: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def staged(*args: Any, **kwargs: Any) -> Any:
            with meter.stage(stage):
                return original(*args, **kwargs)

        setattr(owner, name, staged)

    spawn, end = Zygote.spawn, Zygote.end

    def spawned(zygote: Zygote, slot: int = 0) -> Any:
        assert zygote._process is not None
        meter.zygote = zygote._process.pid
        sandbox = spawn(zygote, slot)
        meter.forked(sandbox.pid)
        return sandbox

    def ended(zygote: Zygote, sandbox: Any) -> Any:
        with meter.stage("end of the fork"):
            ending = end(zygote, sandbox)
            meter.ended(ending.cpu_seconds)
        return ending

    Zygote.spawn, Zygote.end = spawned, ended  # type: ignore[method-assign, assignment]
    around(Zygote, "spawn", "fork and confinement")
    around(sessions.LiveSession, "_greet", "fork and confinement")
    around(grading, "read_notebook", "reading the notebook")
    around(sessions.LiveSession, "_run_cells", "cells")
    around(sessions.LiveSession, "exchange", "requests: carried and answered")
    around(grading, "grade_notebook", "requests: phrased, understood, judged")
    around(record, "build_autograded", "autograded/: built")
    around(record, "write_autograded", "autograded/: written")
    around(marks.Gradebook, "record", "gradebook")


def main(name: str, size: int) -> None:
    """Measure and print the table."""
    meter = Meter()
    watch(meter)
    found: dict[str, dict[str, dict[str, float]]] = {}
    counts: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory(prefix="breakdown-") as scratch:
        course = _course(Path(scratch), name)
        with Grader(name, course, seed=1) as grader, contextlib.closing(record.Recorder(course, name)) as recorder:
            for kind, numbers in (("right", range(0, 4 * size, 2)), ("one mistake", range(1, 4 * size, 2))):
                submissions = [_submission(course, name, number) for number in numbers]
                for place, result in enumerate(grader.grade(submissions)):
                    assert isinstance(result, Grade), result
                    recorder.record(result)
                    if place == size - 1:
                        meter.reset()
                found[kind] = {stage: {k: 1e3 * v / size for k, v in s.items()} for stage, s in meter.spent.items()}
                counts[kind] = dict(meter.counts)
    for kind, stages in found.items():
        print(f"\n| {name}, {kind}: CPU ms a submission | {' | '.join(SIDES)} | all | times |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for stage, spent in sorted(stages.items(), key=lambda entry: -sum(entry[1].values())):
            row = " | ".join(f"{spent[side]:.1f}" for side in SIDES)
            print(f"| {stage} | {row} | {sum(spent.values()):.1f} | {counts[kind].get(stage, 0) / size:.1f} |")
        sums = [sum(spent[side] for spent in stages.values()) for side in SIDES]
        print(f"| **all** | {' | '.join(f'{one:.1f}' for one in sums)} | **{sum(sums):.1f}** | |")


def _course(folder: Path, name: str) -> Course:
    for part in (f"source/{name}", f"release/{name}", "datasets"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    os.chdir(folder)
    return Course(folder)


def _submission(course: Course, name: str, number: int) -> Submission:
    path = course.root / "submitted" / f"student-{number:03}" / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    filled_in(course.root / "release" / name / f"{name}.ipynb", path, load_assignment(name), number)
    return Submission(path.parent.parent.name, name, path)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "03-parameter-counting", int(sys.argv[2]) if len(sys.argv) > 2 else 20)
