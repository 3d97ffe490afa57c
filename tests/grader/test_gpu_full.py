"""Where the GPU has no memory left or is taken by others, what fails by it has no mark: it is never a student's zero.

Without a GPU the notebook says what PyTorch would; the grader is told that it grades on one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.grader.attempt import Exam
from autograder.grader.grader import Grader
from autograder.results import Grade, Outcome
from autograder.submission.find import Submission
from tests.conftest import COUNTING, NotebookOf

FULL = "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79.11 GiB."
RAISES = f"raise torch.OutOfMemoryError({FULL!r})"
LATER = "    return params_of"  # a name that the cell above did not come to


@pytest.fixture
def grade(
    small_grader: Grader, write: Callable[..., Path], notebook_of: NotebookOf, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Grade]:
    """Grades a notebook on a device."""

    def graded(device: str, answers: dict[str, str], first: str = "") -> Grade:
        monkeypatch.setattr(small_grader, "device", device)
        monkeypatch.setattr(Exam, "device_of", lambda *_: "cpu")
        result = small_grader.grade_one(Submission("ada", COUNTING, write(notebook_of(answers, first=first))))
        assert isinstance(result, Grade), result
        return result

    return graded


@pytest.fixture
def outcomes(grade: Callable[..., Grade]) -> Callable[..., dict[str, Outcome]]:
    """The outcome of each question of a notebook that is graded on a device."""
    return lambda *asked: {question.id: question.outcome for question in grade(*asked).questions}


@pytest.mark.parametrize("message", [FULL, "CUDA error: all CUDA-capable devices are busy or unavailable"])
def test_a_cell_that_the_gpu_stopped_costs_no_marks(message: str, outcomes: Callable[..., dict[str, Outcome]]) -> None:
    answers = {"count_linear": "def count_linear(n_in, n_out, bias=True):\n" + LATER}
    first = f"import torch\nraise RuntimeError({message!r})\nparams_of = 1"
    told = outcomes("cuda", answers, first)
    assert told.pop("count_linear") is Outcome.GRADER_ERROR
    assert set(told.values()) == {Outcome.CORRECT}
    assert outcomes("cpu", answers, first)["count_linear"] not in (Outcome.GRADER_ERROR, Outcome.CORRECT)


def test_a_call_that_the_gpu_stopped_costs_no_marks(outcomes: Callable[..., dict[str, Outcome]]) -> None:
    answers = {"count_linear": f"import torch\n\ndef count_linear(n_in, n_out, bias=True):\n    {RAISES}"}
    assert outcomes("cuda", answers)["count_linear"] is Outcome.GRADER_ERROR
    assert outcomes("cpu", answers)["count_linear"] is not Outcome.GRADER_ERROR


def test_a_wrong_answer_is_wrong_on_a_gpu_with_room(outcomes: Callable[..., dict[str, Outcome]]) -> None:
    answers = {"count_linear": "def count_linear(n_in, n_out, bias=True):\n    return 1"}
    first = "raise RuntimeError('CUDA is a name like any other')"
    assert outcomes("cuda", answers, first)["count_linear"] not in (Outcome.GRADER_ERROR, Outcome.CORRECT)


def test_what_was_asked_is_not_told(grade: Callable[..., Grade]) -> None:
    """The words are ours: an answer may raise that error with a hidden input in it."""
    body = "    raise RuntimeError(f'CUDA out of memory {n_in} x {n_out} were asked')"
    result = grade("cuda", {"count_linear": f"def count_linear(n_in, n_out, bias=True):\n{body}"})
    told = next(question.message for question in result.questions if question.id == "count_linear")
    assert "CUDA out of memory" in told
    assert "were asked" not in told
