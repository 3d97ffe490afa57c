"""The arena: a course with secrets, a warm grader, listeners, and the same worker with layers left out."""

from __future__ import annotations

import functools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import IO, Any
from unittest import mock

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parent))

from hostile.attack import SECRET_TEXT, WRAPPER, Attack

from autograder.course.assignment import load_assignment
from autograder.course.layout import PACKAGE, Course
from autograder.grader.grader import Grader
from autograder.grader.policy import sandbox_policy
from autograder.grader.reference_runs import Truth
from autograder.results import CellRun, Grade, Ungraded
from autograder.sandbox.policy import Policy
from autograder.session.notebook_session import Limits, LiveSession
from autograder.session.slots import MOST
from autograder.session.supervisor import Zygote
from autograder.submission.find import Submission
from autograder.submission.notebook import parse_notebook
from tests.conftest import ask_only

POLICY = "AUTOGRADER_ATTACKS_UNDER"  # "cuda": every attack again, under the policy of a GPU, which needs no GPU
SEED = 987_654_321_123
CONTROLS, CELLS, GRADER = MOST - 1, MOST - 2, MOST - 3  # the last slots, which other graders and tests leave free
ASSIGNMENT = "03-parameter-counting"
CHOSEN = ("count_linear", "count_mlp", "linear")


@dataclass(frozen=True)
class Arena:
    """What is attacked."""

    course: Course
    grader: Grader
    given: str  # code that names what an attack finds at hand
    hidden_sizes: tuple[tuple[int, ...], ...]

    def cell(self, attack: Attack) -> str:
        """The hostile cell."""
        return self.given + attack.code + (WRAPPER if attack.loots else "")

    def notebook(self, attack: Attack) -> nbformat.NotebookNode:
        """A notebook of right answers but for the attack's."""
        hostile = new_code_cell(self.cell(attack))
        cells = [] if attack.last else [hostile]
        for question in self.grader.assignment.questions:
            answer = attack.answers.get(question.id, question.answers.imports + question.answers.reference.source)
            marks = {
                "grade": False,
                "grade_id": question.id,
                "locked": False,
                "schema_version": 3,
                "solution": True,
                "task": False,
            }
            cells.append(new_code_cell(answer, metadata={"nbgrader": marks}))
        cells += [hostile] if attack.last else []
        return new_notebook(
            cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        )

    def grade(self, notebook: nbformat.NotebookNode, path: Path, total: float = 0.0) -> Grade | Ungraded:
        """The grade of one notebook."""
        nbformat.write(notebook, path)
        before = self.grader.limits
        self.grader.limits = replace(before, total=total) if total else before
        results: list[Grade | Ungraded] = []
        try:
            results.extend(self.grader.grade([Submission("mallory", ASSIGNMENT, path)]))
        finally:
            self.grader.limits = before
        (result,) = results
        return result


@pytest.fixture(scope="session")
def arena_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with a secret file and a gradebook that its files' modes alone would let anybody read."""
    root = tmp_path_factory.mktemp("arena")
    root.parent.chmod(0o755)
    root.chmod(0o755)
    for folder in ("solutions", "datasets", ".autograder"):
        (root / folder).mkdir(mode=0o755)
    (root / ".autograder" / "seed").write_text(str(SEED))
    (root / "solutions" / "secret.txt").write_text(SECRET_TEXT)
    (root / "nbgrader_config.py").write_text("")
    (root / "gradebook.db").touch(mode=0o666)
    return Course(root)


@pytest.fixture(scope="session")
def sockets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Listeners on this machine, one of each kind."""
    folder = tmp_path_factory.mktemp("sockets")
    with ExitStack() as stack:

        def listen(family: int, kind: int, address: Any) -> Any:
            made = stack.enter_context(socket.socket(family, kind))
            made.bind(address)
            if kind == socket.SOCK_STREAM:
                made.listen(64)
            return made.getsockname()

        abstract = listen(socket.AF_UNIX, socket.SOCK_STREAM, f"\0autograder-attacks-{os.getpid()}")
        yield {
            "tcp": listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            "udp": listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            "abstract": abstract,
            "path": listen(socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "s")),
            "datagram": listen(socket.AF_UNIX, socket.SOCK_DGRAM, str(folder / "d")),
        }


@pytest.fixture(scope="session")
def arena(arena_course: Course, sockets: dict[str, Any]) -> Iterator[Arena]:
    """A warm grader of three questions with short time limits."""
    limits = Limits(cell=1.5, notebook=30.0, grace=1.0, restarts=8, total=60.0)
    assignment = load_assignment(ASSIGNMENT)
    questions = [replace(q, question=replace(q.question, seconds=2.0)) for q in assignment.questions if q.id in CHOSEN]
    given = {
        "SECRET": str(arena_course.root / "solutions" / "secret.txt"),
        "ANSWERS": str(PACKAGE / "bank" / "parameter_counting" / "count_mlp_answers.py"),
        "DATASETS": str(arena_course.root / "datasets"),
        "SOCKETS": sockets,
        "PREDICTED": _predicted(),
    }
    code = "".join(f"{name} = {value!r}\n" for name, value in given.items())
    with ExitStack() as stack:
        if POLICY in os.environ:
            asked = functools.partial(_policy_for, os.environ[POLICY])
            stack.enter_context(mock.patch("autograder.grader.grader.sandbox_policy", asked))
        grader = stack.enter_context(Grader(ASSIGNMENT, arena_course, seed=SEED, limits=limits, slot=GRADER))
        ask_only(grader, replace(assignment, questions=tuple(questions)))
        yield Arena(arena_course, grader, code, tuple(drawn_sizes(SEED)))


def _policy_for(device: str, course: Course, _device: str, *, trusted: bool = False) -> Policy:
    return sandbox_policy(course, device, trusted=trusted)


def drawn_sizes(seed: int) -> list[tuple[int, ...]]:
    """What the hidden tests of ``count_mlp`` draw with a course's seed."""
    truth = Truth(load_assignment(ASSIGNMENT).question("count_mlp"), seed)
    hidden = [test for test in truth.question.tests if not test.visible]
    found = [value for test in hidden for value in truth.drawn(test, truth.seed_for(test))]
    pieces = [tuple(value[0] if isinstance(value, tuple) else value) for value in found]
    return pieces + [one + other for one, other in pairwise(pieces)]  # one net is made of two draws


def answers_for(sizes: list[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
    """The right answers, with those that everybody knows."""
    known = [(8, 4, 2), (8, 4, 1), (2, 3, 1), (16, 8, 4, 2), (10, 18, 20, 5), (11, 64, 32, 16, 1), *sizes]
    return {net: sum(a * b + b for a, b in pairwise(net)) for net in known}


def _predicted() -> dict[tuple[int, ...], int]:
    return answers_for([net for seed in (0, 1, 2, 42, 1234, 2026) for net in drawn_sizes(seed)])


@pytest.fixture(scope="session")
def without(arena: Arena) -> Iterator[Callable[[tuple[str, ...], str], CellRun]]:
    """Runs one cell in a worker with some layers left out, and says what became of it."""
    zygotes: dict[tuple[str, ...], Zygote] = {}
    with ExitStack() as stack:

        def run(layers: tuple[str, ...], source: str) -> CellRun:
            if layers not in zygotes:
                policy = replace(sandbox_policy(arena.course, "cpu"), disabled=layers)
                zygotes[layers] = stack.enter_context(Zygote(policy))
            notebook = parse_notebook(nbformat.writes(new_notebook(cells=[new_code_cell(source)])))
            session = LiveSession(zygotes[layers], notebook, Limits(cell=60.0, restarts=2), slot=CONTROLS)
            try:
                session.restart()
            finally:
                session.close()
            return session.cells[0]

        yield run


_NAIVE = """
import atexit, json, os, sys, tempfile
import torch
for line in sys.stdin:
    parts = json.loads(line)
    pid = os.fork()
    if pid == 0:
        os.chdir(tempfile.mkdtemp())
        sys.stdin = open(os.devnull)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code, space = 0, {"torch": torch, "__name__": "__main__"}
        try:
            for part in parts:
                exec(part, space)
        except SystemExit as ended:
            code = ended.code or 0
        except BaseException as problem:
            print(type(problem).__name__, problem, file=sys.stderr)
            code = 1
        atexit._run_exitfuncs()
        os._exit(code)
    status = os.waitpid(pid, 0)[1]
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


@pytest.fixture(scope="session")
def naive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[list[str]], bool]]:
    """A grader that runs pieces of code one after the other in one process, and takes exit code 0 for a pass."""
    environment = os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("naive")), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", _NAIVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )

    def passes(parts: list[str]) -> bool:
        writer: IO[str] | None = process.stdin
        reader: IO[str] | None = process.stdout
        assert writer is not None
        assert reader is not None
        writer.write(json.dumps(parts) + "\n")
        writer.flush()
        return reader.readline().strip() == "0"

    yield passes
    process.communicate(timeout=20)
