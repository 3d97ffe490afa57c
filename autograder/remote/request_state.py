"""What a student's state may not do to our requests: settings are as in a fresh Python while one is served.

A default dtype, a default device, grad mode and the like hold for a whole process. Inputs are made, answers are
called and replies are read with the settings of a fresh Python, and afterwards the student's are as they were. An
answer that was written under other settings may need them: then it is asked once more under its own (``theirs``),
and the kinder reading counts.
"""

from __future__ import annotations

import builtins
from builtins import all, any, bool, isinstance, list, map, setattr, tuple, zip  # noqa: UP029  whatever a cell patches
from collections.abc import Callable
from dataclasses import dataclass
from operator import is_, itemgetter
from typing import Any

import numpy as np
import torch

# Of Python's own: what our code and nearly every answer uses. IPython and the graders put others in their place.
_OWN = (
    "abs", "all", "any", "bool", "dict", "enumerate", "filter", "float", "getattr", "hasattr", "int", "isinstance",
    "issubclass", "iter", "len", "list", "map", "max", "min", "next", "print", "range", "repr", "reversed", "round",
    "set", "setattr", "sorted", "str", "sum", "super", "tuple", "type", "vars", "zip",
)  # fmt: skip
_AS_EVER = tuple(vars(builtins)[name] for name in _OWN)
_CPU = torch.device("cpu")
_LOUD = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}  # as NumPy starts


@dataclass(frozen=True)
class _Setting:
    """How a setting is read and written, and what a fresh Python has. Bound here, before anybody can patch them."""

    read: Callable[[], Any]
    write: Callable[[Any], object]
    fresh: Any


def _write_builtins(values: tuple[Any, ...]) -> None:
    for name, value in zip(_OWN, values, strict=True):
        setattr(builtins, name, value)


def _default_device() -> torch.device:
    # Torch's own answer makes a tensor where nobody has chosen a device: 20 microseconds, several times a request.
    chosen = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    return _CPU if chosen is None else chosen.device


# Where torch keeps the precision of float32 products since 2.9, beside the flag of old; what was chosen for all is read
# there too. cuDNN's convolutions and recurrent cells have TF32 on in a fresh Python, so those two are left as they are.
_KEPT_AT = (("cuda", "matmul"), ("mkldnn", "matmul"), ("mkldnn", "conv"), ("mkldnn", "rnn"))
_FULL = "ieee"  # of torch's names; "none", nothing chosen, is the same
_MIXED = "mixed"


def _precision() -> tuple[Callable[[], str], Callable[[str], object], str]:
    """How the precision is read and written, and the fresh one; as text: the flag of old, then the new ones."""
    old, set_old = torch.get_float32_matmul_precision, torch.set_float32_matmul_precision
    new: Callable[[str, str], str] | None = getattr(torch._C, "_get_fp32_precision_getter", None)
    set_new: Callable[[str, str, str], object] | None = getattr(torch._C, "_set_fp32_precision_setter", None)
    if new is None or set_new is None:
        return old, set_old, "highest"

    def read() -> str:
        try:
            first = old()
        except RuntimeError:  # after new flags were set, torch refuses to say
            first = _MIXED
        return ",".join([first, *[new(*at) for at in _KEPT_AT]]).replace("none", _FULL)

    def write(values: str) -> None:
        first, *others = values.split(",")
        if first != _MIXED:
            set_old(first)
        for at, value in zip(_KEPT_AT, others, strict=True):
            set_new(*at, value)

    return read, write, ",".join(["highest", *[_FULL] * len(_KEPT_AT)])


def _settings() -> tuple[_Setting, ...]:
    anomaly, autocast, enable_autocast = torch.is_anomaly_enabled, torch.is_autocast_enabled, torch.set_autocast_enabled
    set_device, deterministic = torch.set_default_device, torch.use_deterministic_algorithms
    enabled, warns = torch.are_deterministic_algorithms_enabled, torch.is_deterministic_algorithms_warn_only_enabled
    namespace, own, geterr, seterr = vars(builtins), itemgetter(*_OWN), np.geterr, np.seterr
    return (
        _Setting(lambda: own(namespace), _write_builtins, _AS_EVER),
        _Setting(torch.get_default_dtype, torch.set_default_dtype, torch.float32),
        _Setting(_default_device, lambda device: set_device(None if device == _CPU else device), _CPU),
        _Setting(torch.is_grad_enabled, torch.set_grad_enabled, True),
        _Setting(lambda: autocast("cpu"), lambda on: enable_autocast("cpu", on), False),
        _Setting(*_precision()),
        _Setting(anomaly, torch.autograd.set_detect_anomaly, False),
        # Strict is what raises; that it warns is our own setting on a GPU.
        _Setting(lambda: enabled() and not warns(), lambda strict: deterministic(True, warn_only=not strict), False),
        _Setting(geterr, lambda modes: seterr(**modes), _LOUD),
    )


_SETTINGS = _settings()
_FRESH = [one.fresh for one in _SETTINGS]
_inference, _inference_mode = torch.is_inference_mode_enabled, torch.inference_mode
_theirs: list[tuple[list[Any], bool]] = []  # the notebook's settings, while those of a fresh Python are in force
_modes: list[Any] = []  # guards that were entered here; each would put back what was before, if it were let go


def changed() -> bool:
    """Whether the notebook has other settings than a fresh Python."""
    values, inference = _theirs[0] if _theirs else (_read(), _inference())
    return inference or any(_differ(value, one.fresh) for value, one in zip(values, _SETTINGS, strict=True))


class fresh:
    """The settings of a fresh Python; afterwards the notebook's, or, inside another ``fresh``, fresh ones again."""

    __slots__ = ("_outermost",)

    def __enter__(self) -> None:
        self._outermost = not _theirs
        if self._outermost:
            found = _read()
            _theirs.append((found, _inference()))
            _put(_FRESH, False, found)

    def __exit__(self, *raised: object) -> None:
        if self._outermost:
            _put(*_theirs.pop())
        else:
            _put(_FRESH, False)


class theirs:
    """Inside ``fresh``: the notebook's own settings, which may be changed; afterwards those of a fresh Python again."""

    __slots__ = ("_inside",)

    def __enter__(self) -> None:
        self._inside = bool(_theirs)
        if self._inside:
            _put(*_theirs.pop())

    def __exit__(self, *raised: object) -> None:
        if self._inside:
            found = _read()
            _theirs.append((found, _inference()))
            _put(_FRESH, False, found)


def _read() -> list[Any]:
    return [one.read() for one in _SETTINGS]


def _put(values: list[Any], inference: bool, found: list[Any] | None = None) -> None:
    """Make these the settings, where ``found`` are; a ``with`` would put back those, and not what is wanted."""
    if _inference() != inference:
        mode = _inference_mode(inference)
        mode.__enter__()
        _modes.append(mode)
    for one, now, value in zip(_SETTINGS, found or _read(), values, strict=True):
        if _differ(now, value):
            one.write(value)


def _differ(one: Any, other: Any) -> bool:
    if isinstance(other, tuple):  # of functions, whose own `==` nobody should ask for
        return not all(map(is_, one, other))
    return bool(one != other)
