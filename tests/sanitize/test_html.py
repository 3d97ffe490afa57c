"""What a stranger's HTML costs to clean has a limit, and what people write is shown as it was."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from autograder.sanitize.html import ATTRIBUTES, TAGS, plain_html
from autograder.sanitize.outputs import MAX_TEXT, clean_html

nh3 = pytest.importorskip(
    "nh3", reason="the cleaner of HTML is not installed: pip install 'firststeps-autograder[instructor]'"
)

FORMATTING = ("a", "b", "code", "em", "i", "s", "small", "strong", "u", "big", "font", "nobr", "strike", "tt")
MOST_SECONDS = 1.0
MOST_CHARACTERS = 20 * MAX_TEXT  # of output; each element that is opened again takes seven and 250 bytes of memory


def filled(start: str, repeated: str) -> str:
    return start + repeated * ((MAX_TEXT - len(start)) // len(repeated))


def halves(first: str, second: str) -> str:
    count = MAX_TEXT // len(first + second)
    return first * count + second * count


def opened(number: int, tag: str, before_name: str = " ") -> str:
    return "<p>" + "".join(f"<{tag}{before_name}c{k}>" for k in range(number))


SHAPES = {
    "formatting": filled(opened(500, "b"), "<p>x"),
    "more formatting": filled(opened(2000, "b"), "<p>x"),
    "a slash before the attribute": filled(opened(500, "b", "/"), "<p>x"),
    "a line before the attribute": filled(opened(500, "B", "\n"), "<p>x"),
    "font": filled(opened(500, "font"), "<p>x"),
    "all formatting": filled("<p>" + "".join(f"<{tag}>" * 3 for tag in FORMATTING), "<p>x"),
    "hidden in a comment": filled("".join(f"<b c{k}><!--</b>-->" for k in range(500)), "<p>x"),
    "hidden in quotes": filled("".join(f"<b c{k}><i x='</b>'>" for k in range(500)), "<p>x"),
    "hidden in a cell": filled("<b c>" * 3 + "<table><td></b></b></b></table>", "<p>x<i><u><s><em>"),
    "many attributes": "".join(f"<b {' '.join(f'a{j}x{k}' for j in range(20))}>" for k in range(700)),
    "different tags": "".join(f"<i c{k}>" for k in range(10_000)),
    "one tag": "<td " + " ".join(f"a{k}" for k in range(16_000)) + ">",
    "deep": filled("", "<div>"),
    "lists": filled("", "<ul><li>"),
    "tables": filled("", "<table><tr><td>"),
    "foster parents": filled("<table>", "<a>x<td>"),
    "more foster parents": "<table>" + halves("<b>", "<div>x"),
    "adoption": halves("<b><div>", "</b>"),
    "ends that end nothing": halves("<x>", "</y>"),
    "ends far from their starts": halves("<span>", "</li>"),
    "nobr": filled("", "<nobr><p>"),
    "svg": filled("<svg>", "<g>"),
    "math": filled("", "<math><mi>"),
    "templates": filled("", "<template><b>"),
    "options": halves("<x>", "<rt>"),
    "quotes that never end": filled("", '<b x="'),
    "tags that never end": filled("", "<b "),
    "comments that never end": filled("", "<!--"),
    "scripts that never end": filled("", "<script>"),
    "signs": filled("", "<"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_costs_much(shape: str) -> None:
    started = time.process_time()
    cleaned = clean_html(SHAPES[shape])
    assert time.process_time() - started < MOST_SECONDS
    assert cleaned is not None
    assert len(cleaned) < MOST_CHARACTERS


@pytest.mark.parametrize(
    "html",
    [
        pd.DataFrame(np.arange(1200.0).reshape(60, 20))._repr_html_(),  # type: ignore[operator]
        pd.DataFrame({"a<b>": ["x & y", "<script>"]}).to_html(),
        pd.DataFrame(np.arange(4500.0).reshape(1500, 3)).to_html()[: MAX_TEXT - 1],
        "<ul>" + "<li>point <b>bold</b> and <code>x</code>" * 1500,
        "<table>" + "<tr><td>1<td>2<td>3" * 1000,
        "<p><b><i><code>x</code></i></b></p>" * 2500,
        '<td colspan="2" title="a>b">x</td>',
        "<table border=1><tr><th scope='row' ROWSPAN='2'>x</th><td data-colspan=3>y</td></table>",
        "<style scoped>.a > b { color: red }</style><p class='a'>x</p><!-- <b> --><br/>y<hr />",
        "a < b & c > d, I <3 it, <=",
        "<svg width=1><text>words</text></svg><svg/><x-y>and <font color=red>more</font></x-y>",
    ],
)
def test_what_people_write_is_cleaned_as_before(html: str) -> None:
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    alone = nh3.clean(html, tags=set(TAGS), attributes=attributes, url_schemes=set(), link_rel=None)
    assert clean_html(html) == alone


def test_a_thing_that_is_too_tangled_says_so() -> None:
    assert plain_html("<div>" * 10_000) is None
    assert "not shown" in str(clean_html("<div>" * 10_000))
