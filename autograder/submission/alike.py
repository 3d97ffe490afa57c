"""Answers that are the same but for names, spaces and comments: a hint for a person, and no proof of anything."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from autograder.cells.matching import parsed

# A short answer is written alike by chance: `return n_in * n_out + n_out` with its head has 18 nodes, and who has read
# the same lecture writes the same line. Of the bank's 123 references 65 are this long, so half of the questions count.
FEWEST_NODES = 60
# What this share of a class writes is what everybody writes, and tells nothing of two who do.
MOST_SHARE = 0.2
_LIBRARIES = frozenset({"torch", "nn", "F", "np", "pd", "plt", "math", "copy"})


@dataclass(frozen=True)
class Alike:
    """Some students whose answers to a question have one shape."""

    question: str
    students: tuple[str, ...]
    nodes: int


def shape_of(source: str, keep: Collection[str] = ()) -> tuple[str, int] | None:
    """The answer without what is easily changed, and how many nodes of syntax it has; None if it is no Python.

    Names are numbered in the order in which they come, but for those in ``keep``, builtins and libraries; comments,
    spaces and docstrings are gone.
    """
    tree = parsed(source)
    if tree is None:
        return None
    kept = {*keep, *dir(builtins), *_LIBRARIES}
    numbers: dict[str, str] = {}

    def number(name: str) -> str:
        return name if name in kept else numbers.setdefault(name, f"_{len(numbers)}")

    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_text(one)] or [ast.Pass()]  # type: ignore[attr-defined]
    count = 0
    for node in ast.walk(tree):
        count += 1
        match node:
            case ast.Name():
                node.id = number(node.id)
            case ast.arg():
                node.arg, node.annotation = number(node.arg), None
            case ast.FunctionDef() | ast.ClassDef():
                node.name = number(node.name)
            case ast.keyword() if node.arg in numbers:
                node.arg = numbers[node.arg]
    return ast.dump(tree), count


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def alike(answers: Mapping[str, Mapping[str, str]], known: Mapping[str, Iterable[str]]) -> list[Alike]:
    """Groups of students with one shape of an answer that few others have, the longest answers first.

    Args:
        answers: by question, each student's source.
        known: by question, sources that tell nothing: the blank, and right answers that the bank knows.
    """
    found: list[Alike] = []
    for question, own in answers.items():
        common = {shape for source in known.get(question, ()) if (shape := shape_of(source, (question,))) is not None}
        shapes: dict[tuple[str, int], list[str]] = {}
        for student, source in own.items():
            shape = shape_of(source, (question,))
            if shape is not None and shape[1] >= FEWEST_NODES and shape not in common:
                shapes.setdefault(shape, []).append(student)
        most = max(2, int(MOST_SHARE * len(own)))
        found += [
            Alike(question, tuple(sorted(students)), nodes)
            for (_, nodes), students in shapes.items()
            if 2 <= len(students) <= most
        ]
    return sorted(found, key=lambda one: (-one.nodes, one.question, one.students))


def by_pair(found: Iterable[Alike]) -> Iterator[tuple[tuple[str, str], list[Alike]]]:
    """Each two students with all that they have alike, those with most first."""
    pairs: dict[tuple[str, str], list[Alike]] = {}
    for one in found:
        for first, second in combinations(one.students, 2):
            pairs.setdefault((first, second), []).append(one)
    yield from sorted(pairs.items(), key=lambda item: (-len(item[1]), -sum(one.nodes for one in item[1]), item[0]))
