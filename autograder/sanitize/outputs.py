"""Makes the outputs of a stranger's code harmless before they are stored or shown.

HTML, Markdown and SVG keep their structure and lose everything that runs or loads; JavaScript, PDF, widgets and
other active kinds are dropped; pictures must be what they say they are. ``docs/nbgrader.md`` has it as a table.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from autograder.sanitize.html import ATTRIBUTES, TAGS, plain_html
from autograder.sanitize.markdown import harmless_markdown
from autograder.sanitize.svg import clean_svg

MAX_OUTPUTS = 201  # of one cell: as many as a worker keeps, and its word that the rest was cut
MAX_TEXT = 100_000  # characters of one output: 50 pages of print, and more than anybody reads
MAX_HTML = 500_000  # of one cell: pictures and texts are only looked over, HTML is parsed
MAX_PICTURE = 4 << 20  # of base64; a figure of the course has up to 0.12 MB
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|\x1b[@-_]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
# Overrides of direction, and characters that nobody sees but programs read.
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_CUT = "\n[the rest of the output was cut]\n"
_TOO_MUCH = "<p>[not shown: the HTML of this cell is too large]</p>"
_TANGLED = "<p>[not shown: too many tags of this HTML are open at once]</p>"
_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
_COLOUR = re.compile(r"(\x1b\[[0-9;]{0,20}m)")
# Commands of LaTeX by which MathJax makes links, loads extensions or sets classes and styles of the page.
_ACTIVE_LATEX = re.compile(r"\\(?:href|url|require|class|cssId|style|bbox|includegraphics|input|def|newcommand|data)\b")
MAX_JSON_DEPTH = 50  # below Python's recursion limit by far, since browsers and nbconvert walk it too


def clean_outputs(
    outputs: Iterable[Any], *, colours: bool = False, most: int = MAX_OUTPUTS
) -> tuple[dict[str, Any], ...]:
    """The outputs of one cell, in nbformat's form, with nothing active in them; what has no form is dropped.

    Args:
        colours: keep the colours of tracebacks, as a notebook of Jupyter's has them.
        most: how many are looked at.
    """
    cleaned: list[dict[str, Any]] = []
    room = MAX_HTML
    for output in islice(outputs, most):
        if isinstance(output, dict):
            room -= len(_html_in(output))
            found = _clean(output, show_html=room >= 0, colours=colours)
            cleaned += [] if found is None else [found]
    return tuple(cleaned)


def clean_text(text: object) -> str:
    """Text without terminal commands, control characters, direction overrides or halves of characters."""
    whole = _string(text).encode("utf-8", "replace").decode()
    return _UNSEEN.sub("", _CONTROL.sub("", whole))[:MAX_TEXT]


def clean_line(text: object, most: int) -> str:
    """The same on one line, of at most ``most`` characters."""
    return " ".join(clean_text(text).split())[:most]


def clean_html(html: str) -> str | None:
    """HTML without scripts, styles, forms, links and anything loaded; None if the cleaner is not installed."""
    try:
        import nh3
    except ImportError:
        return None
    plain = plain_html(clean_text(html))
    if plain is None:
        return _TANGLED
    return str(nh3.clean(plain, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(), link_rel=None))


def _html_in(output: dict[str, Any]) -> str:
    """The HTML in an output that would be cleaned."""
    data = output.get("data")
    return _string(data.get("text/html"))[:MAX_TEXT] if isinstance(data, dict) else ""


def _coloured(line: object) -> str:
    """Text whose one kind of terminal command is a colour."""
    parts = _COLOUR.split(_string(line))
    return "".join(part if place % 2 else clean_text(part) for place, part in enumerate(parts))


def _clean(output: dict[str, Any], *, show_html: bool, colours: bool) -> dict[str, Any] | None:
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            text = clean_text(output.get("text"))
            return {"output_type": "stream", "name": name, "text": text + _CUT if len(text) == MAX_TEXT else text}
        case "error":
            lines, shown = output.get("traceback"), _coloured if colours else clean_text
            return {
                "output_type": "error",
                "ename": clean_text(output.get("ename", ""))[:200],
                "evalue": clean_text(output.get("evalue", ""))[:2000],
                "traceback": [shown(line)[:5000] for line in lines[:200]] if isinstance(lines, list) else [],
            }
        case "display_data" | "execute_result" as kind:
            data = output.get("data")
            cleaned = _clean_data(data if isinstance(data, dict) else {}, show_html=show_html)
            result: dict[str, Any] = {"output_type": kind, "data": cleaned, "metadata": {}}
            if kind == "execute_result":
                count = output.get("execution_count")
                result["execution_count"] = count if type(count) is int and 0 <= count < 10**6 else None
            return result if cleaned else None
        case _:
            return None


def _clean_data(data: dict[str, Any], *, show_html: bool) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for kind, value in data.items():
        text = _string(value)
        kept: Any = None
        if kind == "text/plain":
            kept = clean_text(text)
        elif kind == "text/html":
            kept = clean_html(text) if show_html else _TOO_MUCH
        elif kind == "text/markdown":
            kept = harmless_markdown(clean_text(text))
        elif kind == "text/latex" and not _ACTIVE_LATEX.search(text):
            kept = clean_text(text)
        elif kind == "application/json":
            kept = _clean_json(value, MAX_JSON_DEPTH)
        elif kind == "image/svg+xml":
            kept = clean_svg(text)
        elif kind in _PICTURES:
            kept = _picture(text, _PICTURES[kind])
        if kept is not None:
            cleaned[kind] = kept
    return cleaned


def _clean_json(value: Any, depth: int) -> Any:
    """A value of JSON with clean texts; None if it is too deep or none."""
    match value:
        case str():
            return clean_text(value)
        case bool() | int() | float():
            return value
        case list() if depth:
            return [_clean_json(item, depth - 1) for item in value[:MAX_TEXT]]
        case dict() if depth:
            return {clean_text(key): _clean_json(item, depth - 1) for key, item in islice(value.items(), MAX_TEXT)}
        case _:
            return None


def _string(value: object) -> str:
    """A text, or the lines that nbformat may keep one in; anything else has no text."""
    match value:
        case str():
            return value
        case list():
            return "".join(part for part in value if isinstance(part, str))
        case _:
            return ""


def _picture(text: str, head: bytes) -> str | None:
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(raw).decode() if raw.startswith(head) and len(raw) <= MAX_PICTURE else None
