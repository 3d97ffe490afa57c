"""Helpers that tests send to the student's process use nothing that is not there."""

from __future__ import annotations

import ast
import builtins
import dis
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from autograder.course.layout import PACKAGE
from autograder.remote.source import source_of

THERE = {"torch", "nn", "F", "np", "__name__", "__module__", "__qualname__", *dir(builtins)}
SENDS = {"transfer", "assert_model_follows_device"}


def sent() -> Iterator[Any]:
    """Each call that sends a helper, with the helper and what goes along."""
    for path in sorted([*(PACKAGE / "bank").rglob("*.py"), *(PACKAGE / "checks").rglob("*.py")]):
        text = path.read_text("utf-8")
        if path.name.endswith("_answers.py") or not any(f"{name}(" in text for name in SENDS):
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SENDS:
                last = 2 if call.func.id != "transfer" else None
                yield pytest.param(path, call.args[1:last], id=f"{path.stem}:{call.lineno}")


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code object and those in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def names(code: CodeType, *operations: str) -> set[str]:
    return {step.argval for step in dis.get_instructions(code) if step.opname in operations}


@pytest.mark.parametrize(("path", "args"), list(sent()))
def test_every_name_is_there_or_goes_along(path: Path, args: list[ast.expr]) -> None:
    module = importlib.import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    parts: list[Any] = []
    for arg in args:
        value = eval(ast.unparse(arg.value if isinstance(arg, ast.Starred) else arg), vars(module))
        parts += value if isinstance(value, tuple) else [value]
    code = compile(source_of(*parts[1:], parts[0]), "sent", "exec", dont_inherit=True)
    used = {
        name for each in codes(code) for name in names(each, "LOAD_GLOBAL", "LOAD_NAME") - names(each, "STORE_NAME")
    }
    assert used - names(code, "STORE_NAME") <= THERE
