"""What NVIDIA's driver does when CUDA starts works under the policy of a GPU, and under no other."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.confinement import try_out
from autograder.sandbox.driver import driver_steps
from autograder.sandbox.layers import Layers
from autograder.sandbox.namespaces import in_child
from autograder.sandbox.policy import Policy, default_readable
from autograder.sandbox.probes import run_probes

MIB = 1 << 20
NEEDED = ("name a thread of its own", "make memory behind a descriptor")
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
linux_only = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing is confined on this system")


def policy(*, cuda: bool) -> Policy:
    return Policy(
        readable=default_readable(), hidden=(), memory_bytes=512 * MIB, cpu_seconds=60, file_bytes=64 * MIB,
        scratch_bytes=64 * MIB, cuda=cuda,
    )  # fmt: skip


@pytest.fixture
def work() -> Iterator[str]:
    """Where the fork works: a folder that any user may enter, where there is no view of its own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield f"{name}/work"


def tried(_layers: Layers) -> dict[str, bool]:
    return {step.name: step.ok for step in driver_steps()}


@linux_only
def test_a_gpus_policy_allows_what_the_driver_does(work: str) -> None:
    found = try_out(policy(cuda=True), work, tried)
    assert {name: found[name] for name in NEEDED} == dict.fromkeys(NEEDED, True)


@linux_only
def test_the_policy_of_the_cpu_refuses_it(work: str) -> None:
    found = try_out(policy(cuda=False), work, tried)
    assert {name: found[name] for name in NEEDED} == dict.fromkeys(NEEDED, False)


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="only root can become somebody else to try this")
def test_an_ordinary_users_fork_may_name_its_threads_too(work: str) -> None:
    def as_nobody(_answer: int) -> object:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
        return try_out(policy(cuda=True), work, tried)

    assert in_child(as_nobody)[NEEDED[0]] is True  # type: ignore[index]


@linux_only
def test_nothing_else_is_allowed_that_a_probe_tries(work: str) -> None:
    asked = dataclasses.replace(policy(cuda=True), hidden=("/etc/passwd",))

    def look(_layers: Layers) -> list[str]:
        return [f"{probe.name}: {probe.detail}" for probe in run_probes(asked) if not probe.denied]

    assert try_out(asked, work, look) == []
