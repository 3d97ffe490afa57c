"""Visible checks of ``batch_sizes``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.session.proxy import Student

from autograder.checks import assert_equal


def test_five_rows(student: Student, reference: Student) -> None:
    """5 rows in batches of 2 make [2, 2, 1], and [2, 2] with drop_last; 6 rows make three full ones"""
    answers, wanted = (
        [side.batch_sizes(5, 2), side.batch_sizes(5, 2, True), side.batch_sizes(6, 2), side.batch_sizes(3, 8)]
        for side in (student, reference)
    )
    assert_equal(answers, wanted, "one of four lists (5 rows by 2; with drop_last; 6 rows by 2; 3 by 8) is different")
