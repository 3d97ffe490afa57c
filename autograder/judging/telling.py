"""What a student reads about a question in labelled lines: the mistake, what was called, got and wanted, a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.judging.failures import Kind
from autograder.judging.messages import Finding, explain, got_and_wanted, in_full
from autograder.results import ASK, Mistake, Outcome


def told(
    outcome: Outcome,
    findings: Sequence[Finding],
    mistake: Mistake | None,
    source: str,
    note: str = "",
    *,
    first: str = "",
) -> tuple[tuple[str, str], ...]:
    """(label, text) lines; without a label the text is a paragraph.

    Args:
        findings: the question's tests, in order.
        mistake: the mistake that explains the failure, if one does.
        source: the student's own code; a line is quoted only if it stands there.
        note: one more sentence, such as what became of the answer further down.
        first: a sentence that comes before all others, such as which earlier answer is to be mended first.
    """
    before = (("", first),) if first else ()
    return (*before, *_lines(outcome, findings, mistake, source, note))


def _lines(
    outcome: Outcome, findings: Sequence[Finding], mistake: Mistake | None, source: str, note: str
) -> Iterator[tuple[str, str]]:
    if mistake is not None:
        yield "", mistake.says
    failed = next((finding.public for finding in findings if finding.public is not None), None)
    if failed is not None and failed.kind is Kind.CHECK:
        if failed.call:
            yield "Called", f"`{failed.call}`"
        yield "Found", failed.what + (f" ({failed.where})" if failed.where else "")
        for label, value in got_and_wanted(failed):
            yield label.capitalize(), value
    elif failed is not None and outcome is Outcome.MISSING and failed.failure is not None:
        yield "", failed.failure.message + "."
    elif failed is not None and outcome in (Outcome.ERROR, Outcome.PARTIAL, Outcome.WRONG):
        yield "", in_full(failed, source)
    elif failed is not None or any(finding.hidden is not None for finding in findings):
        yield "", explain(outcome, findings, None, source)
    if note:
        yield "", note
    if mistake is not None and mistake.ask and outcome is not Outcome.CORRECT:
        yield ASK, mistake.ask
