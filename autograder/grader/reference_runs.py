"""What the reference answers and how each mistake fails, computed once for each test and seed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autograder.course.answers import Answer
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.reply_cache import Conversations
from autograder.judging.diagnosis import Fails
from autograder.judging.inputs import Draw
from autograder.judging.run_test import Fingerprint, alike, plain, seed_of, try_test
from autograder.remote.in_process import Double
from autograder.remote.proxy import Student, StudentFailed, Transport, call
from autograder.remote.recorded import Playback, Recorder
from autograder.results import Mistake

PUBLIC_SEED = 0  # the draws of the recorded checks that students have


class ReferenceFails(RuntimeError):
    """The reference does not pass a test of its own question: a fault of the bank, and of no submission."""


class Truth:
    """The reference and the mistakes of one question, tried on demand and remembered."""

    def __init__(self, question: QuestionModule, seed: int) -> None:
        self.question = question
        self.seed = seed
        self._forbids = question.question.forbids
        self._logs: dict[tuple[str, int], list[tuple[bytes, bytes]]] = {}
        self._failures: dict[tuple[str, str, str, int], Fingerprint | None] = {}
        self._drawn: dict[tuple[str, int], list[Any]] = {}
        self._conversations: dict[tuple[str, int, str, bool], Conversations[Fingerprint | None]] = {}

    def seed_for(self, test: GradingTest, *, public: bool = False) -> int:
        """The seed of one test: the course's own for grading, a fixed one for recorded checks."""
        return seed_of(PUBLIC_SEED if public else self.seed, test.question, test.name)

    def double(self, answer: Answer) -> Double:
        """A fresh stand-in that answers as ``answer`` does."""
        return Double(self.question.answers.namespace(answer))

    def rng(self, test: GradingTest, seed: int) -> Draw:
        """The generator of a test; what it draws is remembered, since telling mistakes apart takes time."""
        self.log(test, seed)
        return Draw(seed, recorded=self._drawn[test.name, seed])

    def reference(self, test: GradingTest, seed: int) -> Transport:
        """The reference, replying from memory where it can."""
        return Playback(self.log(test, seed), lambda: self.double(self.question.answers.reference))

    def log(self, test: GradingTest, seed: int) -> list[tuple[bytes, bytes]]:
        """The requests that the test makes of the reference, with the replies.

        Raises:
            ReferenceFails: the reference itself does not pass the test: a fault of the bank.
        """
        key = (test.name, seed)
        if key not in self._logs:
            recorder = Recorder(self.double(self.question.answers.reference))
            rng = Draw(seed, separate=self.separates)
            failure = try_test(
                test.function,
                self.double(self.question.answers.reference),
                recorder,
                rng,
                seed,
                self._forbids,
            )
            if failure is not None:
                raise ReferenceFails(
                    f"{test.question}: the reference fails {test.name}: {failure.what} {failure.where} "
                    f"(got {failure.actual!r}, wanted {failure.expected!r})"
                ) from failure.problem
            self._logs[key], self._drawn[key] = recorder.log, rng.drawn
        return self._logs[key]

    def conversations(
        self, test: GradingTest, seed: int, device: str, own_state: bool = False
    ) -> Conversations[Fingerprint | None]:
        """What the test found in the conversations that it had with students so far."""
        return self._conversations.setdefault((test.name, seed, device, own_state), Conversations())

    def drawn(self, test: GradingTest, seed: int) -> list[Any]:
        """What the test draws with that seed."""
        self.log(test, seed)
        return self._drawn[test.name, seed]

    def failure(self, answer: Answer, test: GradingTest, seed: int) -> Fingerprint | None:
        """How ``answer`` fails the test; None if it passes."""
        key = (answer.kind, answer.label, test.name, seed)
        if key not in self._failures:
            sides = self.double(answer), self.reference(test, seed)
            self._failures[key] = try_test(test.function, *sides, self.rng(test, seed), seed, self._forbids)
        return self._failures[key]

    @property
    def forbidden_as(self) -> Mistake | None:
        """The mistake as which a use of what the question forbids is told."""
        name = self.question.question.forbidden_as
        return None if name is None else _told(self.question.answers.mistake(name))

    def mistakes(self, tests: list[tuple[GradingTest, int]]) -> Iterator[tuple[Mistake, Fails]]:
        """Each form of a mistake, with how it fails each of ``tests`` at its seed; tried when asked."""
        known = {test.name: (test, seed) for test, seed in tests}
        answers = self.question.answers
        for mistake in (*answers.mistakes, *answers.forms):

            def fails(test: str, mistake: Answer = mistake) -> Fingerprint | None:
                return self.failure(mistake, *known[test]) if test in known else None

            yield _told(mistake), fails

    def separates(self, name: str, args: tuple[Any, ...], among: tuple[str, ...] | None) -> bool:
        """Whether ``name(*args)`` is different for the reference and each of the mistakes ``among``."""
        answers = self.question.answers
        chosen = [m for m in answers.mistakes if among is None or m.name in among]
        seen: list[Any] = []
        for answer in (answers.reference, *chosen):
            try:
                value = plain(call(getattr(Student(self.double(answer)), name), *args))
            except StudentFailed as failed:
                value = failed.failure.type_name
            if any(alike(value, other) for other in seen):
                return False
            seen.append(value)
        return True


def _told(answer: Answer) -> Mistake:
    """The mistake without its code."""
    return Mistake(answer.name, answer.says, answer.ask)
