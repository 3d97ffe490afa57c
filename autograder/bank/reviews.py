"""Short made-up reviews with a verdict of 1 (recommended) or 0: as many as wanted, the same for the same seed.

``datasets/reviews.csv`` is what this makes under ``SEED``; the tests of 14 draw theirs under other seeds. All
phrases are the course's own. Some reviews praise one thing and condemn another, some negate, a few are ironic, so
that counting good and bad words is right often, and not always.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import TypeVar

SEED = 14
ROWS = 400
POSITIVE = 0.55  # of the reviews; a majority class that can be seen, and is far below what words tell
CONTRAST = 0.2  # of the reviews name one thing of the other kind
NEGATED = 0.05  # of the opinions say "not" and the word of the other kind
IRONIC = 0.03  # of the bad reviews begin with mock praise

T = TypeVar("T")
Phrases = Sequence[str]

ASPECTS: dict[str, Phrases] = {
    "film": ("story", "acting", "music", "ending", "dialogue", "camera work", "cast", "opening scene"),
    "cafe": ("coffee", "cake", "salad", "soup", "bread", "breakfast", "tea", "omelette"),
    "book": ("plot", "main character", "language", "first chapter", "ending", "translation", "humour"),
    "headset": ("sound", "battery", "case", "microphone", "cable", "app", "volume knob"),
    "backpack": ("zip", "fabric", "strap", "pocket", "handle", "buckle", "rain cover"),
}
GOOD: dict[str, Phrases] = {
    "any": ("great", "excellent", "lovely", "superb", "perfect", "a joy", "better than expected"),
    "film": ("gripping", "moving", "clever", "funny"),
    "cafe": ("fresh", "delicious", "tasty"),
    "book": ("witty", "moving", "clever", "gripping"),
    "headset": ("reliable", "solid", "handy"),
    "backpack": ("sturdy", "practical", "solid"),
}
BAD: dict[str, Phrases] = {
    "any": ("poor", "terrible", "awful", "a letdown", "disappointing", "dreadful", "a mess"),
    "film": ("dull", "predictable", "silly", "confusing"),
    "cafe": ("stale", "bland", "overpriced"),
    "book": ("tedious", "clumsy", "predictable", "dull"),
    "headset": ("flimsy", "unreliable", "useless"),
    "backpack": ("flimsy", "cheap", "useless"),
}
OPINIONS: Phrases = (
    "The {aspect} is {word}.",
    "The {aspect} was {word}.",
    "I found the {aspect} {word}.",
    "The {aspect}? Simply {word}!",
    "We all thought the {aspect} was {word}.",
    "Most of all, the {aspect} is {word}.",
    "And the {aspect} is really {word}.",
)
NEGATIONS: Phrases = (
    "The {aspect} is not {word}.",
    "The {aspect} isn't {word} at all.",
    "I would not call the {aspect} {word}.",
)
CONTRASTS: Phrases = ("True, the {aspect} is {word}.", "Only the {aspect} was {word}.", "The {aspect} may be {word}.")
PLAIN: dict[str, Phrases] = {
    "film": (
        "Seen on a Sunday with my sister.",
        "It runs for 2 hours.",
        "A film about a lighthouse.",
        "We sat in row 4.",
    ),
    "cafe": ("It is next to the station.", "We were a group of 5.", "I go there on Mondays.", "They open at 7."),
    "book": ("It has 300 pages.", "I read it on the train.", "A gift from my aunt.", "It is set in a small harbour."),
    "headset": ("I use it at work.", "It came in 3 days.", "Mine is the black one.", "I have had it for a month."),
    "backpack": ("I carry it to school.", "It holds 20 litres.", "I took it to the hills.", "It replaced my old one."),
}
PRAISE: Phrases = (
    "I recommend it.", "Worth every cent.", "I would do it again.", "Five stars.", "I am happy with it.",
    "You will enjoy it.", "What a find!", "My new favourite.",
)  # fmt: skip
BLAME: Phrases = (
    "I want my money back.", "Never again.", "Avoid it.", "One star.", "I regret it.",
    "What a waste.", "Save your money.", "You will be sorry.",
)  # fmt: skip
MOCKERY: Phrases = ("Oh, brilliant.", "Well, that was great fun.", "What a joy, I must say.", "Congratulations.")


class _Chance:
    """Draws by ``random()`` alone, the one method that Python promises to keep the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def happens(self, share: float) -> bool:
        """True in ``share`` of the cases."""
        return self._random() < share

    def below(self, count: int) -> int:
        """A whole number from 0 to ``count`` − 1."""
        return int(self._random() * count)

    def one(self, options: Sequence[T]) -> T:
        """One of ``options``."""
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """``count`` different ones of ``options``."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(count)]


def reviews(count: int, seed: int, without: Collection[str] = ()) -> list[tuple[str, int]]:
    """``count`` different reviews as (text, label), label 1 for a recommendation, none of them in ``without``."""
    chance, seen, rows = _Chance(seed), set(without), list[tuple[str, int]]()
    while len(rows) < count:
        label = int(chance.happens(POSITIVE))
        text = _review(chance, good=bool(label))
        if text not in seen:
            seen.add(text)
            rows.append((text, label))
    return rows


def _review(chance: _Chance, *, good: bool) -> str:
    kind = chance.one(tuple(ASPECTS))
    opinions = 2 + chance.below(2)
    aspects = chance.some(ASPECTS[kind], opinions + 1)
    sentences = [_opinion(chance, kind, aspect, good=good) for aspect in aspects[:-1]]
    if chance.happens(CONTRAST):
        other = _word(chance, kind, good=not good)
        sentences.insert(chance.below(len(sentences) + 1), _filled(chance.one(CONTRASTS), aspects[-1], other))
    if chance.happens(0.5):
        sentences.insert(0, chance.one(PLAIN[kind]))
    if not good and chance.happens(IRONIC):
        sentences.insert(0, chance.one(MOCKERY))
    if chance.happens(0.5):
        sentences.append(chance.one(PRAISE if good else BLAME))
    return " ".join(sentences)


def _opinion(chance: _Chance, kind: str, aspect: str, *, good: bool) -> str:
    if chance.happens(NEGATED):
        return _filled(chance.one(NEGATIONS), aspect, _word(chance, kind, good=not good))
    return _filled(chance.one(OPINIONS), aspect, _word(chance, kind, good=good))


def _word(chance: _Chance, kind: str, *, good: bool) -> str:
    words = GOOD if good else BAD
    return chance.one((*words["any"], *words[kind]))


def _filled(sentence: str, aspect: str, word: str) -> str:
    text = sentence.format(aspect=aspect, word=word)
    return text[0].upper() + text[1:]
