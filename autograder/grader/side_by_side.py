"""Graders of one class side by side on this machine, which share their start.

Starting a grader means importing torch twice, and making an interpreter warm. Done once, it serves them all: this
process forks itself for each grader, with what it has imported, and the warm interpreter forks itself as well.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue

from autograder.sandbox import limits
from autograder.sandbox.policy import Policy
from autograder.session.supervisor import Zygote
from autograder.worker.alone import thread_names
from autograder.worker.zygote import MAX_COPIES

_given: list[Zygote] = []


def can_share(jobs: int, device: str) -> bool:
    """Whether this process can be forked for ``jobs`` graders.

    A library that runs threads may hold a lock at the fork, and CUDA does not survive one; on macOS nor do others.
    """
    return sys.platform == "linux" and device == "cpu" and 1 < jobs <= MAX_COPIES and not thread_names()


@contextmanager
def graders_side_by_side(policy: Policy, jobs: int) -> Iterator[Executor]:
    """An executor of ``jobs`` processes that have all that this one has imported, and a warm interpreter each.

    They are forked at once, so that they have nothing of what this process opens later. The interpreter gets warm
    meanwhile; ``given_zygote`` is what the grader of such a process begins with.
    """
    first = Zygote(policy)
    copies = [first.copy() for _ in range(jobs)]
    first.begin()
    context = multiprocessing.get_context("fork")
    numbers: SimpleQueue[int] = context.SimpleQueue()
    for number in range(jobs):
        numbers.put(number)
    try:
        with ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_take, initargs=(first, copies, numbers)
        ) as pool:
            pool.submit(os.getpid)  # with the first of its tasks it forks all of them
            for copy in copies:
                copy.let_go()
            yield pool
    finally:
        first.close()


@contextmanager
def begun_for_one(policy: Policy, device: str) -> Iterator[None]:
    """Let the warm interpreter of this process's own grader get warm while this process opens what it needs."""
    zygote = Zygote(policy, device)
    zygote.begin()
    _given.append(zygote)
    try:
        yield
    finally:
        if zygote in _given:  # nothing was graded
            _given.remove(zygote)
            zygote.close()


def given_zygote() -> Zygote | None:
    """The warm interpreter that has begun for this process's grader, once; None where there is none."""
    return _given.pop() if _given else None


def _take(first: Zygote, copies: Sequence[Zygote], numbers: SimpleQueue[int]) -> None:
    """In a process that was forked for a grader: keep one copy, and let go of what is the others'."""
    limits.die_with_parent()
    number = numbers.get()
    first.let_go()
    for other in (*copies[:number], *copies[number + 1 :]):
        other.let_go()
    _given.append(copies[number])
