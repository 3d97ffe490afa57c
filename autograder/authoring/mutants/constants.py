"""The slip of writing down a number that fits the visible example: a size, a rate, a count."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from autograder.authoring.mutants.syntax import (
    Place,
    Rule,
    dotted,
    expression,
    functions,
    parameters_of,
    places,
    replaced,
)
from autograder.course.answers import Answer
from autograder.course.question import QuestionModule
from autograder.grader.reference_runs import Truth
from autograder.judging.run_test import try_test
from autograder.remote.in_process import Double

_NOTE = "__note__"
_SIZES = ("len", "size", "numel", "dim")


def constants_for(question: QuestionModule, answer: Answer) -> Rule:
    """The rule that puts, for each size and each numeric parameter, the number that it has on the visible example."""

    def rule(tree: ast.Module) -> Iterator[None]:
        found = [place for place in list(places(tree)) if _is_size(place.node)]
        seen = _first_seen(question, answer, tree, found)
        for number, place in enumerate(found):
            if number in seen:
                with place.holding(ast.Constant(seen[number])):
                    yield
        for function in functions(tree):
            for name in parameters_of(function):
                if (function.name, name) in seen:
                    value = ast.Constant(seen[function.name, name])
                    with replaced(function.body, 0, 0, ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)):
                        yield

    return rule


def _is_size(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=func):
            return (dotted(func) or ast.unparse(func)).rpartition(".")[2] in _SIZES
        case ast.Subscript(value=ast.Attribute(attr="shape")) | ast.Attribute(attr="in_features" | "out_features"):
            return True
        case _:
            return False


def _first_seen(
    question: QuestionModule, answer: Answer, tree: ast.Module, found: list[Place]
) -> dict[Any, int | float]:
    """The first number that each place and each parameter has while the visible tests run."""
    seen: dict[Any, int | float] = {}

    def note(key: Any, value: Any) -> Any:
        if type(value) in (int, float):
            seen.setdefault(key, value)
        return value

    with contextlib.ExitStack() as stack:
        for function in functions(tree):
            notes = [
                ast.Expr(expression(f"{_NOTE}(({function.name!r}, {name!r}), {name})"))
                for name in parameters_of(function)
            ]
            stack.enter_context(replaced(function.body, 0, 0, *notes))
        for number, place in reversed(list(enumerate(found))):  # the inner ones first: they are part of the outer
            stack.enter_context(place.holding(expression(f"{_NOTE}({number}, x)", x=place.node)))
        source = ast.unparse(tree)
    _run_visible(question, answer, source, note)
    return seen


def _run_visible(question: QuestionModule, answer: Answer, source: str, note: Callable[..., Any]) -> None:
    truth = Truth(question, 0)
    for test in question.tests:
        if test.visible:
            seed = truth.seed_for(test, public=True)
            space: dict[str, Any] = {"__name__": "noted", _NOTE: note}
            exec(compile(question.answers.imports, "<imports>", "exec", dont_inherit=True), space)
            exec(compile(source, "<noted>", "exec", dont_inherit=True), space)
            try_test(test.function, Double(space), truth.reference(test, seed), truth.rng(test, seed), seed)
