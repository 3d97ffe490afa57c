"""Puts torch's symbolic shapes, and SymPy with them, off until a shape is symbolic.

What torch computes in Python on ``meta`` asks ``torch.fx.experimental.symbolic_shapes`` whether a condition holds, and
that module imports SymPy: 0.9 s of computing and 40 MB. Of plain numbers each such question has a plain answer, which
is given here; anything else imports the module and asks it. Untrusted side too: imports nothing of the graders.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from autograder.remote.put_off import Later, put_off, real

_SHAPES = "torch.fx.experimental.symbolic_shapes"


def put_off_shapes() -> None:
    """From here on both modules are imported when they are first needed; nothing changes if they are there already."""
    put_off(_Shapes(_SHAPES))
    put_off(_SymPy("sympy"))


def _of_plain(name: str, fits: Callable[[object], bool], answer: Callable[..., Any], most: int = 1) -> Any:
    """The function ``name`` of the module: ``answer`` to up to ``most`` values that all fit, else the real one."""

    def ask(*values: Any, **named: Any) -> Any:
        if named or not 0 < len(values) <= most or not all(map(fits, values)):
            there = sys.modules[_SHAPES]
            return getattr(real(there) if isinstance(there, Later) else there, name)(*values, **named)
        return answer(*values)

    return staticmethod(ask)


def _truth(value: object) -> bool:
    return type(value) is bool


def _whole(value: object) -> bool:
    return type(value) in (bool, int)


def _number(value: object) -> bool:
    return type(value) in (bool, int, float)


def _sizes(value: object) -> bool:
    return isinstance(value, tuple) and all(type(size) is int for size in value)


def _equal(x: int | tuple[int, ...], y: int | tuple[int, ...]) -> bool:
    if isinstance(x, tuple) != isinstance(y, tuple):
        raise AssertionError(f"unexpected sym_eq between {type(x)} {type(y)}")
    return x == y


class _Shapes(Later):
    """Answers what is asked about plain numbers."""

    expect_true = _of_plain("expect_true", _truth, lambda a: a)
    guard_or_false = _of_plain("guard_or_false", _truth, lambda a: a)
    guard_or_true = _of_plain("guard_or_true", _truth, lambda a: a)
    guard_size_oblivious = _of_plain("guard_size_oblivious", _truth, lambda a: a)
    statically_known_true = _of_plain("statically_known_true", _truth, lambda a: a)
    statically_known_false = _of_plain("statically_known_false", _truth, lambda a: not a)
    is_nested_int = _of_plain("is_nested_int", _number, lambda a: False)
    has_guarding_hint = _of_plain("has_guarding_hint", _number, lambda a: True)
    guarding_hint_or_throw = _of_plain("guarding_hint_or_throw", _whole, lambda a: a)
    sym_and = _of_plain("sym_and", _truth, lambda *all_of: all(all_of), most=99)
    sym_or = _of_plain("sym_or", _truth, lambda *any_of: any(any_of), most=99)
    sym_eq = _of_plain("sym_eq", lambda a: _whole(a) or _sizes(a), _equal, most=2)


class _NoSymbol(type):
    """A kind that nothing is an instance of."""

    def __instancecheck__(cls, instance: object) -> bool:
        return False


class _SymPy(Later):
    """Tells torch, which asks of each operand whether it is symbolic, that none is while nobody has imported SymPy."""

    def __getattr__(self, name: str) -> Any:
        if name == "Basic" and sys._getframe(1).f_globals.get("__name__") == "torch._prims_common":
            return _NO_BASIC
        if name in ("__version__", "__all__"):
            return getattr(real(self), name)
        return super().__getattr__(name)


_NO_BASIC = _NoSymbol("Basic", (), {})
