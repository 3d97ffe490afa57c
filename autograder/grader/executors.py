"""Chooses the executor that the command line asks for."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from autograder.errors import ReportedError


class NoScheduler(ReportedError):
    """The scheduler cannot be reached, or its client is not installed."""


@contextmanager
def executor_for(jobs: int, scheduler: str | None) -> Iterator[Executor | None]:
    """An executor with ``jobs`` graders on this machine, or the workers of a Dask scheduler; None for one grader, here.

    Raises:
        NoScheduler: ``scheduler`` does not answer.
    """
    if scheduler is not None:
        with _dask(scheduler) as cluster:
            yield cluster
    elif jobs > 1:
        # spawn: a grader holds torch and an open database, neither of which survives a fork
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
    else:
        yield None


def places(executor: Executor, jobs: int) -> int:
    """How many graders can work at once: of a cluster, as many as it has now, for workers come and go."""
    client = getattr(executor, "_client", None)
    return jobs if client is None else max(1, sum(client.nthreads().values()))


def is_cluster(executor: Executor) -> bool:
    """Whether the graders are on other machines, perhaps."""
    return hasattr(executor, "_client")


# A scheduler that is there answers within milliseconds; one that is just starting on a cluster may take some seconds.
ANSWER_SECONDS = 20


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as problem:
        raise NoScheduler("--scheduler needs Dask: pip install 'firststeps-autograder[cluster]'") from problem
    try:
        client = Client(address, timeout=ANSWER_SECONDS)
    except (OSError, ValueError) as problem:
        raise NoScheduler(f"no Dask scheduler answers at {address}: {problem}") from problem
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()
