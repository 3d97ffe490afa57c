"""What a test holds of a student: ``student.count_mlp([8, 4, 2])`` asks, and data comes back.

Objects stay over there. An attribute is only a path until it is called or fetched, so
``student.torch.nn.Linear(3, 2)`` is one request, and gives a handle whose parameters, flags and
gradients the functions below ask for as data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Protocol

import torch

from autograder.protocol.wire import Attribute, Failure, Handle, Item, Name
from autograder.remote.source import Part, source_of

LIBRARIES = ("torch", "numpy", "pandas", "math")
STAND_IN = "stand-in"  # a place: a GPU's stand-in, see ``stand_in.py``


class Transport(Protocol):
    """Carries one request over and its reply back."""

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply to ``request``, decoded; a ``Failure`` if the student's code failed."""


class StudentFailed(Exception):
    """The student's code failed while it was asked: what kind of failure, as data."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.type_name}: {failure.message}")
        self.failure = failure

    @property
    def at_none(self) -> bool:
        """Whether Python stopped because something was None: a gradient that is not there, mostly."""
        return self.failure.kind == "raised" and "NoneType" in self.failure.message


class Remote:
    """A path to something over there: called, indexed, fetched or passed on as an argument."""

    __slots__ = ("_line", "_target")

    def __init__(self, line: Line, target: Any) -> None:
        self._line = line
        self._target = target

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("__"):
            raise AttributeError(name)
        target = self._target
        if isinstance(target, Name):
            return Remote(self._line, Name(f"{target.path}.{name}"))
        if isinstance(target, Attribute):
            return Remote(self._line, Attribute(target.of, f"{target.path}.{name}"))
        return Remote(self._line, Attribute(target, name))

    # Without these, `for` and `in` would ask for item after item and never come to an end.
    __iter__ = None
    __contains__ = None

    def __bool__(self) -> bool:
        # Any object over there would else pass for "true" in a test.
        raise TypeError("what stays over there is neither true nor false")

    def __getitem__(self, key: Any) -> Remote:
        return Remote(self._line, Item(self._target, key))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return call(self, *args, **kwargs)

    def __repr__(self) -> str:
        return f"<over there: {self._target}>"


class Line:
    """One side's connection: counts the requests and gives each call its own seed."""

    def __init__(self, transport: Transport, seed: int = 0, forbid: tuple[str, ...] = ()) -> None:
        self.transport = transport
        self.requests = 0
        self.calls = 0  # of the student's own functions, by name
        self.last_result: Any = None
        self._last: dict[str, Any] | None = None
        self.forbid = forbid
        self._seed = seed

    def ask(self, **request: Any) -> Any:
        """The reply, with every handle in it made into something that can be asked again.

        Raises:
            StudentFailed: the student's code raised, hung, or is not there.
        """
        self.requests += 1
        by_name = request["op"] == "call" and _is_students(request["target"]._target)
        if by_name:
            self.calls += 1
            self._last, self.last_result = request, None
        reply = self.transport.ask(_lowered(request))
        if isinstance(reply, Failure):
            raise StudentFailed(reply)
        result = self._raised(reply)
        if by_name:
            self.last_result = result
        return result

    @property
    def last_call(self) -> str:
        """The latest call of a function of the student's own, in words; '' before the first."""
        return "" if self._last is None else _call_in_words(self._last)

    def call_that_gave(self, *answers: Any) -> str:
        """The student's call behind an answer, in words; '' where several were made and it is not the last one's."""
        told = self.calls == 1 or any(answer is self.last_result for answer in answers)
        return self.last_call if told else ""

    def next_seed(self) -> int:
        """A seed that depends on the test and on how many requests came before."""
        # Hashed, so that it tells nothing of the test's own seed, from which all inputs are drawn.
        told = f"call {self.requests} of {self._seed}".encode()
        return int.from_bytes(hashlib.sha256(told).digest()[:4], "little") >> 1

    def _raised(self, value: Any) -> Any:
        match value:
            case Handle():
                return Remote(self, value)
            case list():
                return [self._raised(item) for item in value]
            case tuple():
                return tuple(self._raised(item) for item in value)
            case dict():
                return {key: self._raised(item) for key, item in value.items()}
            case _:
                return value


class Student:
    """The student's names, and ``torch``, ``numpy``, ``pandas`` and ``math`` over there."""

    def __init__(self, transport: Transport, seed: int = 0, forbid: tuple[str, ...] = ()) -> None:
        self._line = Line(transport, seed, forbid)

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("__"):
            raise AttributeError(name)
        return Remote(self._line, Name(name))


def call(
    remote: Remote,
    *args: Any,
    keep: bool = False,
    place: str | None = None,
    bound: bool = True,
    **kwargs: Any,
) -> Any:
    """Call ``remote``; with ``keep`` the result stays there even where it is data.

    Args:
        place: ``meta``, ``cuda`` or ``STAND_IN``: put the tensors there and answer with a list of
            (device, shape, dtype) of the tensors in the result.
        bound: whether what the question forbids is forbidden in this call.
    """
    line: Line = remote._line
    forbid = line.forbid if bound and not _is_library(remote._target) else ()  # binds the student, not the test
    options = {"kwargs": kwargs, "keep": keep, "forbid": list(forbid), "place": place}
    said = {name: value for name, value in options.items() if value}  # most calls need none of them
    return line.ask(op="call", target=remote, args=list(args), seed=line.next_seed(), **said)


def fetch(remote: Remote) -> Any:
    """The value over there, as data."""
    return remote._line.ask(op="fetch", target=remote)


def keep(student: Student, value: Any) -> Remote:
    """Put a value over there and hold it by handle, to see later what became of it."""
    kept: Remote = student._line.ask(op="keep", value=value)
    return kept


def define(student: Student, name: str, source: str) -> Remote:
    """Run ``source`` over there (with torch, nn, F and np at hand) and hold what it calls ``name``."""
    defined: Remote = student._line.ask(op="define", source=source, name=name)
    return defined


def transfer(student: Student, what: Callable[..., Any], *needs: Part) -> Remote:
    """Define over there a function or a class that stands here, after what it needs, and hold it.

    Args:
        what: its source is sent; there it sees torch, nn, F, np and what it needs, and nothing else of its file.
        needs: functions, classes and whole modules that it uses.
    """
    return define(student, what.__name__, source_of(*needs, what))


def assign(remote: Remote, name: str, value: Any) -> None:
    """Set an attribute over there."""
    remote._line.ask(op="set", target=remote, name=name, value=value)


def parameters(model: Remote) -> dict[str, torch.Tensor]:
    """The named parameters of a model, as copies."""
    found: dict[str, torch.Tensor] = _look(model, "parameters")
    return found


def gradients(model: Remote) -> dict[str, torch.Tensor | None]:
    """The gradient of each named parameter, None where there is none."""
    found: dict[str, torch.Tensor | None] = _look(model, "gradients")
    return found


def flags(model: Remote) -> dict[str, bool]:
    """``requires_grad`` of each named parameter."""
    found: dict[str, bool] = _look(model, "flags")
    return found


def buffers(model: Remote) -> dict[str, torch.Tensor]:
    """The named buffers of a model, as copies."""
    found: dict[str, torch.Tensor] = _look(model, "buffers")
    return found


def modules(model: Remote) -> list[tuple[str, str]]:
    """(name, class name) of every module inside, the model itself first."""
    found: list[tuple[str, str]] = _look(model, "modules")
    return found


def bases(remote: Remote) -> list[str]:
    """The full names of the object's class and its base classes."""
    found: list[str] = _look(remote, "type")
    return found


def gradient(tensor: Remote) -> torch.Tensor | None:
    """The ``.grad`` of a tensor over there."""
    found: torch.Tensor | None = _look(tensor, "gradient")
    return found


def is_leaf(tensor: Remote) -> bool:
    """Whether a tensor over there is a leaf of the graph."""
    found: bool = _look(tensor, "leaf")
    return found


def same_object(one: Remote, other: Remote) -> bool:
    """Whether two handles stand for one and the same object."""
    same: bool = one._line.ask(op="look", what="same", target=one, other=other)
    return same


def defines(student: Student, *names: str) -> list[bool]:
    """Which of ``names`` exist among the student's variables."""
    found: list[bool] = student._line.ask(op="defines", names=list(names))
    return found


def has_own_settings(student: Student) -> bool:
    """Whether the student's notebook has changed settings of torch, NumPy or Python that hold for every call.

    A process that does not tell, since it was taken over, hangs or has ended, has none that would count.
    """
    try:
        told: object = student._line.ask(op="settings")
    except StudentFailed:
        return False
    return told is True


class OwnState:
    """Asks ``inner``, with the student's own settings in force during each call."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    def ask(self, request: dict[str, Any]) -> Any:
        """The inner reply."""
        return self._inner.ask({**request, "own_state": True})


def _call_in_words(request: dict[str, Any]) -> str:
    """``count_mlp([8, 4, 2])``; of what is long only a word stays."""
    parts = [_short(value) for value in request["args"]]
    parts += [f"{key}={_short(value)}" for key, value in request.get("kwargs", {}).items()]
    return f"{request['target']._target.path}({', '.join(parts)})"


def _short(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        text = " ".join(repr(value.detach()).split())
        return text if len(text) <= 80 else f"a tensor of shape {tuple(value.shape)}"
    text = "…" if isinstance(value, Remote) else repr(value)
    return text if len(text) <= 80 and "<over there" not in text else "…"


def _is_students(target: Any) -> bool:
    return isinstance(target, Name) and not _is_library(target)


def _is_library(target: Any) -> bool:
    return isinstance(target, Name) and target.path.partition(".")[0] in LIBRARIES


def _look(remote: Remote, what: str) -> Any:
    return remote._line.ask(op="look", what=what, target=remote)


def _lowered(value: Any) -> Any:
    """The request with every ``Remote`` in it replaced by the path it stands for."""
    match value:
        case Remote():
            return _lowered(value._target)
        case Attribute():
            return Attribute(_lowered(value.of), value.path)
        case Item():
            return Item(_lowered(value.of), _lowered(value.key))
        case list():
            return [_lowered(item) for item in value]
        case tuple():
            return tuple(_lowered(item) for item in value)
        case dict():
            return {key: _lowered(item) for key, item in value.items()}
        case _:
            return value
