"""Makes the text cells of a stranger's notebook harmless: pages made from them run nothing.

nbconvert writes the HTML of a Markdown cell and the whole of a raw cell into its page as it is, and
nbgrader's template does so even where nbconvert is told to sanitize; so the stored text itself is mended.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from typing import Any

_SAFE_TAGS = (
    "a|abbr|b|blockquote|br|caption|center|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|"
    "span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var"
)
# Attributes are dropped, so that a kept tag is one that was matched in full.
_TAG = re.compile(rf"<(/?)({_SAFE_TAGS})(?:\s[^<>]*)?(/?)>", re.IGNORECASE)
_OPENS_A_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|colon|Tab|NewLine|sol);?")
_IGNORED = r"[\x00-\x20\u200b-\u200f\u2028-\u202e]*"
_SCHEMES = re.compile(
    "(" + "|".join(_IGNORED.join(name) for name in ("javascript", "vbscript", "livescript")) + rf"){_IGNORED}:",
    re.IGNORECASE,
)
_ACTIVE_DATA = re.compile(rf"data{_IGNORED}:(?=\s*(?:text|application|image/svg|[;,]))", re.IGNORECASE)
_ATTACHMENT = re.compile(r"attachment(?=\\*:)")
# A name in <...>, which are &lt;...> by now and may hold spaces, or one without spaces whose brackets are paired.
_SHOWN = re.compile(
    r"&lt;attachment:(?P<in_angles>(?:[^<>\n&]|&(?!lt;))++)>(?=[\s)]|\Z)|attachment:(?P<bare>(?:[^\s()<>]|\([^\s()<>]*\))*+)"
)
_BASE64 = re.compile("[A-Za-z0-9+/]+=*")
_PICTURES = ("image/png", "image/jpeg", "image/gif")
_AFTER_A_NAME = (")", " ", "\t", "\n", "")
_LONGEST_NAME = 300  # file systems allow 255
MAX_PICTURES = 8 << 20  # characters: one large picture may be shown many times


def harmless_cell(cell: Any) -> None:
    """Mend a Markdown or raw cell in place; code cells are shown as text anyway."""
    attachments = cell.pop("attachments", None)
    if cell.cell_type == "markdown":
        cell.source = _attached(harmless_markdown(cell.source), attachments)
    elif cell.cell_type == "raw":
        cell.source = html.escape(cell.source, quote=False)


def harmless_markdown(text: str) -> str:
    """Markdown in which no tag is active, none has attributes, and no link runs a script."""
    text = _ENTITY.sub(_plain, text)
    text = _SCHEMES.sub("blocked:", text)
    text = _ACTIVE_DATA.sub("blocked:", text)
    kept: list[str] = []
    end = 0
    for match in _TAG.finditer(text):
        kept.append(_OPENS_A_TAG.sub("&lt;", text[end : match.start()]))
        kept.append(f"<{match[1]}{match[2].lower()}{match[3]}>")
        end = match.end()
    kept.append(_OPENS_A_TAG.sub("&lt;", text[end:]))
    return "".join(kept)


def _plain(match: re.Match[str]) -> str:
    """An entity that spells a letter, a colon or white space, as in ``&#106;avascript``, as what it spells."""
    meant = html.unescape(match[0] if match[0].endswith(";") else match[0] + ";")
    spells_a_scheme = len(meant) == 1 and (
        (meant.isascii() and (meant.isalnum() or meant in ":/")) or ord(meant) <= 0x20
    )
    return meant if spells_a_scheme else match[0]


def _attached(text: str, attachments: Any) -> str:
    """The text with its attached pictures inside it: where a name is missing, nbconvert makes no page at all."""
    if "![" not in text:
        return text
    pictures = _pictures(attachments)
    room = MAX_PICTURES

    def show(place: re.Match[str]) -> str:
        nonlocal room
        ends = place["in_angles"] is not None or place.string[place.end() : place.end() + 1] in _AFTER_A_NAME
        kind, picture = pictures.get(place["in_angles"] or place["bare"], ("", "")) if ends else ("", "")
        if not picture or len(picture) > room:
            return place[0]
        room -= len(picture)
        return f"data:{kind};base64,{picture}"

    return _ATTACHMENT.sub("missing-attachment", _SHOWN.sub(show, text))


def _pictures(attachments: Any) -> dict[str, tuple[str, str]]:
    """Kind and content of each attached picture, by its name as it is and as a link spells it."""
    found: dict[str, tuple[str, str]] = {}
    for name, data in attachments.items() if isinstance(attachments, dict) else ():
        for kind, encoded in data.items() if isinstance(data, dict) else ():
            picture = "".join(encoded.split()) if isinstance(encoded, str) else ""
            if kind in _PICTURES and _BASE64.fullmatch(picture) and len(str(name)) <= _LONGEST_NAME:
                for spelled in (str(name), urllib.parse.quote(str(name), errors="replace")):
                    found.setdefault(spelled, (kind, picture))
    return found
