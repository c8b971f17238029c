"""The same structure in other styles, or in a style that somebody wants."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

from ml.spec.model import Spec, Style
from ml.spec.text import STYLE_WORDS

STYLES = 576
"""How many styles there are: one more than `restyled` can give."""


def restyled(spec: Spec, count: int, seed: int) -> tuple[Spec, ...]:
    """`count` copies of a Spec, each in a style of its own that is not the present one.

    Styles are picked one by one, and each takes of every field the word that was taken least so
    far, the present style counting as the first. So the first differs in every field, and eight
    show seven palettes or more. What ties is decided by `seed`: the same one gives the same.

    Raises:
        ValueError: `count` is not between 1 and STYLES - 1.
    """
    if not 1 <= count < STYLES:
        raise ValueError(f"{count} other styles; there are 1 to {STYLES - 1}")
    free = [style for style in _styles() if style != spec.style]
    random.Random(seed).shuffle(free)
    taken = Counter(_words(spec.style))
    chosen = []
    for _ in range(count):
        style = min(free, key=lambda style: sum(taken[word] for word in _words(style)))
        free.remove(style)
        taken.update(_words(style))
        chosen.append(replace(spec, style=style))
    return tuple(chosen)


def in_style(spec: Spec, words: Iterable[StrEnum]) -> Spec:
    """The Spec with these words in its style, whatever it said about the same before."""
    wanted: dict[str, Any] = {
        field: word
        for word in words
        for field, kind in STYLE_WORDS.items()
        if isinstance(word, kind)
    }
    return replace(spec, style=replace(spec.style, **wanted))


def _styles() -> Iterator[Style]:
    for words in itertools.product(*STYLE_WORDS.values()):
        chosen: dict[str, Any] = dict(zip(STYLE_WORDS, words, strict=True))
        yield Style(**chosen)


def _words(style: Style) -> list[str]:
    """Its words; no two fields share one."""
    return [getattr(style, field) for field in STYLE_WORDS]
