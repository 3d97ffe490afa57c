"""Writes the table of attacks in ``docs/security.md``: ``python tests/attacks/table.py``; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hostile import ATTACKS, Attack
from hostile.course import COURSE_ATTACKS

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- table: made by tests/attacks/table.py -->\n", "<!-- end of table -->\n"


def table() -> str:
    """The attacks by what they are after: attack, defence, control."""
    lines = []
    for after in dict.fromkeys(attack.after for attack in ATTACKS):
        chosen = [attack for attack in ATTACKS if attack.after == after]
        lines += [f"### {after.capitalize()} ({len(chosen)})\n", "| attack | defence | control |", "|---|---|---|"]
        lines += [_row(attack) for attack in chosen]
        lines.append("")
    lines += [
        f"### Under the profile `course` ({len(COURSE_ATTACKS)})\n",
        "| attack | defence | control |",
        "|---|---|---|",
    ]
    for one in COURSE_ATTACKS:
        control = "succeeds in a plain process" if one.control is True else f"none: {one.control}"
        lines.append(f"| {one.name} | {one.defence} | {control} |")
    return "\n".join([*lines, ""])


def _row(attack: Attack) -> str:
    cells = (attack.name, attack.defence, attack.control.words)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"


def page() -> str:
    """The page with the table as it should be."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(int(PAGE.read_text("utf-8") != page()))
    PAGE.write_text(page(), "utf-8")
