"""What every report says in the same words: the device, and a mark that there is not."""

from __future__ import annotations

from autograder.results import Outcome

NO_MARK = "The grader itself failed on this submission, so no mark is recorded. It is not the student's fault."
SEVERAL = "One mistake can fail several checks: mend the first, and the others may pass."
# What a student reads of a question.
SAID = {
    Outcome.CORRECT: "right", Outcome.PARTIAL: "partly right", Outcome.WRONG: "not right yet",
    Outcome.ERROR: "your code stopped with an error", Outcome.TIMEOUT: "took too long",
    Outcome.MEMORY: "too much memory", Outcome.NOT_ATTEMPTED: "not attempted yet", Outcome.MISSING: "missing",
    Outcome.FORBIDDEN: "uses what is forbidden here", Outcome.GRADER_ERROR: "the grader failed: no mark yet",
    Outcome.WAITING: "waits for a person's mark",
}  # fmt: skip


def device_note(device: str) -> tuple[str, ...]:
    """A note where a GPU graded: the marks are the same as without one."""
    if device == "cpu":
        return ()
    return (f"graded on {device}, with the wider tolerances of a GPU; the marks are those of a CPU",)
