"""Visible checks of ``count_mlp``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_equal
from autograder.remote.proxy import Student

NOTES = {
    (8, 4, 1): 41,
    (2, 3, 1): 13,
    (16, 8, 4, 2): 182,
    (10, 18, 20, 5): 683,
    (11, 64, 32, 16, 1): 3393,
}


def test_8_4_2(student: Student) -> None:
    """8-4-2 has 46 parameters"""
    assert_equal(student.count_mlp([8, 4, 2]), 46, "the count for 8-4-2 is different")


def test_other_nets_of_the_notes(student: Student) -> None:
    """8-4-1 has 41 parameters, 2-3-1 13, 16-8-4-2 182, 10-18-20-5 683 and 11-64-32-16-1 3393"""
    for sizes, count in NOTES.items():
        name = "-".join(map(str, sizes))
        assert_equal(student.count_mlp(list(sizes)), count, f"the count for {name} is different")
