"""What is done once before the first fork, so that no submission pays for it: imports, first times, the shell.

Nothing here computes a gradient or asks for a GPU: the first ``backward()`` of a process counts the devices of every
kind, which starts threads and CUDA where there is a driver, and CUDA does not survive a fork. A fork's own first
``backward()`` costs it two milliseconds. Untrusted side.
"""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterator, Sequence
from typing import Any
from unittest import mock

# A child can read none of the package's files, so what it will need is imported before.
_USED_BY_CHILDREN = (
    "autograder.worker.worker",
    "autograder.worker.device_steps",
    "autograder.sandbox.probes",
    "autograder.student",
)

# What the plots of lessons are made of: fonts, layouts and encoders are looked up once, and not once a submission.
_WARM_PLOT = """
import matplotlib.pyplot as plt
figure, axes = plt.subplots(2, 2, figsize=(8, 6))
first, second, third, fourth = axes.flat
bars = first.barh(["one", "two"], [1, 20], color="steelblue")
first.bar_label(bars, padding=3, bbox={"facecolor": "white"})
first.axvline(5, linestyle="--", label="line")
first.set(xlabel="x", ylabel="y", title="warm", xlim=(0, 25))
second.plot([1, 2, 3], [0.5, 0.25, 1e-3], "o-", label=r"$w_1$")
second.set_yscale("log")
second.grid(alpha=0.3)
third.scatter([1, 2], [-1.5, 2], c=[0.0, 1.0])
third.annotate("here", (1, 1), xytext=(2, 2), arrowprops={"arrowstyle": "->"})
third.text(0.5, 0.5, "0123456789", fontsize=9)
figure.colorbar(fourth.imshow([[0, 1], [2, 3]], cmap="viridis"), ax=fourth)
for plot in (first, second):
    plot.legend()
figure.suptitle("bold", fontweight="bold")
figure.tight_layout()
plt.show()
"""


def warm_up(cuda: bool, profile: str, absent: Sequence[str] = (), checks: str = "") -> Any:
    """Import what notebooks use, run each once, and build the shell; the slow first times happen here.

    Args:
        profile: an empty folder for IPython's profile, which its owner removes when all is warm.
        absent: packages that this course's students may have and the grader has not.
        checks: the folder with the checks that this course has recorded for itself, if it has.
    """
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import torch

    from autograder.remote.put_off import put_off_compiler
    from autograder.remote.put_off_shapes import put_off_shapes
    from autograder.worker.shell import PRELUDE, build_shell, run_cell

    put_off_compiler()
    put_off_shapes()
    if checks:
        os.environ["AUTOGRADER_RECORDED_CHECKS"] = checks  # as in student/recorded.py, which must read it when imported
    for name in _USED_BY_CHILDREN:
        importlib.import_module(name)
    # Five megabytes to read, which the first `check` of each notebook asks for.
    importlib.import_module("autograder.student.recorded").recorded_questions()

    torch.set_num_threads(1)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    if cuda:
        torch.use_deterministic_algorithms(True, warn_only=True)
    compute()
    shell = build_shell(profile, absent)
    run_cell(shell, _WARM_PLOT, 0)
    plt.close("all")
    run_cell(shell, "await __import__('asyncio').sleep(0)", 0)
    run_cell(shell, "1 / 0", 0)  # the traceback printer is slow the first time
    shell.reset(new_session=True)  # type: ignore[no-untyped-call]
    run_cell(shell, PRELUDE, 0)
    _forget_event_loop()
    _forget_fonts()
    return shell


def compute() -> None:
    """A bit of everything that notebooks compute, but for gradients."""
    import numpy as np
    import pandas as pd
    import torch
    from torch import nn
    from torch.utils.data import DataLoader, TensorDataset

    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))
    with _no_device_asked():
        for kind in (torch.optim.SGD, torch.optim.Adam):
            optimizer = kind(model.parameters(), lr=0.1)
            for x, y in DataLoader(TensorDataset(torch.randn(8, 3), torch.arange(8) % 2), batch_size=4):
                optimizer.zero_grad()
                nn.functional.cross_entropy(model(x), y)
                for parameter in model.parameters():
                    parameter.grad = torch.ones_like(parameter)
                optimizer.step()
    pd.DataFrame({"a": np.arange(3), "b": ["x", "y", "z"]}).describe()
    _compute_without_values()
    _answer_requests()


_OFTEN = 20  # Python fits its instructions to what they meet, in memory that forks share if it was done before them


def _answer_requests() -> None:
    """Serve what tests ask for all the time; what is left there is nobody's."""
    import torch

    from autograder.protocol.decoder import decode
    from autograder.protocol.encoder import encode
    from autograder.protocol.wire import Attribute, Handle, Name
    from autograder.remote.objects import Objects
    from autograder.remote.proxy import STAND_IN
    from autograder.remote.request_state import fresh

    objects = Objects({"f": lambda x, *_: x}, None)
    x, model = torch.ones(2, 3), Handle(2, "Sequential")
    asked = {"op": "call", "seed": 1, "kwargs": {}, "args": [x]}
    requests: list[dict[str, Any]] = [
        {**asked, "target": Name("torch.nn.Linear"), "args": [3, 2], "forget": True},
        {**asked, "target": Name("torch.nn.ReLU"), "args": []},
        {**asked, "target": Name("torch.nn.Sequential"), "args": [Handle(0, "Linear"), Handle(1, "ReLU")]},
        {"op": "define", "name": "g", "source": "def g(x):\n    return x\n"},
        {**asked, "target": model},
        {**asked, "target": Attribute(model, "forward"), "keep": True},
        *({"op": "look", "what": what, "target": model} for what in ("parameters", "flags", "modules", "type")),
        {**asked, "target": Name("f"), "args": [[1, 2.5, "x", None, True, (x, {"a": x})]]},
        {**asked, "target": Name("f"), "args": [x, model], "forbid": ["torch.optim"]},
        {**asked, "target": Name("f"), "place": "meta"},
        {**asked, "target": Name("f"), "place": STAND_IN},
        {"op": "defines", "names": ["f"]},
        {"op": "fetch", "target": Name("absent")},
    ]
    bodies = [encode({**request, "seconds": 10.0}) for request in requests]
    with fresh():
        for _ in range(_OFTEN):
            for body in bodies:
                decode(encode(objects.answer(decode(body)), objects.keep))


def _compute_without_values() -> None:
    """What tests of devices compute on ``meta``, whose first steps are slow."""
    import torch
    from torch import nn
    from torch.nn import functional

    x = torch.ones(4, 3, device="meta")
    labels = torch.zeros(4, dtype=torch.int64, device="meta")
    for activation in (nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid, nn.GELU, nn.Softplus):
        activation()(nn.Linear(3, 2, device="meta")(x))
    functional.cross_entropy(x, labels) + functional.mse_loss(x, 2 * x) + functional.one_hot(labels, 3).sum()
    functional.binary_cross_entropy_with_logits(x, torch.zeros_like(x))
    (x.softmax(1).log() + x.log_softmax(1) + x.exp() / x.sqrt()).mean(0).max()
    x[labels], x @ x.T, x.argmax(1) == labels, x.var(), x.std(0), x.clamp(0).abs(), x.where(x > 0, 0.0)
    functional.conv2d(torch.ones(1, 1, 4, 4, device="meta"), torch.ones(1, 1, 3, 3, device="meta"))


@contextlib.contextmanager
def _no_device_asked() -> Iterator[None]:
    """An optimizer's step asks for the accelerator at hand, on the CPU too: here it is told that there is none."""
    import torch

    with contextlib.ExitStack() as stack:
        for module in (torch.cuda, getattr(torch, "accelerator", None)):
            for name, answer in (("is_available", False), ("device_count", 0), ("current_accelerator", None)):
                if hasattr(module, name):
                    stack.enter_context(mock.patch.object(module, name, lambda *_, _answer=answer, **__: _answer))
        yield


def _forget_fonts() -> None:
    """Matplotlib drops its open fonts in each fork; dropped once here, there is nothing to drop there."""
    from matplotlib import font_manager

    clear = getattr(getattr(font_manager, "_get_font", None), "cache_clear", None)
    if clear is not None:
        clear()


def _forget_event_loop() -> None:
    """A loop made before the fork would be shared by all children; each makes its own when it needs one."""
    import asyncio

    import IPython.core.async_helpers as helpers

    loop = getattr(helpers, "_asyncio_event_loop", None)
    if loop is not None:
        loop.close()
        helpers._asyncio_event_loop = None
    with contextlib.suppress(Exception):
        asyncio.set_event_loop(None)
