"""Right notebooks with one honest habit each, and wrong ones in the same clothes, at every door.

A right one must be right in every question: as ``autograder grade`` marks it, as ``check`` shows it at its place in a
real Jupyter kernel, as stock nbgrader marks it with the same tests as assert cells, as ``autograder check`` says, and
as ``nbgrader autograde`` marks it on this engine. A wrong one must lose marks in the questions that it names, and in no
other. With ``--write`` the table goes into docs/fairness.md.

Usage: python benchmarks/honest_notebooks.py [--door grade|stock|check|nbgrader ...] [--write] [NAME ...]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.honest import around, controls, names_and_state, places, rebuilt, styles, unusual  # noqa: E402
from benchmarks.honest.doors import DOORS, Class, Lost  # noqa: E402
from benchmarks.honest.draft import Habit  # noqa: E402

CORPUS = {
    habit.name: habit
    for habit in (
        *names_and_state.HABITS, *places.HABITS, *around.HABITS, *styles.HABITS, *unusual.HABITS,
        *rebuilt.HABITS, *controls.HABITS,
    )
}  # fmt: skip
AT_SIXTY = ("stock",)  # each is a kernel of its own, with its imports


def sixty() -> set[str]:
    """Four right notebooks of each assignment that every door can tell of, of as many kinds as there are."""
    chosen: set[str] = set()
    used: Counter[str] = Counter()
    asked = (*names_and_state.HABITS, *places.HABITS, *around.HABITS, *styles.HABITS)
    for assignment in sorted({habit.assignment for habit in asked}):
        left = [one for one in asked if one.assignment == assignment and not (one.wrong or one.unlike)]
        for _ in range(4):
            least = min(left, key=lambda one: used[one.kind])
            left.remove(least)
            used[least.kind] += 1
            chosen.add(least.name)
    return chosen


SIXTY = sixty()
PAGE = ROOT / "docs" / "fairness.md"
BEGIN, END = "<!-- honest notebooks -->\n", "<!-- end -->\n"
Found = dict[str, dict[str, Lost]]


def try_class(assignment: str, habits: Mapping[str, Habit], doors: list[str]) -> Found:
    """What each door says of each notebook of an assignment."""
    with tempfile.TemporaryDirectory(prefix="honest-") as folder:
        told = Class(assignment, habits, Path(folder))
        found: Found = {name: {} for name in habits}
        for door in doors:
            asked = [name for name in habits if door not in AT_SIXTY or name in SIXTY]
            for verdict, lost_by in DOORS[door](told, asked).items():
                for name, lost in lost_by.items():
                    found[name][verdict] = lost
                    if (words := unlike(habits[name], verdict, lost)) is not None:
                        print(f"{name} ({assignment}) at {verdict}: {words}", flush=True)
    return found


def unlike(habit: Habit, door: str, lost: Lost) -> str | None:
    """What is not as it must be; None where all is, or where the door cannot tell."""
    if door in habit.unlike:
        return None
    too_many = {question: words for question, words in lost.items() if question not in habit.wrong}
    too_few = [question for question in habit.wrong if question not in lost]
    if not too_many and not too_few:
        return None
    return "; ".join([*(f"loses {q}: {words}" for q, words in too_many.items()), *(f"keeps {q}" for q in too_few)])


def table(found: Found) -> str:
    """A line for each kind: how many notebooks there are, and how many are as they must be at each door."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for name, at in found.items():
        counts = kinds[CORPUS[name].kind]
        counts["notebooks"] += 1
        for door, lost in at.items():
            if door not in CORPUS[name].unlike:
                counts[f"asked {door}"] += 1
                counts[door] += unlike(CORPUS[name], door, lost) is None
    doors = [door for door in TITLES if any(door in at for at in found.values())]
    total: Counter[str] = Counter()
    for counts in kinds.values():
        total.update(counts)
    heads = " | ".join(TITLES[door] for door in doors)
    lines = [f"| kind | notebooks | {heads} |", f"| --- |{' ---: |' * (len(doors) + 1)}"]
    for kind, counts in (*kinds.items(), ("**all**", total)):
        cells = (f"{counts[door]} of {counts[f'asked {door}']}" for door in doors)
        lines.append(f"| {kind} | {counts['notebooks']} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


TITLES = {
    "grade": "`autograder grade`", "kernel": "`check` in a kernel", "stock": "stock nbgrader, assert cells",
    "check": "`autograder check`", "nbgrader": "`nbgrader autograde`",
}  # fmt: skip


def main() -> int:
    """Try the corpus; 1 if a notebook is not as it must be at some door."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--door", action="append", choices=DOORS)
    parser.add_argument("--write", action="store_true", help="put the table into docs/fairness.md")
    parser.add_argument("--results", type=Path, help="a file that keeps results, and of which the table is made")
    parser.add_argument("names", nargs="*", help="only these notebooks, or those of these assignments")
    typed = parser.parse_args()
    doors = typed.door or list(DOORS)
    chosen = [one for one in CORPUS.values() if not typed.names or {one.name, one.assignment} & set(typed.names)]
    kept = typed.results
    found: Found = json.loads(kept.read_text()) if kept and kept.exists() else {}
    for assignment in sorted({habit.assignment for habit in chosen}):
        habits = {one.name: one for one in chosen if one.assignment == assignment}
        for name, at in try_class(assignment, habits, doors).items():
            found.setdefault(name, {}).update(at)
        if kept:
            kept.write_text(json.dumps(found))
    told = table(found)
    print(told)
    if typed.write:
        page = PAGE.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        PAGE.write_text(before + BEGIN + "\n" + told + "\n" + END + rest.partition(END)[2], "utf-8")
    return int(any(unlike(CORPUS[name], door, lost) for name, at in found.items() for door, lost in at.items()))


if __name__ == "__main__":
    sys.exit(main())
