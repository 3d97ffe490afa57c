"""Which device grades: asked for by name, tried where submissions run, and never guessed wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from autograder.course.layout import find_course
from autograder.errors import UsageError
from autograder.grader.policy import sandbox_policy
from autograder.sandbox.driver import Step, has_gpu
from autograder.sandbox.preconditions import ConfinementError
from autograder.session.selftest import device_steps
from autograder.session.supervisor import SandboxError, Zygote


class NoSuchDevice(UsageError):
    """The device asked for is not here, or does not work where submissions run."""


def choose_device(wish: str, *, trusted: bool = False) -> str:
    """``cpu`` or ``cuda`` for a wish of ``cpu``, ``cuda`` or ``auto``.

    Whether CUDA works is tried in a confined fork, as a submission would use it. This process asks for no GPU.

    Raises:
        NoSuchDevice: ``cuda`` was asked for and does not work here; says why and what to do.
    """
    if wish == "cpu":
        return "cpu"
    trouble = cuda_trouble(trusted=trusted)
    if not trouble:
        return "cuda"
    if wish == "cuda":
        raise NoSuchDevice(f"--device cuda: {trouble}")
    print(f"autograder: --device auto grades on the CPU: {trouble}", file=sys.stderr)
    return "cpu"


def cuda_trouble(*, trusted: bool = False) -> str:
    """Why submissions cannot be graded on CUDA here, in one line with advice; "" if they can."""
    if getattr(torch.version, "cuda", None) is None:
        return (
            f"PyTorch {torch.__version__} is built without CUDA. Install a CUDA build (https://pytorch.org) "
            "or use --device cpu"
        )
    if not has_gpu():
        return (
            "the NVIDIA driver shows no GPU here (there is no /dev/nvidia0). Use a machine with a GPU and its driver, "
            "give the container its GPU (docker run --gpus all), or use --device cpu"
        )
    try:
        with Zygote(sandbox_policy(find_course(Path.cwd()), "cuda", trusted=trusted), "cuda") as zygote:
            return refused_step(device_steps(zygote))
    except (ConfinementError, SandboxError) as problem:
        return f"no submission can run on it: {problem}"


def refused_step(steps: tuple[Step, ...]) -> str:
    """The first step towards a computation that did not work, with what that means; "" if all did."""
    failed = [step for step in steps if not step.ok]
    if not failed:
        return ""
    asked = [step for step in failed if not step.name.startswith(("open /dev", "read /proc"))]
    if not asked:
        return ""  # a device that other GPUs of the machine need, perhaps: the computation itself went through
    step, first = asked[-1], failed[0]
    words = f"CUDA does not work where submissions run: the step '{first.name}' is refused ({first.detail})"
    if first is not step:
        words += f", and so '{step.name}' fails ({step.detail})"
    if "too old" in step.detail:
        words = f"the NVIDIA driver is too old for PyTorch {torch.__version__} ({step.detail}). Update the driver"
    elif "out of memory" in step.detail:
        words = f"the GPU has no memory left ({step.detail}). Wait until others are done with it"
    return f"{words}. `autograder doctor --device cuda` shows every step; --device cpu grades without"
