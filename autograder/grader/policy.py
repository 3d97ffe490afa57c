"""What submissions of a course may read and use."""

from __future__ import annotations

from autograder.course.layout import PACKAGE, Course
from autograder.sandbox.layers import LAYERS
from autograder.sandbox.policy import Policy, default_readable


def sandbox_policy(course: Course, device: str, *, memory_bytes: int = 1536 << 20, trusted: bool = False) -> Policy:
    """What submissions of ``course`` may read and use; ``trusted`` code is not confined at all."""
    hidden = tuple(str(path) for path in course.secrets)
    readable = [*default_readable(hidden), str(PACKAGE / "student")]
    datasets = course.root / "datasets"
    if datasets.is_dir():
        readable.append(str(datasets))
    checks = course.own_checks
    if checks is not None:
        readable.append(str(checks))
    return Policy(
        readable=tuple(readable),
        hidden=hidden,
        memory_bytes=memory_bytes,
        cpu_seconds=600,
        file_bytes=64 << 20,
        scratch_bytes=128 << 20,
        cuda=device == "cuda",
        absent=course.absent_packages,
        checks="" if checks is None else str(checks),
        disabled=LAYERS if trusted else (),
    )
