"""Formulas of LaTeX as MathML, which browsers draw and screen readers read aloud, without the network."""

from __future__ import annotations

import html
from functools import lru_cache
from xml.etree import ElementTree

# MathML Core's elements and the attributes that shape a formula: no link, no style, no script.
_TAGS = frozenset(
    {
        "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom",
        "mprescripts", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
                "mtext", "mtr", "munder", "munderover", "none",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset(
    {
        "accent", "accentunder", "columnalign", "columnspacing", "depth", "display", "displaystyle", "fence", "form",
        "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits",
        "notation", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "width",
    }
)  # fmt: skip
_LONGEST = 5_000  # characters: a formula of people is a line; what is longer is shown as it is written


@lru_cache(maxsize=4096)
def as_mathml(formula: str, *, block: bool = False) -> str:
    """The formula as HTML; one that nobody can read as LaTeX is shown as it was written."""
    written = f"<code>{html.escape(formula)}</code>"
    if len(formula) > _LONGEST:
        return written
    try:
        from latex2mathml.converter import convert

        tree = ElementTree.fromstring(convert(formula, display="block" if block else "inline"))
    except Exception:  # a student's own formula: whatever the parser says, or it is not installed
        return written
    if not _is_plain(tree):
        return written
    return ElementTree.tostring(tree, encoding="unicode", method="html")


def _is_plain(tree: ElementTree.Element) -> bool:
    """Strip the tree of what MathML does not need; whether nothing else is in it."""
    for node in tree.iter():
        node.tag = str(node.tag).rpartition("}")[2]
        if node.tag not in _TAGS:
            return False
        node.attrib = {name: value for name, value in node.attrib.items() if name in _ATTRIBUTES}
    return True
