"""The page of the vocabulary is that of the code."""

from __future__ import annotations

from pathlib import Path

from autograder.authoring.vocabulary import page

COMMITTED = Path(__file__).parents[2] / "docs" / "vocabulary.md"


def test_the_page_is_up_to_date() -> None:
    assert COMMITTED.read_text("utf-8") == page(), "run: python -m autograder.authoring.vocabulary > docs/vocabulary.md"


def test_every_word_of_the_checks_is_explained() -> None:
    from autograder import checks

    missing = [name for name in checks.__all__ if name.startswith("assert_") and f"### `{name}`" not in page()]
    assert missing == []
