"""The class on one page and as a spreadsheet: the numbers by hand, and nobody's name where none is wanted."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from autograder.pages.class_page import class_page
from autograder.pages.statistics import (
    FEWEST_FOR_CORRELATION,
    anonymous,
    by_mistake,
    by_question,
    by_section,
    distribution,
)  # fmt: skip
from autograder.pages.workbook import class_workbook
from autograder.results import Grade, Mistake, Outcome, QuestionGrade, Standing, Ungraded

NAME = "=cmd|' /C calc'!A0<script>"


def graded(student: str, first: float, second: float, mistake: Mistake | None = None, section: str = "Mon") -> Grade:
    """A grade on two questions of 4 and 6 points."""
    outcomes = [Outcome.CORRECT if score == most else Outcome.WRONG for score, most in ((first, 4), (second, 6))]
    questions = (
        QuestionGrade("one", "Question one", first, 4.0, outcomes[0], mistake, "words"),
        QuestionGrade("two", "Question two", second, 6.0, outcomes[1], None, "words"),
    )
    standing = Standing(
        first_name="Secret", last_name="Name", email="s@x", section=section, comments=(("one", "Hi Ada"),)
    )
    return Grade(student, "A", f"{student}.ipynb", questions, "cpu", "full", 0, 0.5, standing=standing)


CLASS: list[Grade | Ungraded] = [
    graded("ada", 4, 6), graded("bob", 0, 6, Mistake("ascent")), graded("cyd", 0, 0, Mistake("ascent"), "Tue"),
    replace(graded(NAME, 4, 0), flags=("opened a file",)),
    Ungraded("dan", "A", "dan.ipynb", "it is no notebook"),
    Ungraded("eve", "A", "", "handed nothing in", standing=Standing(handed_in=False)),
]  # fmt: skip


def test_marks_are_counted_in_steps_of_a_tenth() -> None:
    assert [count for *_, count in distribution(CLASS)] == [1, 0, 0, 0, 1, 0, 1, 0, 0, 1]


def test_difficulty_is_the_mean_share_and_few_students_tell_nothing_apart() -> None:
    one, two = by_question(CLASS)
    assert (one.difficulty, two.difficulty) == (0.5, 0.5)
    assert one.discrimination is None
    assert one.outcomes == {Outcome.CORRECT: 2, Outcome.WRONG: 2}


@pytest.mark.parametrize(("reverse", "wanted"), [(False, 1.0), (True, -1.0)])
def test_discrimination_is_the_correlation_with_the_rest(reverse: bool, wanted: float) -> None:
    """Against all other questions, not against a sum that the question itself is in."""
    size = FEWEST_FOR_CORRELATION
    results = [graded(f"s{n}", 4 * n / size, 6 * (size - n if reverse else n) / size) for n in range(size)]
    assert by_question(results)[0].discrimination == pytest.approx(wanted)
    assert by_question(results[:-1])[0].discrimination is None


def test_mistakes_and_sections() -> None:
    assert [(found.mistake.name, found.count) for found in by_mistake(CLASS)] == [("ascent", 2)]
    assert [(found.section, found.students, found.mean) for found in by_section(CLASS)] == [
        ("", 2, None), ("Mon", 3, pytest.approx(20 / 3)), ("Tue", 1, 0.0)
    ]  # fmt: skip
    assert by_section([replace(graded("ada", 1, 1), standing=None)]) == []


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("href", "src") or value == "#students"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_tells_all_and_runs_nothing() -> None:
    page = class_page("A", CLASS, "cpu")
    found = Words()
    found.feed(page)
    assert not set(found.tags) & {"script", "link", "img", "iframe", "object"}
    text = " ".join(found.words)
    for words in (
        "ada",
        NAME,
        "ascent",
        "⚑ opened a file",
        "not graded: it is no notebook",
        "handed nothing in",
        "Tue",
    ):
        assert words in text, words
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="total">(.*?)</td>', page)
    assert [points for _, points in rows] == ["10", "6", "4", "0", "–", "–"]


@pytest.mark.parametrize("form", ["page", "sheet"])
def test_anonymous_tells_nobody(form: str) -> None:
    """No id, name, file, comment, flag or reason is left; the marks are the same."""
    hidden = anonymous(CLASS)
    text = class_page("A", hidden, "cpu") if form == "page" else " ".join(cells(class_workbook("A", hidden)))
    for secret in (
        "ada",
        "bob",
        "cyd",
        "dan",
        "eve",
        "Secret",
        "Name<",
        ".ipynb",
        "Hi Ada",
        "calc",
        "opened",
        "no notebook",
    ):
        assert secret not in text, secret
    assert "student 1" in text
    assert [one.score for one in hidden if isinstance(one, Grade)] == [10, 6, 4, 0]


def test_a_section_with_few_marks_is_not_told_of_without_names() -> None:
    """Who knows that only one of them handed in would know the mark."""
    large = [graded(f"s{number}", 4, number) for number in range(5)]
    hidden = anonymous([*large, graded("cyd", 0, 0, section="Tue")])
    assert Counter(one.standing.section for one in hidden if one.standing) == {"Mon": 5, "": 1}
    assert {one.standing.section for one in anonymous(CLASS) if one.standing} == {""}


def cells(book: bytes) -> list[str]:
    """Every text and number in a spreadsheet."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                tree = ElementTree.fromstring(archive.read(name))
                assert not [node for node in tree.iter() if node.tag.endswith("}f")], "a formula"
                found += [node.text for node in tree.iter() if node.text and node.tag.rpartition("}")[2] in ("t", "v")]
    return found


def test_the_spreadsheet_has_a_sheet_for_each_view_and_no_formula() -> None:
    book = class_workbook("A", CLASS)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = re.findall(r'<sheet name="(\w+)"', archive.read("xl/workbook.xml").decode())
    assert names == ["Marks", "Distribution", "Questions", "Mistakes", "Sections", "Flags", "Time"]
    assert {NAME, "ascent", "handed nothing in", "opened a file", "10"} <= set(cells(book))
