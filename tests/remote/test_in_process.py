"""The in-process stand-in: answers as from afar, and leaves this process as it was."""

import random

import numpy as np
import pytest
import torch

from autograder.remote.in_process import Double
from autograder.remote.proxy import Student, StudentFailed


def interrupted() -> None:
    raise KeyboardInterrupt


def left() -> None:
    raise SystemExit(3)


def test_ctrl_c_is_no_answer() -> None:
    """It may come while a mistake is tried; taken for the mistake's answer, it would name the wrong one."""
    with pytest.raises(KeyboardInterrupt):
        Student(Double({"f": interrupted})).f()


def test_what_else_ends_a_process_is_an_answer() -> None:
    with pytest.raises(StudentFailed) as failed:
        Student(Double({"f": left})).f()
    assert failed.value.failure.type_name == "SystemExit"


def test_random_generators_are_left_as_they_were() -> None:
    before = torch.get_rng_state(), np.random.get_state()[1], random.getstate()
    drawn = Student(Double({"f": lambda: [float(torch.rand(1)), float(np.random.rand()), random.random()]})).f()
    assert len(drawn) == 3
    assert torch.equal(torch.get_rng_state(), before[0])
    assert (np.random.get_state()[1] == before[1]).all()
    assert random.getstate() == before[2]
