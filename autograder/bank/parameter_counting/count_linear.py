"""How many numbers a linear layer learns: a weight for each arrow, a bias for each output."""

from __future__ import annotations

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="count_linear",
    points=2,
    names=("count_linear",),
    title="Parameters of one linear layer",
    minutes=5,
    difficulty="easy",
    hints=(
        "Draw 3 inputs and 2 outputs and count the arrows. Then ask where the biases sit.",
        "There is a weight for each pair of input and output and, if `bias` is true, a bias for each output.",
        "`n_in * n_out`, plus `n_out` if `bias`.",
    ),
)

WITH_BIAS = ("no_bias", "bias_per_input", "one_bias")  # the mistakes that show where there is a bias


@visible
@pytest.mark.points(0.5)
def test_notes(student: Student) -> None:
    """8→4 has 36 parameters, 4→2 has 10 and 3→2 has 8"""
    for n_in, n_out, count in ((3, 2, 8), (8, 4, 36), (4, 2, 10)):  # 8 and 4 are twice 4 and 2: more would look alike
        answer = student.count_linear(n_in, n_out)
        assert_equal(answer, count, f"the count for {n_in} inputs and {n_out} outputs is different")


@visible
@pytest.mark.points(0.5)
def test_without_bias(student: Student) -> None:
    """with bias=False only the weights are counted"""
    for n_in, n_out, count in ((8, 4, 32), (3, 2, 6)):
        answer = student.count_linear(n_in, n_out, bias=False)
        assert_equal(answer, count, f"the count for {n_in} inputs, {n_out} outputs and no bias is different")


@pytest.mark.points(1)
def test_other_layers(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes, with and without bias"""
    n_in, n_out = rng.apart("count_linear", lambda: tuple(rng.sample(range(3, 60), 2)), WITH_BIAS)
    assert_equal(student.count_linear(n_in, n_out), reference.count_linear(n_in, n_out))
    assert_equal(student.count_linear(n_in, n_out, False), reference.count_linear(n_in, n_out, False))
    assert_equal(student.count_linear(n_out, n_in, bias=True), reference.count_linear(n_out, n_in, bias=True))
