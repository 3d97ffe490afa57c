"""Makes the mutants of a question's right answers, each once."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.authoring.mutants.constants import constants_for
from autograder.authoring.mutants.rules import RULES
from autograder.authoring.mutants.syntax import change_between
from autograder.course.answers import Answer
from autograder.course.question import QuestionModule

_PLACE = "device or dtype lost"  # only where the question asks for any device


@dataclass(frozen=True)
class Mutant:
    """A right answer with one slip in it.

    Args:
        of: the right answer's label.
        rule: the kind of slip.
        change: what differs, as ``old → new``.
    """

    of: str
    rule: str
    change: str
    source: str

    @property
    def key(self) -> str:
        """What it is known by in the bank's record of equivalents."""
        return f"{self.of}: {self.change}"

    @property
    def answer(self) -> Answer:
        """It as an answer like others."""
        return Answer("wrong", "mutant", self.source)


def mutants_of(question: QuestionModule) -> Iterator[Mutant]:
    """Every mutant of the reference and of the alternatives; what two rules make comes once."""
    answers, anywhere = question.answers, question.question.follows_device
    for answer in (answers.reference, *answers.alternatives):
        tree = ast.parse(answer.source)
        plain = ast.unparse(tree)
        seen = {plain}
        for rule, make in [*RULES.items(), ("constant that fits", constants_for(question, answer))]:
            for _ in make(tree):
                source = _source(tree)
                if source is None or source in seen:
                    continue
                seen.add(source)
                change = change_between(plain, source)
                if anywhere or not (rule == _PLACE or (rule == "argument left out" and "device=" in change)):
                    yield Mutant(answer.label, rule, change, source)


def _source(tree: ast.Module) -> str | None:
    """The changed answer's source; None where it is no Python any more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "is" with a literal, a tuple that is called
        try:
            source = ast.unparse(tree)
            compile(source, "<mutant>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return None
    return source
