"""A right answer keeps its marks: a question counts at its test cell or at the end, whichever is better."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.exporters.json_report import as_json
from autograder.grader.grader import Grader
from autograder.results import Grade, Moment, Outcome, QuestionGrade
from autograder.submission.find import Submission
from tests.conftest import COUNTING, NotebookOf

GradeOf = Callable[[nbformat.NotebookNode], Grade]


@pytest.fixture
def grade(small_grader: Grader, write: Callable[..., Path]) -> GradeOf:
    def graded(notebook: nbformat.NotebookNode) -> Grade:
        result = small_grader.grade_one(Submission("ada", COUNTING, write(notebook)))
        assert isinstance(result, Grade), result
        return result

    return graded


def question(grade: Grade, name: str) -> QuestionGrade:
    return next(one for one in grade.questions if one.id == name)


HABITS = {  # what stands in the last cell, and the question that it would have cost
    "a result under the function's name": (
        "linear = linear(torch.ones(2, 3), torch.ones(4, 3), torch.ones(4))",
        "linear",
    ),
    "a loop variable": ("for linear in [nn.Linear(3, 4)]:\n    print(linear)", "linear"),
    "del": ("del count_mlp", "count_mlp"),
    "%reset": ("%reset -f", "count_mlp"),
    "a builtin": ("zip = 'models.zip'\nsum = 3\nrange = 1", "count_mlp"),
    "another meaning": ("def count_linear(w, b):\n    return w + b", "count_linear"),
    "patched torch": ("torch.Tensor.__matmul__ = lambda a, b: a\ntorch.Tensor.T = None\nF.linear = None", "linear"),
}


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_later_cell_does_costs_no_marks(habit: str, grade: GradeOf, notebook_of: NotebookOf) -> None:
    last, name = HABITS[habit]
    result = grade(notebook_of(last=last))
    assert result.score == result.max_score == 8, [q.message for q in result.questions]
    assert question(result, name).moment is Moment.TEST_CELL
    assert question(result, name).message.startswith("Correct. Your answer counts as it was at its test cell")


def test_a_setting_left_behind_costs_no_marks(grade: GradeOf, notebook_of: NotebookOf) -> None:
    result = grade(notebook_of(last="torch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)"))
    assert result.score == 8


def test_a_doubled_blank_below_costs_no_marks(grade: GradeOf, notebook_of: NotebookOf) -> None:
    assert grade(notebook_of(last="def count_mlp(sizes):\n    raise NotImplementedError")).score == 8


def test_right_at_the_end_alone_counts_too(grade: GradeOf, notebook_of: NotebookOf) -> None:
    late = "def count_mlp(sizes):\n    return sum(a * b + b for a, b in zip(sizes, sizes[1:]))"
    result = grade(notebook_of({"count_mlp": "def count_mlp(sizes):\n    return 0"}, last=late))
    assert question(result, "count_mlp").outcome is Outcome.CORRECT
    assert question(result, "count_mlp").moment is Moment.END


def test_the_cell_that_bound_the_name_again_is_told(grade: GradeOf, notebook_of: NotebookOf) -> None:
    notebook = notebook_of(last="# as before\ncount_mlp = count_mlp([2, 3])")
    told = question(grade(notebook), "count_mlp").message
    assert f"`count_mlp` is bound again in cell {len(notebook.cells)} (`count_mlp = count_mlp([2, 3])`)." in told


def test_where_neither_moment_is_right_the_words_are_of_the_better(grade: GradeOf, notebook_of: NotebookOf) -> None:
    wrong = "def count_mlp(sizes):\n    return sum(a * b for a, b in zip(sizes, sizes[1:]))"
    result = grade(notebook_of({"count_mlp": wrong}, last="count_mlp = 17"))
    found = question(result, "count_mlp")
    assert found.moment is Moment.TEST_CELL
    assert found.mistake == question(grade(notebook_of({"count_mlp": wrong})), "count_mlp").mistake is not None
    assert "not callable" not in found.message


def test_a_wrong_answer_stays_wrong_at_both_moments(grade: GradeOf, notebook_of: NotebookOf) -> None:
    wrong = "def count_mlp(sizes):\n    return sum(a * b for a, b in zip(sizes, sizes[1:]))"
    result = grade(notebook_of({"count_mlp": wrong}, last="sizes = [1, 2]\nlinear = 3"))
    assert result.score < 8
    assert question(result, "count_mlp").outcome is not Outcome.CORRECT
    assert question(result, "linear").outcome is Outcome.CORRECT


def test_a_deleted_test_cell_leaves_its_place(grade: GradeOf, notebook_of: NotebookOf) -> None:
    notebook = notebook_of(last="count_mlp = 17")
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != "test-count_mlp"]
    found = question(grade(notebook), "count_mlp")
    assert (found.outcome, found.moment) == (Outcome.CORRECT, Moment.TEST_CELL)
    assert "where its test cell belongs" in found.message


def test_nothing_is_asked_twice_where_no_later_cell_can_have_changed_it(
    grade: GradeOf, notebook_of: NotebookOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder.session.notebook_session import LiveSession

    opened: list[int | None] = []
    begin = LiveSession.open_unseen
    monkeypatch.setattr(
        LiveSession,
        "open_unseen",
        lambda self, upto: (opened.append(upto), begin(self, upto))[1],  # type: ignore[func-returns-value]
    )
    grade(notebook_of(last="print(count_linear(2, 3))"))
    assert opened == []  # right at the end: one fork, as ever
    grade(notebook_of({"count_mlp": "def count_mlp(sizes):\n    return 0"}, last="print(count_linear(2, 3))"))
    assert opened == [None]  # wrong, and nothing below can have made it so: the fork for words alone


def test_json_tells_the_moment_of_each_question(grade: GradeOf, notebook_of: NotebookOf) -> None:
    told = json.loads(as_json(COUNTING, [grade(notebook_of(last="count_mlp = 17"))], "cpu"))
    moments = {one["id"]: one["moment"] for one in told["submissions"][0]["questions"]}
    assert moments == {"linear": "end", "count_linear": "end", "count_mlp": "test cell"}


# ---------------------------------------------------------------------- what the earlier moment may not be used for

REMEMBERS = """\
import json, pathlib
seen = []
def count_linear(n_in, n_out, bias=True):
    seen.append([n_in, n_out])
    pathlib.Path('seen.json').write_text(json.dumps(seen))
    return n_in * n_out + 7
"""


def test_nothing_that_an_earlier_question_was_asked_can_be_printed_later(
    grade: GradeOf, notebook_of: NotebookOf
) -> None:
    notebook = notebook_of(
        {"count_linear": REMEMBERS}, last="count_linear.once = 1\nprint('told', seen)\ncount_mlp = 3"
    )
    told = "print('told', seen)\nraise ValueError(f'told {seen}')\ndef count_mlp(sizes): return 0"
    place = next(i for i, c in enumerate(notebook.cells) if c.source == 'check("count_mlp")') - 1
    notebook.cells[place].source = told
    result = grade(notebook)
    printed = [out["text"] for cell in result.cells for out in cell.outputs if out.get("name") == "stdout"]
    assert [text for text in printed if text.startswith("told")] == ["told []\n", "told []\n"]
    assert "told [[" not in "".join(question.message for question in result.questions)


def test_no_file_goes_from_one_fork_to_the_next(grade: GradeOf, notebook_of: NotebookOf) -> None:
    first = "import pathlib\nprint('there' if pathlib.Path('seen.json').exists() else 'not there')"
    table = REMEMBERS + "if pathlib.Path('seen.json').exists():\n    count_linear = lambda *a, **k: 0 / 0\n"
    result = grade(notebook_of({"count_linear": table}, first=first, last="seen = []"))
    found = question(result, "count_linear")
    assert found.outcome is Outcome.WRONG  # and no error: the fork of the second chance found no file
    assert found.moment is Moment.END


def test_a_table_of_the_first_chance_wins_nothing_at_the_second(grade: GradeOf, notebook_of: NotebookOf) -> None:
    answers = (
        "table = {}\ndef count_mlp(sizes):\n    key = tuple(sizes)\n    known = table.get(key, 0)\n"
        "    table[key] = known + 1\n    import torch\n    torch.remembered = table\n    return known\n"
    )
    first = "import torch\ntable = getattr(torch, 'remembered', {})\nprint(len(table))"
    result = grade(notebook_of({"count_mlp": answers}, first=first, last="count_mlp = table.get"))
    assert question(result, "count_mlp").score == 0
    assert all("0" in str(cell.outputs) for cell in result.cells if cell.index == 2)
