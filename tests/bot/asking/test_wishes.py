from __future__ import annotations

import itertools

import pytest

from bot.asking.wishes import wishes_of, with_wishes, words_of
from ml.spec.model import Detail, Direction, Palette


@pytest.mark.parametrize(
    ("direction", "palette", "detail"),
    list(itertools.product([None, *Direction], [None, *Palette], [None, *Detail])),
)
def test_every_wish_is_found_again(
    direction: Direction | None, palette: Palette | None, detail: Detail | None
) -> None:
    said = with_wishes("read, clean, train.", direction, palette, detail)
    wished = {wish for wish in (direction, palette, detail) if wish is not None}
    assert set(wishes_of(said)) == wished


def test_a_wish_is_words_that_people_would_say() -> None:
    said = with_wishes("Read, then train.", Direction.DOWN, Palette.GREEN, Detail.LAYERS)
    assert said == "Read, then train, top to bottom, in green, one block per layer"
    assert words_of(Palette.VIVID) == "colourful"


def test_without_a_wish_the_description_stays_as_it_is() -> None:
    assert with_wishes("Read, then train.", None, None) == "Read, then train."
    assert wishes_of("Read, then train.") == ()


def test_only_the_end_of_a_description_wishes_and_the_last_word_counts() -> None:
    assert wishes_of("in green, the lawn") == ()
    assert wishes_of("in green") == ()
    assert wishes_of("a lawn, in green, in blue.") == (Palette.BLUE,)
