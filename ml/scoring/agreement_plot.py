"""The scores beside the ratings as a picture: every diagram, and the mean at each level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import LINE_HEIGHT, width
from ml.drawing.render import draw
from ml.spec.model import Line
from ml.spec.scene import Colour, Form, Point, Route, Scene, Shape, Text

_TOP, _BOTTOM, _WIDE = 90.0, 510.0, 370.0
_LEFT, _RIGHT = 80.0, 570.0
_INK: Colour = (45, 50, 60)
_FAINT: Colour = (222, 226, 232)
_BLUE: Colour = (30, 90, 200)
_ORANGE: Colour = (214, 140, 60)
_MOST = 5.0
_FEW = 3
"""A mean of fewer diagrams than this is not drawn."""


def picture(
    predicted: NDArray[np.float32], given: NDArray[np.float64], single: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Scores float[N] against ratings float[N], 0–5: uint8[1200, 2000, 3], RGB.

    Left, each diagram, scattered a little around its rating; those that people rated one by one,
    `single` bool[N], are blue. Right, the mean rating of the diagrams of each half point of
    score, on the diagonal where the score keeps its word.
    """
    spread = np.random.default_rng(0).uniform(-0.28, 0.28, len(given))
    dots = []
    for x, y, blue in zip(given + spread, predicted, single, strict=True):
        dots.append(_dot(_at(_LEFT, float(x), float(y)), 3.0, _BLUE if blue else _ORANGE))
    routes = [*_frame(_LEFT), *_frame(_RIGHT)]
    half = np.minimum((predicted * 2).astype(int), 9)
    points = []
    for step in range(10):
        rows = half == step
        if rows.sum() >= _FEW:
            mean = float(predicted[rows].mean()), float(given[rows].mean())
            points.append(_at(_RIGHT, *mean))
            dots.append(_dot(points[-1], 3.0 + 2.0 * float(np.log10(rows.sum())), _BLUE))
    if len(points) > 1:
        routes.append(_route(points, _BLUE))
    captions = [
        *_scale(_LEFT, "Each diagram: score over rating", "rated"),
        *_scale(_RIGHT, "Rating over score, in half points", "score"),
        _text("rated one by one", (_LEFT + 120, _BOTTOM + 44), colour=_BLUE),
        _text("drawn by an algorithm", (_LEFT + 250, _BOTTOM + 44), colour=_ORANGE),
    ]
    return draw(Scene(shapes=tuple(dots), routes=tuple(routes), captions=tuple(captions)))


def _at(left: float, x: float, y: float) -> Point:
    return left + _WIDE * x / _MOST, _BOTTOM - (_BOTTOM - _TOP) * y / _MOST


def _frame(left: float) -> list[Route]:
    lines = [_route([_at(left, 0, y), _at(left, _MOST, y)], _FAINT) for y in range(6)]
    return [*lines, _route([_at(left, 0, 0), _at(left, _MOST, _MOST)], _INK)]


def _scale(left: float, title: str, across: str) -> list[Text]:
    texts = [_text(title, (left, 40), size=20), _text(across, (left, _BOTTOM + 44))]
    for value in range(6):
        x, y = _at(left, value, value)
        texts.append(_text(str(value), (left - 24, y)))
        texts.append(_text(str(value), (x - 4, _BOTTOM + 20)))
    return texts


def _dot(place: Point, radius: float, colour: Colour) -> Shape:
    return Shape(
        node=0, x=place[0], y=place[1], width=2 * radius, height=2 * radius,
        form=Form.ELLIPSE, fill=colour, stroke=colour,
    )  # fmt: skip


def _route(points: Sequence[Point], colour: Colour) -> Route:
    return Route(source=0, target=0, points=tuple(points), line=Line.LINE, colour=colour)


def _text(words: str, left: Point, *, size: float = 14, colour: Colour = _INK) -> Text:
    wide = width(words, size)
    return Text(
        x=left[0] + wide / 2, y=left[1], width=wide, height=size * LINE_HEIGHT, lines=(words,),
        size=size, colour=colour,
    )  # fmt: skip
