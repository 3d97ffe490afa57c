"""What every report says in the same words: the device, and a mark that there is not."""

from __future__ import annotations

NO_MARK = "The grader itself failed on this submission, so no mark is recorded. It is not the student's fault."
SEVERAL = "One mistake can fail several checks: mend the first, and the others may pass."


def device_note(device: str) -> tuple[str, ...]:
    """A note where a GPU graded: the marks are the same as without one."""
    if device == "cpu":
        return ()
    return (f"graded on {device}, with the wider tolerances of a GPU; the marks are those of a CPU",)
