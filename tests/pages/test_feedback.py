"""The feedback page: what stands on it, what does not, and that nothing of a stranger's runs in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.pages.feedback import Feedback, Mark, feedback_page

EVIL = "<script>document.title='OWNED'</script><img src=x onerror=\"document.title='OWNED'\">"
PICTURE = {
    "text/plain": "<Figure>",
    "image/png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
}


def answer(name: str, source: str, **output: Any) -> nbformat.NotebookNode:
    role = {"grade_id": name, "solution": True, "grade": False, "locked": False}
    return new_code_cell(source, metadata={"nbgrader": role}, outputs=[new_output(**output)] if output else [])


def check_cell(name: str, points: float, outcome: str, *told: tuple[str, str]) -> nbformat.NotebookNode:
    role = {"grade_id": f"test-{name}", "solution": False, "grade": True, "locked": True, "points": points}
    found = {
        "score": 0.0, "max_score": points, "outcome": outcome, "mistake": None, "title": f"The {name}",
        "told": [list(line) for line in told], "tests": [["it adds", True], ["it multiplies", False]],
    }  # fmt: skip
    return new_code_cell(f'check("{name}")', metadata={"nbgrader": role, "autograder": found})


def written(name: str, text: str) -> nbformat.NotebookNode:
    role = {"grade_id": name, "solution": True, "grade": True, "locked": False, "points": 5}
    return new_markdown_cell(text, metadata={"nbgrader": role})


def notebook() -> nbformat.NotebookNode:
    return new_notebook(
        cells=[
            new_markdown_cell("# 00 · A title\n\nAn introduction."),
            new_markdown_cell("## 1. First\n\nWhere $\\frac{a}{b}$ is, and\n\n$$x \\leftarrow y$$"),
            answer("first", "def first():\n    return 'mine'", output_type="stream", text=f"printed {EVIL}"),
            check_cell("first", 2.0, "wrong", ("", "You forgot `zero`."), ("Got", "3"), ("Wanted", "4"),
                       ("Ask yourself", "Why?")),
            new_markdown_cell("## 2. Second"),
            answer("second", "second = 2"),
            check_cell("second", 3.0, "not_attempted", ("", "Not attempted yet.")),
            new_markdown_cell("## 3. Third"),
            written("third", f"My essay {EVIL}"),
            new_code_cell("plot()", outputs=[new_output("display_data", data=PICTURE)]),
            new_markdown_cell(f"[link](javascript:alert(1)) {EVIL}"),
        ]
    )  # fmt: skip


MARKS = {"test-first": Mark(0.0, 2.0), "test-second": Mark(1.5, 3.0, by_hand=True), "third": Mark(None, 5.0)}


def page() -> str:
    comments = {"second": "Better than the tests say: $\\alpha$", "third": ""}
    hints = {"first": ("Look at `zero`.", "the method"), "second": ("no",)}
    return feedback_page(Feedback("ada", "00-title", notebook(), MARKS, comments, hints, penalty=0.5))


class Tree(HTMLParser):
    """Which tags and attributes there are, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "hr", "link", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def section(name: str) -> str:
    found = re.search(rf'<section class="card" id="{name}".*?</section>', page(), re.DOTALL)
    assert found is not None
    return found[0]


def test_the_marks_are_those_of_the_gradebook() -> None:
    """By hand over the tests', the penalty off the sum, and what nobody has marked is not a zero."""
    assert '<span class="mark">1 of 10</span>' in page()
    assert "late: −0.5" in page()
    assert "0 of 2" in section("first")
    assert "1.5 of 3" in section("second")
    assert "Marked by your teacher" in section("second")
    assert "– of 5" in section("third")
    assert "Not marked yet" in section("third")


def test_a_mistake_is_told_with_its_place_a_hint_and_the_answer() -> None:
    first = section("first")
    for words in ("You forgot <code>zero</code>.", "<dt>Got</dt><dd>3</dd>", "<dt>Wanted</dt><dd>4</dd>", "Why?",
                  "Look at <code>zero</code>.", "✓ ", "passed:", "✗ ", "not yet:", "mine", "printed &lt;script",
                  ):  # fmt: skip
        assert words in first, words
    assert "the method" not in first
    assert "<details open><summary>Your answer" in first
    assert "<details><summary>The question again" in first


def test_what_a_person_wrote_comes_first_and_what_the_tests_found_is_folded() -> None:
    second = section("second")
    assert second.index("Your teacher writes") < second.index("What the tests found") < second.index("Your answer")
    assert "<mi>α</mi>" in second


def test_formulas_need_no_network() -> None:
    assert "<mfrac>" in section("first")
    assert 'display="block"' in section("first")
    assert "$" not in section("first")


def test_no_test_stands_on_it() -> None:
    assert "check(" not in page()


def test_nothing_runs_and_nothing_is_loaded() -> None:
    """No script, no handler, no link out; a browser is told so as well; every tag is closed."""
    tree = Tree()
    tree.feed(page())
    assert tree.open == []
    assert not {tag for tag, _ in tree.found} & {"script", "iframe", "object", "embed", "form", "link", "svg", "base"}
    for tag, attributes in tree.found:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert (attributes.get("href") or "#").startswith("#")
        assert (attributes.get("src") or "data:image/").startswith("data:image/")
    assert "default-src 'none'" in page()


def test_pictures_have_words_and_headings_an_order() -> None:
    tree = Tree()
    tree.feed(page())
    pictures = [attributes for tag, attributes in tree.found if tag == "img"]
    assert pictures
    assert all((attributes.get("alt") or "").startswith("A picture") for attributes in pictures)
    named = {attributes["id"] for _, attributes in tree.found if "id" in attributes}
    assert {str(attributes["href"])[1:] for _, attributes in tree.found if "href" in attributes} <= named
    assert {attributes["aria-labelledby"] for _, attributes in tree.found if "aria-labelledby" in attributes} <= named


def bars(got: str, wanted: str) -> str:
    node = notebook()
    node.cells[3].metadata["autograder"]["told"] = [["", "words"], ["Got", got], ["Wanted", wanted]]
    return feedback_page(Feedback("ada", "00-title", node, MARKS))


def test_numbers_are_drawn_beside_the_wanted_ones() -> None:
    drawn = bars("[-0.5, 3, -1e-05] (float32, shape (3,))", "[0.5, -3, 0.1] (float32, shape (3,))")
    assert drawn.count('class="yours"') == drawn.count('class="wanted"') == 3
    heights = [float(height) for height in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)]
    assert heights[2] == heights[3] == max(heights)
    assert "Full bars: yours" in drawn
    assert bars("[[1, 2], [3, 4]]", "[[1, 2], [3, 5]]").count("<rect") == 8


def test_what_is_no_list_of_as_many_numbers_is_not_drawn() -> None:
    right = "[1, 2, 3]"
    for got in ("[1, 2]", "['a', 2, 3]", "[True, False, True]", "[1, 2, NaN]", "[1e999, 2, 3]", "[1e308, -1e308, 3]",
                "3", "[1, 2, 3] and more", "[[[1, 2, 3]]]", "[" * 5000, "[1, 2, …", '["<rect>", 2, 3]'):  # fmt: skip
        assert "<rect" not in bars(got, right), got
    assert "<rect" not in bars("[0, 0, 0]", "[0, 0, 0]")
