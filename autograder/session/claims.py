"""What a worker says about itself, reduced to what may be believed, kept and shown.

A student's code can take the worker over. So a reply about a cell is taken apart here, kinds are ours, texts are
bounded and hold no terminal commands, and words that a student reads about hidden inputs are our own.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import torch

from autograder.protocol.wire import Failure
from autograder.results import CellRun
from autograder.sanitize.outputs import clean_line, clean_outputs

MAX_REPORT = 8 << 20  # characters of JSON that one cell's outputs may take; a worker keeps 1 MiB of them
MAX_NOTEBOOK = 16 << 20  # of all outputs of one notebook
_CUT = {"output_type": "stream", "name": "stdout", "text": "[not kept: the notebook's outputs are too large]\n"}


class NotAReply(ValueError):
    """What came back says nothing about a cell: code of the notebook answered for the worker, or ours failed there."""

    def __init__(self, flag: str = "a cell answered for the grader's worker") -> None:
        super().__init__(flag)


def cell_run(index: int, reply: Any, seconds: float, room: int) -> CellRun:
    """What became of a cell, by the worker's own report.

    Args:
        seconds: the cell's limit.
        room: how many characters of outputs may still be kept.

    Raises:
        NotAReply: it is no report.
    """
    match reply:
        case {"outputs": str() as text, "failure": None | Failure() as failure, "execution_count": int() as count}:
            pass
        case Failure("ours"):
            raise NotAReply("the grader's own code failed at a cell")  # nobody tampered, as far as this shows
        case _:
            raise NotAReply
    if len(text) > MAX_REPORT:
        raise NotAReply
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotAReply from problem
    if not isinstance(listed, list):
        raise NotAReply
    outputs = clean_outputs(listed)
    if size_of(outputs) > room:
        outputs = (_CUT,)
    run = CellRun(index, outputs, min(max(count, 0), 10**6))
    if failure is None:
        return run
    failure = in_our_words(failure, seconds)
    note = f"stopped after more than {seconds:g} s" if failure.kind == "timeout" else f"line {failure.line}"
    return replace(run, ended=failure.kind, note=note)


def size_of(outputs: tuple[dict[str, Any], ...]) -> int:
    """How many characters ``outputs`` take in a notebook, nearly."""
    return sum(len(json.dumps(output)) for output in outputs)


def in_our_words(failure: Failure, seconds: float) -> Failure:
    """A failure from over there with a kind that we know, and with our words where a student reads them.

    Whoever wrote the message may have held hidden inputs: what a student's code raises can call itself anything.
    """
    kind, message = failure.kind, clean_line(failure.message, 500)
    match kind:
        case "timeout":
            message = f"no answer within {seconds:g} s"
        case "missing":
            message = "A name that the question asks for is not defined"
        case "forbidden":
            message = message if _of_torch(message) else "something that is forbidden here"
        case "ours":
            message = "the grader's own code failed"
        case "raised" | "not_attempted" | "memory" | "unusable":
            pass
        case _:
            kind = "raised"
    name, text = clean_line(failure.type_name, 80), clean_line(failure.text, 200)
    line = failure.line if 0 <= failure.line < 10**6 else 0
    return Failure(kind, name, message, "", line, text, clean_line(failure.function, 80))


def _of_torch(words: str) -> bool:
    """Whether ``words`` are the name of something that torch has, and no more."""
    name = words.removeprefix("torch's ").removeprefix("torch.optim.")
    return any(hasattr(place, name) for place in (torch, torch.Tensor, torch.nn.functional, torch.optim)) and words in (
        f"torch's {name}",
        f"torch.optim.{name}",
    )
