"""Visible checks of ``twins``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_equal
from autograder.remote.proxy import Student


def test_a_small_table(student: Student, reference: Student) -> None:
    """names do not count; a test row counts once, however often its features come among the train rows"""
    train = [["frog", 0, 4], ["bee", 1, 6], ["perch", 1, 0], ["trout", 1, 0]]
    train += [["toad", 0, 4], ["olm", 0, 4], ["newt", 0, 4]]
    test = [["axolotl", 0, 4], ["wasp", 1, 6], ["pike", 1, 0], ["carp", 1, 0], ["cod", 1, 0], ["newt", 1, 4]]
    test += [
        ["toad", 0, 2],
        ["swift", 0, 0],
        ["crab", 0, 10],
        ["deer", 4, 0],
        ["boar", 6, 1],
        ["moth", 6, 1],
        ["elk", 4, 0],
        ["asp", 6, 1],
    ]
    assert_equal(student.twins(train, test), reference.twins(train, test), "the number of test rows is different")
