"""``autograder verify --mutants``: do the tests catch the slips that learners make, and under which names?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from autograder.authoring.mutants.gone_through import has_changed, remember
from autograder.authoring.mutants.recorded import Record, recorded
from autograder.authoring.mutants.trial import Trial, Tried, try_all
from autograder.commands.progress import Progress
from autograder.course.assignment import Assignment, assignment_names, load_assignment
from autograder.errors import UsageError

HEAD = "| question | rules | made | killed | equivalent | surviving | named | seconds |"
LINE = "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


def verify_mutants(
    names: Sequence[str], question: str | None, *, jobs: int, show_names: bool = False, changed: bool = False
) -> int:
    """Try the mutants of every question and print the table; 0 if each is caught or recorded as equivalent, else 1.

    Args:
        names: assignments, or ``assignment/question``; all if none.
        question: only this one.
        show_names: list for each name the mutants that get it.
        changed: only questions that changed since their mutants were gone through.

    Raises:
        UsageError: there is no such question.
    """
    pieces = _pieces(names, question)
    if changed:
        looked_at = [(assignment, each, has_changed(assignment, each)) for assignment, each in pieces]
        never = ", ".join(f"{assignment.name}/{each}" for assignment, each, change in looked_at if change is None)
        if never:
            print(f"never gone through, and not tried with --changed: {never}")
        pieces = [(assignment, each) for assignment, each, change in looked_at if change]
        if not pieces:
            print("no question changed since its mutants were gone through")
            return 0
    folders = {assignment.name: assignment for assignment, _ in pieces}
    progress = Progress(in_logs=False)
    trials: dict[tuple[str, str], Trial] = {}
    for trial in try_all([(assignment.name, each) for assignment, each in pieces], jobs, names=show_names):
        trials[trial.assignment, trial.question] = trial
        progress.show(f"[{len(trials)}/{len(pieces)}] {trial.question}")
    progress.finish()
    rows, problems = [], list[str]()
    passed: dict[str, dict[str, bool]] = {}
    for assignment, each in pieces:
        trial = trials[assignment.name, each]
        record = recorded(folders[assignment.name].folder, each)
        rows.append(row(trial, record))
        found = problems_of(trial, record)
        problems += found
        passed.setdefault(assignment.name, {})[each] = not found
        if show_names:
            print(names_given(trial))
    for name, outcomes in passed.items():
        remember(folders[name], outcomes)
    print("\n".join([HEAD, LINE, *rows, total(list(trials.values()))]))
    print("\n".join(problems) if problems else "every slip loses marks, or is recorded as right with its reason")
    return int(bool(problems))


def _pieces(names: Sequence[str], question: str | None) -> list[tuple[Assignment, str]]:
    found = []
    for name in names or assignment_names():
        stem, _, wanted = name.partition("/")
        assignment = load_assignment(stem)
        only = wanted or question
        chosen = [each.id for each in assignment.questions if only in (None, "", each.id)]
        found += [(assignment, each) for each in chosen]
    if not found:
        raise UsageError(f"there is no question {question or ', '.join(names)!r} here")
    return found


def row(trial: Trial, record: Record) -> str:
    """One question's line of the table."""
    killed = sum(one.killed for one in trial.tried)
    left = [one for one in trial.tried if not one.killed]
    equivalent = sum(record.reason(one.mutant.key) is not None for one in left)
    named = sum(one.named is not None for one in trial.tried)
    rules = len({one.mutant.rule for one in trial.tried})
    counts = rules, len(trial.tried), killed, equivalent, len(left) - equivalent, named
    return f"| {trial.question} | {' | '.join(map(str, counts))} | {trial.seconds:.0f} |"


def total(trials: Sequence[Trial]) -> str:
    """The last line: everything together."""
    tried = [one for trial in trials for one in trial.tried]
    killed, named = sum(one.killed for one in tried), sum(one.named is not None for one in tried)
    rules, seconds = len({one.mutant.rule for one in tried}), sum(trial.seconds for trial in trials)
    return f"| **all** | {rules} | {len(tried)} | {killed} | {len(tried) - killed} alive | | {named} | {seconds:.0f} |"


def problems_of(trial: Trial, record: Record) -> list[str]:
    """In words, what is not as it should be: survivors without a reason, reasons without a survivor."""
    if trial.fault:
        return [f"FAIL {trial.question}: {trial.fault}"]
    alive = {one.mutant.key: one.mutant for one in trial.tried if not one.killed}
    survivors = [
        f"FAIL {trial.question}: survives ({mutant.rule}): {key}"
        for key, mutant in alive.items()
        if record.reason(key) is None
    ]
    words = f"FAIL {trial.question}: recorded as right, but it is caught or not made"
    return survivors + sorted(f"{words}: {pattern}" for pattern in record.stale(alive))


def names_given(trial: Trial) -> str:
    """For each name the mutants that get it, and how often each kind of slip does."""
    groups: dict[str, list[Tried]] = {}
    for one in trial.tried:
        if one.killed:
            groups.setdefault("(no name)" if one.named is None else one.named.name, []).append(one)
    lines = [f"{trial.question}:"]
    for name, group in sorted(groups.items()):
        kinds = Counter(one.mutant.rule for one in group)
        lines.append(f"  {name}: {', '.join(f'{rule} {count}' for rule, count in kinds.most_common())}")
        lines += [f"    {one.mutant.key}" for one in group]
    return "\n".join(lines)
