from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.spec.model import Direction, Palette, Spec, Style
from ml.spec.restyle import STYLES, in_style, restyled
from ml.spec.text import STYLE_WORDS, parse_spec
from tests.ml.spec.specs import specs

SPEC = parse_spec("down green oval\n0 input x4\n1 dense x16 Hidden ->2,~0 again\n2 output\n")


@settings(max_examples=20, deadline=None)
@given(spec=specs(), count=st.integers(1, 12), seed=st.integers(0, 2**31 - 1))
def test_only_the_style_changes_and_no_style_comes_twice(spec: Spec, count: int, seed: int) -> None:
    others = restyled(spec, count, seed)
    assert len({other.style for other in others} | {spec.style}) == count + 1
    assert all((other.nodes, other.edges) == (spec.nodes, spec.edges) for other in others)


def test_the_first_differs_in_every_field() -> None:
    (other,) = restyled(SPEC, 1, 5)
    assert all(getattr(other.style, name) != getattr(SPEC.style, name) for name in STYLE_WORDS)


def test_ten_are_spread_over_every_field() -> None:
    others = restyled(SPEC, 10, 7)
    for name, words in STYLE_WORDS.items():
        used = [getattr(other.style, name) for other in others]
        assert set(used) >= set(words) - {getattr(SPEC.style, name)}
        assert max(used.count(word) for word in words) <= -(-11 // len(words))


def test_the_seed_decides() -> None:
    assert restyled(SPEC, 5, 1) == restyled(SPEC, 5, 1)
    assert restyled(SPEC, 5, 1) != restyled(SPEC, 5, 2)


def test_there_are_no_more_styles_than_there_are() -> None:
    every = {other.style for other in restyled(SPEC, STYLES - 1, 1)} | {SPEC.style}
    assert len(every) == STYLES
    assert Style() in every
    for count in (0, STYLES):
        with pytest.raises(ValueError, match="other styles"):
            restyled(SPEC, count, 1)


def test_wanted_words_replace_those_of_the_same_field_only() -> None:
    styled = in_style(SPEC, (Palette.PINK, Direction.RIGHT))
    assert styled == replace(
        SPEC, style=replace(SPEC.style, palette=Palette.PINK, direction=Direction.RIGHT)
    )
    assert in_style(SPEC, ()) == SPEC
