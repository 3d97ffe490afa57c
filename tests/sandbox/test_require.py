"""``--require full`` refuses less, and says what is missing; so does too low a limit on open files."""

from __future__ import annotations

import errno
from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.sandbox import confinement
from autograder.sandbox.landlock import SCOPE_ABI
from autograder.sandbox.layers import Layer, Layers
from autograder.sandbox.preconditions import ConfinementError
from autograder.session import selftest


@pytest.fixture
def whole() -> Layers:
    """Every layer in force."""
    on: dict[str, Any] = {field.name: Layer(True, "") for field in fields(Layers) if field.name not in ("root", "abi")}
    return Layers(root=False, abi=SCOPE_ABI, **on)


def level(layers: Layers, monkeypatch: pytest.MonkeyPatch, **how: Any) -> str:
    monkeypatch.setattr(selftest, "probe", lambda zygote, slot: ())
    monkeypatch.setattr(selftest, "verdict", lambda layers, probes: [])
    zygote: Any = SimpleNamespace(layers=layers)
    return selftest.require_sandbox(zygote, **how)


def test_less_than_full_is_refused_only_where_full_is_required(whole: Layers, monkeypatch: pytest.MonkeyPatch) -> None:
    container = replace(whole, mount=Layer(False, "may not make namespaces"))
    assert level(container, monkeypatch) == "partial"
    with pytest.raises(ConfinementError, match=r"would be partial; missing here: mount \(may not make namespaces\)"):
        level(container, monkeypatch, require="full")
    assert level(whole, monkeypatch, require="full") == "full"


def test_trusting_is_no_isolation(whole: Layers, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfinementError, match="--unsafe-trusted confines nothing"):
        level(whole, monkeypatch, trusted=True, require="full")


def test_too_few_open_files_are_named_and_not_the_path_at_which_it_stopped() -> None:
    with pytest.raises(ConfinementError, match="ulimit -n 1024") as told, confinement._step("landlock"):
        raise OSError(errno.EMFILE, "Too many open files", "/somewhere/annotated_types")
    assert "annotated_types" not in str(told.value)
    with pytest.raises(ConfinementError, match="nothing is graded without it"), confinement._step("landlock"):
        raise OSError(errno.EACCES, "Permission denied", "/somewhere")
