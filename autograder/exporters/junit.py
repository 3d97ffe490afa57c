"""The report for continuous integration: JUnit XML that both common schemas accept, Ant's and Jenkins's.

A suite for each student, a case for each test. A question on which the grader failed, or a submission that could not
be graded, is an ``error`` and has no score; everything that costs marks is a ``failure``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from autograder.exporters.notes import device_note
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

_SHORT = 200  # of a message's attribute; the whole stands inside
# XML 1.0 has no way to write these, escaped or not.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """The class as one JUnit document."""
    root = ET.Element("testsuites")
    for number, result in enumerate(results):
        _suite(root, number, assignment, result, device)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, number: int, assignment: str, result: Grade | Ungraded, device: str) -> None:
    seconds = result.seconds if isinstance(result, Grade) else 0.0
    suite = ET.SubElement(
        root, "testsuite", name=_text(f"{assignment} {result.student}"), package=_text(assignment), id=str(number),
        timestamp=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"), hostname="localhost", time=f"{seconds:.3f}",
    )  # fmt: skip
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(result, device):
        ET.SubElement(properties, "property", name=name, value=_text(value))
    if isinstance(result, Ungraded):
        case = _case(suite, assignment, "the submission can be graded")
        _tell(case, "error", "not_graded", result.reason)
    else:
        for question in result.questions:
            _question(suite, assignment, question)
    ET.SubElement(suite, "system-out").text = _text(_in_words(result, device))
    ET.SubElement(suite, "system-err")
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.set("skipped", "0")


def _properties(result: Grade | Ungraded, device: str) -> Iterator[tuple[str, str]]:
    yield "student", result.student
    yield "notebook", result.notebook
    yield "device", device
    if isinstance(result, Grade):
        yield "isolation", result.isolation
        yield "max_score", f"{result.max_score:g}"
        if not result.failed:
            yield "score", f"{result.score:g}"
        yield from (("flag", flag) for flag in result.flags)


def _question(suite: ET.Element, assignment: str, question: QuestionGrade) -> None:
    passed = {test.title: test.passed for test in question.tests}
    if question.outcome is Outcome.WAITING:  # for a person: neither passed nor failed
        return
    for title in passed or [question.title]:
        case = _case(suite, f"{assignment}.{question.id}", title)
        if question.outcome is Outcome.GRADER_ERROR:
            _tell(case, "error", question.outcome, question.message)
        elif not passed.get(title, question.outcome is Outcome.CORRECT):
            _tell(case, "failure", question.mistake_name or question.outcome, question.message)


def _case(suite: ET.Element, place: str, title: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_text(place), name=_text(title), time="0.000")


def _tell(case: ET.Element, what: str, kind: str, message: str) -> None:
    first = (message.strip().splitlines() or [""])[0]
    short = first if len(first) <= _SHORT else first[: _SHORT - 1] + "…"
    ET.SubElement(case, what, type=_text(kind), message=_text(short)).text = _text(message)


def _in_words(result: Grade | Ungraded, device: str) -> str:
    if isinstance(result, Ungraded):
        return f"not graded: {result.reason}"
    marks = "no mark: the grader failed" if result.failed else f"{result.score:g} of {result.max_score:g} points"
    return "; ".join([marks, f"isolation {result.isolation}", *device_note(device), *result.flags])


def _text(words: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", words)
