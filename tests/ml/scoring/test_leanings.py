"""Which words a person is found to like."""

from __future__ import annotations

from itertools import product

from ml.scoring.leanings import leanings
from ml.spec.model import Direction, Line, Palette

STYLES = list(product(Direction, (Palette.BLUE, Palette.PINK), Line)) * 2


def test_a_word_that_is_rated_higher_comes_first_and_surely() -> None:
    ratings = [4 if palette is Palette.PINK else 1 for _, palette, _ in STYLES]
    found = leanings(STYLES, ratings)
    assert (found[0].word, found[-1].word) == (Palette.PINK, Palette.BLUE)
    assert found[0].effect > 1
    assert found[0].confidence > 0.95
    assert all(one.confidence < 0.3 for one in found[1:-1])


def test_few_ratings_say_little() -> None:
    few = leanings(STYLES[:4] * 2, [5, 5, 5, 0] * 2)
    many = leanings(STYLES[:4] * 8, [5, 5, 5, 0] * 8)
    assert few[0].confidence < many[0].confidence


def test_two_words_that_always_come_together_share_what_they_are_worth() -> None:
    together = [(Direction.RIGHT, Palette.BLUE), (Direction.DOWN, Palette.PINK)] * 6
    found = {one.word: one.effect for one in leanings(together, [5, 0] * 6)}
    assert abs(found[Direction.RIGHT] - found[Palette.BLUE]) < 1e-9


def test_nothing_is_said_of_what_never_varied_or_was_seen_once() -> None:
    styles = [(Direction.RIGHT, Palette.BLUE)] * 3 + [(Direction.RIGHT, Palette.PINK)]
    assert [one.word for one in leanings(styles, [1, 2, 3, 5])] == [Palette.BLUE]
    assert leanings([], []) == []


def test_who_rates_all_alike_leans_nowhere() -> None:
    assert all(abs(one.effect) < 1e-9 for one in leanings(STYLES, [4] * len(STYLES)))
