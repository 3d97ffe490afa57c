"""Checks of devices and refusals, against doubles."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import CheckFailed, assert_follows_device, assert_refuses
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.models import network
from autograder.remote.in_process import Double
from autograder.remote.proxy import Student, StudentFailed, parameters

Y = torch.tensor([0, 2, 1])


def student_of(body: str) -> Student:
    space: dict[str, Any] = {}
    exec(f"import torch\nfrom torch import nn\nimport numpy as np\nLOG = []\ndef f(y, k=3):\n    {body}", space)
    return Student(Double(space))


@pytest.mark.parametrize(
    "body", ["return torch.eye(k, device=y.device)[y]", "return y.float()", "return [y, {'a': y * 2}]"]
)
def test_following_the_input_passes(body: str) -> None:
    assert_follows_device(student_of(body).f, Y)


@pytest.mark.parametrize(
    "body",
    [
        "return torch.eye(k)[y]",
        "return y.numpy()",
        "return y.cpu() + 1",
        "return 3",
        "return None",
        "y.sum().item()\n    return y.to('meta')",
    ],
)
def test_losing_the_device_fails(body: str) -> None:
    with pytest.raises(CheckFailed):
        assert_follows_device(student_of(body).f, Y)


@pytest.mark.parametrize(
    "body",
    [
        "return torch.eye(k).to(y.device)[y]",
        "return torch.from_numpy(np.eye(k)[y.cpu().numpy()]).to(y.device)",
        "assert int(y.max()) < k\n    return torch.eye(k, device=y.device)[y]",
        "assert y.float().isfinite().all() and not y.isinf().any()\n    return y * 2",
        "answer = y * 2\n    LOG.append(answer.detach().cpu().numpy().mean())\n    return answer",
        "print(f'{y.float().mean():.2f}', y.tolist(), y.max().item())\n    return y * 2",
        "device = 'cuda' if torch.cuda.is_available() else 'cpu'\n    return torch.ones(k, device=device)[y]",
        "answer = torch.zeros_like(y)\n    answer[0] = y[1]\n    return answer",
    ],
)
def test_code_that_looks_at_values_on_the_way_passes(body: str) -> None:
    assert_follows_device(student_of(body).f, Y)


@pytest.mark.parametrize(
    "body",
    [
        "return torch.eye(k)[y]",
        "return torch.from_numpy(np.eye(k)[y.numpy()])",
        "return torch.eye(k).to(y.device)[y].cpu()",
    ],
)
def test_code_that_looks_at_values_and_forgets_the_device_fails(body: str) -> None:
    with pytest.raises(CheckFailed):
        assert_follows_device(student_of(body).f, Y)


def work(x, f):
    model = nn.Linear(3, 1, device=x.device)
    return f(model, x)


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("return y(k)", True),
        ("answer = y(k)\n    assert torch.isfinite(answer).all()\n    return answer", True),
        ("answer = y(k)\n    if answer.isnan().any():\n        raise ValueError\n    return answer", True),
        ("return y(k) + torch.zeros(2, 1)", False),
        ("return y(k).cpu()", False),
    ],
)
def test_work_on_a_model_stays_on_its_device(body: str, right: bool) -> None:
    student = student_of(body)
    if right:
        assert_model_follows_device(student, work, torch.ones(2, 3), student.f)
    else:
        with pytest.raises((CheckFailed, StudentFailed)):
            assert_model_follows_device(student, work, torch.ones(2, 3), student.f)


def test_refusing_is_any_exception_but_a_blank() -> None:
    assert_refuses(student_of("raise ValueError").f, Y, what="the labels")
    with pytest.raises(CheckFailed, match="no error was raised for the labels"):
        assert_refuses(student_of("return y").f, Y, what="the labels")
    for blank in ("raise NotImplementedError", "raise MemoryError"):
        with pytest.raises(StudentFailed):
            assert_refuses(student_of(blank).f, Y, what="the labels")


def test_a_network_with_known_weights() -> None:
    layers = [(torch.ones(4, 2), torch.zeros(4)), (torch.ones(1, 4), torch.ones(1))]
    net = network(student_of("pass"), layers, "ReLU")
    assert [tuple(p.shape) for p in parameters(net).values()] == [(4, 2), (4,), (1, 4), (1,)]
    assert net(torch.ones(1, 2)).item() == 9
