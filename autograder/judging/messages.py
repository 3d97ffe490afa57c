"""What a student reads about a question: kind, short and right.

On recorded inputs, which students have, everything is told: what was called, what came back, what was
wanted and where. Of hidden inputs nothing is told but what the test is about: no value, no size, no text
that the student's code made while it held them.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from autograder.checks.failed import Wanted
from autograder.judging.failures import Kind
from autograder.judging.fixed_texts import is_fixed_text
from autograder.judging.run_test import Fingerprint
from autograder.protocol.wire import GIVEN, Failure
from autograder.results import Mistake, Outcome

MAX_WORDS = 160  # characters of a call or an error that are quoted: two lines of a page


@dataclass(frozen=True)
class Finding:
    """One test by its title: how it failed on hidden inputs, and on recorded ones if it was tried there."""

    title: str
    hidden: Fingerprint | None
    public: Fingerprint | None


def explain(outcome: Outcome, findings: Sequence[Finding], mistake: Mistake | None, source: str) -> str:
    """The message for one question.

    Args:
        findings: its tests, in order.
        mistake: the mistake that explains the failure, if one does.
        source: the student's own code; a line is quoted only if it stands there.
    """
    if outcome is Outcome.CORRECT:
        return "Correct."
    failed = [finding for finding in findings if finding.hidden is not None]
    decided = _what_decided(outcome, failed)
    words = [mistake.says] if mistake is not None else []
    match outcome:
        case Outcome.MISSING if decided:
            words.append(_sentence(decided.message) + " The other questions are graded all the same.")
        case Outcome.NOT_ATTEMPTED:
            words.append("Not attempted yet: the blank still raises NotImplementedError.")
        case Outcome.FORBIDDEN if decided:
            words.append(
                f"Your answer uses something that this question asks you to do without, also in functions that it "
                f"calls: {decided.message}."
            )
        case Outcome.TIMEOUT if decided:
            words.append(f"Your code took too long ({decided.message}). Is there a loop that never ends?")
        case Outcome.MEMORY:
            words.append("Your code asked for more memory than there is. Which tensor or list grows so large?")
        case _:
            words += _observed(failed, source)
    if outcome is Outcome.PARTIAL:
        right = [finding.title for finding in findings if finding.hidden is None]
        words.append(f"Right already: {'; '.join(right)}.")
    if mistake is not None:
        words.append(mistake.ask)
    return " ".join(word for word in words if word)


def _what_decided(outcome: Outcome, failed: Sequence[Finding]) -> Failure | None:
    """The failure that made the outcome: its message is our own, while another's may hold what the code was given."""
    found = [finding.hidden for finding in failed if finding.hidden is not None]
    return next((one.failure for one in found if one.failure is not None and one.kind.outcome is outcome), None)


def is_builtin_error(name: str) -> bool:
    """Whether ``name`` is an exception of Python's own; any other name may have been made to tell something."""
    known = getattr(builtins, name, None)
    return isinstance(known, type) and issubclass(known, BaseException)


def _observed(failed: Sequence[Finding], source: str) -> list[str]:
    first = failed[0].hidden
    if first is not None and first.failure is not None and first.failure.cell:  # our own words: no call was made
        return [_sentence(first.failure.message)]
    shown = next((finding for finding in failed if finding.public is not None), None)
    if shown is not None and shown.public is not None:
        return [f"Checked: {shown.title}.", in_full(shown.public, source)]
    finding = failed[0]
    assert finding.hidden is not None
    return [f"Checked on other inputs: {finding.title}.", _in_general(finding.hidden)]


def in_full(found: Fingerprint, source: str) -> str:
    """What happened on recorded inputs: what was called, what came back, what was wanted and where."""
    call = f"`{found.call}`" if found.call and len(found.call) <= MAX_WORDS else "Your answer"
    if found.kind is Kind.NOT_ATTEMPTED:
        return f"{call}: this part is still blank, it raises NotImplementedError."
    if found.failure is not None:
        said = found.failure.message.strip().splitlines()
        text = f"{found.failure.type_name}: {said[0][:MAX_WORDS]}" if said else found.failure.type_name
        if found.failure.function == GIVEN:
            return f"{call}: what the answer is or gives could not be used as the question says: {_sentence(text)}"
        return f"{call} stopped with {text}{_line(found, source)}."
    if found.kind is Kind.UNUSABLE:
        return f"{call} gave something that could not be judged. Does it return what the question asks for?"
    place = f" ({found.where})" if found.where else ""
    told = "; ".join(f"{label} {value}" for label, value in got_and_wanted(found))
    return f"{call}: {found.what}{place}." + (f" {_sentence(told)}" if told else "")


def got_and_wanted(found: Fingerprint) -> list[tuple[str, str]]:
    """("got", ...) and ("wanted", ...), each in a few words, where they tell something."""
    words = isinstance(found.expected, Wanted)  # a test's own, so without quotes and brackets
    got, wanted = _plain(found.actual) if words else show(found.actual), show(found.expected)
    if got == wanted and got.startswith("a tensor of"):
        return []  # two large tensors that differ in their numbers: the place says which
    return [("got", got)] + ([("wanted", wanted)] if found.expected is not None else [])


def _in_general(found: Fingerprint) -> str:
    if found.kind is Kind.NOT_ATTEMPTED:
        return "A part of this question is still blank: it raises NotImplementedError."
    if found.failure is not None:
        name = found.failure.type_name
        known = name if is_builtin_error(name) else "an error"
        said = found.failure.message.strip()
        text = f": {said}" if is_fixed_text(name, said) else ""
        return f"Your code stopped with {_sentence(known + text)}"  # which of many lines would tell, too
    if found.kind is Kind.UNUSABLE:
        return "What came back could not be judged. Does it return what the question asks for?"
    return "The answer is not right there." if re.search(r"\d", found.what) else _sentence(found.what)


def _line(found: Fingerprint, source: str) -> str:
    """The student's own line, if it really stands in the notebook: the text comes from the student's process."""
    text = found.failure.text.strip() if found.failure else ""
    return f" at `{text[:80]}`" if text and text in source else ""


def _plain(value: object) -> str:
    """What a test found, in words: ``weight 1: -1; bias 1: not along the gradient, 0.5``."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value and all(isinstance(key, str) for key in value):
        shown = [f"{key}: {_plain_item(item)}" for key, item in list(value.items())[:8]]
        text = "; ".join(shown) + ("; …" if len(value) > len(shown) else "")
        return text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…"
    return show(value)


def _plain_item(value: object) -> str:
    if isinstance(value, list) and any(isinstance(item, str) for item in value):
        return ", ".join(item if isinstance(item, str) else show(item) for item in value)
    return show(value)


def show(value: object) -> str:
    """A value in a few words."""
    match value:
        case Wanted():
            return value.words
        case float() | np.floating():
            text = f"{float(value):.6g}"
        case torch.Tensor():
            text = f"{value.item():.6g}" if value.dim() == 0 and value.device.type != "meta" else _tensor(value)
        case np.ndarray():
            text = _tensor(torch.from_numpy(value)) if value.dtype.kind in "fiub" else repr(value)
        case list() | tuple():
            inside = ", ".join(show(item) for item in value[:8]) + (", …" if len(value) > 8 else "")
            text = f"[{inside}]" if isinstance(value, list) else f"({inside}{',' if len(value) == 1 else ''})"
        case dict():
            text = "{" + ", ".join(f"{show(key)}: {show(item)}" for key, item in list(value.items())[:8]) + "}"
        case _:
            text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…"


def _tensor(value: torch.Tensor) -> str:
    if value.device.type == "meta" or value.numel() > 12:
        return f"a tensor of shape {tuple(value.shape)}, {str(value.dtype).removeprefix('torch.')}"
    return f"{show(value.tolist())} ({str(value.dtype).removeprefix('torch.')}, shape {tuple(value.shape)})"


def in_a_row(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _sentence(words: str) -> str:
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
