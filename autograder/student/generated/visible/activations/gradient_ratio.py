"""Visible checks of ``gradient_ratio``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student

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


def test_sigmoid_and_tanh(student: Student, reference: Student, rng: Draw) -> None:
    """with ten layers, almost nothing is left after sigmoids, and some after tanhs"""
    seed = rng.integer(1, 1000)
    sigmoid = assert_ratio(student, reference, 10, "Sigmoid", seed)
    tanh = assert_ratio(student, reference, 10, "Tanh", seed)
    if not (sigmoid < 1e-6 and 1e-5 < tanh < 1):  # holds for all of 40 starts, by a factor of 30
        raise CheckFailed("the ratios do not vanish as they should", (sigmoid, tanh), Wanted("vanishing ratios"))


def test_shallow(student: Student, reference: Student, rng: Draw) -> None:
    """two layers, and one: first and last are the same layer then"""
    seed = rng.integer(1, 1000)
    assert_ratio(student, reference, 2, "Tanh", seed)
    one = assert_ratio(student, reference, 1, "Sigmoid", seed)
    if not math.isclose(one, 1, rel_tol=1e-5):
        raise CheckFailed("the ratio for one layer is different", one, 1.0)
