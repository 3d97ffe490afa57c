"""Answers a test's requests about objects that live in this process: the far end of the channel.

The same class serves a confined worker, a student's own kernel and the trusted process's double, so
that a reference, a mistake and a student's answer all go through the same straw. It holds no test and
no expected value, and imports nothing of the trusted side.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import os
import shutil
import tempfile
import traceback
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.protocol.wire import GIVEN, Attribute, Failure, Handle, Item, Name, OurFault, WireError, WorkFile
from autograder.remote import request_state
from autograder.remote.proxy import LIBRARIES, STAND_IN
from autograder.remote.stand_in import GPU, Ledger, playing, tensors_in
from autograder.remote.surroundings import ForbiddenUse, finish, guarded, on_device, quiet, seed_everything

MAX_HANDLES = 10_000  # in one fork; a question's tests keep some dozens
_LIBRARIES = (
    str(Path(__file__).resolve().parents[1]), os.path.dirname(os.__file__), os.path.dirname(torch.__path__[0]),
    "<frozen ", GIVEN,
)  # fmt: skip
Request = dict[str, Any]


class NotDefined(NameError):
    """A name that the question asks for does not exist."""


class Objects:
    """The objects of one notebook, and what a test may ask of them.

    Args:
        namespace: the student's variables, by name.
        scratch: a folder that the code may write to; by default one that is made when it is needed.
        is_student_file: tells a file name of the student's code from others, for messages.
        passes: exceptions that are not answers: where a person sits at this process, Ctrl-C is for all of it.
        prints_to: what gets the text that the code prints; by default nobody does.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        scratch: Path | None,
        is_student_file: Callable[[str], bool] = lambda name: name.startswith("<"),
        passes: tuple[type[BaseException], ...] = (),
        prints_to: io.TextIOBase | None = None,
    ) -> None:
        self._namespace = namespace
        self._passes = passes
        self._prints_to = prints_to
        self._scratch = scratch
        self._device = torch.device("cpu")
        self._is_student_file = is_student_file
        self._kept: list[object] = []

    def answer(self, request: Request) -> Any:
        """The reply to ``request``: data, a handle, or a ``Failure``; never an exception of the student's."""
        operations: dict[str, Callable[[Request], Any]] = {
            "call": self._call,
            "fetch": self._fetch,
            "keep": self._keep_value,
            "look": self._look,
            "set": self._set,
            "define": self._define,
            "defines": self._defines,
            "settings": lambda request: request_state.changed(),
        }
        self._device = torch.device(request.get("device", "cpu"))
        if request.get("forget"):
            self._kept.clear()
        state = request_state.theirs() if request.get("own_state") else contextlib.nullcontext()
        with request_state.fresh(), quiet(self._prints_to):
            try:
                with state:
                    return operations[request["op"]](request)
            except self._passes:
                raise
            except BaseException as problem:
                return self.failure(problem)

    def keep(self, value: object) -> Handle:
        """A handle for ``value``, which stays here."""
        if len(self._kept) >= MAX_HANDLES:
            raise WireError("too many objects are kept")
        self._kept.append(value)
        return Handle(len(self._kept) - 1, type(value).__name__)

    def failure(self, problem: BaseException) -> Failure:
        """What went wrong, as data, with the student's own line where there is one."""
        kind = _kind_of(problem)
        if kind == "ours":
            return Failure("ours", type(problem.__cause__ or problem).__name__, "the grader's own code failed")
        line, text, function = 0, "", ""
        for frame in traceback.extract_tb(problem.__traceback__):
            if self._is_student_file(frame.filename):
                line, text, function = frame.lineno or 0, frame.line or "", frame.name
        if not function and any(frame.filename == GIVEN for frame in traceback.extract_tb(problem.__traceback__)):
            function = GIVEN  # a test's own reading of what came back
        if isinstance(problem, SyntaxError) and not line:
            line, text = problem.lineno or 0, problem.text or ""
        return Failure(kind, type(problem).__name__, _words(problem), "", line, text, function)

    def unsent(self, problem: BaseException) -> Failure:
        """Why a reply could not be written: what it holds cannot be sent, the student's code raised, or we failed."""
        if isinstance(problem, (WireError, RecursionError)) or self._of_student(problem):
            told = self.failure(problem)
            return replace(told, kind="unusable") if isinstance(problem, RecursionError) else told
        return Failure("ours", type(problem).__name__, "the grader's own code failed")

    def _of_student(self, problem: BaseException) -> bool:
        """Whether any code but the grader's and that of libraries had a hand in it, a method of an answer, say."""
        names = [frame.filename for frame in traceback.extract_tb(problem.__traceback__)]
        return any(self._is_student_file(name) or not name.startswith(_LIBRARIES) for name in names)

    @contextlib.contextmanager
    def _ours(self) -> Iterator[None]:
        """Code of the grader's own: what fails in it, with no code of the student's below, is no fault of an answer."""
        try:
            yield
        except (NotDefined, MemoryError, WireError, OurFault):
            raise
        except Exception as problem:
            if self._of_student(problem) or _kind_of(problem) == "memory":
                raise
            raise OurFault from problem

    def _folder(self) -> Path:
        if self._scratch is None:
            self._scratch = Path(tempfile.mkdtemp(prefix="objects-"))
            weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    # ------------------------------------------------------------------ operations

    def _call(self, request: Request) -> Any:
        target = self._resolve(request["target"])
        place = request.get("place")
        args = [self._argument(value, place) for value in request["args"]]
        kwargs = {key: self._argument(value, place) for key, value in request.get("kwargs", {}).items()}
        with self._ours():
            seed_everything(request["seed"])
        ledger = Ledger() if place == STAND_IN else None
        with guarded(request.get("forbid", [])), self._placing(request["target"], place, ledger):
            if ledger is not None:
                ledger.note([args, kwargs])
            result = target(*args, **kwargs)
            if self._device.type != "cpu" and _is_on_cpu(result) and not _tells_where(args, kwargs):
                result = result.to(self._device)
            finish(self._device)
        if place is not None:
            with self._ours():
                return [(_place_of(t, ledger), tuple(t.shape), t.dtype) for t in tensors_in(result)]
        return self.keep(result) if request.get("keep") else result

    @contextlib.contextmanager
    def _placing(self, target: Any, place: str | None, ledger: Ledger | None) -> Iterator[None]:
        """What a test builds over there lands on the device of its inputs; a student's code is on its own."""
        given = isinstance(target, Handle) or (isinstance(target, Name) and target.path.partition(".")[0] in LIBRARIES)
        if ledger is not None:
            with on_device(torch.device("cpu"), given=False), playing(ledger):
                yield
        elif place is not None:
            yield
        else:
            with on_device(self._device, given=given):
                yield

    def _fetch(self, request: Request) -> Any:
        return self._resolve(request["target"])

    def _keep_value(self, request: Request) -> Handle:
        return self.keep(self._argument(request["value"]))

    def _look(self, request: Request) -> Any:
        target: Any = self._resolve(request["target"])
        what = request["what"]
        if what in ("parameters", "gradients", "flags") and not isinstance(target, nn.Module):
            raise TypeError(f"a {type(target).__name__} has no named parameters; an nn.Module was wanted")
        match what:
            case "parameters":
                return {name: p.detach() for name, p in nn.Module.named_parameters(target)}
            case "gradients":
                return {name: p.grad for name, p in nn.Module.named_parameters(target)}
            case "flags":
                return {name: bool(p.requires_grad) for name, p in nn.Module.named_parameters(target)}
            case "buffers":
                return dict(nn.Module.named_buffers(target))
            case "modules":
                return [(name, type(module).__name__) for name, module in nn.Module.named_modules(target)]
            case "type":
                return [c.__module__ + "." + c.__qualname__ for c in type(target).__mro__]
            case "same":
                return target is self._resolve(request["other"])
            case "gradient":
                return target.grad
            case "leaf":
                return bool(target.is_leaf)
            case _:
                raise ValueError(f"unknown look {what!r}")

    def _set(self, request: Request) -> None:
        setattr(self._resolve(request["target"]), request["name"], self._argument(request["value"]))

    def _define(self, request: Request) -> Handle:
        with self._ours():
            space = _helper_namespace()
            exec(_compiled(request["source"]), space)
            return self.keep(space[request["name"]])

    def _defines(self, request: Request) -> list[bool]:
        return [name in self._namespace for name in request["names"]]

    # ------------------------------------------------------------------ looking things up

    def _resolve(self, target: Any) -> Any:
        match target:
            case Handle():
                with self._ours():
                    return self._kept[target.number]
            case Name():
                head, *rest = target.path.split(".")
                value = self._head(head, rest)
                for part in rest:
                    value = getattr(value, part)
                return value
            case Attribute():
                value = self._resolve(target.of)
                for part in target.path.split("."):
                    value = getattr(value, part)
                return value
            case Item():
                return self._resolve(target.of)[self._argument(target.key)]
            case _:
                raise OurFault from TypeError("not a target")

    def _head(self, head: str, rest: list[str]) -> Any:
        # `torch` of a test is torch, whatever the student's notebook calls by that name.
        if head in LIBRARIES and rest:
            module = importlib.import_module(head)
            found: object = module
            for depth, part in enumerate(rest, start=1):
                if not hasattr(found, part):  # a part of the library that nobody has imported yet, perhaps
                    with contextlib.suppress(ImportError):
                        importlib.import_module(".".join([head, *rest[:depth]]))
                found = getattr(found, part, None)
            return module
        if head not in self._namespace:
            raise NotDefined(f"`{head}` is not defined")
        return self._namespace[head]

    def _argument(self, value: Any, place: str | None = None) -> Any:
        match value:
            case torch.Tensor():
                with self._ours():
                    device = self._device if place is None else {STAND_IN: "cpu"}.get(place, place)
                    moved = value.detach().to(device)  # detached, so that a leaf is a leaf on a GPU too
                    return moved.requires_grad_() if value.requires_grad else moved
            case Handle() | Name() | Attribute() | Item():
                return self._resolve(value)
            case WorkFile():
                return str(self._folder() / Path(value.name).name)
            case list():
                return [self._argument(item, place) for item in value]
            case tuple():
                return tuple(self._argument(item, place) for item in value)
            case dict():
                return {key: self._argument(item, place) for key, item in value.items()}
            case _:
                return value


def _is_on_cpu(result: Any) -> bool:
    """Whether it is a model that may be moved: one that was put on "meta" has no values to move."""
    return isinstance(result, nn.Module) and all(tensor.device.type == "cpu" for tensor in result.parameters())


def _tells_where(args: list[Any], kwargs: dict[str, Any]) -> bool:
    """Whether the arguments lie on some device; what is built without any is moved by whoever asked for it."""
    return any(isinstance(value, (torch.Tensor, nn.Module)) for value in (*args, *kwargs.values()))


# ---------------------------------------------------------------------- failures


def _kind_of(problem: BaseException) -> str:
    match problem:
        case OurFault():
            return "ours"
        case ForbiddenUse():
            return "forbidden"
        case NotDefined():
            return "missing"
        case NotImplementedError() if not _from_library(problem):
            return "not_attempted"
        case MemoryError():
            return "memory"
        case WireError():
            return "unusable"
        case RuntimeError() if "allocate memory" in str(problem) or "not enough memory" in str(problem):
            return "memory"
        case _ if getattr(problem, "is_time_limit", False):
            return "timeout"
        case _:
            return "raised"


def _from_library(problem: BaseException) -> bool:
    """Whether torch or pandas, say, raised: a blank raises in the student's own code, with no message of torch's."""
    frames = traceback.extract_tb(problem.__traceback__)
    raised_in = frames[-1].filename if frames else ""
    return any(place in raised_in for place in ("torch", "site-packages", "dist-packages")) or str(problem).startswith(
        ('"', "Could not run", "Cannot copy")
    )


def _words(problem: BaseException) -> str:
    try:
        return str(problem)[:500]
    except BaseException as worse:
        return f"(its message could not be read: {type(worse).__name__})"


@functools.lru_cache(100)  # tests define the same few helpers again and again
def _compiled(source: str) -> CodeType:
    return compile(source, GIVEN, "exec")


def _helper_namespace() -> dict[str, Any]:
    return {"torch": torch, "nn": nn, "F": nn.functional, "np": np, "__name__": "given"}


def _place_of(tensor: torch.Tensor, ledger: Ledger | None) -> str:
    """The device that a test is told; an empty tensor has no memory to be known by, so it counts as on the stand-in."""
    if ledger is not None and (ledger.holds(tensor) or not tensor.numel()):
        return str(GPU)
    return str(tensor.device)
