"""One test tried on one side: its fingerprint, and when two failures are the same."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import assert_equal
from autograder.judging.inputs import Draw
from autograder.judging.run_test import Fingerprint, alike, plain, same_failure, seed_of, try_test
from autograder.protocol.wire import Handle
from autograder.remote.in_process import Double
from autograder.remote.proxy import Line, Remote, Student


def side(body: str) -> Double:
    space: dict[str, Any] = {}
    exec(f"import torch\nlog = []\ndef f(x):\n    {body}", space)
    return Double(space)


def ask_twice(student: Student, reference: Student, rng: Draw) -> None:
    x = rng.integer(3, 9)
    assert_equal(student.f(1), reference.f(1), "the first is different")
    assert_equal(student.f(x), reference.f(x), "the second is different")


def found(body: str, test: Any = ask_twice) -> Fingerprint | None:
    return try_test(test, side(body), side("return 2 * x"), Draw(1), 1)


def test_a_pass_has_no_fingerprint() -> None:
    assert found("return x + x") is None


@pytest.mark.parametrize(
    ("body", "kind", "requests", "what"),
    [
        ("return 3 * x", "check", 1, "the first is different"),
        ("return x * x + 1", "check", 2, "the second is different"),
        ("return x / 0", "raised", 1, "ZeroDivisionError: division by zero"),
        ("raise NotImplementedError", "not_attempted", 1, "NotImplementedError: "),
        ("return torch.ones(2) @ torch.ones(3)", "raised", 1, "inconsistent tensor size"),
    ],
)
def test_where_and_how_a_test_fails(body: str, kind: str, requests: int, what: str) -> None:
    fingerprint = found(body)
    assert fingerprint is not None
    assert (fingerprint.kind, fingerprint.requests) == (kind, requests)
    assert what in fingerprint.what


def test_numbers_in_messages_do_not_matter() -> None:
    one, other = found("raise ValueError(f'bad size {x}')"), found("raise ValueError(f'bad size {x + 40}')")
    assert one is not None
    assert other is not None
    assert same_failure(one, other)


def test_a_test_that_stumbles_is_unusable() -> None:
    def stumbles(student: Student) -> None:
        _ = student.f(1) + 1

    fingerprint = found("return 'text'", stumbles)
    assert fingerprint is not None
    assert fingerprint.kind == "unusable"
    assert isinstance(fingerprint.problem, TypeError)


def test_a_test_gets_only_what_it_asks_for() -> None:
    def lonely(student: Student) -> None:
        assert student.f(2) == 4

    assert found("return 2 * x", lonely) is None


def fingerprint(**changes: Any) -> Fingerprint:
    return Fingerprint(**({"requests": 1, "kind": "check", "what": "w", "actual": 3.0, "expected": 4.0} | changes))


@pytest.mark.parametrize(
    ("student", "mistake", "same"),
    [
        ({}, {}, True),
        ({"actual": torch.tensor(3.0)}, {}, True),
        ({"actual": 3}, {}, True),
        ({"actual": 3.001}, {}, True),
        ({"actual": 3.1}, {}, False),
        ({"actual": math.nan}, {}, False),
        ({"requests": 2}, {}, False),
        ({"kind": "raised"}, {}, False),
        ({"kind": "raised", "what": "E: x"}, {"kind": "raised", "what": "E: x"}, True),
        ({"kind": "raised", "what": "E: y"}, {"kind": "raised", "what": "E: x"}, False),
        ({"kind": "forbidden", "what": "a"}, {"kind": "forbidden", "what": "b"}, True),
        # What the mistake gets wrong is the type alone: then the type must agree.
        ({"actual": 4}, {"actual": 4.0}, False),
        ({"actual": torch.tensor(4)}, {"actual": torch.tensor(4)}, True),
        ({"actual": torch.tensor(4.0).double()}, {"actual": torch.tensor(4.0)}, False),
    ],
)
def test_when_two_failures_are_the_same(student: dict[str, Any], mistake: dict[str, Any], same: bool) -> None:
    assert same_failure(fingerprint(**student), fingerprint(**mistake)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (1, True, True),
        (torch.ones(2), np.ones(2), True),
        (torch.ones(2), torch.ones(2, 1), False),
        (torch.ones(2), torch.ones(1), False),
        (math.nan, math.nan, True),
        (math.nan, 1.0, False),
        (math.inf, math.inf, True),
        (2**60, 2**60 + 1, False),
        ([1, [2]], (1, (2,)), True),
        ([1], [1, 1], False),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ("a", "a", True),
        ("a", 1, False),
        (None, None, True),
        (None, 0, False),
        (torch.empty(2, device="meta"), torch.empty(2, device="meta"), True),
        (torch.empty(2, device="meta"), torch.empty(2), False),
        (1j, 1j, True),
        (b"a", b"a", True),
    ],
)
def test_alike(one: Any, other: Any, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_plain_values_have_lost_their_connection() -> None:
    remote = Remote(Line(side("pass")), Handle(3, "Linear"))
    assert plain([remote, {"a": (remote, 1)}]) == ["<Linear>", {"a": ("<Linear>", 1)}]
    assert plain(torch.ones(1, requires_grad=True)).requires_grad is False


def test_seeds_are_the_same_everywhere() -> None:
    assert seed_of(7, "count_mlp", "test_8_4_2") == seed_of(7, "count_mlp", "test_8_4_2")
    assert len({seed_of(7, "a", "bc"), seed_of(7, "ab", "c"), seed_of(8, "a", "bc")}) == 3
    assert seed_of("x") == int.from_bytes(bytes.fromhex("2d711642b726"), "little")  # the start of its SHA-256


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_a_test_may_ask_where_answers_are_computed(device: str) -> None:
    asked: list[str] = []

    def wants_device(student: Student, device: str) -> None:
        asked.append(device)

    assert try_test(wants_device, side("return x"), side("return x"), Draw(1), 1, device=device) is None
    assert asked == [device]


def test_what_pytest_raises_for_a_test_does_not_stop_a_class() -> None:
    def expects_an_error(student: Student) -> None:
        with pytest.raises(ValueError, match="small"):
            student.f(1)

    def stumbles(student: Student) -> None:
        pytest.fail("no way on")

    for test in (expects_an_error, stumbles):
        failure = found("return x", test)
        assert failure is not None
        assert failure.kind == "unusable"


def test_ctrl_c_is_no_failure_of_a_test() -> None:
    def interrupted(student: Student) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found("return x", interrupted)
