"""Pictures in SVG keep their shapes and lose what runs or loads."""

from __future__ import annotations

import io

import pytest

from autograder.sanitize.svg import MAX_SVG, clean_svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = "") -> str:
    return f"<svg {NAMESPACES} {attributes}>{inside}</svg>"


@pytest.mark.parametrize(
    "hostile",
    [
        svg("", "onload='alert(1)'"),
        svg("<script>alert(1)</script>"),
        svg("<style>@import url(http://evil.example)</style>"),
        svg("<a href='javascript:alert(1)'><text>x</text></a>"),
        svg("<use xlink:href='http://evil.example/x.svg#a'/>"),
        svg("<use href='data:image/svg+xml;base64,AAAA'/>"),
        svg("<image href='http://evil.example/p.png'/>"),
        svg("<rect style='fill:url(http://evil.example)'/>"),
        svg("<rect fill='url( http://evil.example )'/>"),
        svg("<rect style='position:fixed;fill:red'/>"),
        svg("<rect style='fill:\\75rl(http://evil.example)'/>"),
        svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>evil</body></foreignObject>"),
        svg("<animate attributeName='href' to='javascript:alert(1)'/><set to='evil'/>"),
        svg("<?xml-stylesheet href='http://evil.example'?>"),
        "<?xml-stylesheet href='http://evil.example'?>" + svg(""),
    ],
)
def test_nothing_active_is_left(hostile: str) -> None:
    cleaned = clean_svg(hostile)
    assert cleaned is not None
    for word in ("alert", "evil", "script", "style>", "position", "onload", "data:image/svg"):
        assert word not in cleaned


@pytest.mark.parametrize(
    "broken",
    [
        "", "x", "<svg", "<html/>", svg("<g>"), "<svg onload=alert(1)>", svg("x" * MAX_SVG),
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"), "<!DOCTYPE svg [ ]>" + svg(""),
        svg("<g>" * 99_999 + "</g>" * 99_999),
    ],
)  # fmt: skip
def test_what_is_no_safe_picture_is_refused(broken: str) -> None:
    assert clean_svg(broken) is None


def test_a_plot_looks_the_same() -> None:
    """Of what matplotlib draws every path, text and clipping stays."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2, 3], [1, 4, 9], "o-", label="squares")
    axes.set_title("Title")
    file = io.StringIO()
    figure.savefig(file, format="svg")
    drawn, cleaned = file.getvalue(), clean_svg(file.getvalue())
    assert cleaned is not None
    for word in ("<path", "<use", 'clip-path="url(#', "style=", "<g"):
        assert cleaned.count(word) == drawn.count(word) > 0
