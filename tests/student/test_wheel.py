"""The student's wheel: it works alone, on every system, and holds no secret."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from autograder.authoring.release.leaks import find_leaks, secrets_of
from autograder.course.assignment import assignment_names, load_assignment

ROOT = Path(__file__).resolve().parents[2]
UNIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "posix", "syslog", "crypt", "spwd"}


def run(installed: Path, program: str) -> str:
    """What ``program`` prints, with the installed wheel and without this repository."""
    environment = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "HOME": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=installed, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_checks_work_without_the_bank(installed: Path) -> None:
    """Every question's check runs; a wrong answer is named; the bank cannot be imported."""
    said = run(
        installed,
        f"""
import importlib.util, autograder
assert autograder.__file__.startswith({str(installed)!r}), autograder.__file__
for secret in ("bank", "course", "grader", "sandbox", "session", "authoring", "commands", "gradebook"):
    assert not importlib.util.find_spec("autograder." + secret), secret
from autograder import check
from autograder.student.recorded import recorded_questions
import torch
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            p += lr * p.grad
print(repr(check("sgd_step")))
for name, question in recorded_questions().items():
    space = {{n: (lambda *a, **k: None) for n in question.names}}
    from autograder.student.door import check_safely
    from autograder.student.verdict import Verdict
    assert isinstance(check_safely(question, space), Verdict), name
    for test in question.tests:
        question.function(test)
""",
    )
    assert "uphill" in said


def test_works_where_there_is_no_unix(installed: Path) -> None:
    """No interval timers, no fork, no Unix modules: as on Windows."""
    program = f"""
import sys, os, signal, torch
for name in {sorted(UNIX_ONLY)!r}: sys.modules[name] = None
for name in ("setitimer", "getitimer", "SIGALRM", "ITIMER_REAL", "alarm"): delattr(signal, name)
for name in ("fork", "getuid", "kill"): delattr(os, name)
from autograder import check, hint
def count_linear(n_in, n_out, bias=True): return n_in * n_out + n_out * bool(bias)
print(check("count_linear").outcome, hint("mse").head)
"""
    assert "correct" in run(installed, program)


def test_imports_are_few(files: dict[str, str]) -> None:
    """Python's own library without Unix-only modules, torch, NumPy, and ours; IPython only where it is optional."""
    for name, text in files.items():
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(text)):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for top in {module.partition(".")[0] for module in modules}:
                allowed = top in sys.stdlib_module_names or top in ("torch", "numpy", "autograder")
                assert allowed or name.endswith("notebook_run.py"), f"{name} imports {top}"
                assert top not in UNIX_ONLY, f"{name} imports {top}"
            for module in modules:
                if module.startswith("autograder."):
                    path = module.replace(".", "/")
                    assert f"{path}.py" in files or f"{path}/__init__.py" in files, (
                        f"{name} imports {module}, which is not there"
                    )


def test_holds_no_secret(files: dict[str, str]) -> None:
    """No solution, reference, mistake's code or hidden test; and the search finds what it should."""
    assignments = [load_assignment(name) for name in assignment_names()]
    assert list(find_leaks(files, assignments)) == []
    for assignment in assignments:
        for question in assignment.questions:
            reference = question.answers.reference.source
            planted = {"planted.py": f"class A:\n    # a comment\n    pass\n\n{reference}"}
            if any(bodies for what, bodies in secrets_of(question) if "reference" in what):
                assert list(find_leaks(planted, [assignment])), question.id


def test_holds_no_bank(files: dict[str, str]) -> None:
    """Not even by name."""
    assert not [name for name in files if "bank" in name or "answers" in name or "sandbox" in name]
    assert not [name for name, text in files.items() if "autograder.bank" in text]
