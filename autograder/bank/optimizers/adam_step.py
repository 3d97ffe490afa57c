"""One step of Adam, with its state in a dict and its bias correction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_follows_device
from autograder.checks.kinds import article, kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, define, transfer

QUESTION = Question(
    id="adam_step",
    points=3,
    names=("adam_step",),
    title="Adam by hand",
    minutes=20,
    difficulty="hard",
    hints=(
        "The first step is step 1. Which t do you correct with there, and what is 1 − β¹?",
        "Count first: t = state['t'] + 1. Then the two running means m and v, both divided by 1 − βᵗ, and w moves by "
        "−lr · m̂ / (√v̂ + eps).",
        "`m_hat = m / (1 - betas[0] ** t)`, `v_hat = v / (1 - betas[1] ** t)`, "
        "`w = state['w'] - lr * m_hat / (v_hat.sqrt() + eps)`; return all four in a dict.",
    ),
    follows_device=True,
)

KEYS = ["m", "t", "v", "w"]


def replay(step: Callable[..., Any], w: torch.Tensor, gradients: Any, *more: Any) -> Any:
    """Every answer is copied at once, so that a later step in place does not change what an earlier one gave."""
    state = {"w": w.clone(), "m": torch.zeros_like(w), "v": torch.zeros_like(w), "t": 0}
    answers = []
    for g in gradients:
        state = step(state, g.clone(), *more)
        if not isinstance(state, dict) or not {"w", "m", "v", "t"} <= set(state):
            answers.append(state)
            break
        answers.append({key: v.clone() if isinstance(v, torch.Tensor) else v for key, v in state.items()})
    return answers


# Where the tensors are is judged apart from the count, which is a number and may be a tensor anywhere.
TENSORS = """
def tensors(step, w, gradients, *more):
    state = {"w": w.clone(), "m": torch.zeros_like(w), "v": torch.zeros_like(w), "t": 0}
    for g in gradients:
        state = step(state, g.clone(), *more)
    return [state["w"], state["m"], state["v"]]
"""


def states(student: Student, w: torch.Tensor, gradients: list[torch.Tensor], *more: Any) -> list[dict[str, Any]]:
    """The state after each step, from one in which nothing has happened yet."""
    run: Remote = transfer(student, replay)
    found: list[Any] = run(student.adam_step, w, gradients, *more)
    for answer in found:
        if not isinstance(answer, dict):
            words = f"{article(kind_of(answer))} came back where the new state, a dict, was wanted"
            raise CheckFailed(words, answer, Wanted("a dict"))
        assert_equal(sorted(map(str, answer)), KEYS, "the keys of the state are different")
    return found


def assert_states_close(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """Fail unless w, m, v and t are right after every step."""
    means, wanted_means = tensors_of(found), tensors_of(wanted)
    counts, wanted_counts = counts_of(found), counts_of(wanted)
    try:
        assert_close(means, wanted_means)
        assert_close(counts, wanted_counts)
    except CheckFailed as failed:
        failed.whole = {**means, **counts}, {**wanted_means, **wanted_counts}
        raise


def tensors_of(found: list[dict[str, Any]]) -> dict[str, Any]:
    """w, m and v after each step."""
    return {f"{key} after step {number}": one[key] for number, one in enumerate(found, start=1) for key in "wmv"}


def counts_of(found: list[dict[str, Any]]) -> dict[str, Any]:
    """t after each step."""
    return {f"t after step {number}": one["t"] for number, one in enumerate(found, start=1)}


@visible
@pytest.mark.points(1.5)
def test_ten_steps(student: Student, reference: Student, rng: Draw) -> None:
    """ten steps give the w, m and v of PyTorch's Adam, and t counts them"""
    w, gradients = rng.normal(3, 2), [rng.normal(3, 2) for _ in range(10)]
    more = 0.05, (rng.number(0.7, 0.85), rng.number(0.9, 0.95)), 1e-8
    assert_states_close(states(student, w, gradients, *more), states(reference, w, gradients, *more))


@visible
@pytest.mark.points(0.5)
def test_large_eps(student: Student, reference: Student, rng: Draw) -> None:
    """eps is added to √v̂, after the correction and outside the root"""
    w, gradients = rng.normal(4), [rng.normal(4, scale=0.3) for _ in range(3)]
    more = 0.1, (0.8, 0.95), rng.number(0.05, 0.2)
    assert_states_close(states(student, w, gradients, *more), states(reference, w, gradients, *more))


@visible
@pytest.mark.points(0.5)
def test_defaults(student: Student, reference: Student, rng: Draw) -> None:
    """with nothing but a state and a gradient, lr is 0.001, the betas are 0.9 and 0.999, and eps is 1e-8"""
    sizes = torch.tensor([1.0, 1.0, 3e-8])  # eps is seen only where a gradient is as small as itself
    w, gradients = rng.normal(2, 3), [sizes * rng.normal(2, 3) for _ in range(3)]
    assert_states_close(states(student, w, gradients), states(reference, w, gradients))


@visible
@pytest.mark.points(0.5)
def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """w, m and v of the new state are where they were, on a GPU too"""
    w, gradients = rng.normal(3), [rng.normal(3) for _ in range(2)]
    more = 0.05, (0.8, 0.95), 1e-8
    assert_states_close(states(student, w, gradients, *more), states(reference, w, gradients, *more))
    run = define(student, "tensors", TENSORS)
    assert_follows_device(run, student.adam_step, w, gradients, *more)
