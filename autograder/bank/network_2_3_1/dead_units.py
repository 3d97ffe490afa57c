"""Hidden units that never fire, and what a start from zeros does to the gradients."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_equal
from autograder.checks.left_behind import assert_leaves_state
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student

QUESTION = Question(
    id="dead_units",
    points=2,
    names=("dead_units", "grads_from_zero_init"),
    title="Dead units and zero starts",
    minutes=12,
    difficulty="medium",
    hints=(
        "A unit is dead for these data if no row of X switches it on. What must you look at: the weights, "
        "or what they give?",
        "Put X through the first layer and the ReLU, and look for columns without any positive number. "
        "For the second part: set all four parameters to 0, one backward pass, then the largest "
        "|gradient| of each.",
        "`h = torch.relu(model[0](X))`, then `[j for j in range(h.shape[1]) if not (h[:, j] > 0).any()]`. "
        "`nn.init.zeros_(p)` for every parameter; `p.grad.abs().max().item()`.",
    ),
)

KEYS = ("hidden.weight", "hidden.bias", "output.weight", "output.bias")


def build(side: Student, W: torch.Tensor, b: torch.Tensor) -> Remote:
    """nn.Sequential(Linear(2, h), ReLU, Linear(h, 1), Sigmoid) over there, with this hidden layer."""
    nn, units = side.torch.nn, len(b)
    model: Remote = nn.Sequential(nn.Linear(2, units), nn.ReLU(), nn.Linear(units, 1), nn.Sigmoid())
    model.load_state_dict(
        {"0.weight": W, "0.bias": b, "2.weight": torch.full((1, units), 0.5), "2.bias": torch.tensor([-0.25])}
    )
    return model


def draw_points(rng: Draw, rows: int) -> torch.Tensor:
    """Points with a positive first coordinate and a second one below 0 in every other row."""
    signs = torch.tensor([-1.0 if row % 2 == 0 else 1.0 for row in range(rows)]).reshape(-1, 1)
    return torch.cat([rng.uniform(1.0, 3.0, rows, 1), signs * rng.uniform(0.25, 1.0, rows, 1)], dim=1)


def units_of_each_kind(rng: Draw, X: torch.Tensor, kinds: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights and biases of hidden units, one for each kind, for the points of ``draw_points``.

    A kind is the weights' signs, then what the bias makes of the unit: ``off`` for every row (dead),
    ``on`` for every row, ``once`` for a single row. Without a bias, ``-+`` would be off for every row, but
    not where it is ``steep``: there the second weight is the greater one.
    """
    rows: list[torch.Tensor] = []
    biases: list[torch.Tensor] = []
    for kind in kinds:
        signs, state, *steep = kind.split()
        first, second = rng.uniform(1.0, 2.0, 1), rng.uniform(0.25, 0.75, 1)
        if steep:
            first, second = second / 4, first
        weight = torch.cat([first if signs[0] == "+" else -first, second if signs[1] == "+" else -second])
        sums = (X @ weight).sort().values
        gap = rng.number(0.25, 0.75)
        rows.append(weight)
        biases.append({"off": -sums[-1] - gap, "on": -sums[0] + gap, "once": -(sums[-1] + sums[-2]) / 2}[state])
    return torch.stack(rows), torch.stack(biases)


def indices(answer: object) -> object:
    """A set of units as a sorted list; everything else as it is."""
    return sorted(answer) if isinstance(answer, set) else answer


@visible
@pytest.mark.points(1)
def test_finds_the_planted_dead_units(student: Student, reference: Student, rng: Draw) -> None:
    """the answer lists the hidden units that are 0 for every row, in rising order"""
    X = draw_points(rng, 8)
    kinds = ["-- off", "++ off", "-- on", "-+ off", "-+ on", "+- on", "++ once", "+- on steep"]
    W, b = units_of_each_kind(rng, X, rng.sample(kinds, len(kinds)))
    wanted = reference.dead_units(build(reference, W, b), X)
    assert_equal(indices(student.dead_units(build(student, W, b), X)), wanted, "the dead units are different")


@pytest.mark.points(0.5)
def test_other_nets_and_points(student: Student, reference: Student, rng: Draw) -> None:
    """a unit that is on for one row is alive, one that just reaches 0 is dead; nothing is left behind"""
    X = draw_points(rng, 13)
    mixed = ["++ off", "-+ once", "-- off", "-- on", "-+ on", "++ once", "+- off", "+- once steep"]
    for kinds in (mixed, ["++ on", "-- once", "-+ on"], ["+- off", "-- off"]):
        W, b = units_of_each_kind(rng, X, rng.sample(kinds, len(kinds)))
        wanted = reference.dead_units(build(reference, W, b), X)
        assert_equal(indices(student.dead_units(build(student, W, b), X)), wanted, "the dead units are different")
    W, b = rng.normal(4, 2), torch.zeros(4)
    W[rng.integer(0, 3)] = 0.0
    points = torch.cat([X, -X])
    wanted = reference.dead_units(build(reference, W, b), points)
    assert_equal(indices(student.dead_units(build(student, W, b), points)), wanted, "the dead units are different")
    assert_leaves_state(student, student.dead_units, build(student, W, b), points)


@visible
@pytest.mark.points(0.5)
def test_gradients_from_a_zero_start(student: Student, reference: Student, rng: Draw) -> None:
    """the largest |gradient| of each of the four parameters, after one backward pass from zeros"""
    for rows, few in ((9, 0.0), (14, 1.0)):  # mostly ones in the first, mostly zeros in the second
        X = rng.normal(rows, 2)
        y = torch.where(rng.permutation(rows) < rng.integer(1, 4), few, 1 - few).reshape(-1, 1)
        answer, wanted = student.grads_from_zero_init(X, y), reference.grads_from_zero_init(X, y)
        assert_close(answer, wanted, "the gradients", rtol=1e-5, atol=1e-6)
