"""The data sets are what their script makes, and what their cards say."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.bank import reviews

DATASETS = Path(__file__).parents[1] / "datasets"


def _check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "make_datasets.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATASETS / name).open(newline="", encoding="ascii") as file:
        return list(csv.DictReader(file))


def test_every_file_and_its_checksum_is_what_the_script_makes() -> None:
    """``--check`` makes all files again and compares bytes and the SHA-256 of the cards."""
    done = _check(DATASETS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(path.name for path in DATASETS.glob("*.csv")))
def test_a_changed_file_is_noticed(name: str, tmp_path: Path) -> None:
    """One changed byte in any file fails the check, which names that file and no other."""
    folder = shutil.copytree(DATASETS, tmp_path / "datasets")
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    done = _check(folder)
    assert done.returncode == 1
    assert done.stdout.strip().endswith(f": {name}")


def test_reviews_of_another_seed_are_others() -> None:
    """Hidden reviews share no text with the file, and the same seed gives the same ones."""
    known = [row["text"] for row in _rows("reviews.csv")]
    hidden = reviews.reviews(300, 7, without=known)
    assert hidden == reviews.reviews(300, 7, without=known)
    texts = [text for text, _ in hidden]
    assert not set(texts) & set(known)
    assert len(set(texts)) == 300
    assert 0.45 < sum(label for _, label in hidden) / 300 < 0.65
