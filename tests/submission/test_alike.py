"""Answers that are the same but for names and spaces are told; what everybody writes is not."""

from __future__ import annotations

import pytest

from autograder.submission.alike import FEWEST_NODES, alike, by_pair, shape_of

ANSWER = '''
def train(model, X, y, lr):
    """Train."""
    losses = []
    for epoch in range(100):
        loss = ((model(X) - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
                p.grad = None
        losses.append(loss.item())
    return losses
'''
RENAMED = (
    ANSWER.replace("losses", "history").replace("epoch", "i").replace("    ", "  ").replace('"""Train."""', "'Mine.'")
    + "# my own work\n"
)
OTHER = ANSWER.replace("range(100)", "range(200)")


def test_names_spaces_comments_and_docstrings_do_not_matter_and_the_rest_does() -> None:
    shape = shape_of(ANSWER, ("train",))
    assert shape is not None
    assert shape[1] >= FEWEST_NODES
    assert shape_of(RENAMED, ("train",)) == shape
    assert shape_of(OTHER, ("train",)) != shape
    assert shape_of(ANSWER.replace("p.grad = None", "p.grad.zero_()"), ("train",)) != shape
    assert shape_of("def (", ("train",)) is None


def test_two_names_that_are_exchanged_are_another_answer() -> None:
    """Numbering keeps apart what is used differently."""
    assert shape_of("def f(a, b):\n    return a - b") != shape_of("def f(a, b):\n    return b - a")


def class_of(**answers: str) -> dict[str, dict[str, str]]:
    return {"train": answers}


def test_a_pair_is_found_with_all_that_it_has_alike() -> None:
    answers = {"train": {"ada": ANSWER, "bob": RENAMED, "cyd": OTHER}, "again": {"ada": ANSWER, "bob": ANSWER}}
    ((pair, found),) = by_pair(alike(answers, {}))
    assert pair == ("ada", "bob")
    assert {one.question for one in found} == {"train", "again"}


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        (class_of(ada="def train(): return 1", bob="def train(): return 1"), {}),  # short
        (class_of(ada=ANSWER, bob=RENAMED), {"train": [RENAMED]}),  # the bank's own
        (class_of(ada=ANSWER, bob=OTHER), {}),
        (class_of(**{f"s{n}": ANSWER for n in range(5)}, **{f"t{n}": f"{ANSWER}\nx = {n}" for n in range(5)}), {}),
    ],
    ids=["short", "known", "different", "half of the class"],
)
def test_what_tells_nothing_is_left_out(answers: dict[str, dict[str, str]], known: dict[str, list[str]]) -> None:
    assert alike(answers, known) == []
