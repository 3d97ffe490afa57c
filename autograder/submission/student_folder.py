"""One student's folder: which notebook in it is the work, and what else lies there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.submission.files import files_beside
from autograder.submission.folders import is_clone, look_into, notebooks_under
from autograder.submission.glance import ARCHIVES, Glance, Kind, glance, same_content
from autograder.submission.names import names_assignment, read_name, stem_of
from autograder.submission.records import Found, Submission, Wanted, shown


@dataclass(frozen=True)
class Choice:
    """The notebook that counts, or why none does."""

    notebook: Path | None
    fault: str = ""
    note: str = ""


def read_student_folder(folder: Path, student: str, wanted: Wanted, found: Found) -> Submission | None:
    """The submission in a student's folder, with a fault where its notebook cannot be told.

    None where all that lies there is of other assignments.

    The places where the assignment belongs go first. A notebook of another name is the work if it is the only one
    that looks like the assignment's, and of several none is chosen by the alphabet.
    """
    name = wanted.assignment
    here = look_into(folder)
    if here.problem:
        return Submission(student, name, folder / f"{name}.ipynb", f"the folder cannot be read: {here.problem}")
    base = next((inner for inner in here.folders if inner.name == name), None)
    there = list(notebooks_under(folder, found))
    candidates = [path for path in there if not _of_another(path, folder, wanted, found)]
    if there and not candidates and base is None and not is_clone(folder):
        return None
    places = [folder / place / f"{name}.ipynb" for place in (name, ".", f"release/{name}")]
    exact = next((place for place in places if place in candidates or os.path.islink(place)), None)
    if exact is not None:
        choice = Choice(exact, leads_out(exact, folder), _tell_others(exact, candidates, wanted, found))
    else:
        choice = choose(candidates, wanted, found)
    if choice.notebook is None:
        expected = places[0] if base is not None else places[1]
        return Submission(student, name, expected, choice.fault or _nothing(folder, base))
    inside = choice.notebook.parent
    files, left = ((), "") if choice.fault else files_beside(inside, choice.notebook)
    notes = tuple(filter(None, (choice.note, left)))
    return Submission(student, name, choice.notebook, choice.fault, files, notes=notes)


def choose(candidates: Sequence[Path], wanted: Wanted, found: Found) -> Choice:
    """The one of ``candidates`` that is the work, where none has the assignment's place and name."""
    if not candidates:
        return Choice(None)
    glances = {path: glance(path, wanted) for path in candidates}
    strong = [path for path in candidates if is_strong(path, glances[path], wanted)]
    if not strong:
        if len(candidates) == 1 and glances[candidates[0]].kind is Kind.UNKNOWN:
            return Choice(candidates[0], leads_out(candidates[0], candidates[0].parent), _named(candidates[0], wanted))
        for path in candidates:
            found.pass_over(path, f"it holds no question of {wanted.assignment}")
        return Choice(None, f"no notebook of {wanted.assignment}; there is {_list(candidates)}")
    answered = [path for path in strong if glances[path].answers]
    if len(strong) > 1 and len(answered) == 1:
        strong = [answered[0], *(path for path in strong if path is not answered[0])]
        note = f"graded: {strong[0].name!r}, the only one with answers; also there: {_list(strong[1:])}"
    elif all(same_content(strong[0], other) for other in strong[1:]):
        note = _named(strong[0], wanted)
    else:
        for path in candidates:
            could = path in strong
            why = "one of several that could be the work" if could else f"it holds no question of {wanted.assignment}"
            found.pass_over(path, why, lost=could)
        none = f"none is named {wanted.assignment}.ipynb"
        return Choice(None, f"{len(strong)} notebooks could be the work, and {none}: {_list(strong)}")
    also = _tell_others(strong[0], candidates, wanted, found)
    note = note if note.startswith("graded:") else also or note
    return Choice(strong[0], leads_out(strong[0], strong[0].parent), note)


def is_strong(path: Path, seen: Glance, wanted: Wanted) -> bool:
    """Whether a notebook looks like the assignment's: by its name, or by its questions."""
    file = uploaded_name(path)
    return (seen.kind is Kind.WANTED and bool(wanted.questions)) or names_assignment(file, wanted.assignment)


def uploaded_name(path: Path) -> str:
    """The name that the student gave to a file, without what a learning management system put before it."""
    named = read_name(path.name)
    return named.file if named is not None and named.file else path.name


def leads_out(notebook: Path, folder: Path) -> str:
    """A link may stay in the student's folder; one to the solutions, or to a classmate's work, is not followed."""
    try:
        inside = notebook.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return "the notebook is a link that leads nowhere"
    return "" if inside else "the notebook is a link that leads out of the submission"


def _tell_others(chosen: Path, candidates: Sequence[Path], wanted: Wanted, found: Found) -> str:
    """Tell of the notebooks that are not graded; those of which a person must know, in words for the student."""
    also = []
    for path in candidates:
        if path == chosen:
            continue
        seen = glance(path, wanted)
        if same_content(path, chosen):
            found.pass_over(path, f"the same as {chosen.name}, which is graded", lost=False)
        elif seen.kind is Kind.OTHER:
            found.pass_over(path, f"it holds no question of {wanted.assignment}", lost=False)
        elif wanted.questions and seen.kind is Kind.WANTED and not seen.answers:
            found.pass_over(path, f"it holds no answer; {chosen.name} is graded", lost=False)
        else:
            found.pass_over(path, f"{chosen.name!r} is graded; is this the student's newer work?")
            also.append(path)
    return f"graded: {shown(chosen.name)!r}; also there: {_list(also)}" if also else ""


def _of_another(path: Path, folder: Path, wanted: Wanted, found: Found) -> bool:
    """Whether a notebook lies where another assignment's belongs: NAME/NAME.ipynb, or a folder of that name."""
    inside = path.relative_to(folder).parts[:-1]
    another = next((part for part in inside if part in wanted.others), "")
    if not another and inside and inside[-1] == stem_of(path.name) and inside[-1] != wanted.assignment:
        another = inside[-1] if glance(path, wanted).kind is not Kind.WANTED or not wanted.questions else ""
    if not another or wanted.assignment in inside:
        return False
    found.pass_over(path, f"it is of {another}", lost=False)
    return True


def _nothing(folder: Path, base: Path | None) -> str:
    """Why there is no work in a folder: what is there instead."""
    here = look_into(base or folder)
    there = [path for path in (*here.files, *here.folders) if path.name != "timestamp.txt"]
    if not there:
        return "there is no notebook in the folder" if not is_clone(folder) else "there is no notebook in the clone"
    archive = next((path for path in there if path.suffix.lower() in ARCHIVES), None)
    more = "; unpack the archive" if archive is not None else ""
    return f"there is no notebook; there is {_list(there)}{more}"


def _named(path: Path, wanted: Wanted) -> str:
    own = path.name == f"{wanted.assignment}.ipynb"
    return f"it lies in a folder {shown(path.parent.name)!r}" if own else f"its file is named {shown(path.name)!r}"


def _list(paths: Sequence[Path]) -> str:
    alike = len({path.name for path in paths}) < len(paths)  # then their folders tell them apart
    names = ", ".join(repr(shown("/".join(path.parts[-2:]) if alike else path.name)) for path in paths[:4])
    return names if len(paths) <= 4 else f"{names} and {len(paths) - 4} more"
