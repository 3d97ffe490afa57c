"""What a reference replied is replied again, without the reference while the requests stay the same."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.remote.in_process import Double
from autograder.remote.proxy import Student, fetch
from autograder.remote.recorded import OutOfStep, Playback, Recorder, Replies


class Counting:
    """A transport that counts how often it is asked."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1
        space: dict[str, Any] = {}
        exec(
            "class Box:\n    n = 0\n    def add(self, k):\n        self.n += k\n        return self.n\n"
            "def f(x):\n    return x * 2",
            space,
        )
        self._double = Double(space)

    def ask(self, request: dict[str, Any]) -> Any:
        return self._double.ask(request)


@pytest.fixture
def log() -> list[tuple[bytes, bytes]]:
    """The requests and replies of one conversation."""
    Counting.made = 0
    recorder = Recorder(Counting())
    talk(Student(recorder))
    return recorder.log


def talk(student: Student, last: int = 5) -> list[Any]:
    box = student.Box()
    return [student.f(torch.ones(2)), box.add(3), box.add(last), fetch(box.n)]


def test_the_same_requests_get_the_same_replies_without_a_reference(log: list[tuple[bytes, bytes]]) -> None:
    played = talk(Student(Playback(log, Counting)))
    assert played[0].tolist() == [2, 2]
    assert played[1:] == [3, 8, 8]
    assert Counting.made == 1


def test_another_request_goes_on_live_from_the_same_state(log: list[tuple[bytes, bytes]]) -> None:
    assert talk(Student(Playback(log, Counting)), last=7)[1:] == [3, 10, 10]
    assert Counting.made == 2


def test_more_requests_than_recorded_go_on_live(log: list[tuple[bytes, bytes]]) -> None:
    student = Student(Playback(log, Counting))
    talk(student)
    assert student.f(4) == 8


def test_what_is_played_back_is_fresh_each_time(log: list[tuple[bytes, bytes]]) -> None:
    talk(Student(Playback(log, Counting)))[0].zero_()
    assert talk(Student(Playback(log, Counting)))[0].tolist() == [2, 2]


def test_replies_alone_are_given_in_order_and_run_out_with_advice() -> None:
    student = Student(Replies([1, "two"]))
    assert [student.f(0), student.g(0)] == [1, "two"]
    with pytest.raises(OutOfStep, match="install the course's package again"):
        student.f(0)
