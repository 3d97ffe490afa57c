"""``references``, ``verify``, ``release``, ``import`` and ``new``: for those who write questions."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from autograder.cli import options


def add_references(commands: options.Commands) -> None:
    """``autograder references [A ...]``"""
    parser = commands.add_parser("references", help="the reference numbers of the questions, in float64")
    options.assignments(parser)
    parser.add_argument("--check", action="store_true", help="compute them again and compare; write nothing")
    parser.set_defaults(run=_references)


def add_verify(commands: options.Commands) -> None:
    """``autograder verify [A ...]``"""
    parser = commands.add_parser("verify", help="prove that the tests tell right from wrong, and mistakes by name")
    options.assignments(parser)
    parser.add_argument("--question", metavar="Q", help="only this question")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="how many draws of fresh inputs (default 3)")
    parser.add_argument("--quick", action="store_true", help="in this process only, without the sandbox")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default: all)")
    told = "cuda: compare every answer's marks on the GPU with those on the CPU"
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help=told)
    slips = "put slips that learners make into every right answer (A may be A/Q), and say which lose no marks"
    parser.add_argument("--mutants", action="store_true", help=slips)
    since = "only assignments that changed since they were verified; with --mutants, questions since their slips were"
    parser.add_argument("--changed", action="store_true", help=since)
    parser.add_argument("--names", action="store_true", help="with --mutants: which of them get which mistake's name")
    habits = "put honest habits (prints, asserts, decorators, helpers) into every right answer; none may cost a mark"
    parser.add_argument("--habits", action="store_true", help=habits)
    parser.set_defaults(run=_verify)


def add_release(commands: options.Commands) -> None:
    """``autograder release [A ...]``"""
    parser = commands.add_parser("release", help="make release/, solutions/ and the recorded checks from source/")
    options.assignments(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where something is out of date")
    parser.set_defaults(run=_release)


def add_import(commands: options.Commands) -> None:
    """``autograder import otter FOLDER``"""
    parser = commands.add_parser("import", help="bring a course of another grader's")
    formats = parser.add_subparsers(dest="format_of", metavar="FORMAT", required=True)
    otter = formats.add_parser("otter", help="master notebooks of otter-grader, as far as their tests are plain Python")
    otter.add_argument("folder", metavar="FOLDER", type=Path, help="a folder with master notebooks, or one of them")
    otter.add_argument("--into", type=Path, default=Path(), metavar="DIR", help="the course to write (default: here)")
    otter.set_defaults(run=_import_otter)


def add_new(commands: options.Commands) -> None:
    """``autograder new question A Q`` and ``autograder new assignment A``"""
    parser = commands.add_parser("new", help="make a question or an assignment, ready to fill in")
    inside = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    question = inside.add_parser("question", help="a question's two files of the bank, its id, and its cells")
    options.assignment(question)
    question.add_argument("question", metavar="Q", help="its id: the name of the function that is asked for")
    question.set_defaults(run=_new)
    assignment = inside.add_parser("assignment", help="the bank's package and the source notebook, without questions")
    assignment.add_argument("assignment", metavar="A", help="its name: two digits, then words, as in 16-attention")
    assignment.set_defaults(run=_new, question=None)


def _references(typed: argparse.Namespace) -> int:
    from autograder.commands.references import references_command

    return references_command(typed.assignments, typed.check)


def _verify(typed: argparse.Namespace) -> int:
    from autograder.commands.verify import verify_command, verify_on_gpu

    if typed.device == "cuda":
        return verify_on_gpu(typed.assignments, typed.seeds)
    if typed.mutants:
        from autograder.commands.mutants import verify_mutants

        which = {"show_names": typed.names, "changed": typed.changed}
        return verify_mutants(typed.assignments, typed.question, jobs=typed.jobs, **which)
    if typed.habits:
        from autograder.commands.habits import verify_habits

        return verify_habits(typed.assignments, typed.question, jobs=typed.jobs)
    chosen = typed.assignments, typed.question, typed.seeds
    return verify_command(*chosen, quick=typed.quick, jobs=typed.jobs, changed=typed.changed)


def _release(typed: argparse.Namespace) -> int:
    from autograder.commands.release import release_command

    return release_command(typed.assignments, check=typed.check)


def _import_otter(typed: argparse.Namespace) -> int:
    from autograder.commands.import_otter import import_otter

    return import_otter(typed.folder, typed.into)


def _new(typed: argparse.Namespace) -> int:
    from autograder.commands.new import new_command

    return new_command(typed.assignment, typed.question)
