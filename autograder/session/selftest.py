"""Before anything is graded: does a locked child really get nothing that it must not have?"""

from __future__ import annotations

import json

from autograder.protocol.wire import Failure
from autograder.sandbox.driver import Step
from autograder.sandbox.preconditions import ConfinementError
from autograder.sandbox.probes import Probe, verdict
from autograder.session.supervisor import SandboxError, Zygote


def probe(zygote: Zygote, slot: int = 0) -> tuple[Probe, ...]:
    """What a confined child of ``zygote`` was denied, tried one by one."""
    sandbox = zygote.spawn(slot)
    try:
        answer = sandbox.channel.ask({"op": "probe", "policy": zygote.policy.to_json()}, 60)
    finally:
        zygote.end(sandbox)
    if isinstance(answer, Failure):
        raise SandboxError(f"a fork could not confine itself: {answer.message}")
    return tuple(Probe(**entry) for entry in json.loads(answer))


def device_steps(zygote: Zygote) -> tuple[Step, ...]:
    """What CUDA needs, tried one by one in a confined child of ``zygote``."""
    sandbox = zygote.spawn()
    try:
        answer = sandbox.channel.ask({"op": "device"}, 120)
    finally:
        zygote.end(sandbox)
    if isinstance(answer, Failure):
        raise SandboxError(f"a fork could not confine itself: {answer.message}")
    return tuple(Step(**entry) for entry in json.loads(answer))


def require_sandbox(zygote: Zygote, slot: int = 0, *, trusted: bool = False) -> str:
    """The isolation level: ``full``, ``partial`` or, only where ``trusted``, ``none``.

    Raises:
        ConfinementError: a layer that grading demands is missing, or a probe got through.
    """
    if trusted:
        return "none"
    reasons = verdict(zygote.layers, probe(zygote, slot))
    if reasons:
        raise ConfinementError(
            "students' code cannot be confined on this machine: " + "; ".join(reasons) + ". `autograder doctor` shows "
            "every layer. For code that you trust, --unsafe-trusted grades without, and stamps the grades"
        )
    return zygote.layers.level
