"""The geometry rules, counted exactly: nothing overlaps, leaves the canvas or is run through.

Every form is convex and stands as a polygon (`ml.drawing.outlines`), so that two shapes share
area exactly when no line separates them, and a route runs through a shape exactly when one of
its segments has more than a touch of length inside.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ml.candidate import Violations
from ml.drawing.outlines import outline_of
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Point, Route, Scene, Shape, Text

TOLERANCE = 0.01
"""Overlap or passage in px up to which shapes and routes merely touch."""

_HUGE = 1e6

_Floats = NDArray[np.float64]


def violations(scene: Scene) -> Violations:
    """How often the Scene breaks each rule.

    `overlaps` counts pairs of shapes; `outside` counts shapes, routes and texts that are not
    wholly on the canvas (or stand at no finite place); `edges_through_nodes` counts pairs of a
    route and a shape that is neither its source nor its target. Any numbers are taken.
    """
    overlaps = overlapping(scene.shapes)
    return Violations(
        overlaps=len(overlaps),
        outside=outside(scene),
        edges_through_nodes=len(passing_through(scene.shapes, scene.routes)),
    )


def overlapping(shapes: Sequence[Shape]) -> list[tuple[int, int]]:
    """The pairs of positions of shapes that share area."""
    solid = _solid(shapes)
    if len(solid) < 2:
        return []
    polygons = np.stack([outline_of(shapes[index]) for index in solid])
    low, high = polygons.min(axis=1), polygons.max(axis=1)
    apart = (low[:, None] >= high[None] - TOLERANCE).any(axis=2)
    apart |= apart.T
    ones, others = np.nonzero(np.triu(~apart, k=1))
    if not len(ones):
        return []
    separated = _separated(polygons[ones], polygons[others])
    separated |= _separated(polygons[others], polygons[ones])
    return [
        (solid[one], solid[other])
        for one, other, free in zip(ones, others, separated, strict=True)
        if not free
    ]


def passing_through(
    shapes: Sequence[Shape], routes: Sequence[Route], *, margin: float = 0.0
) -> list[tuple[int, int]]:
    """The pairs (route, shape) of which the route runs through a shape it does not touch.

    With `margin` the shapes are taken to be that many px larger on every side.
    """
    solid = _solid(shapes)
    starts, ends, owners = _segments(routes)
    if not solid or not len(owners):
        return []
    polygons = np.stack([outline_of(shapes[index], grow=margin) for index in solid])
    positions = np.array(solid)
    sources = np.array([route.source for route in routes])[owners]
    targets = np.array([route.target for route in routes])[owners]
    foreign = (positions[None] != sources[:, None]) & (positions[None] != targets[:, None])
    low, high = polygons.min(axis=1), polygons.max(axis=1)
    near = foreign
    near &= (np.minimum(starts, ends)[:, None] < high[None]).all(axis=2)
    near &= (np.maximum(starts, ends)[:, None] > low[None]).all(axis=2)
    # The line through a segment misses a box when the box's centre is farther from it than
    # the box reaches.
    centre, reach = (low + high) / 2, (high - low) / 2
    along = ends - starts
    across = np.stack((-along[:, 1], along[:, 0]), axis=1)
    distance = np.abs(across @ centre.T - (across * starts).sum(axis=1)[:, None])
    near &= distance < np.abs(across) @ reach.T
    rows, columns = np.nonzero(near)
    if not len(rows):
        return []
    inside = _length_inside(starts[rows], ends[rows], polygons[columns]) > TOLERANCE
    pairs = {
        (int(owners[row]), solid[column])
        for row, column in zip(rows[inside], columns[inside], strict=True)
    }
    return sorted(pairs)


def outside(scene: Scene) -> int:
    """How many shapes, routes and texts are not wholly on the canvas."""
    boxes = [*map(_box, scene.shapes), *map(_box, _texts(scene))]
    points = np.array([point for route in scene.routes for point in route.points])
    owners = np.repeat(np.arange(len(scene.routes)), [len(route.points) for route in scene.routes])
    stray = set(owners[~_on_canvas(points.reshape(-1, 2))].tolist())
    corners = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    fits = _on_canvas(corners[:, :2]) & _on_canvas(corners[:, 2:])
    return int((~fits).sum()) + len(stray)


def _on_canvas(points: _Floats) -> NDArray[np.bool_]:
    """Whether each of float64[N, 2] lies on the canvas; no place that is not finite does."""
    far = np.array((CANVAS_WIDTH + TOLERANCE, CANVAS_HEIGHT + TOLERANCE))
    on = np.logical_and(points >= -TOLERANCE, points <= far)
    return np.asarray(on.all(axis=1), dtype=np.bool_)


def _texts(scene: Scene) -> Iterable[Text]:
    parts: tuple[Shape | Route, ...] = (*scene.shapes, *scene.routes)
    yield from (part.label for part in parts if part.label is not None)
    yield from scene.captions


def _box(part: Shape | Text) -> tuple[float, float, float, float]:
    x, y = part.x, part.y
    half_width, half_height = abs(part.width) / 2, abs(part.height) / 2
    return x - half_width, y - half_height, x + half_width, y + half_height


def _solid(shapes: Sequence[Shape]) -> list[int]:
    """Positions of the shapes that have area and stand at a finite place."""
    return [
        index
        for index, shape in enumerate(shapes)
        if all(
            math.isfinite(number) and abs(number) < _HUGE
            for number in (shape.x, shape.y, shape.width, shape.height)
        )
        and shape.width != 0
        and shape.height != 0
    ]


def _segments(routes: Sequence[Route]) -> tuple[_Floats, _Floats, NDArray[np.intp]]:
    """Starts float64[M, 2], ends float64[M, 2] and the route of every segment."""
    starts: list[Point] = []
    ends: list[Point] = []
    owners: list[int] = []
    for index, route in enumerate(routes):
        starts.extend(route.points[:-1])
        ends.extend(route.points[1:])
        owners.extend([index] * (len(route.points) - 1))
    first = np.asarray(starts, dtype=np.float64).reshape(-1, 2)
    last = np.asarray(ends, dtype=np.float64).reshape(-1, 2)
    finite = (np.abs(np.concatenate((first, last), axis=1)) < _HUGE).all(axis=1)
    return first[finite], last[finite], np.array(owners, dtype=np.intp)[finite]


def _separated(ones: _Floats, others: _Floats) -> NDArray[np.bool_]:
    """Whether a side of each of `ones` has its partner in `others` wholly beyond it.

    Both are float64[P, CORNERS, 2].
    """
    edges = np.roll(ones, -1, axis=1) - ones
    normals = np.stack((edges[..., 1], -edges[..., 0]), axis=2)
    lengths = np.linalg.norm(normals, axis=2)
    nearest = np.einsum("pkc,pnc->pkn", normals, others).min(axis=2)
    gaps = nearest - (normals * ones).sum(axis=2)
    beyond = (gaps > -TOLERANCE * lengths) & (lengths > 1e-9)
    separated: NDArray[np.bool_] = beyond.any(axis=1)
    return separated


def _length_inside(starts: _Floats, ends: _Floats, polygons: _Floats) -> _Floats:
    """The length in px of each segment inside its polygon: Cyrus–Beck clipping.

    Segments are float64[P, 2] twice, polygons float64[P, CORNERS, 2].
    """
    edges = np.roll(polygons, -1, axis=1) - polygons
    normals = np.stack((edges[..., 1], -edges[..., 0]), axis=2)
    along = ends - starts
    ahead = np.einsum("pkc,pc->pk", normals, along)
    depth = np.einsum("pkc,pkc->pk", normals, polygons - starts[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        at = depth / ahead
    enter = np.where(ahead < 0, at, 0.0).max(axis=1, initial=0.0)
    leave = np.where(ahead > 0, at, 1.0).min(axis=1, initial=1.0)
    blocked = ((ahead == 0) & (depth < 0)).any(axis=1)
    share = np.where(blocked, 0.0, np.maximum(0.0, leave - enter))
    length: _Floats = share * np.linalg.norm(along, axis=1)
    return length
