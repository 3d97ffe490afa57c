"""The third hint is almost the code: whoever copies it has not got the answer."""

from __future__ import annotations

import ast
import re

import pytest

from autograder.course.assignment import assignment_names, load_assignment


def bare(code: str) -> str:
    """Code without spaces, ``return`` and the kind of quotes."""
    return re.sub(r"\s+|return", "", code).replace('"', "'")


def told_in_full(hint: str, source: str) -> list[str]:
    """The functions of ``source`` all of whose statements stand in the hint."""
    bodies = {
        node.name: [line for line in node.body if not isinstance(getattr(line, "value", None), ast.Constant)]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    }
    whole = bare(hint)
    return [name for name, body in bodies.items() if body and all(bare(ast.unparse(line)) in whole for line in body)]


@pytest.mark.parametrize("name", assignment_names())
def test_no_hint_is_the_answer(name: str) -> None:
    for question in load_assignment(name).questions:
        assert told_in_full(question.question.hints[2], question.answers.reference.source) == [], question.id


def test_one_that_is_would_be_found() -> None:
    assert told_in_full("`return 2 * x`, and that is all", "def double(x):\n    return 2 * x\n") == ["double"]
