"""Text cells of strangers: nothing in them runs, and what is only text stays as it is."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell

from autograder import results
from autograder.exporters.feedback_table import feedback_table
from autograder.sanitize.markdown import MAX_PICTURES, harmless_cell, harmless_markdown
from autograder.sanitize.outputs import clean_html

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

    test = results.TestResult("test_a", "rows <add up> to 1", 1.0, False)
    said, mistake = "Got `<script>` & more", results.Mistake("wrong_dim", "The sum runs along the rows.", "Which?")
    table = feedback_table(
        results.QuestionGrade("q", "Q", 0.5, 2.0, results.Outcome.PARTIAL, mistake, said, (test,)), put_back=True
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


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def page_of(text: str, attachments: object) -> str:
    """As nbconvert shows a cell of a stranger; it raises where a picture is missing."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    cell = new_markdown_cell(text)
    cell["attachments"] = attachments
    harmless_cell(cell)
    renderer = IPythonRenderer(escape=False, attachments=cell.get("attachments", {}))
    return str(MarkdownWithMath(renderer=renderer).render(cell.source))


@pytest.mark.parametrize("name", ["plot.png", "my plot.png", "a"])
def test_an_attached_picture_is_shown(name: str) -> None:
    page = page_of(f"look: ![plot](<attachment:{name}>)", {name: {"image/png": PIXEL}})
    assert f'src="data:image/png;base64,{PIXEL}"' in page


@pytest.mark.parametrize(
    "attachments",
    [
        None, {}, [], {"plot.png": {}}, {"plot.png": []}, {"other.png": {"image/png": PIXEL}},
        {"plot.png": {"image/svg+xml": "<svg onload=alert(1)>"}}, {"plot.png": {"image/png": '"><script>'}},
    ],
)  # fmt: skip
def test_a_missing_picture_leaves_the_page_whole(attachments: object) -> None:
    """Copied cells leave their pictures behind; nbconvert alone would make no page of the notebook."""
    page = page_of("before ![plot](attachment:plot.png) after", attachments)
    assert re.search("before.*after", page)
    assert not re.search("script|svg", page)


def test_one_picture_shown_often_does_not_fill_the_disk() -> None:
    large = "A" * (1 << 20)
    cell = new_markdown_cell("![x](attachment:a)" * 1000)
    cell["attachments"] = {"a": {"image/png": large}}
    harmless_cell(cell)
    assert cell.source.count(large) == MAX_PICTURES >> 20


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("![x](attachment:my%20plot.png)", "my plot.png"),
        ("![x](attachment:plot(1).png)", "plot(1).png"),
        ("![x](<attachment:plot (1).png> 'title')", "plot (1).png"),
        ("![x](<attachment:a&b.png>)", "a&b.png"),
        ("![x][y]\n\n[y]: attachment:plot.png", "plot.png"),
    ],
)
def test_every_spelling_of_a_name_finds_its_picture(link: str, name: str) -> None:
    page = page_of(link, {"another.png": {"image/png": "AA"}, name: {"image/png": PIXEL}})
    assert f'src="data:image/png;base64,{PIXEL}"' in page


@pytest.mark.parametrize("piece", ["attachment:", "<attachment:a b", "attachment:(", "attachment:a1)", "x"])
def test_many_pictures_in_a_long_text_take_one_pass(piece: str) -> None:
    """A pass for each picture took days for what a notebook may hold."""
    cell = new_markdown_cell("![" + piece * (200_000 // len(piece)))
    cell["attachments"] = {f"a{number}": {"image/png": "AA"} for number in range(3_000)}
    started = time.process_time()
    harmless_cell(cell)
    assert time.process_time() - started < 3


_PIECES = st.sampled_from(
    [
        "![x](", "attachment:", "a", "b c", "%20", ")", "<", ">", "\\", "&#58;", "attach&#109;ent", "[x]: ", "\n",
        "![x][x]", " ", '"t"', "attachment",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_no_spelling_of_an_attachment_stops_the_page(text: str) -> None:
    assert isinstance(page_of(text, {"a": {"image/png": PIXEL}, "b c": {"image/png": PIXEL}}), str)
