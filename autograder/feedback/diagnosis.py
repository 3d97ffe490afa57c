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

    The mistake that explains most of the failed tests wins; among equals, the one that contradicts
    least: that fails no test which the student passed. At most one is named.
    """
    best: tuple[int, int] = (0, 0)
    named: str | None = None
    for name, expected in known:
        explained = contradicted = 0
        for test, failure in observed.items():
            of_mistake = expected.get(test)
            if failure is not None and of_mistake is not None and same_failure(failure, of_mistake):
                explained += 1
            elif (failure is None) != (of_mistake is None) or failure is not None:
                contradicted += 1
        if (explained and (explained, -contradicted) > best) or (explained and named is None):
            best, named = (explained, -contradicted), name
    return named
