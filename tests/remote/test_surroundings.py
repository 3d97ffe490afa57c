"""What the student's code finds around it: devices that are not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.remote import surroundings
from autograder.remote.in_process import Double
from autograder.remote.proxy import STAND_IN, Student, StudentFailed, call
from autograder.remote.stand_in import Ledger, playing
from autograder.remote.surroundings import on_device


def student_of(source: str) -> Student:
    space: dict[str, Any] = {}
    exec(source, space)
    return Student(Double(space))


FOLLOWS = {
    "arange on the device": "return (y[:, None] == torch.arange(k, device=y.device)).float()",
    "new_zeros": "out = y.new_zeros(len(y), k, dtype=torch.float32)\n    out[range(len(y)), y] = 1\n    return out",
    "looks at values": "assert int(y.max()) < k\n    return (y[:, None] == torch.arange(k, device=y.device)).float()",
    "as_tensor of the labels": "y = torch.as_tensor(y)\n    assert int(y.max()) < k\n    return y.new_ones(3, k)",
    "a sparse table": "at = torch.stack([torch.arange(3, device=y.device), y])\n"
    "    return torch.sparse_coo_tensor(at, torch.ones(3, device=y.device), (3, k)).to_dense()",
    "a loop over labels": "return torch.tensor([[float(c == int(l)) for c in range(k)] for l in y], device=y.device)",
}
FORGETS = {
    "torch.eye(k)[y]": "return torch.eye(k)[y]",
    "as_tensor of a list": "return (torch.as_tensor(y.tolist())[:, None] == torch.arange(k)).float()",
    "a new tensor": "return torch.tensor([[float(c == int(l)) for c in range(k)] for l in y])",
    "NumPy": "return torch.from_numpy(np.eye(k)[y.numpy()])",
    "the CPU by name": "return (y.cpu()[:, None] == torch.arange(k)).float()",
    "to the CPU": "return (y.to('cpu')[:, None] == torch.arange(k, device='cpu')).float()",
    "arange without a device": "return (y[:, None] == torch.arange(k)).float()",
}


def device_of(body: str) -> str:
    """Where the answer is, by the rule of ``assert_follows_device``; '' where the code stops."""
    student = student_of(f"import torch, numpy as np\ndef one_hot(y, k):\n    {body}")
    y = torch.tensor([0, 2, 1])
    for place, wanted in (("meta", "meta"), (STAND_IN, "cuda:0")):
        try:
            placed = call(student.one_hot, y, 3, place=place)
        except StudentFailed:
            continue
        if all(device == wanted for device, _, _ in placed):
            return place
    return ""


@pytest.mark.parametrize("body", FOLLOWS.values(), ids=FOLLOWS.keys())
def test_code_that_follows_its_input_passes_on_a_pretended_gpu(body: str) -> None:
    assert device_of(body)


@pytest.mark.parametrize("body", FORGETS.values(), ids=FORGETS.keys())
def test_code_that_forgets_the_device_fails_on_a_pretended_gpu(body: str) -> None:
    student = student_of(f"import torch, numpy as np\ndef one_hot(y, k):\n    {body}")
    assert student.one_hot(torch.tensor([0, 2, 1]), 3).tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]], "the control"
    assert not device_of(body)


def test_places_tell_device_shape_and_dtype() -> None:
    student = student_of("def identity(x):\n    return x")
    told = call(student.identity, torch.ones(2, 3), place="meta")
    assert told == [("meta", (2, 3), torch.float32)]


@pytest.mark.parametrize(
    "make",
    [
        lambda x: torch.FloatTensor(x.shape[0], 3).zero_(),
        lambda x: torch.Tensor(x.shape[0], 3),
        lambda x: torch.Tensor([1.0, 2.0]),
        lambda x: torch.LongTensor([1]),
        lambda x: x.type(torch.FloatTensor),
        lambda x: x.type("torch.DoubleTensor"),
    ],
)
def test_constructors_of_old_days_forget_the_device(make: Callable[[torch.Tensor], torch.Tensor]) -> None:
    ledger, x = Ledger(), torch.ones(2)
    ledger.note(x)
    with playing(ledger):
        made = make(x)
    assert not ledger.holds(made)


def test_new_casts_keep_the_device_and_nothing_stays_patched() -> None:
    before, ledger, x = torch.cuda.is_available, Ledger(), torch.ones(2)
    ledger.note(x)
    with playing(ledger):
        assert ledger.holds(x.type(torch.float64))
        assert ledger.holds(x.type("torch.cuda.DoubleTensor"))
        assert isinstance(x, torch.FloatTensor)
        assert ledger.holds(torch.nn.Parameter(x))
        assert torch.tensor([x[0], x[1]]).device.type == "cpu"  # a list lies nowhere, whatever is in it
        assert torch.as_tensor(x).device.type == "cuda"
    assert torch.cuda.is_available is before
    assert torch.Tensor(2).device.type == "cpu"


def test_a_default_device_that_a_cell_has_set_does_not_count_on_the_cpu() -> None:
    torch.set_default_device("cuda")
    try:
        with on_device(torch.device("cpu"), given=False):
            assert torch.ones(2).tolist() == [1.0, 1.0]
    finally:
        torch.set_default_device(None)


def test_code_that_looks_for_a_gpu_finds_none_on_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "_BUILT_FOR_GPU", True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    with on_device(torch.device("cpu"), given=False):
        assert not torch.cuda.is_available()
    assert torch.cuda.is_available()


@pytest.mark.parametrize(
    ("started", "works", "lost"), [(False, False, False), (True, True, False), (True, False, True)]
)
def test_a_gpu_is_lost_once_it_answers_with_errors(
    started: bool, works: bool, lost: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def synchronize() -> None:
        if not works:
            raise RuntimeError("CUDA error: device-side assert triggered")

    monkeypatch.setattr(torch.cuda, "is_initialized", lambda: started)
    monkeypatch.setattr(torch.cuda, "synchronize", synchronize)
    assert surroundings.gpu_is_lost() is lost
