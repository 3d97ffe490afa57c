"""JUnit XML, checked against the structure that Ant's and Jenkins's schemas demand."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from autograder.exporters.junit import as_junit

from .results import ASSIGNMENT, failed, right, ungraded, wrong


def document() -> ET.Element:
    text = as_junit(ASSIGNMENT, [right(), wrong(), failed(), ungraded()], "cuda")
    return ET.fromstring(text.encode("utf-8"))


def test_the_structure_is_that_of_both_schemas() -> None:
    """The order of elements, and every attribute that one of the schemas requires, of the type it requires."""
    root = document()
    assert (root.tag, root.attrib) == ("testsuites", {})  # Ant's schema allows no attribute there
    for number, suite in enumerate(root):
        children = [child.tag for child in suite]
        assert children[0] == "properties"
        assert children[-2:] == ["system-out", "system-err"]
        assert set(children[1:-2]) == {"testcase"}
        assert {"name", "timestamp", "hostname", "tests", "failures", "errors", "time", "package", "id"} <= set(
            suite.attrib
        )
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp", ""))
        assert re.fullmatch(r"\d+\.\d{3}", suite.get("time", ""))
        assert suite.get("id") == str(number)
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for tag, count in (("failure", "failures"), ("error", "errors")):
            assert suite.get(count) == str(len(suite.findall(f"testcase/{tag}")))
        for case in cases:
            assert {"name", "classname", "time"} == set(case.attrib)
            assert len(case) <= 1
            assert all("type" in child.attrib for child in case)


def test_marks_that_are_not_there_are_errors_without_a_score() -> None:
    """The grader's failure and a file that is no notebook: errors, no score; what costs marks is a failure."""
    good, bad, ours, broken = document()
    assert (good.get("failures"), good.get("errors")) == ("0", "0")
    assert int(bad.get("failures", "0")) > 0
    assert bad.get("errors") == "0"
    assert int(ours.get("errors", "0")) > 0
    assert broken.get("errors") == "1"
    scored = [suite.find("properties/property[@name='score']") is not None for suite in (good, bad, ours, broken)]
    assert scored == [True, True, False, False]


def test_what_xml_cannot_say_is_replaced() -> None:
    """Control characters, half a surrogate pair and markup in a message break nothing."""
    failure = document()[1].find("testcase/failure")
    assert failure is not None
    assert failure.text is not None
    assert "<script>alert(1)</script> ]]>" in failure.text
    assert "\x1b" not in failure.text
    assert "\ufffd" in failure.text


def test_a_gpu_is_noted() -> None:
    """The words of the suite say that a GPU graded."""
    assert "graded on cuda" in (document()[0].findtext("system-out") or "")
