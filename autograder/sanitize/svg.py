"""Pictures in SVG without anything that runs or loads: shapes, texts and their looks, by name.

What is not listed is dropped with all that is in it. A document type is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

MAX_SVG = 1 << 20  # characters; a plot of some thousand points takes half of it
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_TAGS = frozenset(
    """
    svg g path rect circle ellipse line polyline polygon text tspan textPath defs clipPath mask pattern marker use
    symbol linearGradient radialGradient stop title desc image
    """.split()  # noqa: SIM905  a list of sixty strings is no easier to read
)
# How something looks: as attributes, and in ``style``.
_LOOKS = frozenset(
    """
    fill stroke opacity color stop-color stop-opacity fill-opacity fill-rule stroke-width stroke-opacity
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit clip-path clip-rule
    mask marker-start marker-mid marker-end font font-family font-size font-style font-weight text-anchor
    dominant-baseline alignment-baseline letter-spacing
    """.split()  # noqa: SIM905
)
_ATTRIBUTES = _LOOKS | frozenset(
    """
    id x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy d points width height viewBox version transform preserveAspectRatio
    gradientUnits gradientTransform spreadMethod offset patternUnits patternTransform clipPathUnits maskUnits
    markerWidth markerHeight refX refY orient rotate textLength lengthAdjust startOffset style
    """.split()  # noqa: SIM905
)
_LOADS = re.compile(r"url\s*\(\s*(?!['\"]?#)|@|expression|javascript|\\|/\*", re.IGNORECASE)
_OWN_PLACE = re.compile(r"#[\w.:-]+")
_OWN_PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")


def clean_svg(text: str) -> str | None:
    """The picture with nothing active in it; None if it is no SVG that can be read safely."""
    if len(text) > MAX_SVG or "<!ENTITY" in text.upper():
        return None
    text = re.sub(r"<!DOCTYPE[^>\[]*>|<\?xml-stylesheet[^>]*>", "", text)  # matplotlib writes one without entities
    if "<!DOCTYPE" in text.upper():
        return None
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    try:
        _clean(root)
        return ElementTree.tostring(root, encoding="unicode")
    except RecursionError:
        return None


def _clean(element: ElementTree.Element) -> None:
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.removeprefix(f"{{{_SVG}}}") in _TAGS:
            _clean(child)
        else:
            element.remove(child)
    for name, value in list(element.attrib.items()):
        if name in ("href", f"{{{_XLINK}}}href"):
            kept = bool(_OWN_PLACE.fullmatch(value) or _OWN_PICTURE.fullmatch(value))
        else:
            kept = name in _ATTRIBUTES and not _LOADS.search(value)
        if not kept:
            del element.attrib[name]
        elif name == "style":
            element.set(name, ";".join(part for part in value.split(";") if part.partition(":")[0].strip() in _LOOKS))
