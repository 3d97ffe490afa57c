"""Which device grades: asked for by name, and never guessed wrong."""

from __future__ import annotations

from autograder.errors import UsageError


class NoSuchDevice(UsageError):
    """The device asked for is not here."""


def choose_device(wish: str) -> str:
    """``cpu`` or ``cuda`` for a wish of ``cpu``, ``cuda`` or ``auto``.

    Raises:
        NoSuchDevice: ``cuda`` was asked for where there is none.
    """
    if wish == "cpu":
        return "cpu"
    import os

    os.environ.setdefault("PYTORCH_NVML_BASED_CUDA_CHECK", "1")  # ask the driver without starting CUDA
    import torch

    if torch.cuda.is_available():
        return "cuda"
    if wish == "cuda":
        raise NoSuchDevice(
            "--device cuda: PyTorch finds no CUDA device here. Use --device cpu, or install a CUDA build of torch "
            "on a machine with a GPU"
        )
    return "cpu"
