"""The command line: arguments only; each command is a call into the module that does it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

GRADED, NOT_ALL_GRADED, USAGE = 0, 1, 2


class UsageError(ValueError):
    """Wrong usage: what was wrong, and what to type instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 graded, 1 something could not be graded, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return USAGE
    try:
        command: Callable[[argparse.Namespace], int] = options.run
        return command(options)
    except KeyboardInterrupt:
        print("\ninterrupted; what was graded before is kept", file=sys.stderr)
        return 130
    except Exception as problem:
        if not _is_for_people(problem):
            raise
        print(f"autograder: {problem}", file=sys.stderr)
        return USAGE if isinstance(problem, _usage_errors()) else NOT_ALL_GRADED


def _usage_errors() -> tuple[type[Exception], ...]:
    from autograder.bank.catalog import UnknownAssignment
    from autograder.devices import NoSuchDevice
    from autograder.submission import NothingToGrade

    return UsageError, UnknownAssignment, NothingToGrade, NoSuchDevice


def _is_for_people(problem: Exception) -> bool:
    from autograder.notebook import BrokenNotebook
    from autograder.sandbox.confinement import ConfinementError
    from autograder.sandbox.supervisor import SandboxError

    return isinstance(problem, (*_usage_errors(), BrokenNotebook, ConfinementError, SandboxError))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description="Grades the notebooks of the course.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    grade = commands.add_parser("grade", help="grade submissions of an assignment")
    grade.add_argument("assignment", metavar="A")
    where = "nbgrader's submitted/ folder (the default), a folder of notebooks or of clones, or one notebook"
    grade.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=where)
    _grading_options(grade)
    grade.set_defaults(run=_grade)

    check = commands.add_parser("check", help="a student's own, visible checks of one notebook")
    check.add_argument("notebook", type=Path)
    check.set_defaults(run=_check)

    verify = commands.add_parser("verify", help="prove that the tests tell right from wrong, and mistakes by name")
    verify.add_argument("assignments", metavar="A", nargs="*")
    verify.add_argument("--question", metavar="Q", help="only this question")
    verify.add_argument("--seeds", type=int, default=3, metavar="N", help="how many draws of fresh inputs (default 3)")
    verify.add_argument("--quick", action="store_true", help="in this process only, without the sandbox")
    verify.set_defaults(run=_verify)

    release = commands.add_parser("release", help="make release/, solutions/ and the recorded checks from source/")
    release.add_argument("assignments", metavar="A", nargs="*")
    release.add_argument("--check", action="store_true", help="write nothing; fail where something is out of date")
    release.set_defaults(run=_release)

    demo = commands.add_parser("demo", help="make a demo class and grade it")
    demo.add_argument("--folder", type=Path, default=Path("demo"))
    demo.add_argument("--jobs", type=int, default=2)
    demo.set_defaults(run=_demo)

    doctor = commands.add_parser("doctor", help="which isolation layers, devices and versions are here")
    doctor.set_defaults(run=_doctor)
    return parser


def _grading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="cpu")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="graders at work at the same time")
    parser.add_argument("--seed", type=int, metavar="N", help="seed of the hidden inputs (default: the course's own)")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there instead of to the screen")
    parser.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: gradebook.db of the course)")
    parser.add_argument("--no-gradebook", action="store_true", help="record nothing")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="grade on the workers of this Dask scheduler")
    parser.add_argument("--unsafe-trusted", action="store_true", help="run code that you trust without confinement")


def _grade(options: argparse.Namespace) -> int:
    from autograder.grading import grade_class

    return grade_class(options)


def _check(options: argparse.Namespace) -> int:
    from autograder.student.notebook_check import check_notebook

    return check_notebook(options.notebook)


def _verify(options: argparse.Namespace) -> int:
    from autograder.verification.command import verify_command

    return verify_command(options.assignments, options.question, options.seeds, quick=options.quick)


def _release(options: argparse.Namespace) -> int:
    from autograder.release import release_command

    return release_command(options.assignments, check=options.check)


def _demo(options: argparse.Namespace) -> int:
    from autograder.demo import run_demo

    return run_demo(options.folder, jobs=options.jobs)


def _doctor(options: argparse.Namespace) -> int:
    from autograder.doctor import doctor

    return doctor()


if __name__ == "__main__":
    sys.exit(main())
