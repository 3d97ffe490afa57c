"""Visible checks of ``fit_line``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, assert_close, assert_equal, assert_true
from autograder.checks.numbers import as_tensor
from autograder.session.proxy import Remote, Student, define

X = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]

Y = [10.0, 20.0, 30.0, 40.0]

# The start is the student's own choice. A step of length 0 shows it, since the same seed gives it again.
FROM_ONE_START = """
def from_one_start(fit_line, X, y, epochs, lr, seed):
    import random
    answers = []
    for number, rate in ((1, 0.0), (1, 0.0), (epochs, lr)):
        torch.manual_seed(seed)
        np.random.seed(seed)
        random.seed(seed)
        answers.append(fit_line(X, y, number, rate))
    return answers
"""


def is_number(value: Any) -> bool:
    """Whether it is one number, from Python, NumPy or a tensor of one element."""
    kinds = (torch.Tensor, np.ndarray, np.generic, float, int)
    return isinstance(value, kinds) and as_tensor(value).numel() == 1


def parts(answer: Any) -> tuple[torch.Tensor, float, list[float]]:
    """w, b and the losses of an answer, as numbers; NaN and infinity may be among them.

    Raises:
        CheckFailed: there are not three of them, or they are of another kind or shape.
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
    if isinstance(losses, (torch.Tensor, np.ndarray)):
        losses = losses.tolist()
    if not isinstance(losses, (list, tuple)) or not losses or not all(map(is_number, losses)):
        raise CheckFailed("losses should be a list with one number for each epoch", losses, None)
    return slopes, float(as_tensor(b)), [float(as_tensor(loss)) for loss in losses]


def course(losses: list[float]) -> list[Any]:
    """How a run went, in words and if it stalls with the level: the same from whatever start."""
    if not all(math.isfinite(loss) for loss in losses):
        return ["the loss grows beyond all bounds"]
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
    w, b, losses = parts(answer)
    end = losses[-1]
    if not end < 1e-3:
        excess = end / 1e-3 if math.isfinite(end) else math.inf
        raise CheckFailed("the last loss is not below 0.001", course(losses), None, excess=excess)
    assert_close(x.double() @ w + b, y.double(), "the predictions", rtol=0.0, atol=0.1)
    assert_equal(len(losses), epochs, "the number of losses is not the number of epochs")


def test_fits_the_four_points(student: Student) -> None:
    """after 1000 epochs the loss is below 0.001, and the predictions are right"""
    x, y = torch.tensor(X), torch.tensor(Y)
    answer = student.fit_line(x, y)
    between = torch.tensor([[2.0, 3.0], [6.0, 7.0], [8.0, 9.0]])
    assert_fits(answer, torch.cat([x, between]), torch.cat([y, torch.tensor([15.0, 35.0, 45.0])]), 1000)
    w, _, _ = parts(answer)
    assert_close(float(w.sum()), 5.0, "w₁ + w₂", rtol=0.0, atol=0.1)


def test_conserves(student: Student) -> None:
    """b moves from its start, while w₁ − w₂ + b stays what it was, as each gradient step leaves it"""
    x, y = torch.tensor(X), torch.tensor(Y)
    run = define(student, "from_one_start", FROM_ONE_START)
    answers = [parts(answer) for answer in run(student.fit_line, x, y, 150, 0.01, 5)]
    (w0, b0, first), (w1, b1, _), (w, b, losses) = answers
    if not torch.equal(w0, w1) or b0 != b1:
        return  # the start is another one each time, so nobody can say what it was
    kept = abs(float(w[0] - w[1] + b) - float(w0[0] - w0[1] + b0)) < 1e-2
    seen = {"w moved": not torch.equal(w, w0), "b moved": b != b0, "w₁ − w₂ + b kept": kept}
    assert_true(
        all(seen.values()),
        "the way from the start is not that of gradient descent",
        actual=seen,
        expected=dict.fromkeys(seen, True),
    )
    assert_true(losses[-1] < first[0], "the loss did not fall", actual=course(losses))
