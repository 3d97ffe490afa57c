"""The versions that are promised: each pin installs on every Python of the range, and everything is pinned."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from packaging.version import Version

COURSE = Path(__file__).parents[1]
PROJECT = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The first and a late release of each; 3.11.2 is Debian 12's own.
PYTHONS = ("3.11.0", "3.11.2", "3.11.14", "3.12.0", "3.12.12", "3.13.0", "3.13.9")


def _pins() -> dict[str, Version]:
    lines = (COURSE / "constraints.txt").read_text(encoding="utf-8").split()
    return {canonicalize_name(name): Version(version) for name, _, version in (line.partition("==") for line in lines)}


def _installed(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _asked_for(requirements: list[str], extras: set[str]) -> list[Requirement]:
    """Those of them that hold for this Python and these extras."""
    parsed = [Requirement(line) for line in requirements]
    return [
        wanted
        for wanted in parsed
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras | {""})
    ]


def _direct() -> list[Requirement]:
    optional = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    return _asked_for(PROJECT["dependencies"] + optional, set())


def test_the_range_is_the_same_wherever_it_is_told() -> None:
    ranges = [PROJECT["requires-python"]]
    for part in ("student", "ci"):
        text = (COURSE / "packaging" / part / "pyproject.toml").read_text(encoding="utf-8")
        ranges.append(tomllib.loads(text)["project"]["requires-python"])
    assert ranges == [">=3.11,<3.14"] * 3
    assert "Python 3.11 to 3.13" in (COURSE / "README.md").read_text(encoding="utf-8")
    assert "(3, 11) <= sys.version_info < (3, 14)" in (COURSE / "Makefile").read_text(encoding="utf-8")
    assert all(python in SpecifierSet(ranges[0]) for python in PYTHONS)


def test_every_pin_installs_on_each_python_of_the_range() -> None:
    refused = {}
    for name, version in _pins().items():
        found = _installed(name)
        if found is None:
            # On 3.11 everything is needed; what only an older Python needs is not here on a newer one.
            assert sys.version_info >= (3, 12), f"{name} is pinned and not installed"
            continue
        assert Version(found.version).public == version.public, f"{name} {found.version} is here, {version} is pinned"
        needs = found.metadata.get("Requires-Python")  # without that field it installs on every Python
        if needs and not all(python in SpecifierSet(needs) for python in PYTHONS):
            refused[f"{name}=={version}"] = needs
    assert not refused


def test_everything_that_is_installed_is_pinned() -> None:
    """From what the project asks for, by what each package asks for in turn."""
    pins = _pins()
    todo, seen, loose = _direct(), set(), set()
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        if name not in pins:
            loose.add(name)
        if found := _installed(name):
            todo += _asked_for(found.requires or [], wanted.extras)
    assert len(seen) > 100
    # What a build of PyTorch for a GPU brings along is PyTorch's own choice, to the digit.
    assert not {name for name in loose if not re.match(r"nvidia-|cuda-|triton", name)}


def test_each_pin_is_in_the_range_that_the_project_asks_for() -> None:
    pins = _pins()
    for wanted in _direct():
        assert pins[canonicalize_name(wanted.name)] in wanted.specifier, str(wanted)
