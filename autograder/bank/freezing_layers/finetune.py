"""Training what is not frozen, while what is frozen stays as it is to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import CheckFailed, Wanted, assert_true
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.tolerances import device_in_use
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, assign, define, fetch, keep, parameters, transfer

QUESTION = Question(
    id="finetune",
    points=3,
    names=("finetune",),
    title="Fine-tuning a partly frozen model",
    minutes=15,
    difficulty="hard",
    hints=(
        "It is the training loop you know. Which parameters should the optimiser know about?",
        "Give the optimiser only the parameters with `requires_grad`: then neither an old gradient nor "
        "weight decay can move the others.",
        "`opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)`; for each batch "
        "`opt.zero_grad()`, loss, `loss.backward()`, `opt.step()`; the loss is the cross-entropy unless "
        "`y.is_floating_point()`.",
    ),
    follows_device=True,
)

NAMES = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
BODY = NAMES[:4]
# Of the squared error before: right answers end at 0.002 to 0.021 of it (reference and alternatives, three draws).
FALL = 0.7


def work(x: torch.Tensor, y: torch.Tensor, finetune: Callable[..., Any]) -> Any:
    """Train a model whose first layer is frozen; its tensors and what it answers then."""
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).to(x.device)
    model[0].requires_grad_(False)
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    finetune(model, data, 0.05, 2)
    return [*model.parameters(), model(x)]


def shows(x: torch.Tensor, y: torch.Tensor, finetune: Callable[..., Any]) -> Any:
    """Whether any number of the head moved: who does nothing leaves the model where it is."""
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).to(x.device)
    model[0].requires_grad_(False)
    before = [p.detach().cpu().clone() for p in model[2].parameters()]
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    finetune(model, data, 0.05, 2)
    return not all(torch.equal(old, p.detach().cpu()) for old, p in zip(before, model[2].parameters(), strict=False))


# A tanh that counts the batches that go through it with a graph; its `made` is that number.
COUNTER = """
class Counter(nn.Tanh):
    made = 0
    def forward(self, x):
        self.made += torch.is_grad_enabled()
        return super().forward(x)
"""


class Why:
    """Words for what explains that nothing moved."""

    NO_GRAPH = "the loss has no graph"
    NO_TENSORS = "nothing that may learn was left for the optimiser"


class Watch:
    """Sees what training does to a model: how often what happened, and in which state gradients and the head were."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.seen = dict.fromkeys(
            ("asked", "recorded", "free", "backward", "grad", "reached", "step", "given", "full"), 0
        )
        self.own = {id(p) for p in model.parameters()}
        self.stale: list[bool] = []  # for each backward pass, whether it found a gradient
        self.first: list[torch.Tensor] = []  # the first gradient of the head's bias
        self.steps_of: dict[int, int] = {}  # for each optimiser
        self.heads: list[torch.Tensor] = []  # its bias, each time that the model is asked while gradients are recorded

    def on_forward(self, module: nn.Module, inputs: Any, output: Any) -> None:
        if module is self.model[3]:  # and not a copy of it
            self.seen["asked"] += 1
            self.seen["recorded"] += torch.is_grad_enabled()
            if torch.is_grad_enabled():
                self.heads.append(self.model[4].bias.detach().clone())
            self.seen["free"] += any(p.requires_grad for p in self.model.parameters())

    def on_gradient(self, parameter: torch.Tensor) -> None:
        self.seen["reached"] += 1
        self.keep_first(parameter, parameter.grad)

    def keep_first(self, parameter: torch.Tensor, gradient: torch.Tensor | None) -> None:
        if parameter is self.model[4].bias and gradient is not None and not self.first:
            self.first.append(gradient.detach().clone())

    def on_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        mine = [p for group in optimizer.param_groups for p in group["params"] if id(p) in self.own and p.requires_grad]
        self.seen["step"] += 1
        self.steps_of[id(optimizer)] = self.steps_of.get(id(optimizer), 0) + 1
        self.seen["given"] += bool(mine)
        self.seen["full"] += any(p.grad is not None and bool(p.grad.any()) for p in mine)

    def counted(self, name: str) -> Callable[..., Any]:
        """``torch.autograd``'s function of that name, which counts its calls."""
        usual = getattr(torch.autograd, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.seen[name] += 1
            learning = [p for p in self.model.parameters() if p.requires_grad]
            self.stale.append(any(p.grad is not None and bool(p.grad.any()) for p in learning))
            answer = usual(*args, **kwargs)
            asked = args[1] if len(args) > 1 else kwargs.get("inputs")
            if name == "grad" and isinstance(asked, (list, tuple, torch.Tensor)):
                tensors = [asked] if isinstance(asked, torch.Tensor) else asked
                for parameter, gradient in zip(tensors, answer, strict=False):
                    self.keep_first(parameter, gradient)
            return answer

        return call

    def moves(self) -> list[torch.Tensor]:
        """How far the head's bias had moved each time that the model was asked again, and at the end."""
        heads = [*self.heads, self.model[4].bias.detach().clone()]
        return [heads[place + 1] - heads[place] for place in range(len(heads) - 1)]

    def piled_up(self) -> str:
        """In words, how far backward passes found gradients of batches before."""
        stale = self.stale[1:]
        return "they pile up" if stale and all(stale) else "they pile up for some batches" if any(stale) else ""


def run(finetune: Callable[..., Any], model: Any, loader: Any, lr: float, epochs: int) -> Any:
    """Train: what stopped it, why nothing moved, how gradients piled up, and what there was of passes and steps."""
    from torch.optim.optimizer import register_optimizer_step_pre_hook

    watch = Watch(model)
    seen, ended = watch.seen, ""
    learning = [p for p in model.parameters() if p.requires_grad]
    hooks = [p.register_post_accumulate_grad_hook(watch.on_gradient) for p in learning]
    hooks += [model[3].register_forward_hook(watch.on_forward)]
    hooks += [register_optimizer_step_pre_hook(watch.on_step)]
    usual = {name: getattr(torch.autograd, name) for name in ("backward", "grad")}
    try:
        for name in usual:
            setattr(torch.autograd, name, watch.counted(name))
        finetune(model, loader, lr, epochs)
    except (RuntimeError, ValueError) as problem:
        frozen = bool(seen["asked"] and not seen["free"]) or not any(p.requires_grad for p in model.parameters())
        ended = why_stopped(str(problem), frozen)
        if not ended:
            raise
    finally:
        for name, function in usual.items():
            setattr(torch.autograd, name, function)
        for hook in hooks:
            hook.remove()
    passes = max(seen["reached"] // max(1, len(learning)), seen["grad"])
    moves = watch.moves()
    return {
        "ended": ended,
        "why": why_not(**seen),
        "piled up": watch.piled_up(),
        "passes": passes,
        "steps": sum(bool(move.any()) for move in moves),
        "steps of one optimiser": max(watch.steps_of.values(), default=0),
        "first gradient": watch.first,
        "first move": moves[:1],
    }


def why_stopped(problem: str, frozen: bool) -> str:
    """Why training stopped with this error; "" where that says nothing of what is asked here."""
    if "empty parameter list" in problem:
        return Why.NO_TENSORS
    if "does not require grad" not in problem:
        return ""
    return Why.NO_TENSORS if frozen else Why.NO_GRAPH


def why_not(
    asked: int,
    recorded: int,
    free: int,
    backward: int,
    grad: int,
    reached: int,
    step: int,
    given: int,
    full: int,
) -> str:
    """Why nothing moved, from how often what was seen; "" where nothing explains it."""
    if not asked:
        return "the model was never asked for an answer"
    if not recorded:
        return Why.NO_GRAPH
    if not free:
        return Why.NO_TENSORS
    if not backward + grad:
        return "no gradient was ever computed"
    if not reached + grad:
        return Why.NO_GRAPH
    if not step:
        return "there were gradients, but no step"
    if not given:
        return Why.NO_TENSORS
    return "" if full else "the gradients were cleared before the step"


NEEDED = (Watch, Why, why_stopped, why_not)  # by `run`


def put_model(student: Student, rng: Draw, n_out: int) -> tuple[Remote, dict[str, torch.Tensor]]:
    """A 3-8-6-n_out tanh network over there, and its values."""
    nn = student.torch.nn
    sizes = (3, 8, 6, n_out)
    values: dict[str, torch.Tensor] = {}
    for index, (n_in, out) in enumerate(pairwise(sizes)):
        values[NAMES[2 * index]], values[NAMES[2 * index + 1]] = rng.linear(n_in, out)
    counter = define(student, "Counter", COUNTER)()
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 6), counter, nn.Linear(6, n_out))
    model.to(device_in_use.get())
    model.load_state_dict(values)
    return model, values


def tensor_over_there(model: Remote, name: str) -> Remote:
    """The parameter of that name, where it is."""
    place, _, part = name.partition(".")
    parameter: Remote = getattr(model[int(place)], part)
    return parameter


def features(values: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """What the body of the network makes of ``x``."""
    hidden = torch.tanh(x @ values["0.weight"].T + values["0.bias"])
    return torch.tanh(hidden @ values["2.weight"].T + values["2.bias"])


def answers(values: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """What the whole network answers."""
    return features(values, x) @ values["4.weight"].T + values["4.bias"]


def cross_entropies(
    before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], x: torch.Tensor, y: torch.Tensor
) -> tuple[float, float]:
    """The cross-entropy before and after."""
    first, last = (float(torch.nn.functional.cross_entropy(answers(state, x), y)) for state in (before, after))
    return first, last


def loader(student: Student, x: torch.Tensor, y: torch.Tensor, batch_size: int = 4) -> Remote:
    """Batches over there, in order."""
    data = student.torch.utils.data
    pairs = data.TensorDataset(keep(student, x), keep(student, y))
    made: Remote = data.DataLoader(pairs, batch_size=batch_size)
    return made


def how_moved(before: torch.Tensor, after: torch.Tensor, old_gradient: torch.Tensor | None) -> str:
    """In words: did the tensor stay, shrink, or follow an old gradient?"""
    if torch.equal(before, after):
        return "stayed"
    moved = (after - before).flatten().double()

    def along(direction: torch.Tensor) -> bool:  # rounding takes less than 1e-6 off 1; for the words alone
        return bool(torch.cosine_similarity(moved, direction.flatten().double(), dim=0) > 0.99)

    if along(-before):
        return "shrank towards 0"
    if old_gradient is not None and along(-old_gradient):
        return "moved along its old gradient"
    return "moved"


def trained(
    student: Student,
    model: Remote,
    batches: Remote,
    lr: float,
    epochs: int,
    before: dict[str, torch.Tensor],
    old: dict[str, torch.Tensor],
    frozen: tuple[str, ...],
    count: int,
    *,
    cleared: bool = False,
    batch: tuple[torch.Tensor, torch.Tensor] | None = None,
) -> dict[str, torch.Tensor]:
    """The values after training; fails unless exactly the free tensors moved, in as many batches as there were.

    Args:
        old: gradients that were left on tensors; ``count``: how many batches there are in one epoch.
        cleared: fail, too, if gradients pile up over batches.
        batch: the first batch: fail, too, if there are more passes or steps than batches, or if the first gradient of
            the head is not that of the loss that is asked for.
    """
    watched = transfer(student, run, *NEEDED)
    told: dict[str, Any] = watched(student.finetune, model, batches, lr, epochs)
    ended = told["ended"]
    after = parameters(model)
    made: int = fetch(model[3].made)
    seen = {name: how_moved(before[name], after[name], old.get(name)) for name in frozen}
    idle = [name for name in before if name not in frozen and torch.equal(before[name], after[name])]
    if len(idle) == len(before) - len(frozen):
        ended = ended or told["why"]
    assert_true(not ended, "nothing was trained", actual=ended, expected=Wanted("the tensors that may learn move"))
    ways = sorted(set(seen.values()))
    words = ways[0] if len(ways) == 1 else ", ".join(f"{name} {way}" for name, way in seen.items())
    assert_true(
        ways == ["stayed"], "a frozen tensor changed", actual=f"frozen tensors: {words}",
        expected=Wanted("they stay the same to the last bit"),
    )  # fmt: skip
    assert_true(
        not idle, "a tensor that may learn did not move", actual=f"{', '.join(idle)} stayed the same",
        expected=Wanted("every tensor that is not frozen moves"),
    )  # fmt: skip
    assert_no_batch_left_out(made, told["passes"], epochs, count)
    if batch is not None:
        assert_one_for_each_batch(told, epochs * count)
    assert_true(
        not (told["piled up"] and cleared), "gradients of earlier batches were not cleared", actual=told["piled up"],
        expected=Wanted("each step goes by the gradient of its own batch"),
    )  # fmt: skip
    if batch is not None and told["first gradient"]:
        gradient = told["first gradient"][0].cpu()
        assert_gradient_of_the_loss(gradient, before, *batch)
        if not batch[1].is_floating_point():
            assert_single_step(told["first move"][0].cpu(), gradient, lr)
    return after


def assert_no_batch_left_out(made: int, passes: int, epochs: int, count: int) -> None:
    """Fail if fewer batches went through the model, or came back from the loss, than there were."""
    words = "the model was not trained on every batch of every epoch"
    assert_true(made >= epochs * count, words, actual=f"{made} batches", expected=Wanted(f"{epochs} epochs of {count}"))
    assert_true(
        passes >= epochs * count, "there were fewer backward passes than batches: the model must learn from each batch",
        actual="one backward pass for several batches", expected=Wanted("one for each batch of each epoch"),
    )  # fmt: skip


def assert_one_for_each_batch(told: dict[str, Any], batches: int) -> None:
    """Fail unless there were as many backward passes and steps as batches."""
    wanted = Wanted("one for each batch of each epoch")
    words = "there were fewer steps than batches"
    assert_true(told["steps"] >= batches, words, actual="one step for several batches", expected=wanted)
    words = "there were more backward passes than batches in `epochs` passes over the loader"
    assert_true(told["passes"] <= batches, words, actual="more than `epochs` passes", expected=wanted)
    words = "there were more steps than batches"
    assert_true(told["steps of one optimiser"] <= batches, words, actual="several steps for a batch", expected=wanted)


def assert_single_step(move: torch.Tensor, gradient: torch.Tensor, lr: float) -> None:
    """Fail if the first step, of three biases, goes down their gradient twice as far as one step can.

    A step of gradient descent has the length lr · |gradient|, with Nesterov's momentum m the (1 + m)-fold, less than
    twice that; clipping makes it shorter. Adam and its kin go elsewhere, for they go as far in each of the biases:
    the gradients of a cross-entropy add up to 0 over three classes, so the cosine between the two is 0.943 at most.
    """
    along = float(torch.cosine_similarity(move.double(), -gradient.double(), dim=0)) > 0.999
    size = float(move.double().norm() / gradient.double().norm()) / lr
    words = "the first step goes further than one step with the rate `lr` can"
    # Two steps by the same gradient have the factor 2 to six digits.
    assert_true(not along or size < 1.995, words, actual="twice as far or more", expected=Wanted("one step"))


def assert_gradient_of_the_loss(
    gradient: torch.Tensor, values: dict[str, torch.Tensor], x: torch.Tensor, y: torch.Tensor
) -> None:
    """Fail unless this is the gradient for the head's bias of the mean cross-entropy, or of the mean squared error.

    The optimiser is the student's choice, so how parameters move tells nothing of the loss; the first gradient does.
    """
    bias = values["4.bias"].clone().requires_grad_()
    with torch.enable_grad():
        scores = features(values, x) @ values["4.weight"].T + bias
        floats = y.is_floating_point()
        loss = torch.nn.functional.mse_loss(scores, y) if floats else torch.nn.functional.cross_entropy(scores, y)
        (wanted,) = torch.autograd.grad(loss, bias, retain_graph=True)
        other = _loss_of(gradient, scores, bias, y)
    along = torch.nn.functional.cosine_similarity(gradient.double(), wanted.double(), dim=0)
    name = "the mean squared error" if floats else "the mean cross-entropy of the scores"
    # float32 gives both to six digits; a sum is off by the size of the batch, a softmax too many in its direction.
    if not (along > 0.999 and abs(float(gradient.norm() / wanted.norm()) - 1) < 0.01):
        seen = "the right direction, another size" if along > 0.999 else other
        raise CheckFailed(
            f"the loss that is trained is not {name}: its first gradient is different", seen, Wanted(name)
        )


def _loss_of(gradient: torch.Tensor, scores: torch.Tensor, bias: torch.Tensor, y: torch.Tensor) -> str:
    """Which other loss has a gradient in this direction, in words."""
    functional = torch.nn.functional
    if y.is_floating_point():
        return "another direction"
    others = {
        "that of a softmax before the cross-entropy": functional.cross_entropy(scores.softmax(dim=1), y),
        "that of the squared error of one-hot rows": (scores - functional.one_hot(y, scores.shape[1])).square().mean(),
    }
    for name, loss in others.items():
        (other,) = torch.autograd.grad(loss, bias, retain_graph=True)
        if functional.cosine_similarity(gradient.double(), other.double(), dim=0) > 0.999:
            return name
    return "another direction"


def assert_fell(first: float, last: float, part: float, what: str) -> None:
    """Fail unless the loss fell below ``part`` of what it was."""
    if not last < part * first:
        wanted = Wanted(f"less than {part:g} times the loss before")
        whole = ("it fell too little" if last < first else "it did not fall"), wanted
        raise CheckFailed(f"the {what} did not go down, or too little", round(last / first, 1), wanted, whole=whole)


@visible
@pytest.mark.points(1)
def test_frozen_tensors_stay(student: Student, rng: Draw) -> None:
    """frozen tensors stay the same to the last bit, even if an old gradient was left on them"""
    model, before = put_model(student, rng, 2)
    x, y = rng.normal(12, 3), rng.normal(12, 2)
    old = {name: rng.normal(*before[name].shape).sign() for name in BODY}
    for name in BODY:
        parameter = tensor_over_there(model, name)
        parameter.requires_grad_(False)
        assign(parameter, "grad", old[name])
    trained(student, model, loader(student, x, y), 0.1, 3, before, old, BODY, 3)


@visible
@pytest.mark.points(0.5)
def test_head_learns_classes(student: Student, rng: Draw) -> None:
    """with integer targets the head changes, by each batch's own gradient, and the cross-entropy goes down"""
    model, before = put_model(student, rng, 3)
    x = rng.normal(25, 3)  # the last batch holds a single row
    y = (features(before, x) @ rng.normal(6, 3)).argmax(dim=1)
    for name in BODY:
        tensor_over_there(model, name).requires_grad_(False)
    after = trained(
        student, model, loader(student, x, y), 0.05, 8, before, {}, BODY, 7, cleared=True, batch=(x[:4], y[:4])
    )
    first, last = cross_entropies(before, after, x, y)
    assert_fell(first, last, 1.0, "cross-entropy")


@pytest.mark.points(0.5)
def test_classes_that_overlap(student: Student, rng: Draw) -> None:
    """the cross-entropy goes down also where the classes overlap, so that no score may grow for ever"""
    model, before = put_model(student, rng, 3)
    x = rng.normal(1, 3) + rng.normal(24, 3, scale=0.02)
    y = (rng.permutation(24) >= 16).long()
    old = {name: rng.normal(*before[name].shape).sign() for name in BODY}
    for name in BODY:
        tensor_over_there(model, name).requires_grad_(False)
        assign(tensor_over_there(model, name), "grad", old[name])
    after = trained(student, model, loader(student, x, y, 24), 0.2, 80, before, old, BODY, 1)
    first, last = cross_entropies(before, after, x, y)
    assert_fell(first, last, 1.0, "cross-entropy")


@pytest.mark.points(0.25)
def test_any_tensors_may_be_frozen(student: Student, rng: Draw) -> None:
    """with float targets, and other tensors frozen, the rest learns and the squared error goes down"""
    for n_out in (2, 1):  # a single output is a column too, and must not be compared with every target
        model, before = put_model(student, rng, n_out)
        x = rng.normal(23, 3)
        y = features(before, x) @ rng.normal(6, n_out) + 3.0
        frozen = rng.choice((("0.weight", "2.bias"), ("2.weight", "2.bias"), ("0.bias", "2.weight")))
        old = {name: rng.normal(*before[name].shape).sign() for name in frozen}
        for name in frozen:
            tensor_over_there(model, name).requires_grad_(False)
            assign(tensor_over_there(model, name), "grad", old[name])
        after = trained(student, model, loader(student, x, y), 0.03, 8, before, old, frozen, 6, batch=(x[:4], y[:4]))
        first, last = (float((answers(state, x) - y).square().mean()) for state in (before, after))
        assert_fell(first, last, FALL, "squared error")


@pytest.mark.points(0.25)
def test_rate_is_that_given(student: Student, rng: Draw) -> None:
    """with a tiny learning rate nothing moves far"""
    model, before = put_model(student, rng, 2)
    x, y = rng.normal(12, 3), rng.normal(12, 2) + 3.0
    student.finetune(model, loader(student, x, y), 1e-7, 2)
    after = parameters(model)
    # Six steps of Adam move a number by 6e-7, of SGD with gradients up to 100 by 6e-5; at a rate of 1e-3 it is 6e-3.
    far = max(float((after[name].cpu() - before[name]).abs().max()) for name in before)
    wanted = Wanted("no number moves by more than 0.001")
    assert_true(far <= 1e-3, "with the rate 1e-7 the model moves far", actual="another rate", expected=wanted)


@pytest.mark.points(0.5)
def test_model_stays_on_its_device(student: Student, rng: Draw) -> None:
    """training leaves the model on the device where it and the batches are"""
    x, y = rng.normal(12, 3), rng.integers(0, 1, 12)
    learned: bool = transfer(student, shows)(x, y, student.finetune)
    assert_true(learned, "the head did not move", actual="it stayed", expected=Wanted("a head that learns"))
    assert_model_follows_device(student, work, x, y, student.finetune)
