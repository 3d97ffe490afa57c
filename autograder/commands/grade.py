"""``autograder grade``: a class goes in; marks, named mistakes and feedback come out."""

from __future__ import annotations

import argparse
import functools
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, as_completed, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.commands.intake import intake_of, lines_about, loses_somebody, with_intake
from autograder.commands.memory import Memory
from autograder.commands.progress import ClassProgress
from autograder.commands.regrade import last_run, lines_of, marks_that_change
from autograder.commands.report import write_report
from autograder.course.assignment import course_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.errors import ReportedError
from autograder.exporters.recorded import keep
from autograder.gradebook.audit import keep_trail
from autograder.gradebook.by_hand import look_for_people
from autograder.gradebook.standing import as_they_stand
from autograder.grader.devices import choose_device
from autograder.grader.executors import executor_for, is_cluster, places
from autograder.grader.grader import Grader
from autograder.grader.policy import sandbox_policy
from autograder.grader.side_by_side import begun_for_one, can_share, given_zygote, graders_side_by_side
from autograder.grader.versions import Versions, require_same, versions
from autograder.results import Grade, Ungraded
from autograder.submission.find import Submission, shown
from autograder.submission.records import Intake

Result = Grade | Ungraded
Chunk = tuple[list[Result], ReportedError | None]
MOST_JOBS, WORTH_A_JOB = 4, 8
AHEAD = 4  # chunks for each grader: one that it works on, and some that are on their way
REMEMBERED_EVERY = 20.0  # seconds; writing what a class of 1,000 got takes a quarter of one


@dataclass(frozen=True)
class Settings:
    """What every grader of a class must know; plain data, for it travels to other processes."""

    assignment: str
    root: Path
    device: str
    seed: int
    trusted: bool
    require: str = "partial"
    versions: Versions = ()  # that a grader must have; none are compared where there is one process


def grade_class(
    options: argparse.Namespace,
    tell: Callable[[Result], None] | None = None,
    executor: Executor | None = None,
    heard: Callable[[Sequence[str]], None] | None = None,
) -> int:
    """Run the command, in the eight steps of docs/architecture.md; 0 if every submission was graded, else 1.

    Args:
        tell: gets each result as soon as it is recorded, in place of progress and report.
        executor: with ``tell``, where other graders are at work already.
        heard: with ``tell``, gets what somebody must know of the intake.
    """
    course = course_here(told=tell is None)
    assignment = course_assignment(course, options.assignment)
    settings = settings_of(course, options)
    device = settings.device
    intake = intake_of(assignment, course, options)  # 1: whose work, which file
    (heard or _say)(lines_about(intake, course))
    memory = Memory(course, assignment.name, options.gradebook, (settings.seed, device, options.unsafe_trusted))
    before = last_run(course, options)
    known, keys = _remembered(memory, intake, options)
    if known and tell is None:
        told = (
            f"{len(known)} of {len(intake.submissions)} are unchanged and keep their marks; --fresh grades them again"
        )
        print(f"autograder: {told}", file=sys.stderr)
    submissions = [submission for submission in intake.submissions if submission.student not in known]
    jobs = options.jobs or usual_jobs(len(submissions), device)
    results: list[Result] = [with_intake(result, intake) for result in known.values()]
    remember = _rememberer(
        course, options, results, device, before, lambda: memory.keep(keys, submissions, results)
    )  # fmt: skip
    with (
        graders_for(settings, len(submissions), jobs, options.scheduler)
        if tell is None
        else nullcontext(executor) as graders,
        _recorder(course, options, intake) as record,
        ClassProgress(len(submissions) if tell is None else 0) as progress,
        _now_and_then(remember) as reached,
    ):
        for graded in grade_all(graders, settings, submissions, jobs):  # 2 to 7: Grader.grade_one
            result = _for_reports(with_intake(record(graded), intake))  # 8: gradebook, autograded/, reports
            results.append(result)
            (tell or progress.count)(result)
            reached()
    results.sort(key=lambda result: result.student)
    if options.regrade or options.dry_run:
        changes = marks_that_change(course, options, before, results)
        print("\n".join(lines_of(changes, len(results), dry=options.dry_run)))
    if _records(options):
        results = as_they_stand(course, assignment.name, results, options.gradebook, whole_class=False)
    if not options.dry_run and tell is None:
        write_report(options, assignment.name, results, device)
    if tell is None:
        _say(list(_troubles(results)))
    failed = any(isinstance(result, Ungraded) or result.incomplete for result in results)
    return int(failed or loses_somebody(intake))


def settings_of(course: Course, options: argparse.Namespace) -> Settings:
    """What the command line asks of every grader."""
    device = choose_device(options.device, trusted=options.unsafe_trusted)
    seed = course.seed() if options.seed is None else options.seed
    return Settings(options.assignment, course.root, device, seed, options.unsafe_trusted, options.require, versions())


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        print(f"autograder: {line}", file=sys.stderr)


def _records(options: argparse.Namespace) -> bool:
    """Whether anything is written into the gradebook and ``autograded/``."""
    return not (options.no_gradebook or options.dry_run)


def _typed(options: argparse.Namespace) -> str:
    """The command, for the trail."""
    return f"autograder grade {options.assignment}{' --regrade' if options.regrade else ''}"


def _for_reports(result: Result) -> Result:
    """What a report needs of a result: a reason on one line, and not the notebook, of which a class has many."""
    if isinstance(result, Ungraded):
        return replace(result, reason=shown(result.reason))
    return replace(result, read=None)


def _troubles(results: Sequence[Result]) -> Iterator[str]:
    """A line for each submission that has no mark, or not all of them."""
    for result in results:
        if isinstance(result, Ungraded):
            yield f"{result.student}: {result.reason} ({shown(result.notebook)})"
        elif result.failed:
            names = ", ".join(q.id for q in result.questions if q.outcome == "grader_error")
            yield f"{result.student}: the grader failed on {names}; no mark was recorded"
        elif result.merge:
            yield f"{result.student}: {result.merge}; the questions that it touches have no marks"


def _remembered(memory: Memory, intake: Intake, options: argparse.Namespace) -> tuple[dict[str, Grade], dict[str, str]]:
    """The results that are remembered, and of each submission what they depend on; nothing where nothing is kept."""
    if options.no_gradebook:
        return {}, {}
    keys = {submission.student: memory.key_of(submission) for submission in intake.submissions}
    known = {} if options.fresh or options.regrade else memory.known(intake.submissions)
    return known, keys


def _rememberer(
    course: Course,
    options: argparse.Namespace,
    results: Sequence[Result],
    device: str,
    before: Sequence[Result],
    keep_keys: Callable[[], None],
) -> Callable[[], None]:
    """What keeps the results so far, in whatever state the run is; each change of a mark is in the trail once."""
    trailed: set[str] = set()

    def remember() -> None:
        if not _records(options):
            return
        new = [result for result in results if result.student not in trailed]
        changed = marks_that_change(course, options, before, new)

        def and_then() -> None:
            keep_keys()
            keep_trail(course, options.assignment, options.gradebook, _typed(options), changed)
            look_for_people(course, options.assignment, options.gradebook)
            trailed.update(result.student for result in new)

        _remember(course, options, results, device, and_then)

    return remember


@contextmanager
def _now_and_then(remember: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Gives what is to be called after each result: a run that is interrupted or killed goes on where it remembered.

    And remembers once more at the end, however that comes.
    """
    last = time.monotonic()

    def reached() -> None:
        nonlocal last
        if time.monotonic() - last > REMEMBERED_EVERY:
            remember()
            last = time.monotonic()

    try:
        yield reached
    finally:
        remember()


def _remember(
    course: Course, options: argparse.Namespace, results: Sequence[Result], device: str, and_then: Callable[[], None]
) -> None:
    """Keep the run for reports; a file that another teacher owns is a line, for the marks are in the gradebook."""
    from autograder.gradebook.record import share_with_the_group

    try:
        keep(course, options.assignment, results, device, options.gradebook)
        and_then()
    except OSError as problem:
        print(f"autograder: the run could not be kept: {problem.filename}: {problem.strerror}", file=sys.stderr)
    for line in share_with_the_group(course):  # at the very end, since all that was written must be the group's
        print(f"autograder: {line}", file=sys.stderr)


def usual_jobs(count: int, device: str) -> int:
    """How many graders are at work on ``count`` submissions where nobody says.

    As many as processors that this process may use, where they share a start; but no more than have eight submissions
    each, which take about as long as one more process costs, and no more than four, for a machine may be others' too.
    """
    jobs = min(MOST_JOBS, count // WORTH_A_JOB, len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1)
    return jobs if can_share(jobs, device) else 1


@contextmanager
def graders_for(settings: Settings, count: int, jobs: int, scheduler: str | None) -> Iterator[Executor | None]:
    """Where ``count`` submissions are graded: by processes side by side, on a cluster, or, for None, in this process.

    To be entered before anything is opened that another process must not have.
    """
    jobs = min(jobs, count)
    policy = sandbox_policy(Course(settings.root), settings.device, trusted=settings.trusted)
    if scheduler is None and can_share(jobs, settings.device):
        with graders_side_by_side(policy, jobs) as graders:
            yield graders
    elif scheduler is None and jobs == 1:
        with begun_for_one(policy, settings.device):
            yield None
    else:
        with executor_for(jobs, scheduler) as executor:
            yield executor


def grade_all(
    executor: Executor | None, settings: Settings, submissions: Sequence[Submission], jobs: int
) -> Iterator[Result]:
    """Grade a class and give each result as soon as it is there.

    Args:
        executor: where other graders work; None for this process alone.
        jobs: how many of them there are.

    Raises:
        SandboxError, ConfinementError: a grader's sandbox is broken for good; what it had graded was given before.
    """
    if not submissions:
        return  # an engine takes seconds to start, and all may be remembered
    if executor is None:
        yield from warm_grader(settings).grade(submissions)
        return
    size = 1  # so that one that hangs keeps no other waiting; but on a cluster a message takes milliseconds
    if is_cluster(executor):
        size = max(1, min(8, len(submissions) // (4 * max(jobs, 1))))
    chunks = [submissions[start : start + size] for start in range(0, len(submissions), size)]
    for results, problem in _in_any_order(executor, settings, chunks, jobs):
        yield from results
        if problem is not None:
            raise problem


def _in_any_order(
    executor: Executor, settings: Settings, chunks: Sequence[Sequence[Submission]], jobs: int
) -> Iterator[Chunk]:
    """What became of each chunk; as many are handed out as keep all graders at work, and the others wait here."""
    waiting: set[Future[Chunk]] = set()
    for chunk in chunks:
        if len(waiting) >= AHEAD * places(executor, jobs):
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
        waiting.add(executor.submit(grade_chunk, settings, chunk))
    yield from (future.result() for future in as_completed(waiting))


def grade_chunk(settings: Settings, submissions: Sequence[Submission]) -> Chunk:
    """Grade some submissions with the warm grader of this process: the results, and what ended it before the last."""
    results: list[Result] = []
    try:
        require_same(settings.versions)
        results.extend(warm_grader(settings).grade(submissions))
    except ReportedError as problem:
        return results, problem
    return results, None


@functools.cache
def warm_grader(settings: Settings) -> Grader:
    """This process's grader for an assignment, started once and ended with the process."""
    import atexit

    grader = Grader(
        settings.assignment,
        Course(settings.root),
        device=settings.device,
        seed=settings.seed,
        trusted=settings.trusted,
        require=settings.require,
        zygote=given_zygote(),
    )
    grader.__enter__()
    atexit.register(grader.close)
    return grader


@contextmanager
def _recorder(course: Course, options: argparse.Namespace, intake: Intake) -> Iterator[Callable[[Result], Result]]:
    """Writes each grade into the gradebook and ``autograded/``, unless that is switched off.

    A grade that cannot be recorded is one submission's trouble: it comes back as ungraded, with the reason.
    """
    if not _records(options):
        yield lambda result: result
        return
    from autograder.gradebook.record import Recorder

    recorder = Recorder(course, options.assignment, options.gradebook, intake.submissions)

    def record(result: Result) -> Result:
        try:
            recorder.record(result)
        except Exception as problem:
            reason = f"not recorded: {str(problem) or type(problem).__name__}"
            return Ungraded(result.student, result.assignment, result.notebook, reason)
        return result

    try:
        yield record
    finally:
        recorder.close()
