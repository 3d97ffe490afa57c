"""Makes the outputs of a stranger's code harmless before they are stored or shown.

HTML keeps its structure and loses everything that runs or loads; SVG, JavaScript and other active kinds
are dropped; pictures must be what they say they are.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any

MAX_TEXT = 100_000
MAX_PICTURE = 4 << 20
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-_][^\x1b]{0,80}?(?:\x07|\x1b\\)?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt",
    "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "table": {"border"}}


def clean_outputs(outputs: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    """The outputs of one cell, in nbformat's form, with nothing active in them; what has no form is dropped."""
    return tuple(cleaned for output in outputs if isinstance(output, dict) and (cleaned := _clean(output)) is not None)


def clean_text(text: object) -> str:
    """Text without terminal commands, control characters or direction overrides."""
    return _BIDI.sub("", _CONTROL.sub("", str(text)))[:MAX_TEXT]


def clean_html(html: str) -> str | None:
    """HTML without scripts, styles, forms, links and anything loaded; None if the cleaner is not installed."""
    try:
        import nh3
    except ImportError:
        return None
    return str(nh3.clean(html[:MAX_TEXT], tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None))


def _clean(output: dict[str, Any]) -> dict[str, Any] | None:
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return {"output_type": "stream", "name": name, "text": clean_text(output.get("text", ""))}
        case "error":
            lines = output.get("traceback")
            return {
                "output_type": "error",
                "ename": clean_text(output.get("ename", ""))[:200],
                "evalue": clean_text(output.get("evalue", ""))[:2000],
                "traceback": [clean_text(line)[:5000] for line in lines[:200]] if isinstance(lines, list) else [],
            }
        case "display_data" | "execute_result" as kind:
            data = output.get("data")
            cleaned = _clean_data(data if isinstance(data, dict) else {})
            result: dict[str, Any] = {"output_type": kind, "data": cleaned, "metadata": {}}
            if kind == "execute_result":
                count = output.get("execution_count")
                result["execution_count"] = count if isinstance(count, int) and 0 <= count < 10**6 else None
            return result if cleaned else None
        case _:
            return None


def _clean_data(data: dict[str, Any]) -> dict[str, str]:
    cleaned: dict[str, str] = {}
    for kind, value in data.items():
        value = "".join(map(str, value)) if isinstance(value, list) else value
        if not isinstance(value, str):
            continue
        if kind == "text/plain":
            cleaned[kind] = clean_text(value)
        elif kind == "text/html" and (html := clean_html(value)) is not None:
            cleaned[kind] = html
        elif kind in _PICTURES and (picture := _picture(value, _PICTURES[kind])) is not None:
            cleaned[kind] = picture
    return cleaned


def _picture(text: str, head: bytes) -> str | None:
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(raw).decode() if raw.startswith(head) and len(raw) <= MAX_PICTURE else None
