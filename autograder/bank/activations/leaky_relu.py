"""ReLU with a little slope on the left."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import CheckFailed, assert_close, assert_follows_device, assert_unchanged
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="leaky_relu",
    points=2,
    names=("leaky_relu",),
    title="LeakyReLU",
    minutes=6,
    difficulty="easy",
    hints=(
        "Two cases, one for each side of 0. Which of them has to do with the slope?",
        "Choose number by number: x where x is above 0, slope · x elsewhere. Whole numbers must become real ones "
        "first, or on the way.",
        "`torch.where(…, x, …)` with the condition and what stands on the left of 0. A slope such as 0.05 "
        "turns whole numbers into floats on its own.",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(0.75)
def test_values(student: Student, reference: Student, rng: Draw) -> None:
    """−2 with slope 0.05 gives −0.1; right of 0 nothing changes; each slope is used"""
    for x, slope in ((torch.tensor(-2.0), 0.05), (torch.tensor([-2.0, 0.0, 3.0]), 0.2), (rng.normal(3, 4), 0.3)):
        assert_close(student.leaky_relu(x, slope), reference.leaky_relu(x, slope), f"slope {slope}")


@visible
@pytest.mark.points(0.5)
def test_far_to_the_left(student: Student, reference: Student, rng: Draw) -> None:
    """the answer has no lower end: −1 000 000 with slope 0.05 gives −50 000"""
    near, slope = torch.tensor([-0.5, 2.0]), 0.05
    assert_close(student.leaky_relu(near, slope), reference.leaky_relu(near, slope))
    for far in (torch.tensor(-1e6), torch.tensor(-1000.0 * rng.integer(30, 90))):
        answer, wanted = student.leaky_relu(far, slope), reference.leaky_relu(far, slope)
        # Where it is cut off is another number with each who does it.
        if as_number(answer, "the answer") > 0.5 * float(wanted) and float(answer) > -1e4:
            raise CheckFailed("the answer is cut off", answer, wanted, whole=("cut off", "not cut off"))
        assert_close(answer, wanted)


@visible
@pytest.mark.points(0.25)
def test_whole_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """whole numbers are taken too, and answered as float32"""
    x = torch.cat([torch.tensor([-3, 0, 2]), rng.integers(-30, -11, 2)])
    answer = student.leaky_relu(x, 0.05)
    assert_close(answer, reference.leaky_relu(x, 0.05))


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(5)
    assert_close(student.leaky_relu(x, 0.1), reference.leaky_relu(x, 0.1))
    assert_follows_device(student.leaky_relu, x, 0.1)


@pytest.mark.points(0.25)
def test_other_slopes(student: Student, reference: Student, rng: Draw) -> None:
    """any slope from 0 to 1; float64 stays float64, whole numbers stay where they are, and x is left as it was"""
    x, slope = rng.normal(2, 5, dtype=torch.float64) / 3, rng.number(0.1, 0.9)
    # A detour through float32 shows in the eighth digit.
    assert_close(student.leaky_relu(x, slope), reference.leaky_relu(x, slope), rtol=1e-12, atol=0.0)
    held = keep(student, x.clone())
    student.leaky_relu(held, slope)
    assert_unchanged(x, fetch(held), "x")
    x = rng.normal(6)
    assert_close(student.leaky_relu(x, 0.0), reference.leaky_relu(x, 0.0))
    assert_follows_device(student.leaky_relu, torch.tensor([-3, 0, 2]), slope)
