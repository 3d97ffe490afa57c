"""``grade``, ``intake``, ``serve`` and ``alike``: what is done with submissions."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import options
from autograder.light_imports import one_thread


def add_grade(commands: options.Commands) -> None:
    """``autograder grade A [PATH ...]``"""
    parser = commands.add_parser("grade", help="grade submissions of an assignment")
    options.assignment(parser)
    options.paths(parser)
    _how_to_grade(parser)
    parser.set_defaults(run=_grade)


def add_intake(commands: options.Commands) -> None:
    """``autograder intake A [PATH ...]``"""
    parser = commands.add_parser("intake", help="who handed in what, and what is passed over; nothing is graded")
    options.assignment(parser)
    options.paths(parser)
    options.intake(parser)
    options.gradebook_or_none(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table", help="of the list (default table)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there instead of to the screen")
    parser.set_defaults(run=_intake)


def add_serve(commands: options.Commands) -> None:
    """``autograder serve A [PATH ...]``"""
    parser = commands.add_parser("serve", help="grade what arrives in a folder; a status page on loopback")
    options.assignment(parser)
    options.paths(parser)
    port = "of the status page (default: any that is free)"
    parser.add_argument("--port", type=int, default=0, metavar="N", help=port)
    _how_to_grade(parser)
    parser.set_defaults(run=_serve)


def add_alike(commands: options.Commands) -> None:
    """``autograder alike A [PATH ...]``"""
    parser = commands.add_parser("alike", help="which answers are the same but for names and spaces: a hint")
    options.assignment(parser)
    options.paths(parser)
    options.intake(parser)
    options.gradebook_or_none(parser)
    parser.set_defaults(run=_alike)


def _how_to_grade(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="cpu", help="where answers compute (default cpu)"
    )
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="graders at work at the same time (default: as many as there is work for)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="seed of the hidden inputs (default: the course's own)")
    options.intake(parser)
    options.report(parser)
    options.gradebook_or_none(parser)
    parser.add_argument("--fresh", action="store_true", help="grade again what has not changed since it was graded")
    parser.add_argument(
        "--regrade", action="store_true", help="grade everybody again, and say whose marks change and why"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="record nothing, and say whose marks would change and why"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="grade on the workers of this Dask scheduler")
    least = "the least isolation: full refuses where a layer is missing (default: partial)"
    parser.add_argument("--require", choices=("full", "partial"), default="partial", help=least)
    parser.add_argument("--unsafe-trusted", action="store_true", help="run code that you trust without confinement")


def _grade(typed: argparse.Namespace) -> int:
    from autograder.course.assignment import assignment_names

    if typed.assignment not in assignment_names():
        from autograder.course.configuration import course_here
        from autograder.integrations.nbgrader.own_tests import OwnTests, knows

        if knows(course_here(told=False), typed.assignment):  # of another course, whose tests stand in its notebooks
            from autograder.commands.own_tests import grade_course

            return grade_course(course_here(), typed, OwnTests.opened)
    one_thread()
    from autograder.commands.grade import grade_class

    return grade_class(typed)


def _intake(typed: argparse.Namespace) -> int:
    from autograder.commands.intake import intake_command

    return intake_command(typed)


def _serve(typed: argparse.Namespace) -> int:
    one_thread()
    from autograder.commands.serve import serve_command

    return serve_command(typed)


def _alike(typed: argparse.Namespace) -> int:
    from autograder.commands.alike import alike_command

    return alike_command(typed)
