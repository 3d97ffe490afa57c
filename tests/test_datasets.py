"""The data sets are what their script makes, and what their cards say."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.bank import reviews

COURSE = Path(__file__).parents[1]
DATASETS = COURSE / "datasets"
FILES = sorted(
    path.relative_to(COURSE) for part in ("datasets", "source/*/datasets") for path in COURSE.glob(f"{part}/*.csv")
)


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


@pytest.mark.parametrize("name", FILES, ids=str)
def test_a_changed_file_is_noticed(name: Path, tmp_path: Path) -> None:
    """One changed byte in any file, or in a copy beside a notebook, fails the check, which names it and no other."""
    for path in FILES:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(COURSE / path, tmp_path / path)
    shutil.copytree(DATASETS, tmp_path / "datasets", dirs_exist_ok=True)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    done = _check(tmp_path / "datasets")
    assert done.returncode == 1
    assert done.stdout.strip().endswith(f": {name.as_posix()}")


def test_animals_are_consistent() -> None:
    """What is so by definition is so in every row, and the odd cases are there."""
    animals = {row["animal_name"]: row for row in _rows("animals.csv")}
    assert len(animals) == len(_rows("animals.csv")) >= 150
    kinds = ("mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate")
    assert {row["type"] for row in animals.values()} == set(kinds)
    for row in animals.values():
        kind, legs = row["type"], int(row["legs"])
        assert (row["feathers"] == "1") == (kind == "bird"), row
        assert (row["milk"] == "1") == (kind == "mammal"), row
        assert (row["backbone"] == "1") == (kind in kinds[:5]), row
        assert legs in {"bird": {2}, "fish": {0}, "insect": {6}, "reptile": {0, 4}}.get(kind, range(31)), row
        assert all(value in "01" for name, value in row.items() if name not in ("animal_name", "legs", "type")), row
    assert animals["platypus"]["eggs"] == animals["platypus"]["venomous"] == animals["platypus"]["milk"] == "1"
    assert animals["emperor penguin"]["airborne"] == "0"
    assert animals["fruit bat"]["airborne"] == "1"
    assert animals["dolphin"]["hair"] == "0"
    assert animals["sea snake"]["eggs"] == "0"
    traits = [{k: v for k, v in animals[name].items() if k not in ("animal_name", "type")}
              for name in ("crocodile", "giant salamander")]  # fmt: skip
    assert traits[0] == traits[1]  # no model can tell these two classes apart


def test_salaries_give_themselves_away_through_the_currency() -> None:
    """One currency has one rate, so ``salary`` and ``salary_currency`` are ``salary_in_usd`` in other words."""
    table = _rows("salaries.csv")
    assert len(table) == 600
    rates: dict[str, list[float]] = {}
    for row in table:
        rates.setdefault(row["salary_currency"], []).append(int(row["salary_in_usd"]) / int(row["salary"]))
    assert len(rates) == 9
    assert all(max(found) - min(found) < 1e-3 * max(found) for found in rates.values())
    assert 10 <= sum(row["company_size"] == "" for row in table) <= 30
    assert all(value for row in table for name, value in row.items() if name != "company_size")


def test_reviews_of_another_seed_are_others() -> None:
    """Hidden reviews share no text with the file, and the same seed gives the same ones."""
    known = [row["text"] for row in _rows("reviews.csv")]
    hidden = reviews.reviews(300, 7, without=known)
    assert hidden == reviews.reviews(300, 7, without=known)
    texts = [text for text, _ in hidden]
    assert not set(texts) & set(known)
    assert len(set(texts)) == 300
    assert 0.45 < sum(label for _, label in hidden) / 300 < 0.65
