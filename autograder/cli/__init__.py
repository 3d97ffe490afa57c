"""The command line: arguments only, a file a group of commands; each command is a call into the module that does it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.cli import authoring, class_list, classroom, grading, machine, marks, student
from autograder.errors import ReportedError, nobody_reads
from autograder.version import __version__

USAGE = 2  # the exit code of wrong usage, which argparse has too

# In the order of the help.
COMMANDS = (
    grading.add_grade,
    grading.add_intake,
    marks.add_report,
    marks.add_feedback,
    marks.add_history,
    grading.add_serve,
    grading.add_alike,
    class_list.add_class,
    marks.add_gradebook,
    classroom.add_classroom,
    student.add_check,
    authoring.add_references,
    authoring.add_verify,
    authoring.add_release,
    authoring.add_import,
    authoring.add_new,
    machine.add_demo,
    machine.add_doctor,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 graded, 1 something could not be graded, 2 wrong usage."""
    parser = parser_of_all()
    options, more = parser.parse_known_args(arguments)
    if more:  # paths after an option, which argparse takes for nobody's
        if not hasattr(options, "paths") or any(word.startswith("-") for word in more):
            parser.error(f"unrecognized arguments: {' '.join(more)}")
        options.paths += map(Path, more)
    if options.command is None:
        parser.print_help()
        return USAGE
    try:
        command: Callable[[argparse.Namespace], int] = options.run
        code = command(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return nobody_reads()
    except KeyboardInterrupt:
        print("\ninterrupted; what was graded before is kept", file=sys.stderr)
        return 130
    except ReportedError as problem:
        from autograder.sanitize.outputs import clean_text

        print(f"autograder: {clean_text(str(problem))}", file=sys.stderr)  # it may name files of students
        return problem.exit_code


def parser_of_all() -> argparse.ArgumentParser:
    """What can be typed."""
    parser = argparse.ArgumentParser(prog="autograder", description="Grades the notebooks of the course.")
    parser.add_argument("--version", action="version", version=f"autograder {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    return parser
