"""Rewrites a stranger's HTML into few plain tags, so that a parser's work and memory stay in proportion to its length.

A parser of HTML opens every ``<b>`` that is still open again in each paragraph, and walks over all open elements at
many tags: 25 KB of well-chosen tags took nine seconds and a gigabyte. Here nothing is parsed: one pass over the tags
keeps those that are shown anyway, without attributes that would make two of them different, and counts what is open.
This is no sanitizer; one comes after it.
"""

from __future__ import annotations

import re

TAGS = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt",
        "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "mark", "ol", "p", "pre", "s", "small",
        "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
    }
)  # fmt: skip
ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "table": {"border"}}
_NEVER_OPEN = frozenset({"br", "col", "hr"})
_REOPENED = frozenset({"a", "b", "code", "em", "i", "s", "small", "strong", "u"})
_MOST_REOPENED = 3 * len(_REOPENED)  # a parser keeps at most three that are alike
_REOPENING = 300  # what it costs, where a step over an open element costs 1: about 250 bytes
MOST_WORK = 30_000_000  # a tenth of a second, and 25 MB

# Nothing here looks past the next "<" more than once, but for what is dropped as a whole.
_PIECE = re.compile(
    r"""<!--(?:.*?-->|.*)
    | <(script|style|svg|math)(?=[\s/>])(?![^<>]*/>)(?:.*?</\1[^<>]*>|.*)
    | <(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?=[\s/>])(?P<rest>(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*>)
    | <[a-z/!?][^<>]*>
    | <""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""(?<![\w-])([a-z]{1,10})\s{0,9}=\s{0,9}["']?([a-z0-9]{1,9})""", re.IGNORECASE)


def plain_html(html: str) -> str | None:
    """The same with plain tags only; None if so much is open at once that no parser should see it."""
    kept: list[str] = []
    opened: list[str] = []
    reopened = work = end = 0
    for piece in _PIECE.finditer(html):
        kept.append(html[end : piece.start()])
        end = piece.end()
        name = (piece["name"] or "").lower()
        if name not in TAGS:
            kept.append("&lt;" if piece[0] == "<" else "")
            continue
        kept.append(f"</{name}>" if piece["end"] else f"<{name}{_attributes(name, piece['rest'])}>")
        if not piece["end"]:
            if name not in _NEVER_OPEN:
                opened.append(name)
                reopened += name in _REOPENED
        elif opened and opened[-1] == name:  # any other end may close nothing
            opened.pop()
            reopened -= name in _REOPENED
        work += len(opened) + _REOPENING * min(reopened, _MOST_REOPENED)
        if work > MOST_WORK:
            return None
    kept.append(html[end:])
    return "".join(kept)


def _attributes(name: str, rest: str) -> str:
    """Those that tables need, each once."""
    if name not in ATTRIBUTES:
        return ""
    found = {key.lower(): value for key, value in _ATTRIBUTE.findall(rest)}
    return "".join(f' {key}="{found[key]}"' for key in found if key in ATTRIBUTES[name])
