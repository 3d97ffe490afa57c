"""Outputs of a stranger's code lose everything that runs, loads or commands."""

from __future__ import annotations

import base64
from typing import Any

import nbformat
import pytest

from autograder.sanitize.outputs import MAX_HTML, MAX_TEXT, clean_html, clean_outputs, clean_text

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(20)).decode()


def stream(text: Any, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def result(data: Any, **more: Any) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": data, "metadata": {"x": "<script>"}, "execution_count": 1} | more


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil\x1b\\link", "link"),
        ("bell\x07 back\x08 null\x00", "bell back null"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\x9b31mred", "31mred"),
        (7, ""),
        ("ü😀", "ü😀"),
    ],
)
def test_text_loses_its_commands(text: object, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='http://evil'></iframe>",
        "<svg><script>1</script></svg>",
        "<style>@import 'http://evil'</style>",
        "<form action='http://evil'><input name=q></form>",
        "<b style='background:url(http://evil)'>x</b>",
        "<link rel=stylesheet href=http://evil>",
        "<meta http-equiv=refresh content='0;http://evil'>",
        "<object data=x></object><embed src=x>",
        "<math><mtext><table><mglyph><style><img src=x onerror=1>",
    ],
)
def test_html_loses_what_runs_or_loads(html: str) -> None:
    pytest.importorskip(
        "nh3", reason="the cleaner of HTML is not installed: pip install 'firststeps-autograder[instructor]'"
    )
    cleaned = clean_html(html)
    assert cleaned is not None
    for word in (
        "script",
        "onerror",
        "http",
        "<style",
        "style=",
        "<form",
        "<iframe",
        "<img",
        "<object",
        "<meta",
        "<link",
    ):
        assert word not in cleaned


def test_tables_keep_their_structure() -> None:
    pytest.importorskip(
        "nh3", reason="the cleaner of HTML is not installed: pip install 'firststeps-autograder[instructor]'"
    )
    table = '<table border="1"><tbody><tr><td>1</td></tr></tbody></table>'
    assert clean_html(table) == table


def test_the_html_of_a_cell_has_a_limit_and_the_rest_of_it_stays() -> None:
    pytest.importorskip(
        "nh3", reason="the cleaner of HTML is not installed: pip install 'firststeps-autograder[instructor]'"
    )
    many = [result({"text/html": "x" * MAX_TEXT, "text/plain": "y"})] * (2 * MAX_HTML // MAX_TEXT)
    cleaned = clean_outputs(many)
    shown = [output["data"]["text/html"].startswith("x") for output in cleaned]
    assert shown == [number < MAX_HTML // MAX_TEXT for number in range(len(many))]
    assert "not shown" in cleaned[-1]["data"]["text/html"]
    assert all(output["data"]["text/plain"] == "y" for output in cleaned)


def test_active_kinds_are_dropped_and_pictures_must_be_pictures() -> None:
    data = {
        "text/plain": "x",
        "application/javascript": "alert(1)",
        "image/svg+xml": "<svg onload=alert(1)>",
        "text/markdown": "[x](javascript:1)",
        "image/png": PNG,
        "image/jpeg": PNG,
    }
    (cleaned,) = clean_outputs([result(data)])
    assert cleaned["data"] == {"text/plain": "x", "text/markdown": "[x](blocked:1)", "image/png": PNG}
    assert cleaned["metadata"] == {}


def test_latex_and_json_are_kept_without_commands_for_the_page() -> None:
    kept = {"text/latex": r"$\frac{1}{2}$", "application/json": {"a": [1, None, "b"], "c": {"d": 1.5}}}
    assert clean_outputs([result(kept)])[0]["data"] == kept
    for active in (r"$\href{javascript:alert(1)}{x}$", r"\require{html}", r"\class{x}{y}"):
        assert clean_outputs([result({"text/latex": active})]) == ()
    (cleaned,) = clean_outputs([result({"application/json": {"a": "\x1b[31mred", "deep": _deep(99)}})])
    assert cleaned["data"]["application/json"]["a"] == "red"
    assert repr(cleaned).count("[") < 60


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def test_colours_stay_in_tracebacks_where_asked_for() -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["\x1b[0;31mred\x1b[0m \x1b[2Jgone"]}
    assert clean_outputs([error])[0]["traceback"] == ["red gone"]
    assert clean_outputs([error], colours=True)[0]["traceback"] == ["\x1b[0;31mred\x1b[0m gone"]


@pytest.mark.parametrize(
    "output",
    [
        None,
        7,
        "text",
        [],
        {},
        {"output_type": "unknown"},
        result({"application/javascript": "1"}),
        result(None),
        result("text"),
        result({"image/png": "not base64!"}),
        {"output_type": "update_display_data", "data": {"text/plain": "x"}},
    ],
)
def test_what_has_no_form_is_dropped(output: Any) -> None:
    assert clean_outputs([output]) == ()


@pytest.mark.parametrize(
    "output",
    [
        stream("x"),
        stream(["a", "b"], "stderr"),
        stream(None, "elsewhere"),
        result({"text/plain": ["a", "b"]}),
        result({"text/plain": "x"}, execution_count="<b>"),
        result({"text/plain": "x"}, execution_count=True),
        {"output_type": "error", "ename": "E" * 999, "evalue": None, "traceback": "no list"},
        {"output_type": "error", "ename": 1, "evalue": "\x1b[31m", "traceback": ["x" * 9999] * 999},
        {"output_type": "display_data", "data": {"text/plain": "x"}},
    ],
)
def test_what_is_left_is_valid_in_a_notebook(output: Any) -> None:
    cleaned = clean_outputs([output])
    cell = nbformat.v4.new_code_cell("", outputs=list(cleaned))
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert "\x1b" not in repr(cleaned)
    assert len(repr(cleaned)) < 1 << 20
