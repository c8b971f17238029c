"""Labels of edges: on their line or beside it, clear of shapes, captions and one another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import LINE_HEIGHT, MIN_SIZE, Block, clean, fit
from ml.spec.scene import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    Colour,
    Form,
    Point,
    Route,
    Shape,
    Text,
)

_ROOM = 120.0
_CLEAR = 3.0
_FRACTIONS = (0.5, 0.38, 0.62, 0.25, 0.75, 0.12, 0.88)

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Tag:
    """The words of a route, by its position, and the font size they should have."""

    route: int
    words: str
    size: float


def put(
    tags: Sequence[Tag],
    shapes: Sequence[Shape],
    routes: Sequence[Route],
    captions: Sequence[Text],
    colour: Colour,
) -> dict[int, Text]:
    """A place for every tag that has one: route → Text.

    Each goes where it hides the least: on or beside a long straight of its own route, near the
    start, off other routes. What would cover a shape, a caption or another label is smaller or
    left out.
    """
    if not tags:
        return {}
    segments = np.array(
        [
            (*one, *other, index)
            for index, route in enumerate(routes)
            for one, other in zip(route.points, route.points[1:], strict=False)
        ]
    ).reshape(-1, 5)
    taken = [_text_box(caption) for caption in captions]
    placed: dict[int, Text] = {}
    for tag in tags:
        for size in (tag.size, max(MIN_SIZE, tag.size - 2), MIN_SIZE):
            words = fit(clean(tag.words), size * 9.5, size * LINE_HEIGHT * 3.2, size, size)
            spot = _spot(words, routes[tag.route], tag.route, shapes, segments, taken)
            if spot is not None:
                placed[tag.route] = words.at(*spot, colour)
                taken.append(_text_box(placed[tag.route]))
                break
    return placed


def _spot(
    words: Block,
    route: Route,
    index: int,
    shapes: Sequence[Shape],
    segments: NDArray[np.float64],
    taken: Sequence[_Box],
) -> Point | None:
    best: tuple[float, Point] | None = None
    branch = shapes[route.source].form is Form.DIAMOND
    for cost, spot in _candidates(words, route, branch):
        if best is not None and cost >= best[0]:
            continue
        box = _box(*spot, words.width + 2 * _CLEAR, words.height + 1.0)
        if box[0] < 2 or box[1] < 2 or box[2] > CANVAS_WIDTH - 2 or box[3] > CANVAS_HEIGHT - 2:
            continue
        if any(_meet(box, other) for other in taken):
            continue
        if any(covers(shape, box) for shape in shapes):
            continue
        cost += 3.0 * _crossed(box, segments, index)
        if best is None or cost < best[0]:
            best = (cost, spot)
    return None if best is None else best[1]


def _candidates(words: Block, route: Route, branch: bool) -> Iterator[tuple[float, Point]]:
    """Places with their costs before anything else is looked at; the answer of a `branch`
    stands near its question."""
    lengths = [
        math.dist(one, other) for one, other in zip(route.points, route.points[1:], strict=False)
    ]
    total = sum(lengths) or 1.0
    before = 0.0
    for one, other, length in zip(route.points, route.points[1:], lengths, strict=False):
        if length > 1e-6:
            dx, dy = (other[0] - one[0]) / length, (other[1] - one[1]) / length
            extent = abs(dx) * words.width + abs(dy) * words.height
            beside_x = words.width / 2 + 5.0
            beside_y = words.height / 2 + 2.5
            for fraction in _FRACTIONS:
                x, y = one[0] + dx * length * fraction, one[1] + dy * length * fraction
                share = (before + length * fraction) / total
                away = 1.2 * share if branch else 0.4 * abs(share - 0.5)
                cost = away + 1.5 * abs(fraction - 0.5) - 0.6 * min(1.0, length / 200)
                squeezed = max(0.0, extent + 26.0 - length) / 20.0
                end = min(fraction, 1 - fraction) * length
                on_line = squeezed + (2.0 if end < extent / 2 + 8.0 else 0.0)
                yield cost + on_line, (x, y)
                overhang = max(0.0, extent - length + 4.0) / 40.0
                if abs(dx) > abs(dy):
                    yield cost + 0.8 + overhang, (x, y - beside_y)
                    yield cost + 0.9 + overhang, (x, y + beside_y)
                else:
                    yield cost + 0.8 + overhang, (x + beside_x, y)
                    yield cost + 0.9 + overhang, (x - beside_x, y)
        before += length


def covers(shape: Shape, box: _Box) -> bool:
    """Whether a box shares area with a shape."""
    dx = max(box[0] - shape.x, shape.x - box[2], 0.0)
    dy = max(box[1] - shape.y, shape.y - box[3], 0.0)
    x, y = 2 * dx / max(shape.width, 1e-9), 2 * dy / max(shape.height, 1e-9)
    if shape.form is Form.ELLIPSE:
        return x * x + y * y < 1.0
    if shape.form is Form.DIAMOND:
        return x + y < 1.0
    return x < 1.0 and y < 1.0


def _crossed(box: _Box, segments: NDArray[np.float64], own: int) -> int:
    """How many segments of other routes touch the box."""
    low = np.minimum(segments[:, :2], segments[:, 2:4])
    high = np.maximum(segments[:, :2], segments[:, 2:4])
    near = (low[:, 0] < box[2]) & (high[:, 0] > box[0])
    near &= (low[:, 1] < box[3]) & (high[:, 1] > box[1]) & (segments[:, 4] != own)
    slanted = (high[:, 0] - low[:, 0] > 0.5) & (high[:, 1] - low[:, 1] > 0.5)
    # For a slanted segment: its line passes between the corners of the box.
    along = segments[:, 2:4] - segments[:, :2]
    sides = []
    for x in (box[0], box[2]):
        for y in (box[1], box[3]):
            sides.append(along[:, 0] * (y - segments[:, 1]) - along[:, 1] * (x - segments[:, 0]))
    signs = np.stack(sides)
    passes = (signs.min(axis=0) < 0) & (signs.max(axis=0) > 0)
    return int((near & (passes | ~slanted)).sum())


def _text_box(text: Text) -> _Box:
    return _box(text.x, text.y, text.width, text.height)


def _box(x: float, y: float, width: float, height: float) -> _Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
