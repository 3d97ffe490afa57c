"""Before anything is graded: does a locked child really get nothing that it must not have?"""

from __future__ import annotations

import json
from typing import Any

from autograder.protocol.wire import Failure
from autograder.sandbox.driver import Step
from autograder.sandbox.preconditions import ConfinementError
from autograder.sandbox.probes import Probe, verdict
from autograder.session.supervisor import SandboxError, Zygote


def probe(zygote: Zygote, slot: int = 0) -> tuple[Probe, ...]:
    """What a confined child of ``zygote`` was denied, tried one by one."""
    request = {"op": "probe", "policy": zygote.policy.to_json()}
    return tuple(Probe(**entry) for entry in _asked(zygote, request, 60, slot))


def device_steps(zygote: Zygote) -> tuple[Step, ...]:
    """What CUDA needs, tried one by one in a confined child of ``zygote``."""
    return tuple(Step(**entry) for entry in _asked(zygote, {"op": "device"}, 120))


def _asked(zygote: Zygote, request: dict[str, Any], seconds: float, slot: int = 0) -> list[dict[str, Any]]:
    """What a fresh child tells of each of its tries; ``seconds`` by the clock."""
    sandbox = zygote.spawn(slot)
    try:
        answer = sandbox.channel.ask(request, seconds)
    finally:
        zygote.end(sandbox)
    if isinstance(answer, Failure):
        raise SandboxError(f"a fork could not confine itself: {answer.message}")
    told: list[dict[str, Any]] = json.loads(answer)
    return told


def started(zygote: Zygote, slot: int, *, trusted: bool, require: str = "partial") -> str:
    """Wait until ``zygote``, which has begun, is warm and its sandbox has proved itself: its isolation level.

    Nothing of it stays where it has not.

    Args:
        require: the least isolation: ``partial``, or ``full``.

    Raises:
        ConfinementError, SandboxError: it cannot confine students' code, or did not start.
    """
    try:
        zygote.wait()
        return require_sandbox(zygote, slot, trusted=trusted, require=require)
    except BaseException:
        zygote.close()
        raise


def require_sandbox(zygote: Zygote, slot: int = 0, *, trusted: bool = False, require: str = "partial") -> str:
    """The isolation level: ``full``, ``partial`` or, only where ``trusted``, ``none``.

    Raises:
        ConfinementError: a layer that grading demands is missing, a probe got through, or ``full`` is required and less
            is here.
    """
    level = "none" if trusted else zygote.layers.level
    if require == "full" and level != "full":
        absent = [f"{name} ({layer.note})" for name, layer in zygote.layers.named().items() if not layer.ok]
        why = (
            "--unsafe-trusted confines nothing" if trusted else f"missing here: {', '.join(absent) or 'newer Landlock'}"
        )
        raise ConfinementError(f"full isolation is required, and this would be {level}; {why}")
    if trusted:
        return "none"
    reasons = verdict(zygote.layers, probe(zygote, slot))
    if reasons:
        raise ConfinementError(
            "students' code cannot be confined on this machine: " + "; ".join(reasons) + ". `autograder doctor` shows "
            "every layer. For code that you trust, --unsafe-trusted grades without, and stamps the grades"
        )
    return zygote.layers.level
