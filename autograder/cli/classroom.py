"""``classroom``: the repositories of a class, and what runs in their CI."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import options


def add_classroom(commands: options.Commands) -> None:
    """``autograder classroom template | wheels | check | feedback | gradescope | classroom50``"""
    parser = commands.add_parser("classroom", help="repositories of a class: template, checks, feedback")
    inside = parser.add_subparsers(dest="classroom", metavar="COMMAND", required=True)
    _add_template(inside)
    _add_wheels(inside)
    _add_check(inside)
    _add_feedback(inside)
    _add_bundles(inside)


def _add_template(commands: options.Commands) -> None:
    template = commands.add_parser("template", help="the repository that students start from")
    options.assignment(template)
    template.add_argument("folder", metavar="DIR", type=Path, help="a new folder, or an empty repository")
    _wheels(template)
    where = "its address on GitHub, if it is public: a notebook opened in Colab installs the checks from there"
    template.add_argument("--repository", metavar="URL", help=where)
    template.set_defaults(run=_template)


def _add_wheels(commands: options.Commands) -> None:
    wheels = commands.add_parser("wheels", help="what students install, with this course's recorded checks")
    wheels.add_argument("folder", metavar="DIR", type=Path, help="a new folder")
    wheels.set_defaults(run=_build_wheels)


def _add_check(commands: options.Commands) -> None:
    check = commands.add_parser("check", help="in a student's CI: visible checks, summary, annotations, results")
    check.add_argument("notebook", type=Path, help="the notebook, .ipynb")
    check.add_argument(
        "--results", type=Path, default=Path("results"), metavar="DIR", help="where results go (default results/)"
    )
    check.add_argument("--seconds", type=float, default=600.0, metavar="N", help="for everything (default 600)")
    check.set_defaults(run=_check)


def _add_feedback(commands: options.Commands) -> None:
    feedback = commands.add_parser("feedback", help="a page for each student, as files or on a branch of the clones")
    options.assignment(feedback)
    feedback.add_argument("--grades", type=Path, metavar="FILE", help="a report in the format json (default: the last)")
    feedback.add_argument("--output", type=Path, metavar="DIR", help="write STUDENT/A.md there")
    feedback.add_argument("--clones", type=Path, metavar="DIR", help="the cloned repositories, for --branch")
    feedback.add_argument("--branch", metavar="NAME", help="push FEEDBACK.md to this branch of each clone's origin")
    feedback.set_defaults(run=_feedback)


def _add_bundles(commands: options.Commands) -> None:
    bundle = commands.add_parser("gradescope", help="autograder.zip for Gradescope")
    options.assignment(bundle)
    bundle.add_argument("file", metavar="FILE", type=Path, help="the archive to write, such as autograder.zip")
    bundle.set_defaults(run=_gradescope)

    bundle = commands.add_parser("classroom50", help="the autograder of an assignment for Classroom 50")
    options.assignment(bundle)
    bundle.add_argument("folder", metavar="DIR", type=Path, help="a new folder")
    _wheels(bundle)
    bundle.set_defaults(run=_classroom50)


def _wheels(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="the two wheels (default: they are built)")


def _template(typed: argparse.Namespace) -> int:
    from autograder.integrations.classroom.template import template_command

    return template_command(typed.assignment, typed.folder, typed.wheels, typed.repository)


def _build_wheels(typed: argparse.Namespace) -> int:
    from autograder.integrations.classroom.template import wheels_command

    return wheels_command(typed.folder)


def _check(typed: argparse.Namespace) -> int:
    from autograder.integrations.classroom.ci import check_in_ci

    return check_in_ci(typed.notebook, typed.results, typed.seconds)


def _feedback(typed: argparse.Namespace) -> int:
    from autograder.integrations.classroom.feedback import feedback_command

    return feedback_command(typed)


def _gradescope(typed: argparse.Namespace) -> int:
    from autograder.integrations.classroom.gradescope import gradescope_command

    return gradescope_command(typed.assignment, typed.file)


def _classroom50(typed: argparse.Namespace) -> int:
    from autograder.integrations.classroom.template import classroom50_command

    return classroom50_command(typed.assignment, typed.folder, typed.wheels)
