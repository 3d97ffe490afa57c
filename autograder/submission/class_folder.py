"""A class's folder, however it was handed out: students' folders, clones, sections, or a heap of notebooks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.submission.folders import Folder, holds_notebooks, is_clone, look_into, notebooks_under, tell_noise
from autograder.submission.glance import ARCHIVES, Kind, glance
from autograder.submission.gradescope import METADATA, Submitter, read_metadata
from autograder.submission.names import Named, names_assignment, person_in, read_name, stem_of, without_copy_marks
from autograder.submission.records import Found, Submission, Wanted, shown
from autograder.submission.roster import Roster
from autograder.submission.student_folder import choose, is_strong, leads_out, uploaded_name

# What people call folders in their own folder, so that these are taken for no section's students.
_NO_PERSON = frozenset(
    {"draft", "final", "old", "new", "backup", "work", "homework", "hw", "solution", "submission", "src", "code"}
    | {"notebook", "notebooks", "files", "data", "version", "copy", "release", "source", "answers", "assignment", "lab"}
)


@dataclass(frozen=True)
class Work:
    """A submission, with what its place says of whose it is."""

    submission: Submission
    named: Named
    email: str = ""


# Reads one student's folder; a deadline makes it read the past.
Reader = Callable[[Path, str], Submission | None]


@dataclass(frozen=True)
class ClassReader:
    """Reads folders of classes.

    Args:
        read: reads one student's folder.
        roster: tells, in a heap of notebooks beside students' folders, which belong to somebody.
        one_student: whether whatever is read is one student's, by somebody's word.
    """

    wanted: Wanted
    found: Found
    roster: Roster
    read: Reader
    one_student: bool = False

    def works(self, folder: Path) -> Iterator[Work]:
        """Everything that is somebody's work under ``folder``."""
        here = look_into(folder)
        if here.problem:
            self.found.pass_over(folder, f"the folder cannot be read: {here.problem}")
            return
        for noise in here.noise:
            tell_noise(noise, self.found)
        metadata = next((file for file in here.files if file.name == METADATA), None)
        if metadata is not None:
            yield from self._of_gradescope(here, read_metadata(metadata))
            return
        inner = [path for path in here.folders if not self._of_another(path)]
        classes = {path for path in inner if self._is_class(path)}
        students = [path for path in inner if path not in classes and self._is_students(path)]
        plain = any(self._is_plain(path) for path in students)
        heap = list(self._heap(here, beside_folders=plain))
        yield from heap
        yield from self._uploads_without_notebook(here, {work.submission.student for work in heap})
        sections = classes | self._sections([path for path in inner if path not in classes])
        for path in inner:
            if path in sections:
                yield from self.works(path)
            else:
                yield from self._in_folder(path, alone=bool(heap) and not plain)
        self._tell_archives(here)

    def _in_folder(self, path: Path, *, alone: bool) -> Iterator[Work]:
        if alone:  # a folder beside a heap of notebooks, in which no student's work is plain
            for notebook in list(notebooks_under(path, self.found)):
                self.found.pass_over(notebook, "it lies in a folder beside the students' notebooks")
            return
        named = read_name(path.name) or Named(person_in(path.name, self.wanted.assignment))
        if not self._is_students(path) and not holds_notebooks(path):
            here = look_into(path)
            list(notebooks_under(path, Found() if here.problem else self.found))  # tells of what is hidden
            if here.problem:
                fault = f"the folder cannot be read: {here.problem}"
                missing = path / f"{self.wanted.assignment}.ipynb"
                yield Work(Submission(named.student, self.wanted.assignment, missing, fault), named)
            elif here.files or here.folders:
                self.found.pass_over(path, "there is no notebook in this folder", lost=bool(here.files))
            else:
                self.found.pass_over(path, "the folder is empty", lost=False)
            return
        submission = self.read(path, named.student)
        if submission is not None:
            yield Work(replace(submission, moment=submission.moment or named.moment), named)

    def _heap(self, here: Folder, *, beside_folders: bool) -> Iterator[Work]:
        """Notebooks side by side, a student each; several of one student by the system's names are one work."""
        groups: dict[tuple[str, str, str], list[tuple[Named, Path]]] = {}
        for path in here.notebooks:
            named = read_name(path.name)
            if named is None:
                stem = without_copy_marks(person_in(stem_of(path.name), self.wanted.assignment))
                named = Named(stem, file=path.name)
                why = self._stray(path, stem, beside_folders)
                if why:
                    self.found.pass_over(path, why)
                    continue
                groups[path.name, "", ""] = [(named, path)]
            else:
                groups.setdefault((named.student, named.lms, named.source), []).append((named, path))
        for uploads in groups.values():
            yield self._newest(uploads)

    def _uploads_without_notebook(self, here: Folder, there: set[str]) -> Iterator[Work]:
        """Students who handed something in, by a learning management system's names, and no notebook."""
        for path in here.files:
            named = read_name(path.name)
            if named is None or named.student in there:
                continue
            there.add(named.student)
            more = "; unpack the archive" if path.suffix.lower() in ARCHIVES else ""
            fault = f"there is no notebook; there is {shown(uploaded_name(path))!r}{more}"
            missing = path.with_name(f"{self.wanted.assignment}.ipynb")
            submission = Submission(named.student, self.wanted.assignment, missing, fault, moment=named.moment)
            yield Work(submission, replace(named, file=""))

    def _stray(self, path: Path, stem: str, beside_folders: bool) -> str:
        """Why a notebook is nobody's; empty if it is the work of the student whose name it has."""
        if names_assignment(path.name, self.wanted.assignment):
            return "it has the assignment's name, and no student's: whose is it?"
        if beside_folders and not self.roster.find(stem):
            return "it lies beside the students' folders: whose is it?"
        if glance(path, self.wanted).kind is Kind.OTHER:
            return f"it holds no question of {self.wanted.assignment}"
        return ""

    def _newest(self, uploads: Sequence[tuple[Named, Path]]) -> Work:
        """One student's uploads: of one file's attempts the newest, of several files the one that is the work."""
        uploads = sorted(uploads, key=_age, reverse=True)
        named, newest = uploads[0]
        name = self.wanted.assignment
        rest = [path for other, path in uploads if _age((other, path)) == _age(uploads[0])]
        dated = [path for _, path in uploads if path not in rest]
        notes = []
        for older in dated:
            self.found.pass_over(older, f"an older attempt; {newest.name} is newer", lost=False)
            notes.append(f"an older attempt is kept: {older.name!r}")
        if len(rest) == 1:
            plain = not named.source or names_assignment(uploaded_name(newest), name)
            notes += [] if plain else [f"its file is named {uploaded_name(newest)!r}"]
            fault = leads_out(newest, newest.parent)
            if named.source and glance(newest, self.wanted).kind is Kind.OTHER:
                self.found.pass_over(newest, f"it holds no question of {name}")
                fault = fault or f"the only notebook holds no question of {name}"
        else:
            choice = choose(rest, self.wanted, self.found)
            newest, fault = choice.notebook or newest, choice.fault
            notes += [choice.note] if choice.note else []
        notes += ["handed in late, by the name of its file"] if named.late else []
        submission = Submission(named.student, name, newest, fault, moment=named.moment, notes=tuple(notes))
        return Work(submission, replace(named, file=""))

    def _of_gradescope(self, here: Folder, submitters: dict[str, list[Submitter]]) -> Iterator[Work]:
        for path in here.folders:
            people = submitters.get(path.name)
            if people is None:
                yield from self._in_folder(path, alone=False)
                continue
            if not people:
                self.found.pass_over(path, f"{METADATA} names nobody for it")
                continue
            read = self.read(path, people[0].id)
            team = ("handed in by a team: " + ", ".join(one.id for one in people),) if len(people) > 1 else ()
            for person in people if read is not None else ():
                assert read is not None
                submission = replace(read, student=person.id, moment=person.moment, notes=(*read.notes, *team))
                yield Work(submission, Named(person.id, person.sid, source="Gradescope"), person.email)
        for path in here.notebooks:
            self.found.pass_over(path, "it lies beside the submissions")

    def _is_class(self, path: Path) -> bool:
        """Whether a folder is plainly no student's: a system's export lies in it, or notebooks of the class list."""
        if is_clone(path) or read_name(path.name) is not None or os.path.isdir(path / self.wanted.assignment):
            return False
        here = look_into(path)
        if any(file.name == METADATA for file in here.files):
            return True
        if any(read_name(one.name) is not None for one in (*here.folders, *here.notebooks)):
            return True
        name = self.wanted.assignment
        stems = [without_copy_marks(person_in(stem_of(file.name), name)) for file in here.notebooks]
        return bool(stems) and not self.roster.find(person_in(path.name, name)) and all(map(self.roster.find, stems))

    def _is_students(self, path: Path) -> bool:
        """Whether a folder is plainly one student's: a clone, by a system's name, or with the assignment in it."""
        if is_clone(path) or read_name(path.name) is not None or os.path.isdir(path / self.wanted.assignment):
            return True
        return bool(look_into(path).notebooks)

    def _is_plain(self, path: Path) -> bool:
        """Whether a student's folder holds this assignment beyond doubt."""
        if is_clone(path) or read_name(path.name) is not None or os.path.isdir(path / self.wanted.assignment):
            return True
        return any(is_strong(file, glance(file, self.wanted), self.wanted) for file in look_into(path).notebooks)

    def _sections(self, folders: Sequence[Path]) -> set[Path]:
        """The folders that hold students' folders themselves; where it can be either, they are students'."""
        nested = {path: self._students_in(path) for path in folders if not self._is_students(path)}
        ids = {path for path in folders if self.roster.find(person_in(path.name, self.wanted.assignment))}
        sections = {path for path in folders if path.name == self.wanted.assignment and path in nested}
        for path, inner in nested.items():
            if path in ids or not inner or any(one.name.casefold() in _NO_PERSON for one in inner):
                continue
            listed = any(self.roster.find(person_in(one.name, self.wanted.assignment)) for one in inner)
            plain = [one for one in inner if os.path.isdir(one / self.wanted.assignment) or is_clone(one)]
            others_are_sections = len(nested) == len(folders)
            if listed or len(plain) > 1 or (others_are_sections and len(inner) > 1):
                sections.add(path)
        if sections and len(nested) == len(folders):  # a section with one student in it, beside larger ones
            sections |= {path for path, inner in nested.items() if inner and path not in ids}
        deeper = {path for path, inner in nested.items() if not inner and holds_notebooks(path) and path not in ids}
        return sections | {path for path in deeper if any(self._sections(look_into(path).folders))}

    def _students_in(self, path: Path) -> list[Path]:
        return [one for one in look_into(path).folders if one.name not in self.wanted.others and self._is_students(one)]

    def _of_another(self, path: Path) -> bool:
        if path.name not in self.wanted.others:
            return False
        for notebook in list(notebooks_under(path, self.found)):
            self.found.pass_over(notebook, f"it is of {path.name}", lost=False)
        return True

    def _tell_archives(self, here: Folder) -> None:
        for path in here.files:
            if path.suffix.lower() in ARCHIVES and read_name(path.name) is None:  # else its student has a line
                self.found.pass_over(path, "an archive: unpack it, if there is work in it")


def _age(upload: tuple[Named, Path]) -> tuple[float, int]:
    moment = upload[0].moment
    return (0.0 if moment is None else moment.timestamp(), upload[0].attempt)
