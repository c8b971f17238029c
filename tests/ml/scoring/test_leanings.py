"""Which words a person is found to like."""

from __future__ import annotations

from itertools import product
from math import sqrt

import numpy as np

from ml.scoring.leanings import leanings
from ml.spec.model import Direction, Line, Palette

STYLES = list(product(Direction, (Palette.BLUE, Palette.PINK), Line)) * 2


def test_a_word_that_is_rated_higher_comes_first_and_surely() -> None:
    ratings = [4 if palette is Palette.PINK else 1 for _, palette, _ in STYLES]
    found = leanings(STYLES, ratings)
    assert (found[0].word, found[-1].word) == (Palette.PINK, Palette.BLUE)
    assert found[0].effect > 1
    assert found[0].confidence > 0.95
    assert all(0.5 <= one.confidence < 0.65 for one in found[1:-1])


def test_of_two_words_one_gains_what_the_other_loses_however_often_each_was_rated() -> None:
    styles = [(Palette.BLUE,)] * 18 + [(Palette.PINK,)] * 3
    pink, blue = leanings(styles, [1] * 18 + [4] * 3)
    assert (pink.word, blue.word) == (Palette.PINK, Palette.BLUE)
    assert abs(pink.effect + blue.effect) < 1e-9
    assert 1 < pink.effect < 3  # the ratings differ by 3, of which few tell less
    assert abs(pink.confidence - blue.confidence) < 1e-9


def test_confidence_is_the_probability_of_the_sign() -> None:
    # Over many people whose tastes come from the prior: so often as told, the sign is right.
    rng = np.random.default_rng(1)
    told, right = [], []
    for _ in range(400):
        worth = rng.normal(0, sqrt(0.6), 2)
        words = rng.integers(0, 2, 12)
        words[:4] = (0, 0, 1, 1)
        ratings = (3 + worth[words] + rng.normal(0, sqrt(1.5), 12)).tolist()
        one = leanings([(list(Line)[word],) for word in words], ratings)[0]
        told.append(one.confidence)
        right.append(one.effect * (worth[0] - worth[1]) * (1 if one.word is Line.ARROW else -1) > 0)
    assert abs(np.mean(told) - np.mean(right)) < 0.05


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
