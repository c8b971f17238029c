"""Labels of edges: on their line or beside it, clear of shapes, captions and one another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
    Scene,
    Shape,
    Text,
)

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
    field = _Field(shapes=shapes, segments=segments, taken=[_text_box(text) for text in captions])
    placed: dict[int, Text] = {}
    for tag in tags:
        route = routes[tag.route]
        for size in (tag.size, max(MIN_SIZE, tag.size - 2), MIN_SIZE):
            words = fit(clean(tag.words), size * 9.5, size * LINE_HEIGHT * 3.2, size, size)
            branch = shapes[route.source].form is Form.DIAMOND
            spot = field.spot(words, list(_candidates(words, route, branch)), tag.route)
            if spot is not None:
                placed[tag.route] = words.at(*spot, colour)
                field.taken.append(_text_box(placed[tag.route]))
                break
    return placed


@dataclass(kw_only=True)
class _Field:
    """What stands where: shapes, segments float64[M, 5] (both ends and the route), texts."""

    shapes: Sequence[Shape]
    segments: NDArray[np.float64]
    taken: list[_Box]

    def spot(
        self, words: Block, candidates: Sequence[tuple[float, Point]], route: int
    ) -> Point | None:
        """The cheapest candidate that covers no shape and no text; None when all do."""
        if not candidates:
            return None
        places = np.array([place for _, place in candidates])
        half = np.array((words.width / 2 + _CLEAR, words.height / 2 + 0.5))
        low, high = places - half, places + half
        far = np.array((CANVAS_WIDTH - 2.0, CANVAS_HEIGHT - 2.0))
        free = (low >= 2.0).all(axis=1) & (high <= far).all(axis=1)
        if self.taken:
            others = np.array(self.taken)
            meets = (low[:, None] < others[None, :, 2:]) & (high[:, None] > others[None, :, :2])
            free &= ~meets.all(axis=2).any(axis=1)
        free &= ~covering(self.shapes, low, high).any(axis=1)
        best: tuple[float, Point] | None = None
        for index in np.nonzero(free)[0].tolist():
            cost, place = candidates[index]
            if best is not None and cost >= best[0]:
                continue
            box = (*low[index].tolist(), *high[index].tolist())
            cost += 3.0 * _crossed(box, self.segments, route)
            if best is None or cost < best[0]:
                best = (cost, place)
        return None if best is None else best[1]


def _candidates(words: Block, route: Route, branch: bool) -> Iterator[tuple[float, Point]]:
    """Places with their costs before anything else is looked at; the answer of a `branch`
    stands near its question."""
    lengths = [math.dist(one, other) for one, other in pairwise(route.points)]
    total = sum(lengths) or 1.0
    before = 0.0
    for (one, other), length in zip(pairwise(route.points), lengths, strict=True):
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
                squeezed = max(0.0, extent + 38.0 - length) / 12.0
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


def hides_shapes(scene: Scene) -> bool:
    """Whether some caption or edge label covers part of a shape, or of another text."""
    texts = [*scene.captions, *(route.label for route in scene.routes if route.label is not None)]
    if not texts:
        return False
    boxes = np.array([_text_box(text) for text in texts])
    low, high = boxes[:, :2], boxes[:, 2:]
    meets = ((low[:, None] < high[None]) & (high[:, None] > low[None])).all(axis=2)
    return bool(meets.sum() > len(texts) or covering(scene.shapes, low, high).any())


def covering(
    shapes: Sequence[Shape], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether each of B boxes, given by their corners float64[B, 2], shares area with each of
    the shapes: bool[B, S]."""
    centre = np.array([(shape.x, shape.y) for shape in shapes]).reshape(-1, 2)
    size = np.array([(shape.width, shape.height) for shape in shapes]).reshape(-1, 2)
    gap = np.maximum(np.maximum(low[:, None] - centre, centre - high[:, None]), 0.0)
    # How far the nearest point of a box is from the centre, in halves of the shape's size.
    near = 2 * gap / np.maximum(np.abs(size), 1e-9)
    reach = near.max(axis=2)
    round_ones = np.array([shape.form is Form.ELLIPSE for shape in shapes], dtype=np.bool_)
    diamonds = np.array([shape.form is Form.DIAMOND for shape in shapes], dtype=np.bool_)
    reach = np.where(round_ones, np.hypot(near[..., 0], near[..., 1]), reach)
    reach = np.where(diamonds, near.sum(axis=2), reach)
    return np.asarray(reach < 1.0, dtype=np.bool_)


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
