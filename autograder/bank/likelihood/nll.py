"""The negative log-likelihood of yes-or-no answers, also where a probability is exactly 0 or 1."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import as_flag, as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, fetch

QUESTION = Question(
    id="nll",
    points=2,
    names=("nll", "nll_equals_bce"),
    title="The negative log-likelihood",
    minutes=10,
    difficulty="medium",
    hints=(
        "For a 1 the model gave the probability p, for a 0 it gave 1 − p. How surprised was it?",
        "Per sample it is −(y · ln p + (1 − y) · ln(1 − p)); then the mean. Where p is 0 or 1 a logarithm is −∞: "
        "cut both logarithms off at −100.",
        "`log_p = torch.log(p).clamp(min=-100)`, the same for `1 - p`, then `-(y * log_p + (1 - y) * log_q).mean()`.",
    ),
    forbids=("torch.nn.functional.binary_cross_entropy",),
    free=("nll_equals_bce",),  # to compare, one needs both
    follows_device=True,
)


def loss(answer: Any) -> float:
    """One number; NaN and infinity are told as one thing, a logarithm of 0."""
    try:
        return as_number(answer, "the loss")
    except CheckFailed as failed:
        if any(word in failed.what for word in ("is nan", "is inf", "is -inf")):
            failed.whole = "a logarithm of 0", "a finite loss"
        raise


def assert_losses(student: Student, reference: Student, *batches: tuple[torch.Tensor, torch.Tensor]) -> None:
    """Fail unless every loss is one finite number, and the right one."""
    got = [loss(student.nll(p, y)) for p, y in batches]
    wanted = [float(reference.nll(p, y)) for p, y in batches]
    for one, other, (p, _) in zip(got, wanted, batches, strict=True):
        try:
            assert_close(one, other, "the loss", rtol=2e-5, atol=2e-6)
        except CheckFailed as failed:
            if bool(((p == 0) | (p == 1)).any()):
                failed.whole = "another number at the edge", "the right one"
            raise


def draw_batch(rng: Draw, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Probabilities away from the edges and from one half, with answers of both kinds."""
    p = rng.uniform(0.05, 0.4, rows)
    p = torch.where(rng.permutation(rows) % 3 == 0, 1 - p, p)
    y = (rng.permutation(rows) < rows // 2).float()
    return p, y


@visible
@pytest.mark.points(0.5)
def test_mean_over_the_samples(student: Student, reference: Student, rng: Draw) -> None:
    """nll is the mean of −ln of the probability that each sample's answer was given"""
    assert_losses(student, reference, (torch.tensor([0.9, 0.2]), torch.tensor([1.0, 0.0])), draw_batch(rng, 7))


@visible
@pytest.mark.points(0.5)
def test_edges(student: Student, reference: Student) -> None:
    """nll is finite where a probability is 0 or 1: a logarithm is never below −100"""
    right = torch.tensor([1.0, 0.0, 0.5]), torch.tensor([1.0, 0.0, 1.0])
    wrong = torch.tensor([0.0, 0.75, 1.0, 0.5]), torch.tensor([1.0, 1.0, 0.0, 0.0])
    assert_losses(student, reference, right, wrong)


@visible
@pytest.mark.points(0.25)
def test_what_it_equals(student: Student, reference: Student) -> None:
    """nll_equals_bce: the comparison with F.binary_cross_entropy comes out right"""
    said = fetch(student.nll_equals_bce)
    if isinstance(said, Remote):  # a function, as in the notebook; a plain True or False does as well
        said = call(student.nll_equals_bce, bound=False)
    truth = as_flag(said)
    words = f"{article(kind_of(truth))} came back where True or False was wanted"
    assert_true(isinstance(truth, bool), words, actual=truth, expected=Wanted("True or False"))
    wanted = bool(reference.nll_equals_bce())
    assert_true(truth is wanted, "the comparison comes out otherwise", actual=truth, expected=wanted)


@pytest.mark.points(0.5)
def test_other_batches(student: Student, reference: Student, rng: Draw) -> None:
    """other numbers of samples, one too, and some at the edge"""
    p, y = draw_batch(rng, 11)
    at_the_edge = torch.cat([p[:6], torch.tensor([0.0, 1.0])]), torch.cat([y[:6], torch.tensor([0.0, 0.0])])
    assert_losses(student, reference, (p, y), (p[:1], y[:1]), at_the_edge)


@pytest.mark.points(0.25)
def test_follows_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the loss is a tensor on the device of the probabilities"""
    p, y = draw_batch(rng, 6)
    assert_losses(student, reference, (p, y))
    assert_follows_device(student.nll, p, y)
