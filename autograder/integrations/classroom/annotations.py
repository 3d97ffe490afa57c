"""Workflow commands that show a line of GitHub's own under the cells that need another look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

_LEVELS = {
    Outcome.NOT_ATTEMPTED: "notice",
    Outcome.MISSING: "notice",
    Outcome.PARTIAL: "warning",
    Outcome.GRADER_ERROR: "warning",
}


def annotate(result: Grade | Ungraded, file: str, lines: Mapping[str, int]) -> Iterator[str]:
    """One command for each question that is not right, at its cell; one notice if all are.

    GitHub shows ten of a kind; the questions come in order, so what is cut comes last.
    """
    if isinstance(result, Ungraded):
        yield command("error", file, 1, "Not checked", result.reason)
        return
    for question in result.questions:
        if question.outcome is not Outcome.CORRECT:
            level = _LEVELS.get(question.outcome, "error")
            yield command(level, file, lines.get(question.id, 1), _title(question), question.message)
    if all(question.outcome is Outcome.CORRECT for question in result.questions):
        points = f"{result.score:g} of {result.max_score:g} visible points"
        yield command("notice", file, 1, "Everything that was checked is right", points)


def command(level: str, file: str, line: int, title: str, message: str) -> str:
    """One workflow command; whatever the words are, they are one command."""
    return f"::{level} file={_property(file)},line={line},title={_property(title)}::{_data(message)}"


def _title(question: QuestionGrade) -> str:
    mistake = f" ({question.mistake.label})" if question.mistake else ""
    return f"{question.id}: {question.outcome.replace('_', ' ')}{mistake}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
