"""The JSON report against its schema, and every other report made from it without grading."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from autograder.cli.options import FORMATS as OFFERED
from autograder.course.layout import Course
from autograder.exporters.formats import FORMATS, renderer
from autograder.exporters.json_report import as_json
from autograder.exporters.recorded import NoGrades, grades_file, keep, read_grades

from .results import ASSIGNMENT, failed, right, ungraded, wrong

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "grade.schema.json"


def test_the_report_is_what_the_schema_in_the_docs_says() -> None:
    """And the schema refuses what the report never says."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    report = json.loads(as_json(ASSIGNMENT, [right(), wrong(), failed(), ungraded()], "cuda"))
    assert list(validator.iter_errors(report)) == []
    assert "graded on cuda" in report["notes"][0]
    report["submissions"][2]["questions"][0]["score"] = 0.0  # a failure of the grader as a zero
    assert list(validator.iter_errors(report))


def test_every_format_that_is_offered_is_there() -> None:
    """The command line names them without importing them."""
    assert (*FORMATS, "html", "xlsx") == OFFERED, "the pages of a class are made in another folder"


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("table", "junit", "classroom50")])
def test_a_report_from_recorded_grades_is_the_same(name: str, tmp_path: Path) -> None:
    """Nothing that a format tells is lost in between."""
    results = [right(), wrong(message="Which way? `sgd_step(…)` ⚑"), failed(), ungraded(message="")]
    keep(Course(tmp_path), ASSIGNMENT, results, "cpu")
    read, device = read_grades(grades_file(Course(tmp_path), ASSIGNMENT), ASSIGNMENT)
    assert renderer(name)(ASSIGNMENT, read, device) == renderer(name)(ASSIGNMENT, results, "cpu")


def test_later_grades_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    """Of the same student; those of others stay."""
    course = Course(tmp_path)
    keep(course, ASSIGNMENT, [right("ada"), ungraded("bob")], "cpu")
    keep(course, ASSIGNMENT, [wrong("bob")], "cpu")
    read, _device = read_grades(grades_file(course, ASSIGNMENT), ASSIGNMENT)
    assert [result.student for result in read] == ["ada", "bob"]
    assert not any(result.student == "bob" and not hasattr(result, "score") for result in read)


def test_what_is_no_report_is_refused_in_words(tmp_path: Path) -> None:
    """Missing, not JSON, or of another assignment."""
    path = tmp_path / "grades.json"
    with pytest.raises(NoGrades, match="autograder grade"):
        read_grades(path, ASSIGNMENT)
    path.write_text("[]")
    with pytest.raises(NoGrades, match="no report"):
        read_grades(path, ASSIGNMENT)
    path.write_text(as_json("03-parameter-counting", [], "cpu"))
    with pytest.raises(NoGrades, match="no grades of"):
        read_grades(path, ASSIGNMENT)
