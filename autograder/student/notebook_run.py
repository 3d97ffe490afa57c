"""Runs the cells of one notebook in this process and prints the verdict on each question in it."""

from __future__ import annotations

import ast
import contextlib
import json
import linecache
import os
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.cells.matching import as_python
from autograder.cells.merges import in_file
from autograder.cells.roles import Read, Role, read_roles
from autograder.cells.statements import KeepAnswers, StatementByStatement, is_definition, is_refusal, without_timing
from autograder.errors import nobody_reads
from autograder.results import Outcome
from autograder.student.checking import better_verdict
from autograder.student.door import check_safely
from autograder.student.recorded import RecordedQuestion, recorded_questions
from autograder.student.verdict import Note, Verdict

_Run = Callable[[str], BaseException | None]


def run(name: str) -> int:
    """Run the notebook in the file ``name`` and print the verdicts: 0 if all that can be seen is right, else 1."""
    try:
        code = _run(Path(name))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return nobody_reads()


def _run(path: Path) -> int:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as problem:
        return _refuse(path, f"it cannot be read: {type(problem).__name__}")
    if merge := in_file(text):
        return _refuse(path, merge)
    try:
        read, asked = _read(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        return _refuse(path, f"it is no notebook: {type(problem).__name__}")
    if not asked:
        return _refuse(path, "it holds no question of this course")
    os.chdir(path.parent)  # where Jupyter would run it
    sys.path.insert(0, str(path.parent))
    os.environ.setdefault("MPLBACKEND", "agg")
    print(f"Running {path.name} unconfined, as your own code …", flush=True)
    verdicts = _check(read, asked)
    if verdicts is None:
        print("interrupted", file=sys.stderr)
        return 1
    _print(verdicts)
    for conflict, _ in read.conflicts:
        print(f"\nAn unresolved merge stands in {conflict.in_words()}: keep one of the two versions and save.")
    right = all(isinstance(verdict, Verdict) and verdict.outcome is Outcome.CORRECT for verdict in verdicts)
    return int(bool(read.conflicts) or not right)


def _refuse(path: Path, why: str) -> int:
    print(f"autograder: {path.name}: {why}", file=sys.stderr)
    return 1


def _nodes(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells, each with what reading it needs; what is broken about one is mended as at grading."""
    cells = notebook.get("cells")
    if cells is None:  # before format 4
        cells = [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    return [_node(cell if isinstance(cell, dict) else {}) for cell in cells]


def _node(cell: dict[str, Any]) -> dict[str, Any]:
    kind, metadata = cell.get("cell_type"), cell.get("metadata")
    source = cell.get("source", cell.get("input", ""))
    return {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "source": "".join(map(str, source)) if isinstance(source, list) else str(source),
        "metadata": metadata if isinstance(metadata, dict) else {},
    }


def _read(notebook: dict[str, Any]) -> tuple[Read, dict[str, RecordedQuestion]]:
    """The cells by role, and the questions to be asked: a helper named as another assignment's question is none."""
    known = recorded_questions()
    read = read_roles(_nodes(notebook), {question.id: question.names for question in known.values()})
    tested = [cell.question for cell in read.cells if cell.role is Role.TEST]
    of = Counter(known[question].assignment for question in tested or read.answered if question in known)
    chosen = set(of) if any(question in known for question in tested) else {name for name, _ in of.most_common(1)}
    own = {name: question for name, question in known.items() if question.assignment in chosen}
    read = read_roles(_nodes(notebook), {question.id: question.names for question in own.values()})
    asked = dict.fromkeys(cell.question for cell in read.cells if cell.question in own)
    asked |= dict.fromkeys(name for name in own if name in read.answered)
    return read, {name: own[name] for name in asked if name is not None}


def _check(read: Read, known: dict[str, RecordedQuestion]) -> list[Verdict | Note] | None:
    """The verdict on each question where its test cell stands or at the end, the better; None if it was stopped."""
    namespace, run_cell = _shell()
    sources: list[str] = []
    found: dict[str, Verdict | Note] = {}
    for number, cell in enumerate((cell for cell in read.cells if cell.role is not Role.TEXT), start=1):
        if cell.role is not Role.TEST:
            stopped = run_cell(cell.source)
            sources.append(cell.source)
            if isinstance(stopped, KeyboardInterrupt):
                return None
            if stopped is not None and not isinstance(stopped, NotImplementedError):
                print(f"  code cell {number} stopped: {type(stopped).__name__}: {_first_line(stopped)}")
        elif cell.question in known:
            found[cell.question] = check_safely(known[cell.question], namespace, tuple(sources))
    for question in known:
        if _marks(found.get(question)) < known[question].visible_points:
            end = check_safely(known[question], namespace, tuple(sources))
            found[question] = _better(end, found.get(question))
    for question in known:
        why = read.why_not_asked(question)
        if why:
            found[question] = Note(f"{question}: an unresolved merge", f"{why}.", "wrong")
        elif question in read.turned and _marks(found[question]) == 0:
            kind = read.turned[question]
            found[question] = Note(
                f"{question}: not there yet",
                f"Its cell is a {kind} cell now, which is not run: make it a code cell again.",
            )
    return [found[question] for question in known]


def _better(end: Verdict | Note, cell: Verdict | Note | None) -> Verdict | Note:
    """Of a question's two moments the one that counts; a note where neither has a verdict."""
    verdicts = [one if isinstance(one, Verdict) else None for one in (end, cell)]
    return better_verdict(*verdicts) or end


def _marks(verdict: Verdict | Note | None) -> float:
    return verdict.score if isinstance(verdict, Verdict) else 0.0


def _shell() -> tuple[dict[str, Any], _Run]:
    """The variables of a fresh notebook, and how to run a cell in it: by IPython where there is one."""
    try:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config
    except ImportError:
        return _plain_shell()
    config = Config()
    config.HistoryManager.enabled = False

    class Shell(StatementByStatement, InteractiveShell):
        """As in the graders' sandbox: what stops costs no definition below it."""

    shell = Shell.instance(config=config)
    shell.ast_transformers.append(KeepAnswers(shell.user_ns))

    def run_cell(source: str) -> BaseException | None:
        with _silent():
            result = shell.run_cell(without_timing(source))  # type: ignore[no-untyped-call]
        problem: BaseException | None = result.error_before_exec or result.error_in_exec
        return problem

    return shell.user_ns, run_cell


def _plain_shell() -> tuple[dict[str, Any], _Run]:
    """Without IPython: magics are passed over, and ``%%writefile`` and its like are left out."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    keep = KeepAnswers(module.__dict__)

    def run_cell(source: str) -> BaseException | None:
        source = as_python(without_timing(source))
        try:
            tree = keep.visit_Module(ast.parse(source))
        except (SyntaxError, ValueError, RecursionError) as problem:
            return problem
        name = remembered(source)
        stopped: BaseException | None = None
        for node in tree.body:
            if stopped is not None and not (is_refusal(stopped) or is_definition(node)):
                continue
            try:
                with _silent():
                    exec(compile(ast.Module([node], []), name, "exec"), module.__dict__)
            except BaseException as problem:
                stopped = stopped or problem
        return stopped

    return module.__dict__, run_cell


def remembered(source: str) -> str:
    """A file name under which tracebacks find the lines of a cell."""
    name = f"<cell {len(linecache.cache)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    return name


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
