"""Visible checks of ``count_linear``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_equal
from autograder.remote.proxy import Student


def test_notes(student: Student) -> None:
    """8→4 has 36 parameters, 4→2 has 10 and 3→2 has 8"""
    for n_in, n_out, count in ((3, 2, 8), (8, 4, 36), (4, 2, 10)):  # 8 and 4 are twice 4 and 2: more would look alike
        answer = student.count_linear(n_in, n_out)
        assert_equal(answer, count, f"the count for {n_in} inputs and {n_out} outputs is different")


def test_without_bias(student: Student) -> None:
    """with bias=False only the weights are counted"""
    for n_in, n_out, count in ((8, 4, 32), (3, 2, 6)):
        answer = student.count_linear(n_in, n_out, bias=False)
        assert_equal(answer, count, f"the count for {n_in} inputs, {n_out} outputs and no bias is different")
