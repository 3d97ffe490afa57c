"""A device is asked for by name, tried where submissions run, and never guessed wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
import torch

from autograder.cli import main
from autograder.grader import devices
from autograder.grader.devices import NoSuchDevice, choose_device, refused_step
from autograder.sandbox.driver import Step
from autograder.sandbox.preconditions import ConfinementError

WORKS = (Step("name a thread of its own", True, ""), Step("multiply", True, ""))
NO_NAME = (
    Step("name a thread of its own", False, "OSError: Read-only file system"),
    Step("start the driver (cuInit)", False, "OSError: error 304"),
)
OLD = (Step("start CUDA in PyTorch", False, "RuntimeError: The NVIDIA driver on your system is too old"),)
FULL = (Step("allocate", False, "OutOfMemoryError: CUDA out of memory. Tried to allocate 4.00 MiB"),)
OTHERS_DEVICE = (Step("open /dev/nvidia1", False, "PermissionError"), Step("backward", True, ""))

Machine = Callable[..., None]


class _Zygote:
    def __init__(self, *_: object) -> None: ...
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with this build of torch, this GPU, and these steps in a locked child."""

    def set_up(build: str | None = "13.0", gpu: bool = True, steps: tuple[Step, ...] = WORKS) -> None:
        monkeypatch.setattr(torch.version, "cuda", build)
        monkeypatch.setattr(devices, "has_gpu", lambda: gpu)
        monkeypatch.setattr(devices, "Zygote", _Zygote)
        monkeypatch.setattr(devices, "device_steps", lambda zygote: steps)

    return set_up


def test_where_cuda_works_it_is_chosen_when_it_is_asked_for(machine: Machine) -> None:
    machine()
    assert [choose_device(wish) for wish in ("cpu", "cuda", "auto")] == ["cpu", "cuda", "cuda"]


@pytest.mark.parametrize(
    ("here", "words"),
    [
        ({"build": None}, "built without CUDA"),
        ({"gpu": False}, "shows no GPU"),
        ({"steps": NO_NAME}, "'name a thread of its own' is refused"),
        ({"steps": OLD}, "driver is too old"),
        ({"steps": FULL}, "no memory left"),
    ],
)
def test_where_it_does_not_cuda_is_refused_in_one_line_and_auto_says_why(
    here: dict[str, object], words: str, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine(**here)
    with pytest.raises(NoSuchDevice, match="--device cpu") as refused:
        choose_device("cuda")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert choose_device("auto") == "cpu"
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_a_sandbox_that_does_not_start_is_a_reason_too(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine()

    def refuse(_zygote: object) -> tuple[Step, ...]:
        raise ConfinementError("seccomp is missing")

    monkeypatch.setattr(devices, "device_steps", refuse)
    with pytest.raises(NoSuchDevice, match="seccomp is missing"):
        choose_device("cuda")


def test_the_device_of_another_gpu_does_not_matter_where_the_computation_went_through() -> None:
    assert refused_step(OTHERS_DEVICE) == ""


def test_the_command_ends_with_2_and_records_nothing(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine(gpu=False)
    monkeypatch.chdir(tmp_path)
    assert main(["grade", "03-parameter-counting", "--device", "cuda"]) == 2
    course, *told = capsys.readouterr().err.splitlines()
    assert course == f"autograder: the course in {tmp_path}"
    assert len(told) == 1
    assert not list(tmp_path.iterdir())
