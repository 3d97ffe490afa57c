"""Reference numbers: what each reference answers on its recorded inputs, in float64, and how far dtypes part.

The inputs of a test are fixed by its seed; their fingerprint stands beside the numbers, so that a changed draw is not
taken for a changed answer. The spread is told in tolerances: 0.1 means a tenth of what a test allows.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from autograder.authoring.release.cases import visible_tests
from autograder.authoring.release.spread import in_float64, spread_of
from autograder.course.assignment import Assignment
from autograder.grader.reference_runs import PUBLIC_SEED, Truth
from autograder.protocol.json_values import Json, to_json

MOST_NUMBERS = 40  # of one test; the rest is in the hash
RTOL, ATOL = 1e-9, 1e-12  # of float64: other processors and libraries round otherwise in the last digits
MOST_SPREAD = 0.1  # tolerances: ten times the spread must still pass


def references_of(assignment: Assignment) -> dict[str, Json]:
    """The numbers of one assignment, as they are written."""
    questions: dict[str, Json] = {}
    for question in assignment.questions:
        truth = Truth(question, PUBLIC_SEED)
        tests: dict[str, Json] = {}
        for test in visible_tests(question):
            seed = truth.seed_for(test, public=True)
            numbers, spread = in_float64(truth, test, seed), spread_of(truth, test, seed)
            drawn = json.dumps(to_json(truth.drawn(test, seed)), sort_keys=True)
            tests[test.name] = {
                "seed": seed,
                "inputs": hashlib.sha256(drawn.encode()).hexdigest()[:16],
                "float64": None if numbers is None else [_told(number) for number in numbers[:MOST_NUMBERS]],
                "count": None if numbers is None else len(numbers),
                "spread": {"dtype": _short(spread.dtype), "threads": _short(spread.threads), "gpu": "not measured"},
            }
        questions[question.id] = tests
    versions = {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()}
    return {"assignment": assignment.name, "made_with": {**versions, "device": "cpu"}, "questions": questions}


def differences(old: Any, new: Any) -> Iterator[str]:
    """Where the numbers computed now are not those that were written, a line for each test."""
    for question in sorted(old["questions"].keys() | new["questions"].keys()):
        was, now = old["questions"].get(question, {}), new["questions"].get(question, {})
        for test in sorted(was.keys() | now.keys()):
            why = _difference(was.get(test), now.get(test))
            if why:
                yield f"{question}, {test}: {why}"


def _difference(was: Any, now: Any) -> str:
    if was is None or now is None:
        return "is new" if was is None else "is gone"
    if (was["seed"], was["inputs"]) != (now["seed"], now["inputs"]):
        return "it has other inputs"
    one, two = was["float64"], now["float64"]
    if (one is None) != (two is None) or was["count"] != now["count"]:
        return "it answers with another number of numbers"
    for place, (a, b) in enumerate(zip(one or [], two or [], strict=True)):
        if isinstance(a, str) or isinstance(b, str):
            if a != b:
                return f"number {place} was {a} and is {b}"
        elif not math.isclose(a, b, rel_tol=RTOL, abs_tol=ATOL):
            return f"number {place} was {a!r} and is {b!r}"
    wide = [f"{kind} {far:g}" for kind, far in now["spread"].items() if isinstance(far, float) and far > MOST_SPREAD]
    return f"its spread is too near its tolerance: {', '.join(wide)}" if wide else ""


def _told(number: float) -> float | str:
    return number if math.isfinite(number) else str(number)


def _short(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.3g}")
