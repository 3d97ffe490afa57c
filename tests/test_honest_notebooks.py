"""One assignment of benchmarks/honest_notebooks.py: right answers keep their marks, and wrong ones lose them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from autograder.grader.grader import Grader
from autograder.results import Grade, Outcome
from autograder.submission.find import find_submissions
from benchmarks.honest_notebooks import CORPUS, SIXTY
from tests.conftest import COUNTING

SLOW = "slow cells"  # what they show is shown in test_fairness.py, with shorter limits


def test_marks_are_as_they_must_be(tmp_path: Path, warm: Callable[[str], Grader]) -> None:
    chosen = {name: one for name, one in CORPUS.items() if one.assignment == COUNTING and one.kind != SLOW}
    for name, habit in chosen.items():
        habit.draft().save(tmp_path / name / COUNTING / f"{COUNTING}.ipynb")
    results = [*warm(COUNTING).grade(find_submissions(COUNTING, [tmp_path]))]
    lost = {
        result.student: {one.id for one in result.questions if one.outcome is not Outcome.CORRECT}
        for result in results
        if isinstance(result, Grade)
    }
    assert lost == {name: set(habit.wrong) for name, habit in chosen.items()}


def test_the_corpus_is_spread_over_all_assignments() -> None:
    assert len(SIXTY) == 60
    assert {CORPUS[name].assignment for name in SIXTY} == {habit.assignment for habit in CORPUS.values()}
    assert len({habit.assignment for habit in CORPUS.values()}) == 15
    assert not any(CORPUS[name].wrong or CORPUS[name].unlike for name in SIXTY)
