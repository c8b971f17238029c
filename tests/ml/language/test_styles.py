"""Style in the training data: a wish in the sentence is always fulfilled."""

from __future__ import annotations

import random
from collections import Counter
from enum import StrEnum

import pytest

from ml.language.corpus.styles import WISH_SHARE, WISHES, random_style, with_style
from ml.spec.model import Style
from ml.spec.text import STYLE_WORDS

DESCRIPTION = "Qqq zzz."
FIELD = {word: name for name, words in STYLE_WORDS.items() for word in words}
LONGEST_FIRST = sorted(
    ((phrase, word) for word, phrases in WISHES.items() for phrase in phrases),
    key=lambda pair: -len(pair[0]),
)
SAMPLES = [with_style(random.Random(seed), DESCRIPTION) for seed in range(6_000)]


def wishes(text: str) -> dict[str, StrEnum]:
    """Each phrase in a text with what it wishes for; a longer phrase hides those within it."""
    found: dict[str, StrEnum] = {}
    for phrase, word in LONGEST_FIRST:
        if phrase in text:
            text = text.replace(phrase, "\0")
            found[phrase] = word
    return found


def test_every_style_word_can_be_wished_for_and_no_phrase_means_two_things() -> None:
    assert set(WISHES) == {word for words in STYLE_WORDS.values() for word in words}
    phrases = Counter(phrase for phrase, _ in LONGEST_FIRST)
    assert [phrase for phrase, count in phrases.items() if count > 1] == []


def test_every_wish_in_a_sentence_is_fulfilled_by_its_style() -> None:
    heard: set[str] = set()
    for text, style, wished in SAMPLES:
        for phrase, word in wishes(text).items():
            assert getattr(style, FIELD[word]) == word, text
            heard.add(phrase)
        assert wished == {FIELD[word] for word in wishes(text).values()}
    assert heard == {phrase for phrase, _ in LONGEST_FIRST}


def test_a_wish_is_added_to_a_description_that_stays_whole() -> None:
    wishing = [text for text, _, _ in SAMPLES if text != DESCRIPTION]
    assert len(wishing) / len(SAMPLES) == pytest.approx(WISH_SHARE, abs=0.02)
    assert all(DESCRIPTION.rstrip(".") in text and wishes(text) for text in wishing)
    assert {len(wishes(text)) for text in wishing} >= {1, 2, 3}


@pytest.mark.parametrize("wished", [False, True])
def test_what_nobody_asks_for_is_drawn_evenly(wished: bool) -> None:
    styles = [style for text, style, _ in SAMPLES if (text != DESCRIPTION) is wished]
    for name, words in STYLE_WORDS.items():
        counts = Counter(getattr(style, name) for style in styles)
        assert set(counts) == set(words)
        for count in counts.values():
            assert count / len(styles) == pytest.approx(1 / len(words), rel=0.25)


def test_the_same_generator_state_draws_the_same_style() -> None:
    assert random_style(random.Random(4)) == random_style(random.Random(4))
    assert with_style(random.Random(4), "a") == with_style(random.Random(4), "a")
    assert isinstance(random_style(random.Random(0)), Style)
