"""Honest habits, put into right answers: none of them may cost a mark.

A mutant must lose marks; here it is the other way round. People print, log, assert, time and wrap what they write, and
a test that minds that is unfair. Every habit is put into every function of a right answer, and into ``forward`` of its
modules.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace

from autograder.course.answers import Answer
from autograder.course.question import QuestionModule

_RESULT = "_result"
_IMPORTS = "import functools\nimport time\nimport torch as _torch\n_LOG = []\n"
Rewrite = Callable[[ast.Module], None]


def answers_with_habits(question: QuestionModule) -> Iterator[tuple[str, Answer]]:
    """Each habit's name with each right answer that has it; answers that a habit does not change are left out."""
    for answer in (question.answers.reference, *question.answers.alternatives):
        plain = ast.unparse(ast.parse(answer.source))
        for name, rewrite in HABITS.items():
            tree = ast.parse(answer.source)
            rewrite(tree)
            source = ast.unparse(ast.fix_missing_locations(tree))
            if source != plain:
                yield name, replace(answer, source=_IMPORTS + source)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The answer's functions, and what its modules compute; a generator is left alone."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        for each in inside:
            if isinstance(each, ast.FunctionDef) and (each is node or each.name == "forward") and _has_result(each):
                yield each


def _has_result(function: ast.FunctionDef) -> bool:
    return not any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(function))


def _parameters(function: ast.FunctionDef) -> list[str]:
    given = function.args
    return [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs) if arg.arg != "self"]


class _Returns(ast.NodeTransformer):
    """Puts lines before each ``return`` of a function, and not of those in it."""

    def __init__(self, lines: str) -> None:
        self._lines = lines

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        if node.value is None:
            return node
        held = ast.Assign([ast.Name(_RESULT, ast.Store())], node.value)
        return [held, *ast.parse(self._lines).body, ast.Return(ast.Name(_RESULT, ast.Load()))]


def lines(first: str = "", last: str = "") -> Rewrite:
    """Lines at the beginning of each function, for each parameter ``ARG``, and before each ``return _result``."""

    def rewrite(tree: ast.Module) -> None:
        for function in _functions(tree):
            if last:
                inside = ast.Module(function.body, [])
                _Returns(last).generic_visit(inside)
                function.body = inside.body
            added = [line for name in _parameters(function) for line in ast.parse(first.replace("ARG", name)).body]
            at = 1 if ast.get_docstring(function) is not None else 0
            function.body[at:at] = added

    return rewrite


def decorated(source: str, name: str) -> Rewrite:
    """A decorator of one's own around each function."""

    def rewrite(tree: ast.Module) -> None:
        for function in _functions(tree):
            function.decorator_list.insert(0, ast.Name(name, ast.Load()))
        tree.body[:0] = ast.parse(source).body

    return rewrite


def within(statement: str) -> Rewrite:
    """The whole body inside a ``with`` or a ``try``."""

    def rewrite(tree: ast.Module) -> None:
        for function in _functions(tree):
            (around,) = ast.parse(statement).body
            assert isinstance(around, (ast.With, ast.Try))
            around.body = function.body
            function.body = [around]

    return rewrite


def by_a_helper(tree: ast.Module) -> None:
    """The work is done by a function of another name, which the one that is asked for calls."""
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        if function.args.vararg or function.args.kwarg:
            continue
        helper = copy.deepcopy(function)
        helper.name = f"_my_{function.name}"
        given = function.args
        positional = [ast.Name(arg.arg, ast.Load()) for arg in (*given.posonlyargs, *given.args)]
        named = [ast.keyword(arg.arg, ast.Name(arg.arg, ast.Load())) for arg in given.kwonlyargs]
        function.body = [ast.Return(ast.Call(ast.Name(helper.name, ast.Load()), [*positional], named))]
        function.decorator_list = []
        tree.body.insert(tree.body.index(function), helper)


def as_an_object(tree: ast.Module) -> None:
    """Each function is an object that can be called."""
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        asked, function.name = function.name, f"_of_{function.name}"
        source = _OBJECT.replace("ASKED", asked)
        at = tree.body.index(function) + 1
        tree.body[at:at] = ast.parse(source).body


def counted(tree: ast.Module) -> None:
    """A global counts the calls."""
    for function in _functions(tree):
        at = 1 if ast.get_docstring(function) is not None else 0
        function.body[at:at] = ast.parse("global _calls\n_calls += 1").body
    tree.body[:0] = ast.parse("_calls = 0").body


_OBJECT = """
class _Callable_ASKED:
    def __call__(self, *args, **kwargs):
        return _of_ASKED(*args, **kwargs)
ASKED = _Callable_ASKED()
"""
_OF_REAL_NUMBERS = "if isinstance(ARG, _torch.Tensor) and ARG.is_floating_point():\n    "
_OF_A_TENSOR = f"if isinstance({_RESULT}, _torch.Tensor):\n    "
_TIMED = """
def timed(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        start = time.perf_counter()
        result = function(*args, **kwargs)
        print("took", time.perf_counter() - start)
        return result
    return inner
"""
_LOGGED = """
def logged(function):
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner
"""
HABITS: dict[str, Rewrite] = {
    "asserts finite inputs": lines(_OF_REAL_NUMBERS + "assert ARG.isfinite().all() and not ARG.isnan().any()"),
    "asserts on shapes": lines("assert not isinstance(ARG, _torch.Tensor) or ARG.dim() == len(ARG.shape), ARG.device"),
    "prints": lines("print('ARG', ARG, type(ARG), f'{ARG}')", f"print('result', {_RESULT})"),
    "prints statistics": lines(_OF_REAL_NUMBERS + "print(f'{ARG.float().mean().item():.3f} {float(ARG.sum())}')"),
    "logs as NumPy": lines("", f"{_OF_A_TENSOR}_LOG.append({_RESULT}.detach().cpu().numpy())"),
    "logs as a list": lines("", f"{_OF_A_TENSOR}_LOG.append({_RESULT}.tolist())"),
    "is timed by a decorator": decorated(_TIMED, "timed"),
    "is wrapped without functools": decorated(_LOGGED, "logged"),
    "detects anomalies": within("with _torch.autograd.set_detect_anomaly(True):\n    pass"),
    "has a finally": within("try:\n    pass\nfinally:\n    print('done')"),
    "works by a helper": by_a_helper,
    "is an object": as_an_object,
    "counts its calls": counted,
}
