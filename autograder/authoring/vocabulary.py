"""The page that lists what a grading test can say: ``python -m autograder.authoring.vocabulary`` makes it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from autograder import checks
from autograder.checks import devices, filled_in, finite, models, optimizer_steps
from autograder.course import question
from autograder.judging.inputs import Draw
from autograder.remote import proxy

_WIDTH = 100  # of a signature on one line; a browser shows about so much of preformatted text
_INSIDE = {"CheckFailed", "Transport", "Line", "OwnState"}  # the engine's, which no test names
_HEAD = """# The vocabulary of a grading test

What the tests of the bank are written in, with what each word gives and refuses. How a question is written is told in
[authoring.md](authoring.md). This page is made from the docstrings:
`python -m autograder.authoring.vocabulary > docs/vocabulary.md`.
"""


def page() -> str:
    """The page, as Markdown."""
    seen: set[int] = set()
    parts = [_HEAD]
    sections: tuple[tuple[str, ModuleType, tuple[str, ...] | None], ...] = (
        ("A question", question, ("Question", "visible")),
        ("Checks: what must hold", checks, tuple(checks.__all__)),
        ("Checks for single topics", filled_in, None),
        ("", finite, None),
        ("", models, None),
        ("", optimizer_steps, None),
        ("", devices, ("assert_model_follows_device",)),
        ("Asking the student's side", proxy, None),
    )
    for title, module, names in sections:
        if title:
            parts.append(f"## {title}\n")
        for name, value in _public(module, names):
            if id(value) not in seen:
                seen.add(id(value))
                parts.append(_entry(name, value, module.__name__))
    parts.append("## Drawing inputs: `rng`\n")
    parts += [_entry(f"rng.{name}", value, "") for name, value in _public(Draw, None)]
    return "\n".join(parts)


def _public(owner: Any, names: tuple[str, ...] | None) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions and classes that ``owner`` defines, in the order of its source."""
    for name, value in vars(owner).items():
        defined_here = getattr(value, "__module__", "") == getattr(owner, "__name__", "") or isinstance(owner, type)
        wanted = name in names if names is not None else defined_here and not name.startswith("_")
        explained = (inspect.isfunction(value) or inspect.isclass(value)) and inspect.getdoc(value)
        if wanted and explained and name not in _INSIDE:
            yield name, value


def _entry(name: str, value: Callable[..., Any], module: str) -> str:
    stated = inspect.signature(value)
    parameters = [_parameter(parameter) for key, parameter in stated.parameters.items() if key != "self"]
    given = f"({', '.join(parameters)})"
    if len(name) + len(given) > _WIDTH:
        given = "(\n" + "".join(f"    {parameter},\n" for parameter in parameters) + ")"
    returned = "" if inspect.isclass(value) else f" -> {stated.return_annotation}"
    where = f" · `{module}`" if module else ""
    return f"### `{name}`{where}\n\n```text\n{name}{given}{returned}\n\n{inspect.getdoc(value)}\n```\n"


def _parameter(parameter: inspect.Parameter) -> str:
    """One parameter as it is written; annotations are text, since every module puts them off."""
    star = "*" * (parameter.kind is parameter.VAR_POSITIONAL) + "**" * (parameter.kind is parameter.VAR_KEYWORD)
    default = "" if parameter.default is inspect.Parameter.empty else f" = {parameter.default!r}"
    return f"{star}{parameter.name}: {parameter.annotation}{default}"


if __name__ == "__main__":
    print(page(), end="")
