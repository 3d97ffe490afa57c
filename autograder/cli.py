"""The command line: arguments only; each command is a call into the module that does it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from autograder.errors import ReportedError
from autograder.version import __version__

FORMATS = ("table", "json", "junit", "gradescope", "classroom", "classroom50", "csv", "markdown", "html", "xlsx")
LMS = ("canvas", "moodle", "blackboard", "gradescope")
USAGE = 2
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
WHERE = "nbgrader's submitted/ folder (the default), a folder of notebooks or of clones, or one notebook"
ASSIGNMENT = "the name of an assignment, such as 06-manual-weight-updates"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 graded, 1 something could not be graded, 2 wrong usage."""
    parser = _parser()
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
        return command(options)
    except KeyboardInterrupt:
        print("\ninterrupted; what was graded before is kept", file=sys.stderr)
        return 130
    except ReportedError as problem:
        from autograder.sanitize.outputs import clean_text

        print(f"autograder: {clean_text(str(problem))}", file=sys.stderr)  # it may name files of students
        return problem.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description="Grades the notebooks of the course.")
    parser.add_argument("--version", action="version", version=f"autograder {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _commands_that_grade(commands)
    _commands_for_authors(commands)
    _commands_for_machines(commands)
    return parser


def _commands_that_grade(commands: Commands) -> None:
    grade = commands.add_parser("grade", help="grade submissions of an assignment")
    grade.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    grade.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=WHERE)
    _grading_options(grade)
    grade.set_defaults(run=_grade)

    _intake_parser(commands.add_parser("intake", help="who handed in what, and what is passed over; nothing is graded"))

    report = commands.add_parser("report", help="the last grades of an assignment in any format, without grading")
    report.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    grades = "a report in the format json (default: the gradebook)"
    report.add_argument("--grades", type=Path, metavar="FILE", help=grades)
    _report_options(report)
    _gradebook_options(report)
    report.set_defaults(run=_report)

    _feedback_parser(commands.add_parser("feedback", help="a page for each student, from the gradebook as it stands"))
    _history_parser(commands.add_parser("history", help="who changed which mark of an assignment, when, and why"))
    _serve_parser(commands.add_parser("serve", help="grade what arrives in a folder; a status page on loopback"))
    _alike_parser(commands.add_parser("alike", help="which answers are the same but for names and spaces: a hint"))
    _class_parser(commands.add_parser("class", help="the class list: who is in the class"))
    _gradebook_parser(commands.add_parser("gradebook", help="move the gradebook into another database"))
    _classroom_parser(commands.add_parser("classroom", help="repositories of a class: template, checks, feedback"))

    check = commands.add_parser("check", help="a student's own, visible checks of one notebook")
    check.add_argument("notebook", type=Path, help="the notebook, .ipynb")
    check.set_defaults(run=_check)


def _commands_for_authors(commands: Commands) -> None:
    _references_parser(commands.add_parser("references", help="the reference numbers of the questions, in float64"))

    _verify_parser(
        commands.add_parser("verify", help="prove that the tests tell right from wrong, and mistakes by name")
    )

    release = commands.add_parser("release", help="make release/, solutions/ and the recorded checks from source/")
    release.add_argument("assignments", metavar="A", nargs="*", help=f"{ASSIGNMENT} (default: all)")
    release.add_argument("--check", action="store_true", help="write nothing; fail where something is out of date")
    release.set_defaults(run=_release)

    _import_parser(commands.add_parser("import", help="bring a course of another grader's"))
    _new_parser(commands.add_parser("new", help="make a question or an assignment, ready to fill in"))


def _commands_for_machines(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="make a demo class and grade it")
    demo.add_argument("--folder", type=Path, default=Path("demo"), help="where the demo class is made (default: demo/)")
    demo.add_argument("--jobs", type=int, default=2, metavar="N", help="graders at work at the same time (default 2)")
    demo.set_defaults(run=_demo)

    doctor = commands.add_parser("doctor", help="which isolation layers, devices and versions are here")
    doctor.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="try a computation on the GPU as well")
    doctor.add_argument("--hub", action="store_true", help="who can read what on a JupyterHub, with what mends it")
    doctor.add_argument("--student", metavar="USER", nargs="+", default=[], help="with --hub: Unix users to try")
    doctor.add_argument("--teacher", metavar="USER", nargs="+", default=[], help="with --hub: who shares the course")
    python = "with --hub: the Python of students' kernels"
    doctor.add_argument("--python", type=Path, metavar="FILE", help=python)
    doctor.set_defaults(run=_doctor)


def _verify_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignments", metavar="A", nargs="*", help=f"{ASSIGNMENT} (default: all)")
    parser.add_argument("--question", metavar="Q", help="only this question")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="how many draws of fresh inputs (default 3)")
    parser.add_argument("--quick", action="store_true", help="in this process only, without the sandbox")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default: all)")
    told = "cuda: compare every answer's marks on the GPU with those on the CPU"
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help=told)
    slips = "put slips that learners make into every right answer (A may be A/Q), and say which lose no marks"
    parser.add_argument("--mutants", action="store_true", help=slips)
    parser.add_argument("--names", action="store_true", help="with --mutants: which of them get which mistake's name")
    parser.set_defaults(run=_verify)


def _feedback_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    archive = "an archive of pages that this system takes back, each named so that it finds the student"
    parser.add_argument("--lms", choices=("canvas", "moodle"), help=archive)
    parser.add_argument("--output", type=Path, metavar="PATH", help="the folder (default feedback/), or the archive")
    parser.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: the course's own)")
    parser.set_defaults(run=_feedback)


def _serve_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=WHERE)
    port = "of the status page (default: any that is free)"
    parser.add_argument("--port", type=int, default=0, metavar="N", help=port)
    _grading_options(parser)
    parser.set_defaults(run=_serve)


def _alike_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=WHERE)
    _intake_options(parser)
    _gradebook_options(parser)
    parser.set_defaults(run=_alike)


def _history_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    parser.add_argument("student", metavar="STUDENT", nargs="?", help="of this student only")
    parser.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: the course's own)")
    parser.set_defaults(run=_history)


def _import_parser(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_subparsers(dest="format_of", metavar="FORMAT", required=True)
    otter = formats.add_parser("otter", help="master notebooks of otter-grader, as far as their tests are plain Python")
    otter.add_argument("folder", metavar="FOLDER", type=Path, help="a folder with master notebooks, or one of them")
    otter.add_argument("--into", type=Path, default=Path(), metavar="DIR", help="the course to write (default: here)")
    otter.set_defaults(run=_import_otter)


def _new_parser(parser: argparse.ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    question = inside.add_parser("question", help="a question's two files of the bank, its id, and its cells")
    question.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    question.add_argument("question", metavar="Q", help="its id: the name of the function that is asked for")
    question.set_defaults(run=_new)
    assignment = inside.add_parser("assignment", help="the bank's package and the source notebook, without questions")
    assignment.add_argument("assignment", metavar="A", help="its name: two digits, then words, as in 16-attention")
    assignment.set_defaults(run=_new, question=None)


def _intake_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="A")
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=WHERE)
    _intake_options(parser)
    _gradebook_options(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there instead of to the screen")
    parser.set_defaults(run=_intake)


def _class_parser(parser: argparse.ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="class_command", metavar="COMMAND", required=True)
    entry = inside.add_parser("import", help="enter a list with nbgrader's, Canvas's or Moodle's columns")
    entry.add_argument("file", metavar="FILE", type=Path, help="a CSV file")
    entry.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: the course's own)")
    entry.set_defaults(run=_class_import)
    more = inside.add_parser("extend", help="give a student more time; the late policy counts it")
    more.add_argument("student", metavar="STUDENT")
    more.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    more.add_argument("--days", type=float, required=True, metavar="N", help="after the due date; 0.5 is twelve hours")
    more.set_defaults(run=_class_extend)
    gone = inside.add_parser("remove", help="take a student, or one wrong submission, out of the gradebook and reports")
    gone.add_argument("student", metavar="STUDENT")
    gone.add_argument("--assignment", metavar="A", help="only their work of this assignment")
    gone.add_argument("--with-marks", action="store_true", help="also where a person gave marks or wrote comments")
    gone.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: the course's own)")
    gone.set_defaults(run=_class_remove)


def _grading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="cpu", help="where answers compute (default cpu)"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="graders at work at the same time")
    parser.add_argument("--seed", type=int, metavar="N", help="seed of the hidden inputs (default: the course's own)")
    _intake_options(parser)
    _report_options(parser)
    _gradebook_options(parser)
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


def _intake_options(parser: argparse.ArgumentParser) -> None:
    before = "of clones: what the default branch held then; a date alone means the end of that day (ISO 8601)"
    parser.add_argument("--before", type=_moment, metavar="DATE", help=before)
    pushes = "the host's record of pushes (JSON of GitHub's API: activity or events), for --before"
    parser.add_argument("--pushes", type=Path, metavar="FILE", help=pushes)
    parser.add_argument("--student", metavar="ID", help="whose work it is, where the paths hold one student's")


def _gradebook_parser(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="gradebook_command", metavar="COMMAND", required=True)
    copy = commands.add_parser("copy", help="every row of a gradebook into a new database, compared afterwards")
    copy.add_argument("source", metavar="FROM", help="a SQLite file, or a PostgreSQL URL")
    copy.add_argument("target", metavar="TO", help="a database with nothing in it; a SQLite file is made")
    copy.set_defaults(run=_gradebook_copy)


def _gradebook_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: the course's own)")
    parser.add_argument("--no-gradebook", action="store_true", help="record nothing")


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="table", help="of the report (default table)")
    parser.add_argument("--lms", choices=LMS, help="whose columns --format csv has (default: nbgrader's)")
    named = "of --lms: the assignment's column as the system names it, such as 'Homework 6 (4711)'"
    parser.add_argument("--column", metavar="NAME", help=named)
    parser.add_argument("--anonymous", action="store_true", help="numbers for names, and nothing that tells who is who")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there instead of to the screen")


def _moment(text: str) -> datetime:
    from autograder.submission.moments import parse_deadline as parse_moment

    try:
        return parse_moment(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-10-31 or 2026-10-31T23:59+01:00") from None


def _classroom_parser(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="classroom", metavar="COMMAND", required=True)
    template = commands.add_parser("template", help="the repository that students start from")
    template.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    template.add_argument("folder", metavar="DIR", type=Path, help="a new folder, or an empty repository")
    template.add_argument("--wheels", type=Path, metavar="DIR", help="the two wheels (default: they are built)")
    template.set_defaults(run=_classroom_template)

    check = commands.add_parser("check", help="in a student's CI: visible checks, summary, annotations, results")
    check.add_argument("notebook", type=Path, help="the notebook, .ipynb")
    check.add_argument(
        "--results", type=Path, default=Path("results"), metavar="DIR", help="where results go (default results/)"
    )
    check.add_argument("--seconds", type=float, default=600.0, metavar="N", help="for everything (default 600)")
    check.set_defaults(run=_classroom_check)

    feedback = commands.add_parser("feedback", help="a page for each student, as files or on a branch of the clones")
    feedback.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    feedback.add_argument("--grades", type=Path, metavar="FILE", help="a report in the format json (default: the last)")
    feedback.add_argument("--output", type=Path, metavar="DIR", help="write STUDENT/A.md there")
    feedback.add_argument("--clones", type=Path, metavar="DIR", help="the cloned repositories, for --branch")
    feedback.add_argument("--branch", metavar="NAME", help="push FEEDBACK.md to this branch of each clone's origin")
    feedback.set_defaults(run=_classroom_feedback)

    bundle = commands.add_parser("gradescope", help="autograder.zip for Gradescope")
    bundle.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    bundle.add_argument("file", metavar="FILE", type=Path, help="the archive to write, such as autograder.zip")
    bundle.set_defaults(run=_classroom_gradescope)

    bundle = commands.add_parser("classroom50", help="the autograder of an assignment for Classroom 50")
    bundle.add_argument("assignment", metavar="A", help=ASSIGNMENT)
    bundle.add_argument("folder", metavar="DIR", type=Path, help="a new folder")
    bundle.add_argument("--wheels", type=Path, metavar="DIR", help="the two wheels (default: they are built)")
    bundle.set_defaults(run=_classroom_50)


def _grade(options: argparse.Namespace) -> int:
    from autograder.course.assignment import assignment_names

    if options.assignment not in assignment_names():
        from autograder.course.configuration import course_here
        from autograder.integrations.nbgrader.own_tests import OwnTests, knows

        if knows(course_here(told=False), options.assignment):  # of another course, whose tests stand in its notebooks
            from autograder.commands.own_tests import grade_course

            return grade_course(course_here(), options, OwnTests.opened)
    from autograder.commands.grade import grade_class

    return grade_class(options)


def _class_import(options: argparse.Namespace) -> int:
    from autograder.commands.class_list import import_class

    return import_class(options.file, options.gradebook)


def _class_extend(options: argparse.Namespace) -> int:
    from autograder.commands.class_list import extend_student

    return extend_student(options.student, options.assignment, options.days)


def _class_remove(options: argparse.Namespace) -> int:
    from autograder.commands.removal import remove_student

    return remove_student(options.student, options.assignment, options.gradebook, with_marks=options.with_marks)


def _import_otter(options: argparse.Namespace) -> int:
    from autograder.commands.import_otter import import_otter

    return import_otter(options.folder, options.into)


def _gradebook_copy(options: argparse.Namespace) -> int:
    from autograder.commands.gradebook import copy_command

    return copy_command(options.source, options.target)


def _new(options: argparse.Namespace) -> int:
    from autograder.commands.new import new_command

    return new_command(options.assignment, options.question)


def _intake(options: argparse.Namespace) -> int:
    from autograder.commands.intake import intake_command

    return intake_command(options)


def _report(options: argparse.Namespace) -> int:
    from autograder.commands.report import report_command

    return report_command(options)


def _feedback(options: argparse.Namespace) -> int:
    from autograder.commands.feedback import feedback_command

    return feedback_command(options)


def _serve(options: argparse.Namespace) -> int:
    from autograder.commands.serve import serve_command

    return serve_command(options)


def _alike(options: argparse.Namespace) -> int:
    from autograder.commands.alike import alike_command

    return alike_command(options)


def _history(options: argparse.Namespace) -> int:
    from autograder.commands.regrade import history_command

    return history_command(options)


def _classroom_template(options: argparse.Namespace) -> int:
    from autograder.integrations.classroom.template import template_command

    return template_command(options.assignment, options.folder, options.wheels)


def _classroom_check(options: argparse.Namespace) -> int:
    from autograder.integrations.classroom.ci import check_in_ci

    return check_in_ci(options.notebook, options.results, options.seconds)


def _classroom_feedback(options: argparse.Namespace) -> int:
    from autograder.integrations.classroom.feedback import feedback_command

    return feedback_command(options)


def _classroom_gradescope(options: argparse.Namespace) -> int:
    from autograder.integrations.classroom.gradescope import gradescope_command

    return gradescope_command(options.assignment, options.file)


def _classroom_50(options: argparse.Namespace) -> int:
    from autograder.integrations.classroom.template import classroom50_command

    return classroom50_command(options.assignment, options.folder, options.wheels)


def _check(options: argparse.Namespace) -> int:
    from autograder.student.notebook_check import check_notebook

    return check_notebook(options.notebook)


def _references_parser(references: argparse.ArgumentParser) -> None:
    references.add_argument("assignments", metavar="A", nargs="*", help=f"{ASSIGNMENT} (default: all)")
    references.add_argument("--check", action="store_true", help="compute them again and compare; write nothing")
    references.set_defaults(run=_references)


def _references(options: argparse.Namespace) -> int:
    from autograder.commands.references import references_command

    return references_command(options.assignments, options.check)


def _verify(options: argparse.Namespace) -> int:
    from autograder.commands.verify import verify_command, verify_on_gpu

    if options.device == "cuda":
        return verify_on_gpu(options.assignments, options.seeds)
    if options.mutants:
        from autograder.commands.mutants import verify_mutants

        return verify_mutants(options.assignments, options.question, jobs=options.jobs, show_names=options.names)
    chosen = options.assignments, options.question, options.seeds
    return verify_command(*chosen, quick=options.quick, jobs=options.jobs)


def _release(options: argparse.Namespace) -> int:
    from autograder.commands.release import release_command

    return release_command(options.assignments, check=options.check)


def _demo(options: argparse.Namespace) -> int:
    from autograder.commands.demo import run_demo

    return run_demo(options.folder, jobs=options.jobs)


def _doctor(options: argparse.Namespace) -> int:
    if options.hub:
        from autograder.commands.doctor_hub import doctor_hub

        return doctor_hub(options.student, options.teacher, options.python)
    from autograder.commands.doctor import doctor
    from autograder.integrations.nbgrader.health import course_health

    return doctor(options.device, course_health)


if __name__ == "__main__":
    sys.exit(main())
