"""Visible checks of ``slice_copy``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.checks.filled_in import filled_in, flags_in
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, define

KEYS = ("slice", "slice_clone", "from_numpy", "torch_tensor", "to_numpy", "plus_zero")

# What becomes of A when the part is filled with another number.
FILLED = """
def filled(slice_copy, table, rows, cols, new):
    A = table.clone()
    slice_copy(A, rows, cols)[...] = new
    return A
"""


def assert_predicted(student: Student, reference: Student, *keys: str) -> None:
    """Fail unless these entries are right; which of them is not is left for the student to try."""
    answers, right = filled_in(student, "alias_quiz", KEYS), filled_in(reference, "alias_quiz", KEYS)
    said = flags_in(answers, "alias_quiz")
    if any(said[key] != right[key] for key in keys):
        words = f"not all of {', '.join(keys)} is right: try each in a cell of your own"
        told = {key: said[key] for key in keys}
        raise CheckFailed(words, told, Wanted("what really happens"), whole=(said, right))


def test_cuts_out(student: Student, reference: Student, rng: Draw) -> None:
    """rows 1 and 2 and columns 0 and 1 for (1, 3) and (0, 2): first and stop, as in range"""
    real, whole = rng.normal(5, 6, dtype=torch.float64), rng.integers(0, 99, 5, 6)
    for table, rows, cols in ((real, (1, 3), (0, 2)), (whole, (0, 4), (2, 3)), (real, (2, 5), (1, 6))):
        answer, wanted = student.slice_copy(table, rows, cols), reference.slice_copy(table, rows, cols)
        assert_close(answer, wanted, f"rows {rows}, cols {cols}")


def test_copy_has_its_own_memory(student: Student, reference: Student, rng: Draw) -> None:
    """what is changed in the copy is not changed in A"""
    table, rows = rng.normal(4, 5), (1, 3)
    filled = define(student, "filled", FILLED)
    for cols in ((1, 4), (0, 5)):  # whole rows lie in one piece, so nothing has to be moved to read them
        assert_close(student.slice_copy(table, rows, cols), reference.slice_copy(table, rows, cols))
        assert_unchanged(table, filled(student.slice_copy, table, rows, cols, 100.0), "A")


def test_quiz_slices(student: Student, reference: Student) -> None:
    """alias_quiz says whether a slice, and the clone of a slice, share memory"""
    assert_predicted(student, reference, "slice", "slice_clone")


def test_quiz_from_numpy(student: Student, reference: Student) -> None:
    """alias_quiz says whether torch.from_numpy and torch.tensor share memory with the array"""
    assert_predicted(student, reference, "from_numpy", "torch_tensor")


def test_quiz_to_numpy(student: Student, reference: Student) -> None:
    """alias_quiz says whether .numpy() and a sum share memory with the tensor"""
    assert_predicted(student, reference, "to_numpy", "plus_zero")
