"""Visible checks of ``default_bound``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_close
from autograder.remote.proxy import Student


def test_sixteen_inputs(student: Student, reference: Student) -> None:
    """a layer with 16 inputs starts within ±0.25"""
    assert_close(student.default_bound(16), reference.default_bound(16), "default_bound(16)", rtol=1e-6, atol=1e-12)
