"""A test is run once for all students who reply alike, and asks each of them itself."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.course.answers import Answer
from autograder.course.assignment import load_assignment
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.reference_runs import Truth
from autograder.grader.reply_cache import ROOM, Conversation, Conversations, OffScript
from autograder.judging.run_test import try_test
from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import Failure, Handle
from autograder.remote.in_process import same_randomness
from autograder.remote.objects import Objects
from autograder.remote.proxy import Student, StudentFailed, bases, define, flags, keep
from autograder.remote.request_state import fresh


class Answers:
    """A student who doubles, or does something else, and remembers what was asked."""

    def __init__(self, function: Any = lambda x: 2 * x) -> None:
        self._function = function
        self.asked: list[dict[str, Any]] = []

    def phrase(self, request: dict[str, Any]) -> bytes:
        return encode({**request, "seconds": 1.0})

    def exchange(self, body: bytes) -> bytes | Failure:
        self.asked.append(decode(body))
        reply = self._function(*self.asked[-1]["args"])
        return reply if isinstance(reply, Failure) else encode(reply)

    def exchange_all(self, bodies: list[bytes]) -> list[bytes] | Failure:
        replies: list[bytes] = []
        for body in bodies:
            reply = self.exchange(body)
            if isinstance(reply, Failure):
                return reply
            replies.append(reply)
        return replies

    def understand(self, reply: bytes | Failure) -> Any:
        return reply if isinstance(reply, Failure) else decode(reply)

    @property
    def arguments(self) -> list[Any]:
        return [request["args"][0] for request in self.asked]


class DoublesTwice:
    """A grading test that asks for f(3) and then for f of the answer, and counts how often it is run."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, conversation: Conversation) -> str:
        self.runs += 1
        student = Student(conversation)
        if (first := student.f(3)) != 6:
            return f"the first is {first}"
        second = student.f(first)
        return "passed" if second == 12 else f"the second is {second}"


@pytest.fixture
def known() -> Conversations[str]:
    return Conversations()


def always(found: str) -> bool:
    return True


def test_who_replies_alike_is_asked_alike_and_judged_without_the_test(known: Conversations[str]) -> None:
    test, first, second = DoublesTwice(), Answers(), Answers(lambda x: x + x)
    assert known.find(first, test, always) == known.find(second, test, always) == "passed"
    assert test.runs == 1
    assert first.asked == second.asked
    assert second.arguments == [3, 6]


@pytest.mark.parametrize(
    ("function", "found", "asked"),
    [
        (lambda x: 7, "the first is 7", [3]),
        (lambda x: 6, "the second is 6", [3, 6]),
        (lambda x: 2.0 * x, "passed", [3, 6.0]),
    ],
)
def test_a_new_reply_is_judged_by_the_test_and_nothing_is_asked_twice(
    function: Any, found: str, asked: list[Any], known: Conversations[str]
) -> None:
    test, other = DoublesTwice(), Answers(function)
    assert known.find(Answers(), test, always) == "passed"
    assert known.find(other, test, always) == found
    assert test.runs == 2
    assert other.arguments == asked
    assert known.find(Answers(function), test, always) == found
    assert test.runs == 2  # by now this is known as well
    assert known.find(Answers(), test, always) == "passed"


def test_only_the_first_request_lets_go_of_earlier_objects(known: Conversations[str]) -> None:
    for student in (Answers(), Answers()):
        known.find(student, DoublesTwice(), always)
        assert [request.get("forget", False) for request in student.asked] == [True, False]


def test_a_process_that_ended_is_not_remembered(known: Conversations[str]) -> None:
    test, dead = DoublesTwice(), Answers(lambda x: Failure("died", "SystemExit", "ended") if x == 6 else 2 * x)

    def survives(conversation: Conversation) -> str:
        try:
            return test(conversation)
        except Exception as problem:
            return str(problem)

    assert "ended" in known.find(dead, survives, always)
    assert known.find(Answers(), survives, always) == "passed"
    assert "ended" in known.find(dead, survives, always)
    assert test.runs == 3


def test_what_is_not_lasting_is_found_anew(known: Conversations[str]) -> None:
    test = DoublesTwice()
    for _ in range(2):
        assert known.find(Answers(), test, lambda found: found != "passed") == "passed"
    assert test.runs == 2


def test_a_reply_that_cannot_be_read_is_not_remembered(known: Conversations[str]) -> None:
    """It ends the process and is flagged, each time."""

    class Garbled(Answers):
        died = 0

        def exchange(self, body: bytes) -> bytes | Failure:
            super().exchange(body)
            return b"?"

        def understand(self, reply: bytes | Failure) -> Any:
            assert reply == b"?"
            self.died += 1
            return Failure("died", "SystemExit", "the process ended")

    def survives(conversation: Conversation) -> str:
        try:
            return str(Student(conversation).f(3))
        except Exception as problem:
            return str(problem)

    for student in (Garbled(), Garbled()):
        assert "ended" in known.find(student, survives, always)
        assert student.died == 1


def test_what_is_remembered_has_a_limit(known: Conversations[str]) -> None:
    test, long = DoublesTwice(), "x" * (ROOM // 3)
    for runs, letter in enumerate("abcd", start=1):
        for _ in range(2):
            known.find(Answers(lambda x, letter=letter: letter + long), test, always)
        assert test.runs == min(runs, 2) + 2 * max(runs - 2, 0)  # the first two are remembered


def test_a_test_left_to_chance_is_found_out(known: Conversations[str]) -> None:
    chance = iter(range(100))

    def asks_anything(conversation: Conversation) -> str:
        return str(Student(conversation).f(next(chance)) and Student(conversation).f(0))

    known.find(Answers(lambda x: 1), asks_anything, always)
    with pytest.raises(OffScript, match="chance"):
        known.find(Answers(lambda x: 2), asks_anything, always)


class ByPost:
    """A student whose namespace answers as a worker does; remembers what crossed in one message."""

    def __init__(self, function: Any, lost: bool = False) -> None:
        self._objects = Objects({"f": function}, None)
        self._lost = lost
        self.messages: list[list[str]] = []

    def phrase(self, request: dict[str, Any]) -> bytes:
        return encode({**request, "seconds": 1.0})

    def exchange(self, body: bytes) -> bytes | Failure:
        self.messages.append([decode(body)["op"]])
        return self._answer(body)

    def exchange_all(self, bodies: list[bytes]) -> list[bytes] | Failure:
        self.messages.append([decode(body)["op"] for body in bodies])
        if self._lost:
            return Failure("died", "SystemExit", "the process ended")
        replies: list[bytes] = []
        for body in bodies:
            replies.append(self._answer(body))
            if replies[-1].startswith(b"e"):
                break
        return replies

    def understand(self, reply: bytes | Failure) -> Any:
        return reply if isinstance(reply, Failure) else decode(reply)

    def _answer(self, body: bytes) -> bytes:
        return encode(self._objects.answer(decode(body)), self._objects.keep)


def layers_and_looks(conversation: Conversation) -> str:
    """A grading test that builds a model, asks for another one of it, looks at that, and asks once more."""
    student = Student(conversation)
    net = student.torch.nn.Sequential(student.torch.nn.Linear(2, 1), student.torch.nn.ReLU())
    helper = define(student, "same", "def same(x): return x")
    try:
        made = student.f(net, helper)
        found = [sorted(flags(made)), bases(made)[0]]
        return f"{found} {student.f(made, helper, True)}"
    except StudentFailed as problem:
        return f"{problem.failure.kind}: {problem.failure.message}"


def as_it_is(net: Any, helper: Any, count: bool = False) -> Any:
    return sum(1 for _ in net.parameters()) if count else helper(net)


def test_what_no_answer_hangs_on_crosses_in_one_message(known: Conversations[str]) -> None:
    first, second = ByPost(as_it_is), ByPost(lambda net, helper, count=False: as_it_is(net, helper, count))
    found = known.find(first, layers_and_looks, always)
    assert "0.weight" in found
    assert found.endswith(" 2")
    assert [len(message) for message in first.messages] == [1] * 8
    assert known.find(second, layers_and_looks, always) == found
    assert second.messages == [["call", "call", "call", "define", "call", "look", "look"], ["call"]]


@pytest.mark.parametrize(
    "function",
    [
        lambda net, helper, count=False: 1 / 0,
        lambda net, helper, count=False: net[0],
        lambda net, helper, count=False: 17 if count else net,
        lambda net, helper, count=False: [net, net],
        lambda net, helper, count=False: None,
    ],
)
def test_who_replies_otherwise_is_found_out_as_step_by_step(function: Any, known: Conversations[str]) -> None:
    known.find(ByPost(as_it_is), layers_and_looks, always)

    def stumbles(conversation: Conversation) -> str:
        try:
            return layers_and_looks(conversation)
        except Exception as problem:
            return type(problem).__name__

    alone: Conversations[str] = Conversations()
    assert known.find(ByPost(function), stumbles, always) == alone.find(ByPost(function), stumbles, always)


def test_what_was_built_otherwise_is_asked_again_step_by_step(known: Conversations[str]) -> None:
    known.find(ByPost(as_it_is), layers_and_looks, always)

    class Forges(ByPost):
        def exchange_all(self, bodies: list[bytes]) -> list[bytes] | Failure:
            replies = super().exchange_all(bodies)
            assert isinstance(replies, list)
            return [encode(Handle(0, "Forged")), *replies[1:]]

    student = Forges(as_it_is)
    assert "0.weight" in known.find(student, layers_and_looks, always)
    assert [len(message) for message in student.messages] == [7, *[1] * 8]


def test_a_process_that_ends_in_a_message_ended_in_the_call(known: Conversations[str]) -> None:
    known.find(ByPost(as_it_is), layers_and_looks, always)
    dead = ByPost(as_it_is, lost=True)
    assert known.find(dead, layers_and_looks, always) == "died: the process ended"
    assert len(dead.messages) == 1


def test_a_value_never_crosses_before_the_answer_that_it_may_tell(known: Conversations[str]) -> None:
    def tells(conversation: Conversation) -> str:
        student = Student(conversation)
        first = student.f(student.torch.nn.ReLU(), 3)
        held = keep(student, [6.0])  # what was wanted of the first, as an input of the second
        return f"{first} {student.f(held, 6)}"

    first, second = ByPost(lambda net, x: 2 * x), ByPost(lambda net, x: x + x)
    assert known.find(first, tells, always) == known.find(second, tells, always) == "6 12"
    assert second.messages == [["call", "call"], ["keep", "call"]]


class Answering(ByPost):
    """An answer of the bank, by post."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        super().__init__(None)
        self._objects = Objects(namespace, None)

    def _answer(self, body: bytes) -> bytes:
        with fresh(), same_randomness():
            return super()._answer(body)


@pytest.mark.parametrize("question", load_assignment("03-parameter-counting").questions, ids=lambda one: one.id)
def test_every_answer_of_the_bank_is_judged_alike_in_one_message_and_step_by_step(question: QuestionModule) -> None:
    """Right, written differently, and wrong: what a test finds does not depend on how its requests cross."""
    truth, answers = Truth(question, seed=5), question.answers
    for test in [test for test in question.tests if not test.cuda]:
        seed = truth.seed_for(test)

        def tried(
            answer: Answer, known: Conversations[Any], test: GradingTest = test, seed: int = seed
        ) -> tuple[Any, int]:
            student = Answering(answers.namespace(answer))
            found = known.find(
                student,
                lambda side: try_test(
                    test.function, side, truth.reference(test, seed), truth.rng(test, seed), seed,
                    question.question.forbids,
                ),
                lambda found: True,
            )  # fmt: skip
            return found, len(student.messages)

        known: Conversations[Any] = Conversations()
        assert tried(answers.reference, known)[0] is None
        for answer in (answers.reference, *answers.alternatives, *answers.mistakes):
            (together, few), (alone, many) = tried(answer, known), tried(answer, Conversations())
            assert together == alone, (test.name, answer.name)
            assert few <= 2 * many  # once more step by step at the most
