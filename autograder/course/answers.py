"""The answers to a question: the reference, right ones written differently, and the named mistakes.

They stand in ``<question>_answers.py`` beside the question, in cells as a student would write them::

    import torch                                 # imports: every cell sees them

    # %% reference
    def double(x): ...

    # %% alternative: by_adding
    def double(x): ...

    # %% mistake: squares
    # The answer is x·x, not 2·x.
    # ? What is double(3): 6 or 9?
    def double(x): ...

    # %% wrong: constant
    def double(x): ...

The comment lines under a mistake are what the student reads: what was done, then, after ``?``, one
question to ask oneself. The same mistake made in another way is another cell of that name, without such
lines: forgetting to clear gradients, say, shows otherwise where the step stands elsewhere. A ``wrong``
answer must lose marks but has no name of its own. A ``stand_in`` is put in the place of a wrong answer while a later
question that calls it is asked once more, so that one error is not punished twice. It runs in the student's process, so
it gives nothing away: it does by a library's function what the question asks to be written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.errors import BadQuestion

_CELL = re.compile(r"^# %% *(reference|alternative|mistake|wrong|stand_in)(?:: *(\w+))? *$", re.M)


@dataclass(frozen=True)
class Answer:
    """One answer: what kind, its name, its source as a notebook cell, and words for the student.

    Args:
        form: 1 for a mistake as it is told first, then 2 and so on for the other ways to make it.
    """

    kind: str
    name: str
    source: str
    says: str = ""
    ask: str = ""
    form: int = 1

    @property
    def label(self) -> str:
        """The name, and which form if there are several."""
        return self.name if self.form == 1 else f"{self.name} ({self.form})"


@dataclass(frozen=True)
class Answers:
    """All answers to a question, and the imports that their cells share.

    Args:
        mistakes: each named mistake once, in its first form.
        forms: the other forms of mistakes.
        stand_in: what later questions may call in the place of a wrong answer; None if nothing is declared.
    """

    imports: str
    reference: Answer
    alternatives: tuple[Answer, ...]
    mistakes: tuple[Answer, ...]
    forms: tuple[Answer, ...]
    wrong: tuple[Answer, ...]
    stand_in: Answer | None = None

    @property
    def every(self) -> tuple[Answer, ...]:
        """All of them, the reference first."""
        return (self.reference, *self.alternatives, *self.mistakes, *self.forms, *self.wrong)

    def mistake(self, name: str) -> Answer:
        """The mistake of that name, in its first form."""
        return next(mistake for mistake in self.mistakes if mistake.name == name)

    def forms_of(self, name: str) -> tuple[Answer, ...]:
        """Every form of the mistake of that name."""
        return tuple(mistake for mistake in (*self.mistakes, *self.forms) if mistake.name == name)

    def namespace(self, answer: Answer) -> dict[str, Any]:
        """Fresh variables, as they are after the answer's cell has run."""
        space: dict[str, Any] = {"__name__": f"answer_{answer.name}"}
        exec(compile(self.imports, "<imports>", "exec", dont_inherit=True), space)
        exec(compile(answer.source, f"<{answer.kind} {answer.label}>", "exec", dont_inherit=True), space)
        return space


def read_answers(module: ModuleType) -> Answers:
    """The answers beside a question's module.

    Raises:
        BadQuestion: no reference, fewer than two alternatives, a name given to two answers that are not forms of
            one mistake, or a mistake without words.
    """
    path = Path(str(module.__file__).removesuffix(".py") + "_answers.py")
    return parse_answers(path.read_text("utf-8"), str(path))


def parse_answers(text: str, where: str) -> Answers:
    """The answers in ``text``; ``where`` is for messages."""
    heads = list(_CELL.finditer(text))
    if not heads:
        raise BadQuestion(f"{where}: no cell; cells start with a line like '# %% reference'")
    ends = [head.start() for head in heads[1:]] + [len(text)]
    cells: list[Answer] = []
    for head, end in zip(heads, ends, strict=True):
        kind, name, body = head[1], head[2] or head[1], text[head.end() : end]
        earlier = [cell for cell in cells if (cell.kind, cell.name) == ("mistake", name)]
        cells.append(_form(earlier, body) if earlier and kind == "mistake" else _answer(kind, name, body, where))
    first = [cell for cell in cells if cell.form == 1]
    of = {
        kind: tuple(cell for cell in first if cell.kind == kind)
        for kind in ("reference", "alternative", "mistake", "wrong", "stand_in")
    }
    names = [cell.name for cell in first]
    if len(of["reference"]) != 1:
        raise BadQuestion(f"{where}: one '# %% reference' cell is wanted, {len(of['reference'])} found")
    if len(of["alternative"]) < 2:
        raise BadQuestion(f"{where}: at least two alternatives are wanted, {len(of['alternative'])} found")
    if len(of["stand_in"]) > 1:
        raise BadQuestion(f"{where}: one '# %% stand_in' cell at most, {len(of['stand_in'])} found")
    if len(set(names)) != len(names):
        raise BadQuestion(f"{where}: a name is given twice")
    return Answers(
        text[: heads[0].start()].strip() + "\n",
        of["reference"][0],
        of["alternative"],
        of["mistake"],
        tuple(sorted((cell for cell in cells if cell.form > 1), key=lambda cell: cell.form)),
        of["wrong"],
        next(iter(of["stand_in"]), None),
    )


def _form(earlier: list[Answer], body: str) -> Answer:
    return replace(earlier[0], source=body.strip("\n") + "\n", form=len(earlier) + 1)


def _answer(kind: str, name: str, body: str, where: str) -> Answer:
    lines = body.strip("\n").splitlines()
    words: list[str] = []
    while lines and lines[0].startswith("# ") and kind == "mistake":
        words.append(lines.pop(0)[2:].strip())
    says = " ".join(line for line in words if not line.startswith("? "))
    ask = " ".join(line[2:] for line in words if line.startswith("? "))
    if kind == "mistake" and not (says and ask):
        raise BadQuestion(
            f"{where}: mistake {name} needs comment lines: what was done, and '? ' a question to ask oneself"
        )
    return Answer(kind, name, "\n".join(lines).strip("\n") + "\n", says, ask)
