"""What the routes of a Scene pass: shapes that are not theirs, each other, the wrong way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.spec.scene import Form, Route

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Segments:
    """The straight pieces of all routes, S of them.

    `starts` and `stops` float[S, 2] are in px; `owner` int[S] is the position of the route.
    """

    starts: Floats
    stops: Floats
    owner: NDArray[np.int64]


def segments(routes: Sequence[Route]) -> Segments:
    """The straight pieces of routes."""
    pieces = [
        (*a, *b, number)
        for number, route in enumerate(routes)
        for a, b in zip(route.points, route.points[1:], strict=False)
    ]
    table = np.array(pieces, float).reshape(-1, 5)
    return Segments(starts=table[:, :2], stops=table[:, 2:4], owner=table[:, 4].astype(np.int64))


_FAMILY = {Form.ELLIPSE: 1, Form.DIAMOND: 2}


def through(
    boxes: Floats, forms: Sequence[Form], lines: Segments, ends: NDArray[np.int64]
) -> Flags:
    """bool[R]: routes that cross a shape other than their ends."""
    starts, stops, owner = lines.starts, lines.stops, lines.owner
    if not len(owner):
        return np.zeros(len(ends), bool)
    kinds = np.array([_FAMILY.get(form, 0) for form in forms])
    size = np.maximum(boxes[:, 2:] - 1.0, 0.25)
    a = (starts[:, None] - boxes[None, :, :2]) / size  # every shape becomes a unit shape
    step = (stops - starts)[:, None] / size
    hit = np.zeros(a.shape[:2], bool)
    box, oval, diamond = (kinds == family for family in (0, 1, 2))
    hit[:, box] = _meets_square(a[:, box], step[:, box])
    squared = (step**2).sum(2)
    nearest = np.clip(-(a * step).sum(2) / np.maximum(squared, 1e-12), 0, 1)[..., None]
    hit[:, oval] = (((a + nearest * step) ** 2).sum(2) < 1)[:, oval]
    turned = np.array([[1.0, 1.0], [1.0, -1.0]])
    hit[:, diamond] = _meets_square(a[:, diamond] @ turned, step[:, diamond] @ turned)
    hit[
        (ends[owner][:, :1] == np.arange(len(boxes)))
        | (ends[owner][:, 1:] == np.arange(len(boxes)))
    ] = False
    through = np.zeros(len(ends), bool)
    np.logical_or.at(through, owner, hit.any(1))
    return through


def _meets_square(start: Floats, step: Floats) -> Flags:
    """Whether start + t·step, 0 ≤ t ≤ 1, enters the square from -1 to 1 (Liang–Barsky)."""
    safe = np.where(np.abs(step) < 1e-9, 1e-9, step)
    one, other = (-1 - start) / safe, (1 - start) / safe
    enter = np.maximum(np.minimum(one, other).max(2), 0)
    leave = np.minimum(np.maximum(one, other).min(2), 1)
    return np.asarray(enter < leave)


def crossings(lines: Segments, ends: NDArray[np.int64]) -> float:
    """Proper crossings of routes that share no end and do not belong to two linked layers."""
    starts, stops, owner = lines.starts, lines.stops, lines.owner
    if len(owner) < 2:
        return 0.0
    step = stops - starts

    def side(points: Floats) -> Floats:  # float[S, S]: which side of piece i point j lies on
        offset = points[None] - starts[:, None]
        return np.asarray(step[:, None, 0] * offset[..., 1] - step[:, None, 1] * offset[..., 0])

    first, second = side(starts), side(stops)
    apart = (first * second < -1e-6) & ((first * second).T < -1e-6)
    one, other = np.nonzero(np.triu(apart, 1))
    one, other = owner[one], owner[other]
    linked = {(int(a), int(b)) for a, b in ends}
    count = 0
    for i, j in {(int(i), int(j)) for i, j in zip(one, other, strict=True) if i != j}:
        (a, b), (c, d) = ends[i], ends[j]
        shared = len({int(a), int(b), int(c), int(d)}) < 4
        if not shared and not ((int(a), int(d)) in linked and (int(c), int(b)) in linked):
            count += 1
    return float(count)


def flow(boxes: Floats, ends: NDArray[np.int64]) -> Floats:
    """float[R] from -1 to 1: how far each route follows the main direction of them all."""
    if not len(ends):
        return np.zeros(0)
    way = boxes[ends[:, 1], :2] - boxes[ends[:, 0], :2]
    way = way / np.maximum(np.hypot(*way.T)[:, None], 1e-9)
    total = np.abs(way.sum(0))
    axis = int(total.argmax())
    return np.asarray(way[:, axis] * np.sign(way[:, axis].sum() or 1.0))
