"""The box that a verdict is shown in: HTML that needs nothing from outside and reads well in light and dark."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Literal

Tone = Literal["right", "nearly", "wrong", "blank", "hint"]

# Half-transparent over the notebook's own background, with the notebook's own text colour.
_COLOURS: dict[Tone, str] = {
    "right": "46,158,91", "nearly": "214,137,16", "wrong": "214,64,64", "blank": "128,128,128", "hint": "64,120,214",
}  # fmt: skip
SIGNS: dict[Tone, str] = {"right": "✓", "nearly": "◐", "wrong": "✗", "blank": "○", "hint": "➜"}
_CODE = re.compile(r"`([^`]+)`")
_PRINTED = "margin:2px 0;padding:2px 8px;white-space:pre-wrap;overflow-wrap:anywhere;color:inherit;background:none"


def box(
    tone: Tone,
    head: str,
    beside: str,
    *,
    ticks: Sequence[tuple[str, str]] = (),
    rows: Sequence[Sequence[str]] = (),
    told: Sequence[tuple[str, str]] = (),
    printed: str = "",
    small: str = "",
) -> str:
    """One box.

    Args:
        head: the verdict in a few words; ``beside`` stands after it, in plain weight.
        ticks: (mark, title) of each check.
        rows: a table, its head first.
        told: (label, text) lines; without a label the text is a paragraph. `Backquotes` mark code.
        printed: what the student's code printed.
        small: the small print at the end.
    """
    colour = _COLOURS[tone]
    parts = [
        # A live region: what a cell shows anew is read aloud by a screen reader.
        f'<div role="status" style="border-left:5px solid rgb({colour});background:rgba({colour},0.12);color:inherit;'
        'padding:8px 14px;margin:4px 0;border-radius:4px;line-height:1.5;max-width:60em">',
        f'<div><span aria-hidden="true" style="color:rgb({colour});font-weight:bold">{SIGNS[tone]}</span> '
        f"<strong>{_text(head)}</strong>" + (f" · {_text(beside)}" if beside else "") + "</div>",
    ]
    if ticks:
        items = "".join(f'<li style="list-style:none">{mark} {_text(title)}</li>' for mark, title in ticks)
        parts.append(f'<ul style="margin:4px 0;padding-left:8px">{items}</ul>')
    if rows:
        parts.append(_table(rows))
    parts += [_line(label, text) for label, text in told]
    if printed:
        parts.append(_line("Your code printed", "") + f'\n<pre style="{_PRINTED}">{html.escape(printed)}</pre>')
    if small:
        parts.append(f'<div style="opacity:0.8;font-size:90%;margin-top:4px">{_text(small)}</div>')
    return "\n".join([*parts, "</div>"])


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    left = 'style="text-align:left;padding:1px 10px 1px 0;background:none"'
    lines = [f'<tr style="background:none">{"".join(f"<th scope=col {left}>{_text(cell)}</th>" for cell in head)}</tr>']
    for row in body:
        lines.append(f'<tr style="background:none">{"".join(f"<td {left}>{_text(cell)}</td>" for cell in row)}</tr>')
    return f'<table style="border-collapse:collapse;margin:4px 0;color:inherit">{"".join(lines)}</table>'


def _line(label: str, text: str) -> str:
    named = f"<strong>{_text(label)}:</strong> " if label else ""
    return f'<div style="margin:2px 0;overflow-wrap:anywhere">{named}{_text(text)}</div>'


def _text(words: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(words))
