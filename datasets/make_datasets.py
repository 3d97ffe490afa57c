"""Makes the data sets of this folder, the same bytes on every machine.

``python datasets/make_datasets.py`` writes the files beside this script, and copies of some into ``source/``, and
prints their SHA-256; ``--check`` writes nothing and fails if a file, or its SHA-256 in README.md, is not what would
be written.
It needs Python and the course's package, and no other library.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import random
import sys
from pathlib import Path

import animals
import salaries

from autograder.bank import reviews

SEED = 9  # of the split of sum_rule.csv; nothing else is random
HERE = Path(__file__).resolve().parent
Row = tuple[object, ...]


def four_points() -> list[Row]:
    """Four points with x2 = x1 + 1 and y = 5·x1 + 5: many weights fit them exactly."""
    return [("x1", "x2", "y"), *((x, x + 1, 5 * x + 5) for x in (1, 3, 5, 7))]


def bump() -> list[Row]:
    """Forty positions −20 to 19; the seven from −3 to 3 are positive."""
    return [("x", "label"), *((x, int(-3 <= x <= 3)) for x in range(-20, 20))]


def double_bump() -> list[Row]:
    """A hundred equally spaced positions from −20 to 20; positive between 5 and 10 on either side."""
    positions = [-20 + 40 * i / 99 for i in range(100)]
    return [("x", "label"), *((f"{x:.4f}", int(5 < abs(x) < 10)) for x in positions)]


def sum_rule() -> list[Row]:
    """The whole-number grid from 1 to 10, positive where x1 + x2 > 11: 70 rows to train on, 30 to test."""
    grid = [(a, b) for a in range(1, 11) for b in range(1, 11)]
    # sorted by random() rather than shuffled: random() alone is promised to stay the same in later Pythons
    generator = random.Random(SEED)
    keys = [generator.random() for _ in grid]
    train = set(sorted(range(len(grid)), key=keys.__getitem__)[:70])
    rows = [(a, b, int(a + b > 11), "train" if i in train else "test") for i, (a, b) in enumerate(grid)]
    return [("x1", "x2", "label", "split"), *rows]


def reviews_rows() -> list[Row]:
    """Four hundred short reviews, from the generator that the tests of 14 use under other seeds."""
    return [("text", "label"), *reviews.reviews(reviews.ROWS, reviews.SEED)]


DATASETS = {
    "four_points.csv": four_points,
    "bump.csv": bump,
    "double_bump.csv": double_bump,
    "sum_rule.csv": sum_rule,
    "animals.csv": animals.rows,
    "salaries.csv": salaries.rows,
    "reviews.csv": reviews_rows,
}
# Assignments whose notebooks read a file: nbgrader hands out what lies in an assignment's folder.
READ_BY = {
    "animals.csv": ("10-data",),
    "salaries.csv": ("11-training-loops",),
    "reviews.csv": ("14-text-and-capstone",),
}


def as_csv(rows: list[Row]) -> bytes:
    """Comma-separated, a line feed after every row; quotes only where a value has a comma."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("ascii")


def places(name: str) -> list[Path]:
    """Where the file belongs: here, and in a folder ``datasets`` beside each notebook that reads it."""
    return [HERE / name, *(HERE.parent / "source" / reader / "datasets" / name for reader in READ_BY.get(name, ()))]


def main() -> int:
    """Write or check the files; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    check = parser.parse_args().check
    card = (HERE / "README.md").read_text("utf-8") if check else ""
    stale: list[str] = []
    for name, rows in DATASETS.items():
        data = as_csv(rows())
        digest = hashlib.sha256(data).hexdigest()
        if check:
            stale += [name] if digest not in card else []
            stale += [str(path.relative_to(HERE.parent)) for path in places(name) if not same(path, data)]
            continue
        for path in places(name):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        print(f"{digest}  {name}")
    if stale:
        print("not what make_datasets.py makes, or another SHA-256 in README.md: " + ", ".join(stale))
    return 1 if stale else 0


def same(path: Path, data: bytes) -> bool:
    """Whether the file is there and holds these bytes."""
    return path.is_file() and path.read_bytes() == data


if __name__ == "__main__":
    sys.exit(main())
