"""What submissions may read: this interpreter and its packages, and nothing of this package or what is hidden."""

import os
from pathlib import Path

import pytest

from autograder.sandbox import namespaces
from autograder.sandbox.policy import Policy, default_readable


def test_a_policy_survives_json() -> None:
    before = Policy(
        readable=("/usr/lib",), hidden=("/secret",), memory_bytes=1 << 29, cpu_seconds=60, file_bytes=1 << 26,
        scratch_bytes=1 << 26, disabled=("uid",),
    )  # fmt: skip
    assert Policy.from_json(before.to_json()) == before


def test_this_package_is_not_readable() -> None:
    own = os.path.realpath(namespaces.__file__)
    assert not any(namespaces.beneath(own, os.path.realpath(path)) for path in default_readable())


def test_a_hidden_package_is_left_out_and_its_siblings_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = tmp_path / "site-packages"
    for name in ("numpy", "autograder", "autograder-0.1.dist-info", "_autograder.pth", "bank"):
        (packages / name).mkdir(parents=True)
    monkeypatch.setattr("sys.path", [str(packages)])
    found = [path for path in default_readable([str(packages / "bank" / "answers")]) if path.startswith(str(tmp_path))]
    assert found == [str(packages / "numpy")]
