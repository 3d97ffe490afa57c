"""Which cells at the end of a notebook need not run again."""

import time

import pytest

from autograder.grader.closing_cells import closing_cells
from autograder.judging.source_rules import MAX_SOURCE
from autograder.submission.notebook import Cell, Role

ANSWER = "def double(x):\n    return helper(x)"
PICTURE = "def draw():\n    figure, axes = plt.subplots()\n    axes.plot([double(x) for x in range(3)])\ndraw()"


def closing(*sources: str, answer_at: int = 0) -> frozenset[int]:
    """The closing cells of a notebook whose only solution is number ``answer_at``."""
    roles = [Role.SOLUTION if number == answer_at else Role.STUDENT for number in range(len(sources))]
    return closing_cells(
        [Cell(n, role, None, source) for n, (role, source) in enumerate(zip(roles, sources, strict=True))]
    )


def test_pictures_at_the_end() -> None:
    assert closing(ANSWER, PICTURE, "double(2)", "") == {1, 2, 3}


def test_what_comes_before_an_answer_is_needed() -> None:
    assert closing(PICTURE, ANSWER, answer_at=1) == frozenset()


@pytest.mark.parametrize(
    "needed",
    [
        "def double(x):\n    return 2 * x",
        "def helper(x):\n    return 2 * x",
        "helper = abs",
        "import math",
        "torch.relu = abs",
        "table['a'] = 1",
        "def f():\n    global helper\n    helper = abs\nf()",
        "globals().update(helper=abs)",
        "exec('helper = abs')",
        "(helper := abs)",
        "%matplotlib inline",
        "!ls",
        "class A: pass",
        "del double",
        "for helper in [abs]: pass",
        "def broken(:",
        "x = \x00",
        "-" * 100_000 + "1",
        "# " + "x" * MAX_SOURCE,
        "def ｈelper(x):\n    return 2 * x",
    ],
)
def test_in_doubt_a_cell_is_needed(needed: str) -> None:
    assert closing(ANSWER, needed, PICTURE) == {2}


def test_two_thousand_cells_of_many_words_take_no_long_time() -> None:
    """Each name is looked up among all words, not searched for in all texts: that would be for hours."""
    cells = ["\n".join(f"def f{i}_{n}(): pass" for i in range(40)) for n in range(2_000)]
    started = time.process_time()
    assert len(closing(ANSWER, *cells)) > 100
    assert time.process_time() - started < 10
