"""What students fill in instead of writing it: a dict of answers, empty in the notebook that they get."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from autograder.checks.closeness import assert_equal, assert_true
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import as_flag
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Remote, Student, StudentFailed, fetch


def filled_in(student: Student, name: str, keys: Collection[str] = ()) -> Any:
    """The value that the student gave ``name``, or what it returns if it is a function without arguments.

    Args:
        keys: the keys that it must have, if it must be a dict.

    Raises:
        StudentFailed: it is as empty as in the notebook that students get: not attempted.
        CheckFailed: it is no dict, or has other keys.
    """
    value = fetch(getattr(student, name))
    if isinstance(value, Remote):
        value = value()
    if value is None or (isinstance(value, dict) and all(item is None for item in value.values())):
        raise StudentFailed(Failure("not_attempted", "NotImplementedError", "the dict is still empty"))
    if keys:
        is_dict = isinstance(value, dict)
        assert_true(is_dict, f"{name} is not a dict", actual=kind_of(value), expected=Wanted("a dict"))
        assert_equal(sorted(map(str, value)), sorted(keys), f"the keys of {name} are different")
    return value


def flags_in(answers: Mapping[str, Any], name: str) -> dict[str, bool]:
    """The answers to questions of yes or no, as Python's own flags; 0 and 1 do for them.

    Raises:
        CheckFailed: one is neither, such as the text "True".
    """
    told = {key: as_flag(value) for key, value in answers.items()}
    for key, value in told.items():
        if not isinstance(value, int) or value not in (0, 1):
            words = f"{name}[{key!r}] is {article(kind_of(value))}, and no truth value"
            raise CheckFailed(words, value, Wanted("True or False"), whole=(told, "flags"))
    return {key: bool(value) for key, value in told.items()}
