"""What every page looks like, and the frame around it: one file, without a script, in light and dark."""

from __future__ import annotations

import html
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def style_sheet(name: str) -> str:
    """One of the style sheets beside this file."""
    return (_FOLDER / name).read_text("utf-8")


def page(title: str, body: str, *, style: str = "", refresh: int = 0) -> str:
    """A whole document; ``body`` is HTML that is harmless already. A browser is told to load and run nothing.

    Args:
        refresh: seconds after which a browser loads the page again; 0 for never.
    """
    again = f'<meta http-equiv="refresh" content="{refresh}">\n' if refresh else ""
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{again}<title>{html.escape(title)}</title>\n<style>{style_sheet('page.css')}{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Words as HTML; `backquotes` mark code, as in all our messages."""
    parts = html.escape(words).split("`")
    if len(parts) % 2 == 0:  # one that is not paired stays a backquote
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))
