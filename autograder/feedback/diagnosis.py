"""Which named mistake explains what was observed?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.trial import Fingerprint, same_failure

Observed = Mapping[str, Fingerprint | None]


def name_mistake(observed: Observed, known: Iterable[tuple[str, Observed]]) -> str | None:
    """The mistake that fails as the student did, or None.

    Args:
        observed: for each test, how the student failed it; None where it passed.
        known: each mistake's name, with the same for the mistake.

    A mistake is named only if it explains more tests than it contradicts: a test contradicts it that only
    one of the two passes, or that they fail in different ways. Of several, the one that explains most wins, then
    the one that contradicts least.
    """
    best, named = (0, 0), None
    for name, expected in known:
        explained, contradicted = _agreement(observed, expected)
        if explained > contradicted and (explained, -contradicted) > best:
            best, named = (explained, -contradicted), name
    return named


def is_denied(name: str, observed: Observed, known: Iterable[tuple[str, Observed]]) -> bool:
    """Whether the student passed a test that the mistake ``name`` fails."""
    expected = dict(known)[name]
    return any(failure is None and expected.get(test) is not None for test, failure in observed.items())


def _agreement(observed: Observed, expected: Observed) -> tuple[int, int]:
    explained = contradicted = 0
    for test, failure in observed.items():
        of_mistake = expected.get(test)
        if failure is None and of_mistake is None:
            continue
        if failure is not None and of_mistake is not None and same_failure(failure, of_mistake):
            explained += 1
        else:
            contradicted += 1
    return explained, contradicted
