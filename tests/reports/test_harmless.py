"""Text cells of strangers: nothing in them runs, and what is only text stays as it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from autograder import grade
from autograder.feedback.sanitize import clean_html
from autograder.reports.feedback_table import feedback_table
from autograder.reports.harmless import harmless_markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b onclick=alert(1)>x</b>",
    "<svg/onload=alert(1)>",
    "<b/onmouseover=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6A;avascript&colon;alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    "[a](vbscript:x)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "<!-- --><iframe src=//x></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<style>*{background:url(//x)}</style>",
    "<p style='background:url(//x)'>",
]


class Active(HTMLParser):
    """Collects tags and attributes that do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "svg", "style", "object", "embed", "form", "base", "meta", "link"):
            self.found.append(tag)
        for name, value in attrs:
            scheme = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name == "style" or scheme.startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_runs_nothing(attack: str) -> None:
    """As nbconvert renders it."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    page = Active()
    page.feed(markdown2html_mistune(harmless_markdown(attack)))
    assert page.found == []


@pytest.mark.parametrize(
    "text",
    [
        "a < b and b > c",
        "$x < y$",
        "**bold** [link](https://pytorch.org) ![](plot.png)",
        "<b>x</b><br>",
        "&lt;b&gt; &amp;",
    ],
)
def test_plain_text_stays(text: str) -> None:
    """What students write all the time."""
    assert harmless_markdown(text) == text


def test_feedback_table_survives_sanitizing() -> None:
    """By nh3 and by nbconvert's own filter, with every word still there and every sign escaped."""
    from nbconvert.filters.strings import clean_html as nbconvert_clean

    test = grade.TestResult("test_a", "rows <add up> to 1", 1.0, False)
    said = "Got `<script>` & more"
    table = feedback_table(
        grade.QuestionGrade("q", "Q", 0.5, 2.0, grade.Outcome.PARTIAL, "wrong_dim", said, (test,)), put_back=True
    )
    assert "<script>" not in table
    for cleaned in (table, clean_html(table), nbconvert_clean(table)):
        assert cleaned is not None
        for words in (
            "0.5 of 2",
            "rows &lt;add up&gt; to 1",
            "<code>&lt;script&gt;</code> &amp; more",
            "wrong dim",
            "put back",
        ):
            assert words in cleaned
        assert "&lt;table" not in cleaned
