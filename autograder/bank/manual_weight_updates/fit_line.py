"""A line fitted by gradient descent from any start: judged by what it predicts and by what it conserves."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_true
from autograder.checks.numbers import as_tensor
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, transfer

QUESTION = Question(
    id="fit_line",
    points=3,
    names=("fit_line",),
    title="Fit a line by gradient descent",
    minutes=15,
    difficulty="hard",
    hints=(
        "Every epoch is one update with the gradient over all samples. Print a few losses: do they fall?",
        "`X @ w + b` has shape (N,), as `y` has. Note the loss as a float, call `backward()`, "
        "move `w` and `b`, clear both gradients.",
        "`loss = ((X @ w + b - y) ** 2).mean()`, `losses.append(loss.item())`, `loss.backward()`, "
        "`sgd_step([w, b], lr)`, `zero_grads([w, b])`; at the end `return w.detach(), b.detach(), losses`.",
    ),
)

X = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]
Y = [10.0, 20.0, 30.0, 40.0]


def from_one_start(
    fit_line: Callable[..., Any], X: torch.Tensor, y: torch.Tensor, epochs: int, lr: float, seed: int
) -> Any:
    """The start is the student's own choice. A step of length 0 shows it, since the same seed gives it again."""
    import random

    answers = []
    for number, rate in ((1, 0.0), (1, 0.0), (epochs, lr), (1, lr)):
        torch.manual_seed(seed)
        np.random.seed(seed)
        random.seed(seed)
        answers.append(fit_line(X, y, number, rate))
    return answers


# On the four points a step of 0.01 makes one part of the error small at once, and of another it leaves most.
TILT = (-0.511884, 0.294950, 0.806833, 1.474748)  # how much of it is in w₁, w₂ and b, and in every line that fits
LEFT = (0.4428, 0.1984)  # how much of the loss after epoch 11 there is after epochs 81 and 150


def is_number(value: Any) -> bool:
    """Whether it is one number, from Python, NumPy or a tensor of one element."""
    kinds = (torch.Tensor, np.ndarray, np.generic, float, int)
    return isinstance(value, kinds) and as_tensor(value).numel() == 1


def parts(answer: Any, epochs: int) -> tuple[torch.Tensor, float, list[float]]:
    """w, b and the losses of an answer, as numbers; NaN and infinity may be among them.

    Raises:
        CheckFailed: there are not three of them, or they are of another kind or shape, or there are far too many.
    """
    if not isinstance(answer, (list, tuple)) or len(answer) != 3:
        raise CheckFailed("three things were wanted, (w, b, losses)", answer, None)
    w, b, losses = answer
    if isinstance(w, Remote) or isinstance(b, Remote) or isinstance(losses, Remote):
        raise CheckFailed("numbers were wanted: a tensor w, a number b and a list of losses", answer, None)
    if not isinstance(w, (torch.Tensor, np.ndarray)) or tuple(w.shape) != (2,):
        raise CheckFailed("w should be a tensor of shape (2,)", getattr(w, "shape", w), (2,))
    slopes = as_tensor(w).double()
    if not is_number(b):
        raise CheckFailed("b should be a single number", b, None)
    many = as_tensor(losses).numel() if isinstance(losses, (torch.Tensor, np.ndarray)) else 0
    many = len(losses) if isinstance(losses, (list, tuple)) else many
    if many > 20 * epochs:  # before each of them is looked at
        raise CheckFailed("the number of losses is not the number of epochs", many, epochs)
    if isinstance(losses, (torch.Tensor, np.ndarray)):
        losses = losses.tolist()
    if not isinstance(losses, (list, tuple)) or not losses or not all(map(is_number, losses)):
        raise CheckFailed("losses should be a list with one number for each epoch", losses, None)
    return slopes, float(as_tensor(b)), [float(as_tensor(loss)) for loss in losses]


def course(losses: list[float]) -> list[Any]:
    """How a run went, in words and if it stalls with the level: the same from whatever start."""
    if not all(math.isfinite(loss) for loss in losses):
        return ["the loss grows beyond all bounds"]
    # All these bounds choose words; a run that ends anywhere but near 0 loses the same marks.
    half = losses[len(losses) // 2 :]
    if min(half) > 100 * losses[0]:
        return ["the loss grows beyond all bounds"]
    rises = sum(later > earlier * 1.001 for earlier, later in itertools.pairwise(half))
    if rises > 0.1 * len(half):
        return ["the loss keeps swinging up and down"]
    if max(half) - min(half) < 0.02 * max(half):
        return ["the loss stays at", float(f"{losses[-1]:.3g}")]
    return ["the loss falls too slowly"]


def assert_fits(answer: Any, x: torch.Tensor, y: torch.Tensor, epochs: int) -> None:
    """Fail unless the last loss is below 0.001 and every prediction is within 0.1."""
    w, b, losses = parts(answer, epochs)
    end = losses[-1]
    if not end < 1e-3:  # both bounds stand in the text
        excess = end / 1e-3 if math.isfinite(end) else math.inf
        raise CheckFailed("the last loss is not below 0.001", course(losses), None, excess=excess)
    assert_close(x.double() @ w + b, y.double(), "the predictions", rtol=0.0, atol=0.1)
    assert_equal(len(losses), epochs, "the number of losses is not the number of epochs")


def error(w: torch.Tensor, b: float, x: torch.Tensor, y: torch.Tensor) -> float:
    """How far that line is from these points, as a mean squared error."""
    return float(torch.nn.functional.mse_loss(x.double() @ w + b, y.double()))


def belong(loss: float, made: float) -> bool:
    """Whether a loss and an error are about the same: halves and sums are, since another test sees to them."""
    return loss <= 20 * max(made, 1e-6) and made <= 20 * max(loss, 1e-6)


def assert_losses_fall(answer: Any, x: torch.Tensor, y: torch.Tensor, epochs: int) -> None:
    """Fail unless the losses fall, from that of some start to about that of the w and b that came back."""
    w, b, losses = parts(answer, epochs)
    now_and_then = [*losses[:: max(1, len(losses) // 4)], losses[-1]]
    fall = losses[0] > 3 * losses[-1]
    fall = fall and all(later <= 1.001 * earlier + 1e-6 for earlier, later in itertools.pairwise(now_and_then))
    words, wanted = "the losses do not fall from epoch to epoch", Wanted("losses that fall from that of the start")
    assert_true(fall, words, actual="losses that do not fall", expected=wanted)
    words, wanted = "the last loss is not that of the w and b that came back", Wanted("the loss of this line")
    assert_true(belong(losses[-1], error(w, b, x, y)), words, actual="another loss", expected=wanted)


@visible
@pytest.mark.points(1)
def test_fits_the_four_points(student: Student) -> None:
    """after 1000 epochs the loss is below 0.001, and the predictions are right"""
    x, y = torch.tensor(X), torch.tensor(Y)
    answer = student.fit_line(x, y)
    between = torch.tensor([[2.0, 3.0], [6.0, 7.0], [8.0, 9.0]])
    assert_fits(answer, torch.cat([x, between]), torch.cat([y, torch.tensor([15.0, 35.0, 45.0])]), 1000)
    w, _, _ = parts(answer, 1000)
    assert_close(float(w.sum()), 5.0, "w₁ + w₂", rtol=0.0, atol=0.1)
    assert_losses_fall(answer, x, y, 1000)


def tilt(w: torch.Tensor, b: float) -> float:
    """How far a line is from those that fit, as to what is slow to go: 150 steps of 0.01 leave 0.42 of it."""
    return float(TILT[0] * w[0] + TILT[1] * w[1] + TILT[2] * b - TILT[3])


def first_step(
    start: tuple[torch.Tensor, float], end: tuple[torch.Tensor, float], x: torch.Tensor, y: torch.Tensor, lr: float
) -> str:
    """In words, how long the first step was: Adam's is as long as lr in each direction, whatever the gradient."""
    (w0, b0), (w, b) = start, end
    moved = torch.cat([w - w0, torch.tensor([b - b0], dtype=torch.float64)])
    residuals = x.double() @ w0 + b0 - y
    slopes = 2 / len(y) * torch.cat([x.double(), torch.ones(len(y), 1)], 1).T @ residuals
    if torch.allclose(moved, -lr * slopes, rtol=1e-2, atol=1e-5):
        return "lr times the gradient"
    return "lr in each direction" if torch.allclose(moved.abs(), torch.tensor(lr).double(), rtol=1e-2) else "another"


def assert_goes_down_slowly(answers: list[Any], x: torch.Tensor, y: torch.Tensor, epochs: int) -> None:
    """Fail unless the losses of each answer fall as 0.01 makes them on the four points, whatever the start.

    Of a start that happens to have nothing that is slow to go, little is seen; not all of them can be so.
    """
    slow = []
    for answer in answers:
        assert_losses_fall(answer, x, y, epochs)
        _, _, losses = parts(answer, epochs)
        assert_equal(len(losses), epochs, "the number of losses is not the number of epochs")
        if losses[10] > 1e-3:
            slow.append(losses)
    # What the fast part leaves at epoch 11 moves these shares by less; the rule of another optimizer by far more.
    late = [later / losses[10] for losses in slow for later in (losses[80], losses[149])]
    as_wanted = slow and all(abs(part / left - 1) < 0.03 for part, left in zip(late, itertools.cycle(LEFT)))
    words, wanted = "the losses are not those of gradient descent", Wanted("losses that fall as its steps make them")
    assert_true(bool(as_wanted), words, actual="other losses", expected=wanted)


@visible
@pytest.mark.points(1)
def test_conserves(student: Student) -> None:
    """b moves from its start, while w₁ − w₂ + b stays what it was, as each gradient step leaves it"""
    x, y = torch.tensor(X), torch.tensor(Y)
    run = transfer(student, from_one_start)
    answers = run(student.fit_line, x, y, 150, 0.01, 5)
    (w0, b0, first), (w1, b1, second), (w, b, losses), (w2, b2, _) = (
        parts(answer, epochs) for answer, epochs in zip(answers, (1, 1, 150, 1), strict=True)
    )
    if not torch.equal(w0, w1) or b0 != b1:  # another start each time: nobody can say what it was
        starts = [(first[0], error(w0, b0, x, y)), (second[0], error(w1, b1, x, y))]
        begins = all(belong(*start) for start in starts) and max(made for _, made in starts) > 1e-2
        words, wanted = "a step of length 0 does not stay at a start", Wanted("w, b and the loss of some start")
        assert_true(begins, words, actual="something else", expected=wanted)
        assert_goes_down_slowly([answers[2], *(student.fit_line(x, y, 150, 0.01) for _ in range(3))], x, y, 150)
        return
    kept = abs(float(w[0] - w[1] + b) - float(w0[0] - w0[1] + b0)) < 1e-2
    seen = {"w moved": not torch.equal(w, w0), "b moved": b != b0, "w₁ − w₂ + b kept": kept}
    if not all(seen.values()):
        words, not_so = "the way from the start is not that of gradient descent", [key for key in seen if not seen[key]]
        wanted = Wanted("w and b that move while w₁ − w₂ + b keeps its value")
        whole = {**seen, "the first step": first_step((w0, b0), (w2, b2), x, y, 0.01)}, dict.fromkeys(seen, True)
        raise CheckFailed(words, f"not so: {', '.join(not_so)}", wanted, whole=whole)
    assert_true(losses[-1] < first[0], "the loss did not fall", actual=course(losses))
    words, wanted = "the loss of a step of length 0 is not that of the start", Wanted("the loss of the start")
    assert_true(belong(first[0], error(w0, b0, x, y)), words, actual="another loss", expected=wanted)
    made = error(w, b, x, y)
    words, wanted = "the last loss is not that of the w and b that came back", Wanted("the loss of this line")
    assert_true(belong(losses[-1], made), words, actual="another loss", expected=wanted)
    words, there = "150 epochs at 0.01 do not come so far", "a line that lies on the points already"
    wanted = Wanted("a line that is still away from the points")
    assert_true(made > (0.01 * tilt(w0, b0)) ** 2, words, actual=there, expected=wanted)


@pytest.mark.points(0.5)
def test_other_points(student: Student, rng: Draw) -> None:
    """it fits other points too, in as many epochs and with such a learning rate as it is told"""
    grid = torch.cartesian_prod(torch.tensor([-1.5, -0.5, 0.5, 1.5]), torch.tensor([-1.0, 0.0, 1.0]))
    x = grid + rng.uniform(-0.2, 0.2, 12, 2)  # well spread, so that gradient descent is quick
    # All targets are negative, and so is every prediction of a line that fits: an output that can't be shows up.
    slope, height = rng.sample([-4.0, -2.5, 3.0, 3.5], 2), rng.choice([-14.0, -13.0, -12.5])
    y = x @ torch.tensor(slope) + height
    lr = rng.number(0.07, 0.11)
    epochs = rng.integer(110, 140)
    fresh = rng.normal(4, 2)
    answer = student.fit_line(x, y, epochs, lr)
    assert_fits(answer, fresh, fresh @ torch.tensor(slope) + height, epochs)
    assert_losses_fall(answer, x, y, epochs)


def before_step(theta: torch.Tensor, a: torch.Tensor, y: torch.Tensor, lr: float) -> torch.Tensor:
    """The parameters from which one step of gradient descent leads to ``theta``; a step is linear in them."""
    stay = torch.eye(len(theta), dtype=torch.float64) - lr * 2 / len(y) * a.T @ a
    before: torch.Tensor = torch.linalg.solve(stay, theta - lr * 2 / len(y) * a.T @ y)
    return before


@pytest.mark.points(0.5)
def test_losses_belong_to_the_parameters(student: Student, rng: Draw) -> None:
    """the losses are the mean squared errors on the way of gradient descent to the w and b that come back"""
    epochs, lr = rng.integer(4, 6), rng.number(0.03, 0.06)
    grid = torch.cartesian_prod(torch.tensor([-1.5, -0.5, 0.5, 1.5]), torch.tensor([-1.0, 0.0, 1.0]))
    # Far from mean 0 and spread 1, so that steps in standardized inputs are others on every draw.
    x = (grid + rng.uniform(-0.2, 0.2, 12, 2)) * torch.tensor([0.4, 1.6]) + torch.tensor([0.5, 0.0])
    y = x @ torch.tensor(rng.sample([-4.0, -2.5, 3.0, 3.5], 2)) - rng.choice([14.0, 13.0]) + rng.normal(12)
    w, b, losses = parts(student.fit_line(x, y, epochs, lr), epochs)
    assert_equal(len(losses), epochs, "the number of losses is not the number of epochs")
    a, y = torch.cat([x, torch.ones(12, 1)], 1).double(), y.double()
    way = [torch.cat([w, torch.tensor([b], dtype=torch.float64)])]
    for _ in range(epochs):
        way.insert(0, before_step(way[0], a, y, lr))
    errors = [float((a @ theta - y).square().mean()) for theta in way]
    # Each loss may have been noted before the step of its epoch, or after it.
    far = [
        max(abs(loss - error) / error for loss, error in zip(losses, some, strict=True))
        for some in (errors[:-1], errors[1:])
    ]
    fits = min(far) < 1e-2 and losses[0] > 1.05 * losses[-1]  # False for NaN; who is there at once took no steps
    if not fits:
        words = "the losses are not the mean squared errors on the way to the w and b that came back"
        wanted = Wanted("mean squared errors of gradient descent with this lr")
        raise CheckFailed(words, "other losses", wanted)
