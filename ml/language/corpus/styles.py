"""Style in the training data: drawn evenly, unless the sentence wishes for something."""

from __future__ import annotations

import random
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ml.spec.model import Density, Detail, Direction, Line, Outline, Palette, Style
from ml.spec.text import STYLE_WORDS

WISH_SHARE = 0.3
"""The share of descriptions that wish for some style."""

WISHES: Mapping[StrEnum, tuple[str, ...]] = {
    Direction.RIGHT: (
        "left to right", "from left to right", "horizontal", "horizontally", "in a row",
        "flowing to the right", "sideways", "landscape", "L to R", "가로로", "왼쪽에서 오른쪽으로",
    ),
    Direction.DOWN: (
        "top to bottom", "from top to bottom", "vertical", "vertically", "going down",
        "top down", "downwards", "portrait", "one below the other", "세로로", "위에서 아래로",
    ),
    Palette.BLUE: ("in blue", "blue", "blue colours", "blue tones", "a blue palette", "파란색으로"),
    Palette.GREEN: ("in green", "green", "green colors", "green tones", "초록색으로"),
    Palette.TEAL: ("in teal", "teal", "turquoise", "cyan tones", "a teal palette", "청록색으로"),
    Palette.PURPLE: ("in purple", "purple", "violet", "purple shades", "보라색으로"),
    Palette.ORANGE: ("in orange", "orange", "orange tones", "warm orange", "주황색으로"),
    Palette.PINK: ("in pink", "pink", "pink shades", "a pink palette", "분홍색으로"),
    Palette.GRAY: (
        "in gray", "gray", "grey", "grayscale", "black and white", "monochrome", "greyscale",
        "no colours", "회색으로", "흑백으로",
    ),
    Palette.VIVID: (
        "colourful", "colorful", "in many colours", "rainbow colours", "color coded",
        "bright colors", "vivid", "different colors", "multicoloured", "알록달록하게",
    ),
    Outline.BOX: (
        "boxes", "square boxes", "with rectangles", "sharp corners", "use boxes",
        "rectangular nodes", "plain rectangles", "네모로",
    ),
    Outline.ROUND: (
        "rounded boxes", "round corners", "rounded rectangles", "with rounded corners",
        "soft corners", "둥근 네모로",
    ),
    Outline.OVAL: (
        "ovals", "ellipses", "bubbles", "oval shapes", "with circles", "round bubbles", "타원으로",
    ),
    Line.ARROW: ("with arrows", "arrows", "arrows between them", "use arrows", "화살표로"),
    Line.LINE: (
        "plain lines", "no arrowheads", "lines without arrows", "simple lines", "without arrows",
        "화살표 없이",
    ),
    Line.DASHED: (
        "dashed lines", "dotted lines", "dashed", "with dashed connections", "dashed arrows",
        "점선으로",
    ),
    Density.SPACIOUS: (
        "spacious", "lots of space", "airy", "well spaced", "plenty of white space", "roomy",
        "넓게",
    ),
    Density.COMPACT: ("compact", "tight", "small and compact", "close together", "촘촘하게"),
    Detail.NODES: (
        "show every neuron", "draw each node", "all neurons visible", "with individual neurons",
        "show all the nodes", "노드를 모두 그려줘",
    ),
    Detail.LAYERS: (
        "one block per layer", "layers as blocks", "just the layers", "one box per layer",
        "collapse the layers", "don't draw each neuron", "layer level only", "층 단위로",
    ),
}  # fmt: skip

_JOINS = (
    "{text}, {wish}", "{text} {wish}", "{text}. {wish}", "{text} - {wish}", "{text}; {wish}",
    "{text}, {wish} please", "{text} ({wish})", "{text}\n{wish}", "{text}. make it {wish}",
    "{text}, drawn {wish}", "{wish}: {text}", "{wish}, {text}", "{text}\n\nstyle: {wish}",
)  # fmt: skip


def random_style(rng: random.Random) -> Style:
    """Every style is equally likely: what nobody asked for is free."""
    chosen: dict[str, Any] = {name: rng.choice(list(words)) for name, words in STYLE_WORDS.items()}
    return Style(**chosen)


def with_style(rng: random.Random, description: str) -> tuple[str, Style, frozenset[str]]:
    """The description, now and then with a wish in it, a style that fulfils the wish, and the
    fields of the style that the wish is about."""
    style = random_style(rng)
    if rng.random() >= WISH_SHARE:
        return description, style, frozenset()
    fields = rng.sample(list(STYLE_WORDS), k=rng.choices((1, 2, 3), weights=(6, 3, 1))[0])
    wishes = [rng.choice(WISHES[getattr(style, field)]) for field in fields]
    separator = rng.choice((", ", ", ", " and ", " "))
    join = rng.choice(_JOINS)
    text = description if "\n" in description else description.rstrip(".")
    return join.format(text=text, wish=separator.join(wishes)), style, frozenset(fields)
