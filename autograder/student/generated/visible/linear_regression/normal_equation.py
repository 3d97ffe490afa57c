"""Visible checks of ``normal_equation``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_true
from autograder.checks.numbers import as_number, as_tensor
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, StudentFailed, flags, parameters

X4 = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]

Y4 = [10.0, 20.0, 30.0, 40.0]

NO_LINE = "no line that fits"


def line(answer: Any, features: int) -> tuple[torch.Tensor, float]:
    """(w, b) of an answer, float64."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (w, b)", answer, Wanted("a pair (w, b)"))
    w = answer[0]
    if not hasattr(w, "shape") or not hasattr(w, "dtype"):
        raise CheckFailed("w is no tensor", w, Wanted("a tensor"))
    assert_equal(tuple(w.shape), (features,), "the shape of w is different")
    return as_tensor(w).double(), as_number(answer[1], "b")


def assert_predicts(student: Student, reference: Student, X: torch.Tensor, y: torch.Tensor) -> None:
    """Fail unless the student's line predicts for X what the best line does."""
    w, b = line(student.normal_equation(X, y), X.shape[1])
    v, c = line(reference.normal_equation(X, y), X.shape[1])
    assert_close(X.double() @ w + b, X.double() @ v + c, "the predictions", rtol=1e-3, atol=2e-3)


def draw_points(rng: Draw, rows: int, features: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points near a plane well above the origin."""
    X = rng.normal(rows, features)
    return X, X @ rng.normal(features) + rng.choice([4.0, -5.0]) + rng.normal(rows, scale=0.4)


def test_predictions(student: Student, reference: Student, rng: Draw) -> None:
    """normal_equation: the predictions are those of the line with the least squared error"""
    assert_predicts(student, reference, *draw_points(rng, 7, 2))


def test_many_best_lines(student: Student, reference: Student) -> None:
    """the four loads of assignment 06 are fitted too, and again with their first feature there twice"""
    X, y = torch.tensor(X4), torch.tensor(Y4)
    try:
        assert_predicts(student, reference, X, y)
        assert_predicts(student, reference, X[:, :1].repeat(1, 2), y)
    except StudentFailed as failed:
        if failed.failure.kind != "raised":
            raise
        words = "an error was raised for features that depend on each other"
        raise CheckFailed(words, "an error", Wanted("no error"), whole=(NO_LINE, Wanted("a line"))) from failed
    except CheckFailed as failed:
        failed.whole = NO_LINE, Wanted("a line")
        raise


def assert_module(student: Student, features: int) -> Remote:
    """A fresh LinearRegression over there, once its parameters are known to be features + 1 that can be trained."""
    model: Remote = student.LinearRegression(features)
    words = "LinearRegression(n_features) is no module"
    assert_true(isinstance(model, Remote), words, actual=type(model).__name__, expected=Wanted("an nn.Module"))
    total = sum(value.numel() for value in parameters(model).values())
    assert_equal(total, features + 1, "the number of parameters is different")
    words = "a parameter does not ask for a gradient"
    assert_true(all(flags(model).values()), words, actual="frozen", expected=Wanted("parameters to train"))
    return model


def own_prediction(model: Remote, X: torch.Tensor) -> torch.Tensor:
    """What the parameters of the model over there predict for X, by hand."""
    values = sorted(parameters(model).values(), key=lambda value: value.dim())
    if len(values) == 1:  # weights and bias in one: which of them comes first is up to the student
        ends = [values[0].flatten(), values[0].flatten().roll(-1)]
        predictions = [X @ theta[:-1] + theta[-1] for theta in ends]
        return min(predictions, key=lambda own: float((own - as_tensor(model(X))).abs().max()))
    bias = next((v for v in values if v.numel() == 1 and v.dim() < 2), values[0])
    weight = next(v for v in values if v is not bias)
    return X @ weight.reshape(-1) + bias.reshape(())


def assert_fits(answer: Any, wanted: torch.Tensor) -> None:
    """Fail unless the fitted module predicts as the best line does; a forgotten bias is off by the same everywhere."""
    try:
        assert_close(answer, wanted, "the output after fit", rtol=1e-3, atol=2e-3)
    except CheckFailed as failed:
        got = answer if isinstance(answer, torch.Tensor) and answer.shape == wanted.shape else None
        if got is not None and float((got.detach().double() - wanted).std()) < 2e-3:
            failed.whole = "off by one and the same amount", Wanted("the best line")
        raise


def test_module_predicts(student: Student, rng: Draw) -> None:
    """LinearRegression(n) is a module with n + 1 parameters, and its forward gives X @ w + b of shape (N,)"""
    model = assert_module(student, 3)
    X = rng.normal(5, 3)
    assert_close(model(X), own_prediction(model, X), "the output")


def test_module_fits(student: Student, reference: Student, rng: Draw) -> None:
    """after fit(X, y) the module predicts as the best line does, and can still be trained"""
    X, y = draw_points(rng, 8, 3)
    model = assert_module(student, 3)
    model.fit(X, y)
    w, b = line(reference.normal_equation(X, y), 3)
    assert_fits(model(X), (X.double() @ w + b).float())
    assert_close(model(X), own_prediction(model, X), "the output, against the module's own parameters")
    words = "after fit a parameter does not ask for a gradient"
    assert_true(all(flags(model).values()), words, actual="frozen", expected=Wanted("parameters to train"))
