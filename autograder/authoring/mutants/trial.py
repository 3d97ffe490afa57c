"""Puts the hidden tests to mutants, in a child process that may hang, run wild or die without harm.

A question has one child. It tries mutants one after the other, each under a limit of computing time that Python code
can be stopped at; what cannot be stopped so, in a library's loop, the parent ends, and goes on with the next mutant in
a new child. The parent computes nothing, so that every child may start autograd for itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

import torch

from autograder.authoring.mutants.make import Mutant, mutants_of
from autograder.course.assignment import load_assignment
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.question_grade import mistake_of
from autograder.grader.reference_runs import Truth
from autograder.judging.failures import Kind
from autograder.judging.run_test import Fingerprint, try_test
from autograder.judging.source_rules import breach
from autograder.remote.in_process import Double
from autograder.results import Mistake

SEED = 1  # of the hidden inputs; `verify --seeds` proves that the draw decides nothing
LEAST_SECONDS = 1.0  # of computing for a test: several hundred times what most need
TIMES_THE_REFERENCE = 10  # a slip that makes an answer ten times as slow counts as found
STUCK_SECONDS = 120.0  # by the clock, after which a child that says nothing is ended
MEMORY = 6 << 30  # bytes of data for a child: a mutant that makes a tensor of a size times a size is stopped there


@dataclass(frozen=True)
class Tried:
    """A mutant and what became of it: the tests that it fails, and the name that its student would read."""

    mutant: Mutant
    failed: tuple[str, ...]
    named: Mistake | None = None

    @property
    def killed(self) -> bool:
        """Whether it loses marks."""
        return bool(self.failed)


@dataclass
class Trial:
    """One question's mutants so far."""

    assignment: str
    question: str
    tried: list[Tried] = field(default_factory=list)
    seconds: float = 0.0
    fault: str = ""
    done: bool = False


@dataclass
class _Child:
    trial: Trial
    process: BaseProcess
    connection: Connection
    heard: float
    at: Mutant | None = None


class TimeIsUp(BaseException):
    """A mutant computes too long; no ``except Exception`` of an answer stops it."""

    is_time_limit = True


def try_all(pieces: Sequence[tuple[str, str]], jobs: int, *, names: bool) -> Iterator[Trial]:
    """Try the mutants of each (assignment, question), ``jobs`` questions at a time; each as soon as it is done.

    Args:
        names: find out each mutant's name too, for which every test is run: four times as long.
    """
    waiting = [Trial(*piece) for piece in reversed(pieces)]
    children: list[_Child] = []
    try:
        while waiting or children:
            while waiting and len(children) < jobs:
                children.append(_start(waiting.pop(), names=names))
            for child in list(children):
                if not _listen(child, [other.connection for other in children]):
                    continue
                children.remove(child)
                child.process.join()
                if child.trial.done or child.trial.fault:
                    yield child.trial
                else:
                    waiting.append(child.trial)
    finally:
        for child in children:
            child.process.kill()


def _start(trial: Trial, *, names: bool) -> _Child:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_child, args=(trial, theirs, names))
    process.start()
    theirs.close()
    return _Child(trial, process, ours, time.monotonic())


def _listen(child: _Child, all_of_them: list[Connection]) -> bool:
    """Take what a child says; whether it has ended."""
    if child.connection in wait(all_of_them, timeout=1.0):
        child.heard = time.monotonic()
        try:
            message = child.connection.recv()
        except EOFError:
            _died(child)
            return True
        match message:
            case Tried():
                child.trial.tried.append(message)
                child.at = None
            case Mutant():
                child.at = message
            case float(seconds):
                child.trial.seconds += seconds
                child.trial.done = True
                return True
            case str(fault):
                child.trial.fault = fault
                return True
    if time.monotonic() - child.heard > STUCK_SECONDS:
        child.process.kill()
        _died(child)
        return True
    return False


def _died(child: _Child) -> None:
    """The mutant at which a child ended or hung loses its marks; without one, the fault is ours."""
    if child.at is None:
        child.trial.fault = "the child that tries the mutants ended before the first"
    else:
        child.trial.tried.append(Tried(child.at, ("(ended the process)",)))


def _child(trial: Trial, connection: Connection, names: bool) -> None:
    torch.set_num_threads(1)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    gc.freeze()
    began = time.process_time()
    try:
        module = load_assignment(trial.assignment).question(trial.question)
        bench = Bench(module, names=names)
        for mutant in list(mutants_of(module))[len(trial.tried) :]:
            connection.send(mutant)
            connection.send(bench.tried(mutant))
    except BaseException as problem:
        connection.send(f"{type(problem).__name__}: {problem}")
        raise
    connection.send(time.process_time() - began)


class Bench:
    """The hidden tests of one question, put to one answer after the other in this process."""

    def __init__(self, question: QuestionModule, *, names: bool, seed: int = SEED) -> None:
        self._names = names
        self._truth = Truth(question, seed)
        self._tests = [test for test in question.tests if not test.cuda]
        self._limits = {test.name: self._limit(test) for test in self._tests}

    def _limit(self, test: GradingTest) -> float:
        """The seconds that a mutant has for a test: many times what the reference takes."""
        started = time.process_time()
        self._truth.failure(self._truth.question.answers.reference, test, self._truth.seed_for(test))
        return max(LEAST_SECONDS, TIMES_THE_REFERENCE * (time.process_time() - started))

    def tried(self, mutant: Mutant) -> Tried:
        """What becomes of a mutant: the tests that it fails, and its name."""
        question = self._truth.question
        stated = question.question
        if breach([question.answers.imports + mutant.source], stated.names, stated.forbids):
            return Tried(mutant, tuple(test.name for test in self._tests), self._truth.forbidden_as)
        found: dict[str, Fingerprint | None] = {}
        for test in self._tests:
            found[test.name] = failure = self._found(mutant, test, public=False)
            if failure is not None and (failure.kind.stops or not self._names):
                break
        failed = tuple(name for name, failure in found.items() if failure is not None)
        return Tried(mutant, failed, self._name(mutant, found) if failed and self._names else None)

    def _name(self, mutant: Mutant, found: dict[str, Fingerprint | None]) -> Mistake | None:
        named = mistake_of(self._truth, found, {})
        if named is None and any(failure is not None and failure.kind.tells for failure in found.values()):
            public = {test.name: self._found(mutant, test, public=True) for test in self._tests if test.visible}
            named = mistake_of(self._truth, found, public)
        return named

    def _found(self, mutant: Mutant, test: GradingTest, *, public: bool) -> Fingerprint | None:
        truth = self._truth
        seed = truth.seed_for(test, public=public)
        reference, rng = truth.reference(test, seed), truth.rng(test, seed)
        try:
            with limited(self._limits[test.name]):
                space = truth.question.answers.namespace(mutant.answer)
                missing = [name for name in truth.question.question.names if name not in space]
                if missing:
                    return _ended(Kind.MISSING, missing[0])
                forbids = truth.question.question.forbids
                return try_test(test.function, Double(space), reference, rng, seed, forbids)
        except TimeIsUp:
            return _ended(Kind.TIMEOUT, "too long")
        except Exception as problem:  # its cell does not run
            return _ended(Kind.RAISED, f"{type(problem).__name__}")


def _ended(kind: Kind, what: str) -> Fingerprint:
    return Fingerprint(0, kind, what, None, None)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what computes longer, as soon as Python code runs.

    Raises:
        TimeIsUp: it did.
    """

    def stop(*_: Any) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)  # and again, where an answer passes over the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
