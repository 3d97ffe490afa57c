"""What a student reads in the repository: the mistakes, with as few words as do."""

from autograder import results
from autograder.exporters.feedback_table import feedback_table
from autograder.exporters.markdown import student_page
from autograder.exporters.notes import SEVERAL
from autograder.results import Grade, Outcome, QuestionGrade


def question(outcome: Outcome, *passed: bool) -> QuestionGrade:
    tests = tuple(
        results.TestResult(f"t{n}", f"title {n}", 1, ok, "" if ok else "check") for n, ok in enumerate(passed)
    )
    return QuestionGrade("q", "A question", 0, 2, outcome, None, "what happened", tests)


def page(*questions: QuestionGrade) -> str:
    return student_page(Grade("ada", "a", "a.ipynb", questions, "cpu", "full", 1, 0.1), "a")


def test_a_blank_is_told_once() -> None:
    blank = page(question(Outcome.NOT_ATTEMPTED, False, False))
    assert "not attempted yet" in blank
    assert "what happened" not in blank


def test_one_mistake_may_fail_several_checks() -> None:
    """A check that fails by another's mistake is no second mistake."""
    several, one = question(Outcome.WRONG, False, False), question(Outcome.PARTIAL, True, False)
    assert SEVERAL in page(several)
    assert SEVERAL in feedback_table(several)
    assert SEVERAL not in page(one) + feedback_table(one)
    assert page(one).count("- ✓ title 0\n- ✗ title 1\n") == 1
