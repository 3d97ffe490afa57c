"""Runs the cells of one notebook in this process and prints the verdict on each question in it."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.results import Outcome
from autograder.student.checking import better_verdict
from autograder.student.door import check_safely
from autograder.student.recorded import recorded_questions
from autograder.student.verdict import Note, Verdict

_Run = Callable[[str], BaseException | None]


def run(name: str) -> int:
    """Run the notebook in the file ``name`` and print the verdicts: 0, or 1 if it cannot be checked."""
    path = Path(name)
    try:
        cells = _code_cells(json.loads(path.read_text("utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        print(f"autograder: {path.name} is no notebook: {type(problem).__name__}", file=sys.stderr)
        return 1
    known = recorded_questions()
    asked = [question for role, question, _ in cells if role == "test" and question in known]
    if not asked:
        print(f"autograder: {path.name} holds no question of this course", file=sys.stderr)
        return 1
    os.chdir(path.parent)  # where Jupyter would run it
    os.environ.setdefault("MPLBACKEND", "agg")
    print(f"Running {path.name} unconfined, as your own code …", flush=True)
    namespace, run_cell = _shell()
    verdicts: dict[str, Verdict | Note] = {}
    for number, (role, question, source) in enumerate(cells, start=1):
        if role == "test" and question in known:  # in place, as a student's own check is, with the cells above run
            verdicts[question] = _better(check_safely(known[question], namespace), verdicts.get(question))
        stopped = None if role == "test" else run_cell(source)
        if isinstance(stopped, KeyboardInterrupt):
            print("interrupted", file=sys.stderr)
            return 1
        if stopped is not None and not isinstance(stopped, NotImplementedError):
            print(f"  code cell {number} stopped: {type(stopped).__name__}: {_first_line(stopped)}")
    for question, early in verdicts.items():  # an answer that is only right after a later cell counts as well
        if not isinstance(early, Verdict) or early.outcome is not Outcome.CORRECT:
            verdicts[question] = _better(check_safely(known[question], namespace), early)
    _print(list(verdicts.values()))
    return 0


def _better(end: Verdict | Note, cell: Verdict | Note | None) -> Verdict | Note:
    """Of a question's two moments the one that counts; a note where neither has a verdict."""
    verdicts = [one if isinstance(one, Verdict) else None for one in (end, cell)]
    return better_verdict(*verdicts) or end


def _code_cells(notebook: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(role, question, source) of each code cell, where the role is ``test`` or ``code``."""
    cells: list[tuple[str, str, str]] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            grade_id = str((cell.get("metadata", {}).get("nbgrader") or {}).get("grade_id", ""))
            role = "test" if grade_id.startswith("test-") else "code"
            cells.append((role, grade_id.removeprefix("test-"), "".join(cell["source"])))
    return cells


def _shell() -> tuple[dict[str, Any], _Run]:
    """The variables of a fresh notebook, and how to run a cell in it: by IPython where there is one."""
    try:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config
    except ImportError:
        return _plain_shell()
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)

    def run_cell(source: str) -> BaseException | None:
        with _silent():
            result = shell.run_cell(source)
        problem: BaseException | None = result.error_before_exec or result.error_in_exec
        return problem

    return shell.user_ns, run_cell


def _plain_shell() -> tuple[dict[str, Any], _Run]:
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module

    def run_cell(source: str) -> BaseException | None:
        lines = ["" if line.startswith(("%", "!")) else line for line in source.splitlines()]
        try:
            with _silent():
                exec(compile("\n".join(lines), "<cell>", "exec"), module.__dict__)
        except BaseException as problem:
            return problem
        return None

    return module.__dict__, run_cell


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """What cells print belongs in the notebook, not between the verdicts."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        yield


def _print(verdicts: list[Verdict | Note]) -> None:
    """What is to be said about each question that needs words, then a table of all."""
    for verdict in verdicts:
        if not isinstance(verdict, Verdict) or verdict.outcome not in (Outcome.CORRECT, Outcome.NOT_ATTEMPTED):
            print(f"\n{verdict!r}")
    judged = [verdict for verdict in verdicts if isinstance(verdict, Verdict)]
    rows = [(one.question, one.score, one.max_score, one.head.partition(": ")[2]) for one in judged]
    small = "visible checks only; hidden checks are run at grading"
    rows.append(("in all", sum(one.score for one in judged), sum(one.max_score for one in judged), small))
    width = max(len(question) for question, *_ in rows)
    print(f"\n{'question':<{width}}  visible points  verdict")
    for question, score, most, words in rows:
        print(f"{question:<{width}}  {score:>5g} of {most:<5g}  {words}")


def _first_line(problem: BaseException) -> str:
    try:
        return (str(problem).splitlines() or [""])[0][:200]
    except BaseException:
        return ""
