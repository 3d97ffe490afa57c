"""``autograder doctor --hub``: who can read and write what of a course on a JupyterHub, with what mends it."""

from __future__ import annotations

import grp
import os
import pwd
import shlex
import stat
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.configuration import course_here, nbgrader_settings, settings_for_everybody
from autograder.course.layout import PACKAGE, SECRET_FILES, SECRET_FOLDERS, Course
from autograder.errors import UsageError

_SHOWN_TO_STUDENTS = ("tests", "nbgrader_config.py")  # neither holds an answer
_ANYBODY = "another user"
_WHICH_PACKAGE = """
from importlib.util import find_spec
here = find_spec("autograder") is not None
print(here, here and find_spec("autograder.bank") is not None)
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Args:
        mend: the command that mends it; "" where all is well.
    """

    what: str
    mend: str = ""


@dataclass(frozen=True)
class Somebody:
    """A Unix user; uid None is anybody who is neither an owner nor in a group."""

    name: str
    uid: int | None = None
    groups: frozenset[int] = frozenset()

    def may(self, path: Path, rights: str) -> bool:
        """Whether all of ``rights`` (of r, w and x) are this user's at ``path``: tried by root, else by the modes."""
        if os.geteuid() == 0 and self.uid is not None:
            return all(self._tried(path, right) for right in rights)
        try:
            reached = all(self._by_mode(folder, "x") for folder in path.absolute().parents)
            return reached and all(self._by_mode(path, right) for right in rights)
        except OSError:
            return False

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as this user, where root can."""
        become = {}
        if os.geteuid() == 0 and self.uid is not None:
            become = {"user": self.uid, "group": pwd.getpwuid(self.uid).pw_gid, "extra_groups": sorted(self.groups)}
        return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **become)  # type: ignore[call-overload, no-any-return]

    def _tried(self, path: Path, right: str) -> bool:
        return self.run("test", f"-{right}", str(path)).returncode == 0

    def _by_mode(self, path: Path, right: str) -> bool:
        found = path.stat()
        bit = {"r": stat.S_IROTH, "w": stat.S_IWOTH, "x": stat.S_IXOTH}[right]
        if self.uid == 0:
            return True
        if found.st_uid == self.uid:
            bit <<= 6
        elif found.st_gid in self.groups:
            bit <<= 3
        return bool(found.st_mode & bit)


def doctor_hub(students: Sequence[str], teachers: Sequence[str], python: Path | None) -> int:
    """Print who can read and write what; 0 if all is as it must be, else 1.

    Args:
        students: Unix users to try; any user of no group where none is named.
        teachers: Unix users who share the course.
        python: of the kernels that students have.

    Raises:
        UsageError: there is no such user.
    """
    course = course_here()
    tried = [_user(name) for name in students] or [Somebody(_ANYBODY)]
    parts = {
        "what students can read": _closed_to(course, tried),
        "the exchange": _exchange(course, tried),
        "the teachers": _teachers(course, [_user(name) for name in teachers]),
        "students' Python": _python(python, tried[0]),
    }
    wrong = 0
    for title, findings in parts.items():
        print(f"\n{title}")
        for finding in findings:
            wrong += bool(finding.mend)
            print(f"  {'MEND' if finding.mend else 'ok  '}  {finding.what}")
            if finding.mend:
                print(f"        {finding.mend}")
    how = "tried as each of these users" if students and os.geteuid() == 0 else "told by modes; as root it is tried"
    print(f"\n{f'{wrong} to mend' if wrong else 'nothing to mend'} ({how})")
    return int(wrong > 0)


def _user(name: str) -> Somebody:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise UsageError(f"there is no user {name!r} on this machine") from None
    return Somebody(name, entry.pw_uid, frozenset(os.getgrouplist(name, entry.pw_gid)))


def _closed_to(course: Course, students: Sequence[Somebody]) -> Iterator[Finding]:
    names = [name for name in (*SECRET_FOLDERS, *SECRET_FILES) if name not in _SHOWN_TO_STUDENTS]
    for student in students:
        open_to = [name for name in names if _reads(student, course.root / name)]
        if open_to:
            told = f"{student.name} can read {', '.join(open_to)} of {course.root}"
            yield Finding(told, f"chmod o-rwx {shlex.quote(str(course.root))}")
        else:
            yield Finding(f"{student.name} can read nothing of {course.root} that holds answers, marks or the seed")
        bank = PACKAGE / "bank"
        if _reads(student, bank):
            home = shlex.quote(str(_environment_of(bank)))
            yield Finding(f"{student.name} can read the questions' answers in {bank}", f"chmod o-rwx {home}")
        else:
            yield Finding(f"{student.name} cannot read the questions' answers in {bank}")


def _environment_of(bank: Path) -> Path:
    """The folder to close: the whole environment, where the package is installed in one; else its own folder."""
    return next((folder for folder in bank.parents if (folder / "pyvenv.cfg").is_file()), bank.parent)


def _reads(somebody: Somebody, path: Path) -> bool:
    return somebody.may(path, "x") if path.is_dir() else somebody.may(path, "r")


def _exchange(course: Course, students: Sequence[Somebody]) -> Iterator[Finding]:
    settings, everybodys = nbgrader_settings(course), settings_for_everybody()
    said = settings.Exchange.get("root")
    root = _exchange_of(course).parent
    if said and everybodys.Exchange.get("root") != said:
        told = f"students' nbgrader does not know the exchange {root}: only this course's own configuration names it"
        yield Finding(told, f"put c.Exchange.root = {str(root)!r} into /etc/jupyter/nbgrader_config.py")
    if not root.is_dir():
        yield Finding(f"there is no exchange in {root}", f"mkdir -p {root} && chmod 777 {root}")
        return
    for student in students:
        if not student.may(root, "rwx"):
            yield Finding(f"nbgrader asks that everybody may write {root}; {student.name} may not", f"chmod 777 {root}")
        else:
            yield Finding(f"{student.name} may use the exchange {root}")
    inside = _exchange_of(course)
    shared = bool(settings.CourseDirectory.get("groupshared"))
    wanted = {"outbound": 0o2775 if shared else 0o755, "inbound": 0o2773 if shared else 0o733,
              "feedback": 0o2771 if shared else 0o711}  # fmt: skip
    for name, mode in wanted.items():
        if (inside / name).is_dir():
            yield from _folder_of_exchange(inside / name, mode)
        else:
            yield Finding(f"{inside / name} is made when it is first needed")


def _exchange_of(course: Course) -> Path:
    settings = nbgrader_settings(course)
    root = settings.Exchange.get("root") or "/usr/local/share/nbgrader/exchange"
    return Path(str(root)) / str(settings.CourseDirectory.get("course_id") or "default_course")


def _folder_of_exchange(folder: Path, mode: int) -> Iterator[Finding]:
    found = stat.S_IMODE(folder.stat().st_mode)
    others = {0o5: "read", 0o3: "hand in, and not look", 0o1: "fetch what they know the name of"}[mode & 0o7]
    if found & 0o7 != mode & 0o7:
        told = f"students should {others} in {folder}; its mode is {found:o}"
        yield Finding(told, f"chmod {mode:o} {folder}")
    else:
        yield Finding(f"students can {others} in {folder}")


def _teachers(course: Course, teachers: Sequence[Somebody]) -> Iterator[Finding]:
    if not teachers:
        yield Finding("not looked at: name who shares the course with --teacher USER USER")
        return
    root = shlex.quote(str(course.root))
    try:
        group = grp.getgrgid(course.root.stat().st_gid).gr_name
    except KeyError:
        group = "GROUP"
    shared = nbgrader_settings(course).CourseDirectory.get("groupshared")
    if len(teachers) > 1 and not shared:
        told = "several teachers, and what one of them grades the others cannot touch"
        yield Finding(told, "put c.CourseDirectory.groupshared = True into the course's nbgrader_config.py")
    if len(teachers) > 1 and not course.root.stat().st_mode & stat.S_ISGID:
        yield Finding(
            f"what is made in {course.root} is not the group's", f"find {root} -type d -exec chmod g+s {{}} +"
        )
    folders = ("", "autograded", "submitted", "feedback", ".autograder")
    wanted = {course.root / name: "rwx" for name in folders}
    wanted |= {course.root / ".autograder" / "gradebook.db": "rw", course.root / ".autograder" / "seed": "r"}
    inside = _exchange_of(course)
    for folder in (inside, *(inside / name for name in ("outbound", "inbound", "feedback"))):
        shut = [one.name for one in teachers if folder.is_dir() and not one.may(folder, "wx")]
        if shut:
            mend = f"chgrp {group} {folder} && chmod g+rwxs {folder}"
            yield Finding(f"{', '.join(shut)} may not release or collect in {folder}", mend)
    for teacher in teachers:
        closed = [path for path, rights in wanted.items() if path.exists() and not teacher.may(path, rights)]
        if closed:
            names = ", ".join(str(path.relative_to(course.root.parent)) for path in closed)
            yield Finding(f"{teacher.name} may not use {names}", f"chgrp -R {group} {root} && chmod -R g+rwX {root}")
        else:
            yield Finding(f"{teacher.name} may grade here")


def _python(python: Path | None, student: Somebody) -> Iterator[Finding]:
    if python is None:
        yield Finding("not looked at: name the Python of students' kernels with --python FILE")
        return
    python = python.absolute()
    try:
        done = student.run(str(python), "-c", _WHICH_PACKAGE)
    except OSError as problem:
        told = f"{python} cannot be run as {student.name}: {problem.strerror}"
        yield Finding(told, f"chmod -R o+rX {shlex.quote(str(python.parent.parent))}")
        return
    pip = f"{shlex.quote(str(python))} -m pip"
    match done.stdout.split():
        case ["True", "False"]:
            yield Finding(f"{python} has the students' wheel, without the questions' answers")
        case ["True", "True"]:
            told = f"{python} has the whole package: students can read the answers of every question"
            mend = f"{pip} uninstall firststeps-autograder && {pip} install firststeps_autograder_student-*.whl"
            yield Finding(told, mend)
        case ["False", _]:
            told = f"{python} has no autograder: check() will not be found"
            yield Finding(told, f"{pip} install firststeps_autograder_student-*.whl")
        case _:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            yield Finding(f"{python} cannot be run as {student.name}: {last}", f"chmod -R o+rX {python.parent.parent}")
