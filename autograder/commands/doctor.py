"""``autograder doctor``: which isolation layers, devices and versions are here, each proved by a probe."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version

from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.course.readers import warning_about_readers
from autograder.gradebook.programs import missing_programs
from autograder.grader.devices import NoSuchDevice, cuda_trouble
from autograder.grader.policy import sandbox_policy
from autograder.sandbox.driver import has_gpu
from autograder.sandbox.preconditions import ConfinementError
from autograder.sandbox.probes import Probe, verdict
from autograder.session.selftest import device_steps, probe
from autograder.session.supervisor import SandboxError, Zygote

_PACKAGES = (
    "torch", "numpy", "pandas", "matplotlib", "pytest", "ipython", "nbformat",
    "nbgrader", "jupyterlab", "nh3", "distributed", "psycopg2-binary",
)  # fmt: skip

CourseHealth = Callable[[Course], Iterable[tuple[bool, str]]]


def doctor(device: str, course_health: CourseHealth) -> int:
    """Print what is here and what that means; 0 if submissions can be graded, else 1.

    Args:
        course_health: lines about the course's settings, each with whether all is right.
        device: with ``cuda``, try the GPU as well, in a locked child under the GPU's policy.

    Raises:
        NoSuchDevice: ``cuda`` was asked for and does not work here.
    """
    course = course_here()
    print("\n".join(_versions()))
    print("\n".join(_devices()))
    print(f"\ncourse: {course.root}")
    print(f"  {warning_about_readers(course) or 'closed to other users of this machine'}")
    code = max(_isolation(course, device), _course(course_health(course)))
    if device == "cuda" and (trouble := cuda_trouble()):
        raise NoSuchDevice(f"--device cuda: {trouble}")
    return code


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()} on {platform.platform()}"
    for name in _PACKAGES:
        try:
            yield f"  {name:<16} {version(name)}"
        except PackageNotFoundError:
            yield f"  {name:<16} not installed"
    trouble = missing_programs()
    if trouble:
        yield f"  {trouble}"


def _devices() -> Iterator[str]:
    yield "\ndevices"
    yield "  cpu              here"
    if has_gpu():
        yield "  cuda             the driver shows a GPU: autograder doctor --device cuda tries whether it works"
    else:
        yield "  cuda             none: --device cuda is refused, tests that need one are reported as not run"


def _course(lines: Iterable[tuple[bool, str]]) -> int:
    """What is right about the course's own settings; nothing is said of a course that the bank knows whole."""
    right = True
    for place, (good, words) in enumerate(lines):
        if place == 0:
            print("\nnbgrader, for assignments with tests of their own")
        print(f"  {'right' if good else 'WRONG'}  {words}")
        right = right and good
    return int(not right)


def _isolation(course: Course, device: str) -> int:
    print(f"\nisolation{' under the policy of a GPU' if device == 'cuda' else ''}, tried in a locked child")
    started = time.monotonic()
    try:
        with Zygote(sandbox_policy(course, device), device) as zygote:
            warm = time.monotonic() - started
            layers, probes = zygote.layers, probe(zygote)
            steps = device_steps(zygote) if device == "cuda" else ()
            forks = [_fork_seconds(zygote) for _ in range(5)]
    except (ConfinementError, SandboxError) as problem:
        print(f"  refused: {problem}")
        return 1
    for name, layer in layers.named().items():
        print(f"  {'on ' if layer.ok else 'off'} {name:<14} {layer.note}")
    print("\nprobes")
    for result in probes:
        state = "denied " if result.denied else "ALLOWED"
        print(f"  {state} {result.name:<34} {result.layer:<12} {result.detail}".rstrip())
    if steps:
        print("\nwhat CUDA does when it starts, and a computation, in a locked child")
    for step in steps:
        print(f"  {'works  ' if step.ok else 'REFUSED'} {step.name:<34} {step.detail}".rstrip())
    print(f"\nwarm after {warm:.1f} s; a fork is ready after {sorted(forks)[2] * 1000:.0f} ms")
    return _meaning(layers.level, verdict(layers, probes), probes)


def _meaning(level: str, reasons: list[str], probes: tuple[Probe, ...]) -> int:
    if reasons:
        print("grading is refused here:")
        print("\n".join(f"  - {reason}" for reason in reasons))
        return 1
    denied = sum(result.denied for result in probes)
    print(f"isolation is {level}: {denied} of {len(probes)} probes were denied. Students' code can be graded here.")
    return 0


def _fork_seconds(zygote: Zygote) -> float:
    started = time.monotonic()
    sandbox = zygote.spawn()
    sandbox.channel.ask({"op": "hello"}, 30)
    elapsed = time.monotonic() - started
    zygote.end(sandbox)
    return elapsed
