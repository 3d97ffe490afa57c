"""The file of answers beside a question: cells, names, words."""

from __future__ import annotations

import pytest

from autograder.course.answers import parse_answers

GOOD = """import math

# %% reference
def f(x): return 2 * x

# %% alternative: adding
def f(x): return x + x

# %% alternative: shifting
def f(x): return x << 1

# %% mistake: squares
# The answer is x·x,
# not 2·x.
# ? What is f(3)?
# (a comment of the code)
def f(x): return x * x

# %% wrong: constant
# stays in the source
def f(x): return 4
"""


def test_cells_by_kind_with_their_words() -> None:
    answers = parse_answers(GOOD, "here")
    assert answers.imports == "import math\n"
    assert [a.name for a in answers.alternatives] == ["adding", "shifting"]
    (mistake,) = answers.mistakes
    assert (mistake.name, mistake.ask) == ("squares", "What is f(3)?")
    assert mistake.says.startswith("The answer is x·x, not 2·x.")
    assert "def f" in mistake.source
    assert answers.wrong[0].source.startswith("# stays")
    assert answers.mistake("squares") is mistake


def test_a_mistake_may_come_in_several_forms_under_the_words_of_the_first() -> None:
    text = (
        GOOD + "\n# %% mistake: cubes\n# The answer is x·x·x.\n# ? What is f(1)?\ndef f(x): return x**3\n"
        "\n# %% mistake: squares\n# a comment of the code\ndef f(x): return x**2\n"
    )
    answers = parse_answers(text, "here")
    assert [mistake.name for mistake in answers.mistakes] == ["squares", "cubes"]
    first, second = answers.forms_of("squares")
    assert (first.label, second.label) == ("squares", "squares (2)")
    assert (second.says, second.ask) == (first.says, first.ask)
    assert second.source == "# a comment of the code\ndef f(x): return x**2\n"
    assert answers.mistake("squares") is first
    assert set(answers.forms) == {second}
    assert len(answers.every) == len(set(answers.every)) == 7


def test_namespaces_are_fresh() -> None:
    answers = parse_answers(GOOD, "here")
    one, other = answers.namespace(answers.reference), answers.namespace(answers.reference)
    assert one["f"](3) == 6
    assert one["f"] is not other["f"]
    assert "math" in one


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no cell"),
        ("def f(x): ...", "no cell"),
        (GOOD.replace("# %% reference", "# %% alternative: third"), "one '# %% reference'"),
        (GOOD + "\n# %% reference\npass\n", "one '# %% reference'"),
        (GOOD.replace("# %% alternative: shifting", "# %% wrong: shifting"), "at least two alternatives"),
        (GOOD.replace(": shifting", ": adding"), "given twice"),
        (GOOD.replace("# ? What is f(3)?\n", ""), "squares needs comment lines"),
        (GOOD.replace("# The answer is x·x,\n# not 2·x.\n", "").replace("# (a comment of", "(of"), "squares needs"),
    ],
)
def test_what_is_missing_is_told_with_the_place(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        parse_answers(text, "here.py")
    assert "here.py" in str(caught.value)
