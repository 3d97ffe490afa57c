"""Settings of a notebook that hold for its whole process: right answers stay right, and `check` says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from autograder.course.assignment import load_assignment
from autograder.grader.grader import Grader
from autograder.remote import request_state
from autograder.remote.request_state import changed, fresh, theirs
from autograder.results import Grade, Outcome
from autograder.student.checking import check_question
from autograder.student.recorded import recorded_questions
from autograder.submission.find import Submission
from tests.conftest import COUNTING, NotebookOf

SETTINGS = {
    "float64": "torch.set_default_dtype(torch.float64)",
    "default device": "torch.set_default_device('meta')",
    "grad mode": "torch.set_grad_enabled(False)",
    "inference mode": "torch.inference_mode().__enter__()",
    "autocast": "torch.autocast('cpu', dtype=torch.bfloat16).__enter__()",
    "matmul precision": "torch.set_float32_matmul_precision('medium')",
    "TF32": "torch.backends.cuda.matmul.allow_tf32 = True\ntorch.backends.cudnn.allow_tf32 = True",
    "TF32 by new flags": "torch.backends.cuda.matmul.fp32_precision = 'tf32'\ntorch.backends.fp32_precision = 'tf32'",
    "anomaly": "torch.autograd.set_detect_anomaly(True)",
    "deterministic": "torch.use_deterministic_algorithms(True)",
    "numpy": "import numpy as np\nnp.seterr(all='raise')",
    "warnings": "import warnings\nwarnings.simplefilter('error')",
    "printing": "torch.set_printoptions(precision=1, sci_mode=True)",
    "builtins": "import builtins\nbuiltins.sum = lambda *a: 0\nbuiltins.print = lambda *a, **k: None",
    "threads": "torch.ones(2) @ torch.ones(2)\ntorch.set_num_threads(1)\ntorch.set_num_interop_threads(1)",
}


@pytest.fixture
def grade(small_grader: Grader, write: Callable[..., Path], notebook_of: NotebookOf) -> Callable[..., Grade]:
    def graded(**cells: object) -> Grade:
        result = small_grader.grade_one(Submission("ada", COUNTING, write(notebook_of(**cells))))
        assert isinstance(result, Grade), result
        return result

    return graded


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_at_the_top_costs_no_marks(setting: str, grade: Callable[..., Grade]) -> None:
    result = grade(first="import torch\n" + SETTINGS[setting])
    assert result.score == 8, [question.message for question in result.questions]
    assert not result.flags


NEEDS_FLOAT64 = """\
import torch
def linear(x, W, b):
    assert torch.ones(1).dtype == torch.float64
    return x @ W.T + b
"""


def test_an_answer_that_needs_its_own_setting_is_asked_under_it(grade: Callable[..., Grade]) -> None:
    answers = {"linear": NEEDS_FLOAT64}
    assert grade(answers=answers).score == 5
    assert grade(answers=answers, first="import torch\ntorch.set_default_dtype(torch.float64)").score == 8


@pytest.fixture
def as_before() -> Iterator[None]:
    with fresh():
        yield
        with theirs():
            request_state._put(request_state._FRESH, False)
    torch.set_printoptions(profile="default")  # no setting of a request: what later tests read in messages hangs on it


@pytest.mark.parametrize("setting", [name for name in SETTINGS if name != "threads"])  # they stay as they are here
@pytest.mark.usefixtures("as_before")
def test_check_says_the_same(setting: str) -> None:
    answer = load_assignment(COUNTING).question("linear").answers
    space: dict[str, object] = {}
    exec(answer.imports + answer.reference.source, space)
    with theirs():  # what the cell sets goes when the test does
        exec("import torch\n" + SETTINGS[setting], {})
        verdict = check_question(recorded_questions()["linear"], space)
        assert verdict.outcome is Outcome.CORRECT, verdict.message


def test_what_a_call_changes_does_not_last() -> None:
    with fresh():
        with fresh():
            torch.set_default_dtype(torch.float64)
        assert torch.get_default_dtype() is torch.float32
        assert not changed()


def test_the_notebooks_settings_are_put_back() -> None:
    torch.set_default_dtype(torch.float64)
    try:
        with fresh():
            assert torch.get_default_dtype() is torch.float32
            assert changed()
            with theirs():
                assert torch.get_default_dtype() is torch.float64
                torch.set_grad_enabled(False)
            assert torch.is_grad_enabled()
        assert torch.get_default_dtype() is torch.float64
        assert not torch.is_grad_enabled()
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)
