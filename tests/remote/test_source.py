"""Helpers that stand on this side as code and run in the student's process as text."""

from __future__ import annotations

import linecache

import pytest

from autograder.remote.in_process import Double
from autograder.remote.proxy import Student, StudentFailed, transfer
from autograder.remote.source import module_from, source_of

SECRET = 42


def twice(f, x):
    """Asks twice."""
    return f(f(x))


def helped(f, x):
    return twice(f, x) + 1


def careless(x):
    return x + SECRET


class Counter:
    """Counts what it is given."""

    def __init__(self):
        self.count = 0

    def __call__(self, x):
        self.count += x
        return self.count


@pytest.fixture
def student() -> Student:
    return Student(Double({"double": lambda x: 2 * x}))


def test_a_function_runs_over_there(student: Student) -> None:
    assert transfer(student, twice)(student.double, 3) == 12


def test_a_function_brings_what_it_needs_where_that_is_named(student: Student) -> None:
    assert transfer(student, helped, twice)(student.double, 3) == 13


def test_a_class_is_made_over_there(student: Student) -> None:
    counter = transfer(student, Counter)()
    assert [counter(2), counter(3)] == [2, 5]


@pytest.mark.parametrize("sent", [(helped,), (careless,)])
def test_nothing_of_its_file_goes_along_unnamed(student: Student, sent) -> None:
    """So no expected value can cross by accident."""
    args = (student.double, 3) if sent[0] is helped else (3,)
    with pytest.raises(StudentFailed, match="NameError"):
        transfer(student, *sent)(*args)


def test_the_text_is_the_same_each_time() -> None:
    assert source_of(twice, helped) == source_of(twice, helped)
    assert source_of(twice).startswith("from __future__ import annotations\n")


def test_helpers_of_a_module_are_sent_where_its_file_is_out_of_reach(student: Student) -> None:
    text = "class Pair:\n    def __init__(self, a):\n        self.a = a\n\n\ndef thrice(f, x):\n    return f(f(f(x)))\n"
    module = module_from(text, "checks_of_nowhere", "/nowhere/checks.py")
    linecache.checkcache()
    assert transfer(student, module.thrice)(student.double, 1) == 8
    assert transfer(student, module.Pair)(1) is not None
