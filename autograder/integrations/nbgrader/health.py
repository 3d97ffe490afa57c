"""Whether a course of nbgrader's is set up for the sandbox: its settings read as nbgrader reads them, and tried."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from autograder.course.assignment import assignment_names
from autograder.course.layout import Course
from autograder.errors import ReportedError
from autograder.integrations.nbgrader.allowed import course_policy, module_path
from autograder.session.kernels import started_kernels
from autograder.session.slots import own_slot

_OURS = {"autograde_preprocessors": "GradeInSandbox", "sanitize_preprocessors": "MendCells"}


def has_own_tests(course: Course) -> bool:
    """Whether this is a course of nbgrader's with an assignment that the bank does not know."""
    source = course.root / "source"
    names = {path.name for path in source.iterdir() if path.is_dir()} if source.is_dir() else set()
    return (course.root / "nbgrader_config.py").is_file() and bool(names - set(assignment_names()))


def course_health(course: Course) -> Iterator[tuple[bool, str]]:
    """Lines about the course's settings, each with whether all is right; none if the bank knows all its assignments."""
    if not has_own_tests(course):
        return
    from nbgrader.apps.baseapp import NbGrader
    from nbgrader.coursedir import CourseDirectory

    before = os.getcwd()
    os.chdir(course.root)
    try:
        app = NbGrader()
        app.log_level = "CRITICAL"
        app.initialize([])
        courses = CourseDirectory(parent=app, config=app.config)
    finally:
        os.chdir(before)
    yield from _settings(app.config)
    yield from _tried(app, courses)


def _settings(config: Any) -> Iterator[tuple[bool, str]]:
    for trait, name in _OURS.items():
        listed = config.Autograde.get(trait)
        used = isinstance(listed, list) and any(str(member).endswith(name) for member in listed)
        told = "runs submissions in the sandbox" if trait.startswith("auto") else "mends cells that students changed"
        missing = "is stock nbgrader's: add `use(c)` from autograder.integrations.nbgrader to nbgrader_config.py"
        yield used, f"c.Autograde.{trait} {told if used else missing}"


def _tried(app: Any, courses: Any) -> Iterator[tuple[bool, str]]:
    from autograder.integrations.nbgrader.execute import GradeInSandbox

    grading = GradeInSandbox(parent=app, config=app.config)
    grading.coursedir = courses
    if grading.sandbox == "strict":
        yield True, "c.GradeInSandbox.sandbox is 'strict': no processes and no sockets in notebooks"
        return
    allowed, hidden = grading.allowed(), grading.hidden()
    for path in allowed.readable:
        yield (
            os.path.lexists(path),
            f"notebooks may read {path}{'' if os.path.lexists(path) else ', which is not there'}",
        )
    for name in allowed.environment:
        is_set = name in os.environ
        yield is_set, f"notebooks get the variable {name}{'' if is_set else ', which is not set here'}"
    above = os.path.realpath(Path(courses.root, courses.autograded_directory))
    policy = course_policy(allowed, hidden, above)
    try:
        kernels = started_kernels(policy, [], module_path(hidden), f"{above}/somebody/something", own_slot())
        with closing(kernels):
            yield True, f"a confined kernel's process is ready: isolation is {kernels.layers.level}"
    except ReportedError as problem:
        yield False, str(problem)
