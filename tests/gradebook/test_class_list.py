"""A class list goes into the gradebook, whichever columns it has; nobody is taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course.layout import Course
from autograder.gradebook.class_list import class_list
from autograder.gradebook.roster_file import NoClassList, read_class
from autograder.submission.find import take_in
from autograder.submission.records import Wanted
from autograder.submission.roster import Person

ADA = Person("ada", "Ada", "Lovelace", "ada@example.org", "4711", "one")
FILES = {
    "nbgrader": "id,first_name,last_name,email,lms_user_id,section\nada,Ada,Lovelace,ada@example.org,4711,one\n",
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Email\n    Points Possible,,,,,\n"
        '"Lovelace, Ada",4711,s-9,ada,one,ada@example.org\n'
    ),
    "moodle": (
        "First name;Surname;Username;Email address;Groups;Identifier\n"
        "Ada;Lovelace;ada;ada@example.org;one;Participant 4711\n"
    ),
    "a byte order mark": "\ufeffUsername,Full name,Email,Section,LMS ID\nada,Ada Lovelace,ada@example.org,one,4711\n",
}


@pytest.mark.parametrize("form", FILES)
def test_each_form_says_the_same(form: str, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(FILES[form], "utf-8")
    assert read_class(tmp_path / "class.csv") == [ADA]


@pytest.mark.parametrize(
    ("text", "why"),
    [("name,points\nx,1\n", "no column with ids"), ("id\nada\nada\n", "line 3: 'ada' is there twice"),
     ("id,email\n,x@y\n", "line 2: there is no name"), ("", "no column")],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(text)
    with pytest.raises(NoClassList, match=why):
        read_class(tmp_path / "class.csv")


def test_the_command_enters_a_class_and_takes_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "one.csv").write_text(FILES["canvas"])
    (tmp_path / "two.csv").write_text("id,first_name,team\nbob,Bob,reds\n")
    assert main(["class", "import", "one.csv"]) == 0
    assert main(["class", "import", "two.csv"]) == 0
    assert "left as they are: ada" in capsys.readouterr().out
    ada, bob = class_list(Course(tmp_path)).people
    assert ada == ADA
    assert (bob.id, bob.first_name, bob.team) == ("bob", "Bob", "reds")


def test_students_who_were_only_graded_are_no_list_that_a_newcomer_could_be_missing_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    course = Course(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("")
    with Gradebook(url) as gradebook:
        gradebook.add_assignment("A")
        gradebook.add_student("ada")
        assert class_list(course).entered, "entered by hand, for she handed nothing in yet"
        with gradebook.db.no_autoflush:
            gradebook.add_submission("A", "ada")
        graded = class_list(course)
        assert graded.people == (Person("ada"),)
        assert not graded.entered
    (tmp_path / "bob.ipynb").write_text("{}")
    (found,) = take_in(Wanted("A"), [tmp_path / "bob.ipynb"], roster=graded).submissions
    assert found.notes == ()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class.csv").write_text("id,first_name\nada,Ada\n")
    assert main(["class", "import", "class.csv"]) == 0
    (found,) = take_in(Wanted("A"), [tmp_path / "bob.ipynb"], roster=class_list(course)).submissions
    assert found.notes == ("not in the class list",)
