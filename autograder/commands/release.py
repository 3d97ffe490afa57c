"""``autograder release``: from the bank and ``source/`` to recorded checks, ``release/`` and ``solutions/``.

The steps for one assignment, in order: record the checks and prove them; lint the source notebook; let
nbgrader make the students' notebook; execute the solution; search all of it for secrets; write, or
compare. nbgrader works in a scratch copy, so the course's gradebook stays as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.release.cases import student_files
from autograder.authoring.release.drift import same_file, stale
from autograder.authoring.release.leaks import find_leaks
from autograder.authoring.release.lint import lint_released, lint_solved, lint_source
from autograder.authoring.release.notebooks import generate_release, scratch_course, solve
from autograder.authoring.release.start import NAME as START
from autograder.authoring.release.start import start_notebook
from autograder.authoring.release.visible_code import NotReleasable
from autograder.course.assignment import Assignment, assignment_names, load_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.course.readers import warning_about_readers
from autograder.gradebook.master import other_graded_notebooks
from autograder.gradebook.programs import missing_programs
from autograder.student.recorded import GENERATED

Files = dict[Path, bytes]


def release_command(assignments: list[str], check: bool) -> int:
    """Release ``assignments``, or all; with ``check`` write nothing. 0 if all is well or up to date, else 1."""
    course = course_here()
    if trouble := missing_programs():
        raise NotReleasable(trouble)  # before two minutes of work, not after
    if warning := warning_about_readers(course):
        print(f"autograder: {warning}", file=sys.stderr)
    failed = False
    for name in assignments or assignment_names():
        assignment = load_assignment(name)
        try:
            old = _check(course, assignment) if check else _write(course, assignment)
        except NotReleasable as problem:
            print(f"{name}: {problem}", file=sys.stderr)
            failed = True
            continue
        if check and old:
            failed = True
            print(f"{name}: out of date, run `autograder release {name}`:", file=sys.stderr)
            print("\n".join(f"  {path}" for path in old), file=sys.stderr)
        else:
            print(f"{name}: {'up to date' if check else 'released'}", flush=True)
    if check or not failed:  # a refusal leaves everything as it was
        failed = _start(course, check) or failed
    if not (check or assignments or failed):
        _register(course)
    return 1 if failed else 0


def _start(course: Course, check: bool) -> bool:
    """Write the notebook that opens the course, or say that it is out of date; whether it is."""
    wanted = start_notebook(course, [load_assignment(name) for name in assignment_names()])
    path = course.root / "release" / START
    if wanted is None or same_file(path, wanted):
        return False
    if check:
        print(f"{START}: out of date, run `autograder release`", file=sys.stderr)
        return True
    _put({path: wanted})
    return False


def _register(course: Course) -> None:
    """A gradebook in which no student is: made anew, so that it knows the assignments as they are."""
    from autograder.course.configuration import nbgrader_settings
    from autograder.gradebook.pristine import has_students, make_pristine

    path = course.root / "gradebook.db"
    if has_students(path):
        print("gradebook.db has students in it and stays as it is", flush=True)
        return
    make_pristine(path, course, course_id=nbgrader_settings(course).CourseDirectory.get("course_id", "default_course"))


def _write(course: Course, assignment: Assignment) -> list[str]:
    """Write everything, or nothing: a refusal leaves what was there. What a release did not make is left, and told."""
    files = _recorded(course, assignment)
    with _undone_by_a_refusal(files):  # written first: the solution notebook is checked against them
        _put(files)
        files |= _notebooks(course, assignment, course.own_checks if files else None)
    _put(files)
    for path in _stale(course, assignment, files):
        if path.is_relative_to(course.checks):  # generated, all of it
            path.unlink()
        else:
            print(f"{assignment.name}: {_shown(path, course)} is not of this release and stays; is it still wanted?")
    return []


def _put(files: Files) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def _undone_by_a_refusal(files: Files) -> Iterator[None]:
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    try:
        yield
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise


def _check(course: Course, assignment: Assignment) -> list[str]:
    files = _recorded(course, assignment)
    files |= _notebooks(course, assignment, course.own_checks if files else None)
    old = [path for path, content in files.items() if not same_file(path, content)]
    return [_shown(path, course) for path in (*old, *_stale(course, assignment, files))]


def _student_side(assignment: Assignment) -> Files:
    """The recorded checks of an assignment, by their paths in the folder of all."""
    _progress(assignment.name, "recording the visible checks")
    texts = student_files(assignment)
    _refuse(find_leaks({str(path): text for path, text in texts.items()}, [assignment]))
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _recorded(course: Course, assignment: Assignment) -> Files:
    """The recorded checks that belong into this course: none, where the package ships the very same."""
    files, folder = _student_side(assignment), course.checks
    if folder != GENERATED and all(same_file(GENERATED / path, content) for path, content in files.items()):
        return {}
    if folder != GENERATED:
        print(
            f"{assignment.name}: its checks are not those that the package ships, so this course has its own in "
            f"{_shown(folder, course)}/. Students get them with the wheels of `autograder classroom wheels`"
        )
    return {folder / path: content for path, content in files.items()}


def _notebooks(course: Course, assignment: Assignment, own_checks: Path | None) -> Files:
    """``release/`` and ``solutions/`` of one assignment; nothing where there is no source notebook yet."""
    name = assignment.name
    source = course.root / "source" / name / f"{name}.ipynb"
    if not source.is_file():
        print(f"{name}: there is no source/{name}/{name}.ipynb, so only its checks are recorded", flush=True)
        return {}
    _refuse(lint_source(_read(source), assignment))
    _refuse(
        f"source/{name}/{other} has graded cells, and {name}.ipynb alone is graded at every door: move them there, or "
        "give it an assignment of its own"
        for other in other_graded_notebooks(source.parent, name)
    )
    files: Files = {}
    with scratch_course(course, name) as root:
        _progress(name, "nbgrader makes the students' notebook")
        folder = generate_release(root, name)
        released = folder / source.name
        _refuse(lint_released(_read(released), assignment))
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            files[course.root / "release" / name / path.relative_to(folder)] = path.read_bytes()
            if path != released:
                files[course.root / "solutions" / name / path.relative_to(folder)] = path.read_bytes()
        _refuse(find_leaks({f"release/{name}/{source.name}": released.read_text("utf-8")}, [assignment]))
        _progress(name, "the solution is executed")
        solved = solve(root, name, own_checks)
    _refuse(lint_solved(solved, assignment))
    files[course.root / "solutions" / name / source.name] = nbformat.writes(solved).encode("utf-8") + b"\n"
    return files


def _stale(course: Course, assignment: Assignment, files: Files) -> Iterator[Path]:
    cases = course.checks / "cases" / f"{assignment.name}.json"
    if cases.is_file() and cases not in files:
        yield cases
    folders = [course.checks / "visible" / assignment.package.rpartition(".")[2]]
    folders += [course.root / part / assignment.name for part in ("release", "solutions")]
    for folder in folders:
        yield from stale(folder, set(files))


def _refuse(faults: Iterator[str]) -> None:
    found = list(faults)
    if found:
        raise NotReleasable("cannot be released:\n" + "\n".join(f"  {fault}" for fault in found))


def _read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def _shown(path: Path, course: Course) -> str:
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)


def _progress(name: str, what: str) -> None:
    print(f"{name}: {what} …", flush=True)
