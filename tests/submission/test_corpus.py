"""Whatever way notebooks are handed in, every student is found, once, and nothing is passed over without a line."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.submission.find import NothingToGrade, take_in
from autograder.submission.glance import has_a_notebooks_name
from autograder.submission.records import Intake, Wanted
from autograder.submission.roster import Roster

from .corpus import CORPUS, A, Case

WANTED = Wanted(A, frozenset({"linear", "count_mlp"}), frozenset({"hw0", "hw2"}))
_GRADESCOPE = """---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: s1
    :email: {mail}
  :created_at: 2026-10-30 10:00:00 Z
  :history:
  - :created_at: 2026-10-29 10:00:00 Z
submission_2:
  :submitters:
  - :name: Bob Ross
    :sid: 's2'
    :email: b@example.org
  - :name: Cy
    :sid: s3
    :email: c@example.org
  :created_at: 2026-10-30 11:00:00 Z
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    score: 1
"""


def notebook(text: str, answer: str = "return 1") -> str:
    source = f"def linear(x):\n    {answer}  # {text}"
    cell = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "linear", "solution": True}}, "source": source}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def content(path: str, kind: str) -> str:
    kinds = {
        "right": notebook(path),
        "same": notebook("one and the same"),
        "blank": notebook(path, "raise NotImplementedError()"),
        "other": json.dumps({"cells": [{"cell_type": "code", "source": f"print('{path}')"}], "nbformat": 4}),
        "broken": '{"cells": [',
        "gradescope": _GRADESCOPE.format(mail="a@example.org"),
        "gradescope_mails": _GRADESCOPE.replace(":sid: s1", ":sid: ''").format(mail="ada@example.org"),
    }
    return kinds.get(kind, kind)


def lay(root: Path, tree: str) -> list[Path]:
    """Write a tree; the paths that are to be read."""
    chosen = []
    for line in tree.splitlines():
        file, _, kind = line.partition("=")
        path = root / file.removeprefix("@")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content(file, kind or ("right" if has_a_notebooks_name(file) else "text")), "utf-8")
        if file.startswith("@"):
            chosen.append(root / Path(file.removeprefix("@")).parts[0])
    return chosen or [root]


def rows(intake: Intake, root: Path) -> tuple[dict[str, str], set[str], set[str]]:
    """Students with their place or reason, what somebody must look at, and who is missing."""
    students = {one.student: one.fault or one.notebook.relative_to(root).as_posix() for one in intake.submissions}
    assert len(students) == len(intake.submissions)
    return students, {item.path.relative_to(root).as_posix() for item in intake.lost}, set(intake.missing)


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_each_tree_gives_its_table(case: Case, tmp_path: Path) -> None:
    intake = take_in(WANTED, lay(tmp_path, case.tree), roster=Roster(case.roster))
    students, lost, missing = rows(intake, tmp_path)
    lines = case.table.splitlines()
    for line in (line for line in lines if line[:2] not in ("? ", "- ")):
        place = line.partition(": ")
        student, words = (place[0], place[2]) if " ! " not in line else tuple(line.split(" ! "))
        assert student in students, students
        told = students.pop(student)
        assert (words in told) if " ! " in line else (words == told)
    assert not students
    assert lost == {line[2:] for line in lines if line.startswith("? ")}
    assert missing == {line[2:] for line in lines if line.startswith("- ")}


def test_the_corpus_is_large() -> None:
    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 60


def told_of(intake: Intake) -> set[Path]:
    """Every file that an intake says something of."""
    named = {one.notebook for one in intake.submissions} | {item.path for item in intake.passed_over}
    return {path.resolve() for path in named}


FILES = st.sampled_from(["hw1.ipynb", "hw1 (1).ipynb", "Copy of hw1.ipynb", "x.ipynb", "ada.ipynb", "hw1.ipynb.txt",
                         "HW1.IPYNB", "hw0.ipynb", "._hw1.ipynb", "a_4711_12_hw1.ipynb", "notes.txt"])  # fmt: skip
FOLDERS = st.sampled_from(["", "ada", "bob", "ada/hw1", "bob/hw1", "one/ada", "one/bob/hw1", "ada/hw0", "hw1", "hw0",
                           "ada/.ipynb_checkpoints", "__MACOSX/ada", "Ada L_101_assignsubmission_file", "ada/a/b/c",
                           "ada+hw1+2026-10-30 10:00:00 UTC+x", "hw1-cy", "submission_1", "Ada", "ada "])  # fmt: skip
KINDS = st.sampled_from(["right", "right", "blank", "other", "broken", "same"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(FOLDERS, FILES, KINDS), min_size=1, max_size=8))
def test_no_notebook_is_passed_over_without_a_line(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, str, str]]
) -> None:
    """And no student is there twice: two works of one are a line."""
    root = tmp_path_factory.mktemp("tree")
    lay(root, "\n".join(f"{folder}/{file}={kind}" if folder else f"{file}={kind}" for folder, file, kind in files))
    try:
        intake = take_in(WANTED, [root])
    except NothingToGrade:
        intake = Intake(A, ())
        there = [path for path in root.rglob("*") if path.is_file() and has_a_notebooks_name(path.name)]
        hidden = [p for p in there if any(part.startswith((".", "__")) for part in p.relative_to(root).parts)]
        others = [p for p in there if "hw0" in p.relative_to(root).parts[:-1] or p.parent.name == p.stem]
        assert set(there) <= {*hidden, *others}
        return
    there = {path.resolve() for path in root.rglob("*") if path.is_file() and has_a_notebooks_name(path.name)}
    faults = " ".join(one.fault for one in intake.submissions)
    lost = {path for path in there - told_of(intake) if path.name not in faults}
    assert not lost
    assert len({one.student for one in intake.submissions}) == len(intake.submissions)


def test_two_hundred_students_are_read_in_under_a_second(tmp_path: Path) -> None:
    for number in range(197):
        lay(tmp_path, f"student{number:03}/hw1/hw1.ipynb\nstudent{number:03}/hw1/data.csv")
    lay(tmp_path, "messy1/my homework.ipynb\nmessy2/a/b/hw1 (1).ipynb\nmessy3/hw1/x.ipynb\nmessy3/hw1/y.ipynb=blank")
    started = time.process_time()  # not the clock: what else this machine does says nothing of the reading
    intake = take_in(WANTED, [tmp_path])
    assert time.process_time() - started < 1.0
    assert len(intake.submissions) == 200
    assert not [one for one in intake.submissions if one.fault]


def test_what_lies_beside_the_notebook_travels_with_it(tmp_path: Path) -> None:
    inside = ("hw1.ipynb", "helper.py", "data/x.csv", "timestamp.txt=2026-10-30 12:00:00 CET", "submission_secret.txt")
    lay(tmp_path, "\n".join(f"ada/hw1/{file}" for file in (*inside, ".env", "scratch.ipynb=other")))
    lay(tmp_path, "bob/hw1/hw1.ipynb\nbob/secret.py")
    os.symlink(tmp_path / "bob" / "secret.py", tmp_path / "ada" / "hw1" / "link.py")
    ada, bob = take_in(WANTED, [tmp_path]).submissions
    assert [str(beside.name) for beside in ada.files] == ["data/x.csv", "helper.py"]
    assert ada.moment is not None
    assert ada.moment.isoformat() == "2026-10-30T12:00:00+01:00"
    assert bob.files == ()


def test_of_many_notebooks_side_by_side_nothing_travels(tmp_path: Path) -> None:
    lay(tmp_path, "ada.ipynb\nbob.ipynb\nhelper.py")
    assert [one.files for one in take_in(WANTED, [tmp_path]).submissions] == [(), ()]


def test_a_student_who_is_named_on_the_command_line(tmp_path: Path) -> None:
    lay(tmp_path, "x/hw1/hw1.ipynb\ny/hw1/hw1.ipynb")
    (one,) = take_in(WANTED, [tmp_path / "x"], student="ada").submissions
    assert one.student == "ada"
    (one,) = take_in(WANTED, [tmp_path], student="ada").submissions
    assert "2 notebooks could be the work" in one.fault
    with pytest.raises(NothingToGrade, match="--student names one"):
        take_in(WANTED, [tmp_path / "x", tmp_path / "y"], student="ada")
