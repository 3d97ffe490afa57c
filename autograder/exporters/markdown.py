"""A page in Markdown: the summary of a run on GitHub, and the feedback that a student gets in the repository.

Words that came from a notebook are shown as text: no tag, table, link or mention of theirs takes effect.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from autograder.exporters.notes import NO_MARK, SAID, SEVERAL, device_note
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

_SIGNS = {
    Outcome.CORRECT: "✅", Outcome.PARTIAL: "🟡", Outcome.WRONG: "❌", Outcome.ERROR: "💥", Outcome.TIMEOUT: "⏳",
    Outcome.MEMORY: "🐘", Outcome.NOT_ATTEMPTED: "⬜", Outcome.MISSING: "❔", Outcome.FORBIDDEN: "⛔",
    Outcome.GRADER_ERROR: "🔧", Outcome.WAITING: "✍️",
}  # fmt: skip
_SPECIAL = re.compile(r"([\\*_{}\[\]()#|~<>$&!])")
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCKS = 10  # squares of the bar: one for each tenth of the marks


def as_markdown(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """One submission as a page for the student; of several, the class as a table for the teacher."""
    if len(results) == 1:
        return student_page(results[0], assignment)
    return "\n".join(_class(assignment, results, device)) + "\n"


def student_page(result: Grade | Ungraded, title: str, *, what: str = "points", footer: str = "") -> str:
    """What a student reads.

    Args:
        what: what the marks are called, such as "visible points".
        footer: a last line on how the marks came about.
    """
    lines = [f"## {plain(title)}", ""]
    if isinstance(result, Ungraded):
        lines += [f"**This could not be graded:** {plain(result.reason)}.", "", "Please mend it and push again."]
    elif result.failed:
        lines += [NO_MARK, "", "Please tell your teacher."]
    else:
        lines += [f"**{result.score:g} of {result.max_score:g} {what}** {_bar(result)}", "", _cheer(result), ""]
    if isinstance(result, Grade):
        lines += ["| | Question | Points | |", "| --- | --- | ---: | --- |"]
        lines += [_row(question) for question in result.questions]
        lines += [""]
        for question in result.questions:
            lines += _details(question)
        lines += [f"_{plain('; '.join(device_note(result.device)))}_"] if device_note(result.device) else []
    return "\n".join([*lines, *([f"<sub>{footer}</sub>"] if footer else [])]).rstrip() + "\n"


def plain(words: str) -> str:
    """Words as Markdown that shows just them; `backquotes` mark code, as in all our messages."""
    parts: list[str] = []
    end = 0
    words = words.replace("\r", " ").replace("\n", " ")
    for match in _CODE.finditer(words):
        parts += [_escape(words[end : match.start()]), f"`{match[1].replace('|', '¦')}`"]
        end = match.end()
    return "".join([*parts, _escape(words[end:])])


def _escape(words: str) -> str:
    words = _SPECIAL.sub(r"\\\1", words.replace("`", "'"))
    return words.replace("@", "@\u2060").replace("://", ":\u2060//")  # a word joiner: no mention, no link


def _bar(grade: Grade) -> str:
    full = int(_BLOCKS * grade.score / grade.max_score + 1e-9) if grade.max_score else 0
    return "🟩" * full + "⬜" * (_BLOCKS - full)


def _cheer(grade: Grade) -> str:
    judged = [question for question in grade.questions if question.outcome is not Outcome.WAITING]
    right = sum(question.outcome is Outcome.CORRECT for question in judged)
    if right == len(judged):
        return "Everything that was checked is right. Well done!"
    following = next(question for question in judged if question.outcome is not Outcome.CORRECT)
    return f"{right} of {len(judged)} questions are right. Next: **{plain(following.id)}**."


def _row(question: QuestionGrade) -> str:
    failed = question.outcome in (Outcome.GRADER_ERROR, Outcome.WAITING)
    points = "–" if failed else f"{question.score:g} / {question.max_score:g}"
    said = SAID[question.outcome]
    if question.mistake:
        said += f": {plain(question.mistake.label)}"
    return f"| {_SIGNS[question.outcome]} | `{question.id}` {plain(question.title)} | {points} | {said} |"


def _details(question: QuestionGrade) -> Iterator[str]:
    if question.outcome in (Outcome.CORRECT, Outcome.NOT_ATTEMPTED, Outcome.WAITING):  # the table has said it
        return
    yield f"**{_SIGNS[question.outcome]} `{question.id}`** {plain(question.message)}"
    yield ""
    if question.outcome in (Outcome.MISSING, Outcome.GRADER_ERROR):
        return
    for test in question.tests:
        yield f"- {'✓' if test.passed else '✗'} {plain(test.title)}"
    if sum(not test.passed for test in question.tests) > 1:
        yield ""
        yield SEVERAL
    if question.tests:
        yield ""


def _class(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> Iterator[str]:
    grades = [result for result in results if isinstance(result, Grade)]
    marked = [grade for grade in grades if not grade.failed]
    levels = ", ".join(sorted({grade.isolation for grade in grades})) or "–"
    yield f"## {plain(assignment)}: {len(marked)} of {len(results)} graded"
    yield ""
    yield "; ".join([f"device {device}", f"isolation {levels}", *device_note(device)])
    yield ""
    yield "| Student | Points | Questions | Look at |"
    yield "| --- | ---: | --- | --- |"
    for result in results:
        if isinstance(result, Ungraded):
            yield f"| {plain(result.student)} | – | | not graded: {plain(result.reason)} |"
            continue
        points = "–" if result.failed else f"{result.score:g} / {result.max_score:g}"
        signs = "".join(_SIGNS[question.outcome] for question in result.questions)
        yield f"| {plain(result.student)} | {points} | {signs} | {plain('; '.join(result.flags))} |"
    mistakes = Counter((q.id, q.mistake) for grade in grades for q in grade.questions if q.mistake)
    if mistakes:
        yield ""
        yield "Most frequent mistakes:"
        yield ""
        for (question, mistake), count in mistakes.most_common(10):
            yield f"- `{question}`: {plain(mistake.label)} ({count})"
