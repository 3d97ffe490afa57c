"""Mistakes that can be made in every question, told from what came back or from the error that stopped it.

They are asked for where none of the question's own mistakes explains a failure. Each needs evidence that all failed
tests share: a relation of numbers must hold in every one of them, an error must be of the same kind in every one.
"""

from __future__ import annotations

from collections.abc import Mapping

from autograder.judging.general_errors import ERRORS
from autograder.judging.general_mistake import GeneralMistake
from autograder.judging.general_values import VALUES
from autograder.judging.relations import device_only, refusal
from autograder.judging.run_test import Fingerprint
from autograder.results import Mistake

GENERAL = (*VALUES, *ERRORS)  # the first that explains the failures is named

FORBIDDEN = Mistake(
    "uses_what_is_forbidden",
    "You let a library do what this question asks you to write yourself.",
    "Which line calls it, and what does it do inside?",
)


def general_mistake(observed: Mapping[str, Fingerprint | None]) -> Mistake | None:
    """The general mistake that every failure shows; None if there is none.

    Args:
        observed: for each test, how the student failed it; None where it passed.
    """
    failed = [failure for failure in observed.values() if failure is not None]
    # Whoever accepts what does not fit, or forgets the device, may have made another mistake besides: that one is told.
    telling = [failure for failure in failed if not (refusal(failure) or device_only(failure))]
    failed = telling or [failure for failure in failed if refusal(failure)] or failed
    return next((one.mistake for one in GENERAL if failed and _explains(one, failed)), None)


def _explains(general: GeneralMistake, failed: list[Fingerprint]) -> bool:
    try:
        return general.explains(failed)
    except (TypeError, ValueError, RuntimeError, OverflowError):  # numbers of a kind that nobody can compute with
        return False
