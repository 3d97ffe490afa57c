"""What a worker says about a cell or a failure is taken apart: kinds are ours, texts are bounded and harmless."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.protocol.wire import Failure
from autograder.session.claims import MAX_REPORT, NotAReply, cell_run, in_our_words


def reply(**changes: Any) -> dict[str, Any]:
    return {"outputs": "[]", "failure": None, "execution_count": 1, "seconds": 0.1} | changes


def run(**changes: Any) -> Any:
    return cell_run(3, reply(**changes), 4.0, 1 << 20)


def test_an_honest_report() -> None:
    outputs = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
    found = run(outputs=json.dumps(outputs))
    assert (found.index, found.ended, found.execution_count) == (3, "ok", 1)
    assert found.outputs == tuple(outputs)


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "correct",
        {},
        [],
        Failure("correct", "x", "y"),
        reply(outputs=7),
        reply(outputs="not json"),
        reply(outputs="[" * 100_000),
        reply(outputs="{}"),
        reply(outputs='"' + "x" * (MAX_REPORT + 1) + '"'),
        reply(failure="none"),
        reply(execution_count=float("inf")),
        reply(execution_count=None),
    ],
)
def test_what_is_no_report(forged: Any) -> None:
    with pytest.raises(NotAReply):
        cell_run(3, forged, 4.0, 1 << 20)


@pytest.mark.parametrize("count", [-5, 10**300, True])
def test_counts_are_bounded(count: int) -> None:
    assert 0 <= run(execution_count=count).execution_count <= 10**6


def test_outputs_are_cleaned_and_have_room() -> None:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "\x1b[31mx" * 100},
        7,
        None,
        {"output_type": "alien"},
    ]
    (kept,) = run(outputs=json.dumps(outputs)).outputs
    assert "\x1b" not in kept["text"]
    (cut,) = cell_run(3, reply(outputs=json.dumps(outputs)), 4.0, 10).outputs
    assert "too large" in cut["text"]


@pytest.mark.parametrize(
    ("kind", "message", "ended", "says"),
    [
        ("timeout", "4815", "timeout", "no answer within 4 s"),
        ("missing", "4815", "missing", "A name that the question asks for is not defined"),
        ("forbidden", "4815", "forbidden", "something that is forbidden here"),
        ("forbidden", "torch's add", "forbidden", "torch's add"),
        ("forbidden", "torch.optim.SGD", "forbidden", "torch.optim.SGD"),
        ("forbidden", "torch's add 4815", "forbidden", "something that is forbidden here"),
        ("forbidden", "torch's four_eight", "forbidden", "something that is forbidden here"),
        ("raised", "bad \x1b[31msize", "raised", "bad size"),
        ("not_attempted", "", "not_attempted", ""),
        ("memory", "m", "memory", "m"),
        ("correct", "full marks", "raised", "full marks"),
        ("check", "passed", "raised", "passed"),
        ("", "", "raised", ""),
    ],
)
def test_failures_in_our_words(kind: str, message: str, ended: str, says: str) -> None:
    found = in_our_words(Failure(kind, "E", message, "q", 3, "x = 1", "f"), 4.0)
    assert (found.kind, found.message, found.cell) == (ended, says, "")


def test_long_texts_are_cut() -> None:
    found = in_our_words(
        Failure("raised", "E" * 10**5, "m" * 10**5, "c" * 10**5, 10**300, "t" * 10**5, "f" * 10**5), 4.0
    )
    assert len(repr(found)) < 2_000
    assert found.line == 0


@pytest.mark.parametrize("kind", ["raised", "timeout", "memory", "not_attempted"])
def test_how_a_cell_ended(kind: str) -> None:
    found = run(failure=Failure(kind, "E", "m", "", 7))
    assert found.ended == kind
    assert found.note == ("stopped after more than 4 s" if kind == "timeout" else "line 7")


def test_a_failure_of_ours_accuses_nobody() -> None:
    with pytest.raises(NotAReply, match="the grader's own code failed at a cell"):
        cell_run(3, Failure("ours", "RuntimeError", "the grader's own code failed"), 4.0, 1 << 20)
    with pytest.raises(NotAReply, match="answered for the grader"):
        cell_run(3, "correct", 4.0, 1 << 20)
