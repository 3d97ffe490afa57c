"""Which named mistake explains what was observed?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from autograder.judging.failures import Kind
from autograder.judging.run_test import Fingerprint, same_failure
from autograder.results import Mistake

Observed = Mapping[str, Fingerprint | None]
Fails = Callable[[str], Fingerprint | None]


def name_mistake(observed: Observed, known: Iterable[tuple[Mistake, Fails]]) -> Mistake | None:
    """The mistake that fails as the student did, or None.

    Args:
        observed: for each test, how the student failed it; None where it passed.
        known: each mistake, with what tells how it fails the test of a name; a mistake that can be made in
            several ways comes several times.

    A mistake is named only if it explains more tests than it contradicts: a test contradicts it that only
    one of the two passes, or that they fail in different ways. Where both stop with an error of Python at the
    same call, the errors' words count for nothing: they depend on how a thing is written (``@`` and ``einsum``
    refuse the same shapes in different words). Of several, the one that explains most wins, then the one that
    contradicts least.
    """
    best: tuple[int, int] = (0, 0)
    named: Mistake | None = None
    if all(failure is None for failure in observed.values()):
        return None
    for mistake, fails in known:
        agreement = _agreement(observed, fails, best)
        if agreement is not None:
            best, named = agreement, mistake
    return named


def is_denied(mistake: Mistake, observed: Observed, known: Iterable[tuple[Mistake, Fails]]) -> bool:
    """Whether the student passed a test that the mistake fails, in whichever way it is made."""
    return all(
        any(failure is None and fails(test) is not None for test, failure in observed.items())
        for other, fails in known
        if other == mistake
    )


def _agreement(observed: Observed, fails: Fails, best: tuple[int, int]) -> tuple[int, int] | None:
    """How many tests a mistake explains and (negative) contradicts; None as soon as it cannot beat ``best``.

    To try a mistake takes time, and most are told from the student's by the first test.
    """
    failed_first = sorted(observed, key=lambda test: observed[test] is None)
    open_to_explain = sum(failure is not None for failure in observed.values())
    explained = contradicted = 0
    for test in failed_first:
        failure, of_mistake = observed[test], fails(test)
        open_to_explain -= failure is not None
        match failure, of_mistake:
            case None, None:
                pass
            case Fingerprint(), Fingerprint() if same_failure(failure, of_mistake):
                explained += 1
            case Fingerprint(kind=Kind.RAISED, requests=at), Fingerprint(kind=Kind.RAISED, requests=of) if at == of:
                pass
            case _:
                contradicted += 1
        most = explained + open_to_explain
        if most <= contradicted or (most, -contradicted) <= best:
            return None
    return explained, -contradicted
