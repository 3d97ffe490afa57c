"""Searches what students get for what they must not: solutions, references, mistakes' code, hidden tests."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment
from autograder.course.question import QuestionModule


def find_leaks(texts: Mapping[str, str], assignments: Iterable[Assignment]) -> Iterator[str]:
    """A line for each secret of ``assignments`` that stands in one of ``texts`` (file name to content).

    A secret is found by the body of its functions, line by line, whatever the indentation; a comment or an
    empty line does not hide it. Single lines count too if they stand alone, so a hint may quote one.
    """
    # Where each line stands: a body can begin nowhere but where its first line does.
    places: dict[str, list[tuple[str, list[str], int]]] = defaultdict(list)
    for name, text in texts.items():
        for part in _parts(name, text):
            lines = _normal(part).split("\n")
            for number, line in enumerate(lines):
                places[line].append((name, lines, number))
    for assignment in assignments:
        for question in assignment.questions:
            for what, bodies in secrets_of(question):
                found: dict[str, None] = {}
                for body in (body.split("\n") for body in bodies):
                    starts = places.get(body[0], ())
                    found |= {name: None for name, lines, at in starts if lines[at : at + len(body)] == body}
                yield from (f"{name} holds {what}" for name in texts if name in found)


def secrets_of(question: QuestionModule) -> Iterator[tuple[str, list[str]]]:
    """(what it is, the bodies of its functions) of every answer and hidden test."""
    for answer in question.answers.every:
        yield f"{question.id}: {answer.kind} {answer.label}", list(_bodies(answer.source))
    hidden = {test.name for test in question.tests if not test.visible or test.cuda}
    text = Path(str(question.module.__file__)).read_text("utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name in hidden:
            body = list(_bodies(ast.get_source_segment(text, node) or ""))
            yield f"{question.id}: hidden test {node.name}", body


def _bodies(source: str) -> Iterator[str]:
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            documented = ast.get_docstring(node) is not None and len(node.body) > 1
            first = node.body[1 if documented else 0]
            body = _normal("\n".join(lines[first.lineno - 1 : node.end_lineno]))
            if ("\n" in body or len(body) >= 24) and body not in _COMMON:
                yield body


# Bodies that say nothing: `return self.net(x)` stands in many a module of a course about networks.
_COMMON = ("return None", "super().__init__()", "raise NotImplementedError()", "return self.net(x)")


def _parts(name: str, text: str) -> list[str]:
    """A file's texts: those inside, for JSON and notebooks."""
    if not name.endswith((".json", ".ipynb")):
        return [text]
    return list(_strings(json.loads(text)))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() if value and all(isinstance(item, str) for item in value):
            yield "".join(value) if any(item.endswith("\n") for item in value) else "\n".join(value)
        case list():
            for item in value:
                yield from _strings(item)
        case dict():
            for item in value.values():
                yield from _strings(item)


def _normal(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("#"))
