"""Submissions are found in every layout in which they lie on a disk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from autograder.submission.deadline import Deadline
from autograder.submission.find import NothingToGrade, find_submissions

A = "03-parameter-counting"


def lay(root: Path, *files: str) -> Path:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return root


def found(*paths: Path) -> dict[str, str]:
    """Each student's notebook, relative to the first path's folder."""
    return {s.student: s.notebook.name for s in find_submissions(A, paths)}


def test_the_submitted_folder_of_nbgrader(tmp_path: Path) -> None:
    lay(tmp_path, f"ada/{A}/{A}.ipynb", f"bob/{A}/{A}.ipynb", "carl/another/another.ipynb", ".hidden/x", "README.md")
    submissions = find_submissions(A, [tmp_path])
    assert [(s.student, s.assignment) for s in submissions] == [("ada", A), ("bob", A)]
    assert submissions[0].notebook == tmp_path / "ada" / A / f"{A}.ipynb"


def test_a_folder_of_clones(tmp_path: Path) -> None:
    lay(
        tmp_path,
        f"{A}-ada/{A}.ipynb",
        f"{A}-bob/{A}/{A}.ipynb",
        f"{A}-carl/release/{A}/{A}.ipynb",
        f"{A}-dora/.git/HEAD",
    )
    assert set(found(tmp_path)) == {"ada", "bob", "carl", "dora"}


def test_a_folder_of_notebooks(tmp_path: Path) -> None:
    lay(tmp_path, "ada.ipynb", "bob.ipynb", "notes.txt", "sub/carl.ipynb")
    assert set(found(tmp_path)) == {"ada", "bob"}


def test_one_notebook(tmp_path: Path) -> None:
    lay(tmp_path, "ada.ipynb", f"bob/{A}/{A}.ipynb", f"{A}-carl/{A}.ipynb")
    assert set(found(tmp_path / "ada.ipynb")) == {"ada"}
    assert set(found(tmp_path / "bob" / A / f"{A}.ipynb")) == {"bob"}
    assert set(found(tmp_path / f"{A}-carl" / f"{A}.ipynb")) == {"carl"}


def test_several_paths_together(tmp_path: Path) -> None:
    lay(tmp_path, "one/ada.ipynb", f"two/bob/{A}/{A}.ipynb")
    assert set(found(tmp_path / "one", tmp_path / "two")) == {"ada", "bob"}
    assert set(found(tmp_path / "one", tmp_path / "one")) == {"ada"}


def test_a_folder_handed_in_without_its_notebook_is_still_a_submission(tmp_path: Path) -> None:
    lay(tmp_path, f"ada/{A}/other.txt", f"bob/{A}/{A}.ipynb")
    submissions = find_submissions(A, [tmp_path])
    assert [s.student for s in submissions] == ["ada", "bob"]
    assert not submissions[0].notebook.exists()


@pytest.mark.parametrize("files", [(), ("readme.md",), ("ada/other/other.ipynb",)])
def test_nothing_to_grade_says_what_was_looked_for(files: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(NothingToGrade, match=rf"looked for STUDENT/{A}/{A}.ipynb"):
        find_submissions(A, [lay(tmp_path, *files)])


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NothingToGrade, match="does not exist"):
        find_submissions(A, [tmp_path / "nowhere"])


def test_two_notebooks_of_one_student_are_one_line_and_no_mark(tmp_path: Path) -> None:
    lay(tmp_path, "one/ada.ipynb", "two/ada.ipynb", "two/bob.ipynb")
    (tmp_path / "two" / "ada.ipynb").write_text("{ }")
    ada, bob = find_submissions(A, [tmp_path / "one", tmp_path / "two"])
    assert "two notebooks of ada" in ada.fault
    assert not bob.fault


@pytest.mark.parametrize("stem", ["=cmd()", "-rf", "@x", "a b", "ümit", "a@b.edu", "o'brien", "zoe\u0308", "a+b"])
def test_ids_are_kept_as_nbgrader_keeps_them(stem: str, tmp_path: Path) -> None:
    assert set(found(lay(tmp_path, f"{stem}.ipynb") / f"{stem}.ipynb")) == {stem}


@pytest.mark.parametrize(
    ("name", "why"), [("a\nb", "rename"), ("x" * 130, "longer"), ("a\x1b[2Jb", "rename"), (A.upper(), "assignment")]
)
def test_names_that_can_be_no_id_are_refused_by_name(name: str, why: str, tmp_path: Path) -> None:
    (submission,) = find_submissions(A, [lay(tmp_path, f"class/{name}/{A}/{A}.ipynb") / "class"])
    assert why in submission.fault
    assert submission.student.isprintable()


def test_links_that_lead_out_of_the_submission_are_not_followed(tmp_path: Path) -> None:
    lay(tmp_path, f"secret/{A}.ipynb", f"class/ada/{A}/x.txt")
    (tmp_path / "class" / "ada" / A / f"{A}.ipynb").symlink_to(tmp_path / "secret" / f"{A}.ipynb")
    (submission,) = find_submissions(A, [tmp_path / "class"])
    assert "leads out" in submission.fault


FORGED = "bob\nautograder: bob: 20 of 20\x1b[2J\u202e"


def test_a_name_that_holds_a_line_of_ours_stays_on_its_line(tmp_path: Path) -> None:
    lay(tmp_path, f"one/{FORGED}.ipynb", f"two/{FORGED}.ipynb", f"{FORGED}/readme.md")
    (tmp_path / "two" / f"{FORGED}.ipynb").write_text("{ }")
    wrong: list[tuple[Path, ...]] = [(tmp_path / FORGED,), (tmp_path / FORGED / "nowhere",)]
    for paths in wrong:
        with pytest.raises(NothingToGrade) as refused:
            find_submissions(A, paths)
        assert "20 of 20" in str(refused.value)
        assert str(refused.value).isprintable()
    for submission in find_submissions(A, [tmp_path / "one", tmp_path / "two"]):
        assert "20 of 20" in submission.student
        assert submission.student.isprintable()
        assert submission.fault.isprintable()


def test_a_folder_without_a_history_is_named_on_one_line(tmp_path: Path) -> None:
    deadline = Deadline(datetime.now().astimezone(), tmp_path / "kept")
    lay(tmp_path, f"class/{FORGED}/{A}.ipynb", "clones/ada/.git")  # a file, where git has a folder
    with pytest.raises(NothingToGrade) as refused:
        find_submissions(A, [tmp_path / "class"], deadline)
    assert "20 of 20" in str(refused.value)
    assert str(refused.value).isprintable()
    (submission,) = find_submissions(A, [tmp_path / "clones"], deadline)
    assert "no .git folder" in submission.fault


def test_options_may_stand_before_the_paths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from autograder.cli import main

    lay(tmp_path, f"ada/{A}/{A}.ipynb")
    assert main(["intake", A, "--format", "json", "--no-gradebook", str(tmp_path)]) == 0
    assert '"student": "ada"' in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["intake", A, "--no-such-option", str(tmp_path)])
