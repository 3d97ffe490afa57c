"""How much of the gradient reaches the first layer of a deep network?"""

from __future__ import annotations

import math

import pytest

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student

QUESTION = Question(
    id="gradient_ratio",
    points=2,
    names=("gradient_ratio",),
    title="How much gradient is left",
    minutes=10,
    difficulty="hard",
    hints=(
        "After one backward pass, where are the gradients, and of which two of them do you need the size?",
        "Make the network with `deep_net`, compute the loss, go backward. Then divide the norm of the first linear "
        "layer's weight gradient by that of the last one's.",
        "`model, X = deep_net(depth, act, seed)`, then the mean of the squared outputs goes backward. "
        "`model[0].weight.grad` and `model[-1].weight.grad` hold what you need; which stands above the "
        "fraction bar?",
    ),
)

# The network is the same for all who call deep_net, so only rounding differs: in float32 the ratio is within 5e-7 of
# that in float64, measured for depths up to 12, three activations and 40 starts.
RTOL = 2e-5


def assert_ratio(student: Student, reference: Student, depth: int, act: str, seed: int) -> float:
    """Fail unless the ratio is right; the ratio."""
    layer: dict[str, tuple[Remote, Remote]] = {
        name: (getattr(student.torch.nn, name), getattr(reference.torch.nn, name))
        for name in ("Sigmoid", "Tanh", "ReLU")
    }
    answer = student.gradient_ratio(depth, layer[act][0], seed)
    wanted = float(reference.gradient_ratio(depth, layer[act][1], seed))
    what = f"depth {depth}, {act}"
    ratio = as_number(answer, f"the ratio for {what}")
    assert_close(ratio, wanted, what, rtol=RTOL, atol=1e-15)
    return ratio


@visible
@pytest.mark.points(1)
def test_sigmoid_and_tanh(student: Student, reference: Student, rng: Draw) -> None:
    """with ten layers, almost nothing is left after sigmoids, and some after tanhs"""
    seed = rng.integer(1, 1000)
    sigmoid = assert_ratio(student, reference, 10, "Sigmoid", seed)
    tanh = assert_ratio(student, reference, 10, "Tanh", seed)
    if not (sigmoid < 1e-6 and 1e-5 < tanh < 1):  # holds for all of 40 starts, by a factor of 30
        raise CheckFailed("the ratios do not vanish as they should", (sigmoid, tanh), Wanted("vanishing ratios"))


@visible
@pytest.mark.points(0.5)
def test_shallow(student: Student, reference: Student, rng: Draw) -> None:
    """two layers, and one: first and last are the same layer then"""
    seed = rng.integer(1, 1000)
    assert_ratio(student, reference, 2, "Tanh", seed)
    one = assert_ratio(student, reference, 1, "Sigmoid", seed)
    if not math.isclose(one, 1, rel_tol=1e-5):
        raise CheckFailed("the ratio for one layer is different", one, 1.0)


@pytest.mark.points(0.5)
def test_other_depths(student: Student, reference: Student, rng: Draw) -> None:
    """other depths, activations and seeds"""
    for act in ("ReLU", "Tanh"):
        assert_ratio(student, reference, rng.integer(3, 7), act, rng.integer(1, 1000))
