"""The late policy of one line: days begun, a limit, minutes of grace, and extensions of single students."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from autograder.cli import main
from autograder.course.layout import Course
from autograder.gradebook.extensions import extend, extension_seconds, extensions_file
from autograder.gradebook.record import late_penalty

NAME = "03-parameter-counting"
POLICY = "autograder.nbgrader.late.PerDay"
DAY = 86_400.0


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    (tmp_path / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return Course(tmp_path)


def penalty(course: Course, student: str, late: float, **settings: float) -> float | None:
    """What ten points lose."""
    config = Config({"AssignLatePenalties": {"plugin_class": POLICY}, "PerDay": settings})
    return late_penalty(course, config, NAME)(student, 10.0, late)


@pytest.mark.parametrize(
    ("late", "settings", "wanted"),
    [
        (1, {}, 1.0), (DAY, {}, 1.0), (DAY + 1, {}, 2.0), (30 * DAY, {}, 10.0), (3 * DAY, {"share": 0.25}, 7.5),
        (9 * DAY, {"most": 0.5}, 5.0), (600, {"grace": 10}, None), (601, {"grace": 10}, 1.0),
    ],
)  # fmt: skip
def test_each_day_begun_costs_a_share(late: float, settings: dict[str, float], wanted: float, course: Course) -> None:
    assert penalty(course, "ada", late, **settings) == pytest.approx(wanted)


def test_an_extension_is_the_students_and_the_assignments(course: Course) -> None:
    extend(course, "ada", NAME, 2 * DAY)
    assert penalty(course, "ada", 2 * DAY) is None
    assert penalty(course, "ada", 2 * DAY + 1) == pytest.approx(1.0)
    assert penalty(course, "bob", 2 * DAY) == pytest.approx(2.0)
    assert extension_seconds(course, "ada", "another") == 0
    extend(course, "ada", NAME, 0)
    assert penalty(course, "ada", 2 * DAY) == pytest.approx(2.0)


def test_the_command_says_who_is_not_in_the_class(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = SimpleNamespace(people=[SimpleNamespace(id="ada")])
    monkeypatch.setattr("autograder.commands.class_list.class_list", lambda course: people)
    assert main(["class", "extend", "ada", NAME, "--days", "1.5"]) == 0
    assert extension_seconds(course, "ada", NAME) == 1.5 * DAY
    assert main(["class", "extend", "adda", NAME, "--days", "1"]) == 2
    assert main(["class", "extend", "ada", "99-none", "--days", "1"]) == 2
    assert main(["class", "extend", "ada", NAME, "--days", "-1"]) == 2
    assert extension_seconds(course, "ada", NAME) == 1.5 * DAY
    extensions_file(course).write_text("[1]")
    assert main(["class", "extend", "ada", NAME, "--days", "1"]) == 2
    assert "extensions.json" in capsys.readouterr().err
