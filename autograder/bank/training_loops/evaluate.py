"""A loss that is only looked at: nothing learns, nothing stays behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="evaluate",
    points=3,
    names=("evaluate",),
    title="Evaluate without a trace",
    minutes=15,
    difficulty="medium",
    hints=(
        "What must be different from training: for Dropout and BatchNorm, and for the graph? And what must be "
        "as it was "
        "afterwards?",
        "Remember `model.training`, call `model.eval()`, compute the losses under `torch.no_grad()`, and set the mode "
        "back at the end.",
        "`was = model.training; model.eval()`; `with torch.no_grad(): ...`; `model.train(was)`; `return total / rows`.",
    ),
    follows_device=True,
)


def run(
    evaluate: Callable[..., Any], state: Any, x: torch.Tensor, y: torch.Tensor, batch: int, training: bool, norm: bool
) -> Any:
    """Evaluate a model with Dropout and BatchNorm, and tell all that could be seen of it, in words where it can be."""
    layers = [nn.Linear(3, 6), nn.BatchNorm1d(6) if norm else nn.Identity(), nn.Dropout(0.5), nn.Linear(6, 1)]
    model = nn.Sequential(*layers).to(x.device)
    model.load_state_dict({name: value for name, value in state.items() if norm or not name.startswith("1.")})
    model.train(training)
    calls: list[bool] = []  # of each, whether it recorded a graph
    active: set[str] = set()

    def on_forward(module: nn.Module, inputs: Any, output: torch.Tensor) -> None:
        calls.append(output.requires_grad)
        if module.training:
            active.add(type(module).__name__)

    for module in layers[1:3]:
        if not isinstance(module, nn.Identity):
            module.register_forward_hook(on_forward)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=batch)
    try:
        answer = evaluate(model, loader, F.mse_loss)
        autograd = torch.is_grad_enabled()
    finally:
        torch.set_grad_enabled(True)
    moved = [name for name, value in model.state_dict().items() if not torch.equal(value, before[name])]
    return {
        "answer": answer,
        "calls": len(calls),
        "graph": any(calls),
        "active": sorted(active),
        "weights": any("running" not in n and "num_batches" not in n for n in moved),
        "statistics": any("running" in n or "num_batches" in n for n in moved),
        "gradients": any(p.grad is not None for p in model.parameters()),
        "frozen": not all(p.requires_grad for p in model.parameters()),
        "modes": sorted({m.training for m in model.modules()}),
        "autograd": autograd,
    }


def one_sided(evaluate: Callable[..., Any], weight: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> Any:
    """Evaluate a layer by a loss whose arguments cannot change places."""
    layer = nn.Linear(weight.shape[1], 1, bias=False)
    layer.load_state_dict({"weight": weight})
    return evaluate(layer, [(x[:4], y[:4]), (x[4:], y[4:])], F.binary_cross_entropy_with_logits)


def work(x: torch.Tensor, y: torch.Tensor, evaluate: Callable[..., Any]) -> Any:
    """Evaluate a model on two batches; its tensors afterwards."""
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1)).to(x.device)
    evaluate(model, [(x[:4], y[:4]), (x[4:], y[4:])], F.mse_loss)
    return [*model.parameters(), *model.buffers()]


def drawn_state(rng: Draw) -> dict[str, torch.Tensor]:
    """The state of a 3-6-1 network with a BatchNorm whose statistics are not those of any batch."""
    (w1, b1), (w2, b2) = rng.linear(3, 6), rng.linear(6, 1)
    return {
        "0.weight": w1, "0.bias": b1, "3.weight": w2, "3.bias": b2, "1.weight": rng.uniform(0.5, 1.5, 6),
        "1.bias": rng.normal(6), "1.running_mean": rng.normal(6), "1.running_var": rng.uniform(0.5, 2.0, 6),
        "1.num_batches_tracked": torch.tensor(7),
    }  # fmt: skip


def fault(seen: dict[str, Any], training: bool) -> tuple[str, str, str] | None:
    """What happened that should not have: in general, what was seen, what was wanted."""
    if not seen["calls"]:
        return "the model was never asked", "no forward pass", "an answer for each batch"
    if seen["weights"]:
        return "the parameters changed", "parameters that moved", "parameters as they were"
    if seen["gradients"]:
        return "gradients were computed", "gradients left on the parameters", "no gradients"
    if seen["active"]:
        names = " and ".join(seen["active"])
        return "the model was not in eval mode while it was evaluated", f"{names} in train mode", "eval mode"
    if seen["statistics"]:
        return "the running statistics of BatchNorm changed", "statistics that moved", "statistics as they were"
    if seen["graph"]:
        return "a graph was recorded", "a forward pass with a graph", "a pass under torch.no_grad()"
    if seen["frozen"]:
        return "the parameters ask for no gradients any more", "parameters that are frozen", "parameters as they were"
    if not seen["autograd"]:
        return "autograd is off for good", "autograd off afterwards", "autograd as it was"
    if seen["modes"] != [training]:
        told = {(False,): "eval mode", (True,): "train mode"}.get(tuple(seen["modes"]), "layers in different modes")
        return "the model's mode afterwards", told, "train mode" if training else "eval mode"
    return None


def assert_evaluated(student: Student, reference: Student, rng: Draw, rows: int, *, training: bool, norm: bool) -> None:
    """Fail unless the loss is right and nothing was changed."""
    state, x = drawn_state(rng), rng.normal(rows, 3)
    # The rows of the last, smaller batch are far off, so that it matters how much they count.
    y = rng.normal(rows, 1) + 5.0 * (torch.arange(rows) >= rows - rows % 4).float()[:, None]
    seen = transfer(student, run)(student.evaluate, state, x, y, 4, training, norm)
    wanted = transfer(reference, run)(reference.evaluate, state, x, y, 4, training, norm)
    found = fault(seen, training)
    if found is not None:
        what, told, right = found
        raise CheckFailed(what, told, Wanted(right))
    answer = as_number(seen["answer"], "the loss")
    assert_close(answer, as_number(wanted["answer"], "the loss"), "the loss", rtol=1e-4, atol=1e-6)


@visible
@pytest.mark.points(1)
def test_a_model_that_trains(student: Student, reference: Student, rng: Draw) -> None:
    """the mean loss of all rows in eval mode, without a graph; afterwards the model is in train mode as before"""
    assert_evaluated(student, reference, rng, 10, training=True, norm=True)


@visible
@pytest.mark.points(0.5)
def test_a_model_at_rest(student: Student, reference: Student, rng: Draw) -> None:
    """a model that was in eval mode stays in it"""
    assert_evaluated(student, reference, rng, 10, training=False, norm=True)


@visible
@pytest.mark.points(0.5)
def test_dropout_alone(student: Student, reference: Student, rng: Draw) -> None:
    """a model with Dropout and no BatchNorm"""
    assert_evaluated(student, reference, rng, 9, training=True, norm=False)


@pytest.mark.points(0.5)
def test_other_rows(student: Student, reference: Student, rng: Draw) -> None:
    """other models, numbers of rows, modes and losses"""
    assert_evaluated(student, reference, rng, rng.integer(13, 15), training=True, norm=True)
    assert_evaluated(student, reference, rng, rng.integer(5, 7), training=False, norm=rng.choice((True, False)))
    given = rng.normal(1, 3), rng.normal(6, 3), rng.integers(0, 1, 6, 1).float()
    answer = as_number(transfer(student, one_sided)(student.evaluate, *given), "the loss")
    wanted = as_number(transfer(reference, one_sided)(reference.evaluate, *given), "the loss")
    assert_close(answer, wanted, "the loss, another than the squared error,", rtol=1e-4, atol=1e-6)


@pytest.mark.points(0.5)
def test_model_stays_on_its_device(student: Student, reference: Student, rng: Draw) -> None:
    """evaluating leaves the model on the device where it and the batches are"""
    assert_evaluated(student, reference, rng, 9, training=True, norm=True)
    assert_model_follows_device(student, work, rng.normal(6, 3), rng.normal(6, 1), student.evaluate)
