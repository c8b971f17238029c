"""Curves over days, or over anything else that is counted, drawn as a diagram is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import LINE_HEIGHT, width
from ml.drawing.render import draw
from ml.spec.model import Line
from ml.spec.scene import Colour, Point, Route, Scene, Text

_LEFT, _RIGHT, _TOP, _BOTTOM = 80.0, 740.0, 70.0, 530.0
_INK: Colour = (45, 50, 60)
_FAINT: Colour = (222, 226, 232)
_COLOURS: tuple[Colour, ...] = (
    (30, 90, 200), (200, 105, 60), (60, 140, 90), (150, 95, 190), (150, 155, 165),
)  # fmt: skip


def chart(
    title: str, below: str, curves: Mapping[str, Sequence[float]], *, step: float = 0.2
) -> NDArray[np.uint8]:
    """Curves by their names over 1, 2, 3 …: uint8[1200, 2000, 3], RGB.

    `below` says what is counted; a line is drawn for every `step` of the values.

    Raises:
        ValueError: there is no curve, or one that is empty, of another length or not finite.
    """
    values = np.array(list(curves.values()), np.float64)
    if values.ndim != 2 or not values.size or not np.isfinite(values).all():
        raise ValueError("curves have the same number of values, all of them finite")
    low, high = math.floor(values.min() / step), math.ceil(values.max() / step)
    high = max(high, low + 1)
    last = max(values.shape[1] - 1, 1)

    def at(place: float, value: float) -> Point:
        share = (value / step - low) / (high - low)
        return _LEFT + (_RIGHT - _LEFT) * place / last, _BOTTOM - (_BOTTOM - _TOP) * share

    routes = []
    captions = [_text(title, (_LEFT, 34), size=20), _text(below, (_LEFT, _BOTTOM + 46))]
    for line in range(low, high + 1):
        routes.append(_route([at(0, line * step), at(last, line * step)], _FAINT))
        captions.append(_text(f"{line * step:.1f}", (_LEFT - 40, at(0, line * step)[1])))
    for place in range(0, last + 1, max(1, math.ceil(last / 10))):
        words = str(place + 1)
        captions.append(_text(words, (at(place, 0)[0] - width(words, 14) / 2, _BOTTOM + 20)))
    ends = _apart(np.array([at(last, curve[-1])[1] for curve in values]))
    for number, (name, curve) in enumerate(zip(curves, values, strict=True)):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [at(place, value) for place, value in enumerate(curve)]
        for lift in (-0.5, 0.5):  # two thin lines make a strong one
            routes.append(_route([(x, y + lift) for x, y in points], colour))
        captions.append(_text(f"{name}  {curve[-1]:.2f}", (_RIGHT + 14, ends[number]), colour))
    return draw(Scene(shapes=(), routes=tuple(routes), captions=tuple(captions)))


def _apart(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places for names near these heights, so that none stands on another."""
    order = np.argsort(heights, kind="stable")
    placed = heights[order]
    for number in range(1, len(placed)):
        placed[number] = max(placed[number], placed[number - 1] + 20)
    places = np.empty_like(placed)
    places[order] = placed
    return places


def _route(points: Sequence[Point], colour: Colour) -> Route:
    return Route(source=0, target=0, points=tuple(points), line=Line.LINE, colour=colour)


def _text(words: str, left: Point, colour: Colour = _INK, *, size: float = 14) -> Text:
    wide = width(words, size)
    return Text(
        x=left[0] + wide / 2, y=left[1], width=wide, height=size * LINE_HEIGHT, lines=(words,),
        size=size, colour=colour,
    )  # fmt: skip
