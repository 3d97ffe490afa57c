"""The inputs of a test: drawn from a seed, recorded, replayed, and apart from what mistakes cannot tell."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.judging.inputs import GRID, Draw


def everything(rng: Draw) -> list[Any]:
    """One of each draw."""
    return [
        rng.normal(3, 2),
        rng.normal(),
        rng.uniform(-1, 1, 4),
        rng.integers(2, 5, 6),
        rng.integer(1, 9),
        rng.number(0.02, 0.09),
        rng.choice(["a", "b", "c"]),
        rng.sample(range(30), 4),
        rng.permutation(7),
        *rng.linear(3, 2),
        rng.apart("f", lambda: (rng.integer(0, 9),)),
    ]


def equal(one: list[Any], other: list[Any]) -> bool:
    return all(torch.equal(a, b) if isinstance(a, torch.Tensor) else a == b for a, b in zip(one, other, strict=True))


def test_a_seed_draws_the_same_again_and_another_seed_something_else() -> None:
    assert equal(everything(Draw(3)), everything(Draw(3)))
    assert not equal(everything(Draw(3)), everything(Draw(4)))


def test_what_was_drawn_can_be_replayed_without_the_seed() -> None:
    first = Draw(3)
    drawn = everything(first)
    assert len(first.drawn) == 11
    assert equal(everything(Draw(999, recorded=first.drawn)), drawn)


def test_replaying_more_than_was_drawn_ends() -> None:
    replay = Draw(0, recorded=[1])
    assert replay.integer(0, 9) == 1
    with pytest.raises((StopIteration, RuntimeError)):
        replay.integer(0, 9)


def test_numbers_lie_on_the_grid_and_are_never_zero() -> None:
    x = Draw(1).normal(2000, scale=0.001)
    assert bool((x * GRID == (x * GRID).round()).all())
    assert bool((x != 0).all())
    u = Draw(1).uniform(-1, 1, 500)
    assert float(u.abs().max()) <= 1
    k = Draw(1).integers(2, 5, 500)
    assert sorted(set(k.tolist())) == [2, 3, 4, 5]
    assert k.dtype is torch.int64


def test_a_sample_has_no_repetition() -> None:
    for seed in range(20):
        assert len(set(Draw(seed).sample(range(5), 5))) == 5


def test_apart_draws_until_the_mistakes_are_told_apart() -> None:
    asked: list[tuple[Any, ...]] = []

    def separate(name: str, args: tuple[Any, ...], among: tuple[str, ...] | None) -> bool:
        asked.append(args)
        return args[0] == 7

    rng = Draw(5, separate=separate)
    assert rng.apart("f", lambda: (rng.integer(0, 9),)) == (7,)
    assert len(asked) > 1
    assert rng.drawn == [(7,)]


def test_apart_gives_up_with_advice() -> None:
    rng = Draw(5, separate=lambda *_: False)
    with pytest.raises(RuntimeError, match="widen the draw"):
        rng.apart("f", lambda: (rng.integer(0, 9),), tries=5)
