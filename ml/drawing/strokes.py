"""What a Route looks like: its straights, cut for the arrowhead, and the arrowhead.

Pictures and exports draw the same strokes, so that they cannot differ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ml.drawing.paths import new_pieces, shortened, without_repeats
from ml.spec.model import Line
from ml.spec.scene import Colour, Point, Route, Scene, Shape

_WEIGHT = 1.5
_FINE_WEIGHT = 0.8
_MANY = 60


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """`pieces` are polylines whose bends are not yet rounded; `head` is the polygon of the
    arrowhead, empty without one."""

    pieces: tuple[list[Point], ...] = ()
    head: tuple[Point, ...] = ()


def weight(scene: Scene) -> float:
    """The width in px of a Scene's lines: finer when there are many."""
    return _WEIGHT if len(scene.routes) <= _MANY else _FINE_WEIGHT


def strokes(scene: Scene) -> Iterator[Stroke]:
    """The strokes of a Scene's routes, one each and in their order.

    Straights that an earlier route has drawn are left out.
    """
    arriving = Counter(route.target for route in scene.routes)
    drawn: set[tuple[Point, Point, Colour]] = set()
    for route in scene.routes:
        yield _stroke(route, _reach(route, scene.shapes, arriving[route.target]), drawn)


def finite(*numbers: float) -> bool:
    """Whether all these can be drawn: neither endless nor absurdly far away."""
    return all(math.isfinite(number) and abs(number) < 1e7 for number in numbers)


def _stroke(route: Route, reach: float, drawn: set[tuple[Point, Point, Colour]]) -> Stroke:
    points = [point for point in route.points if finite(*point)]
    if len(points) < 2:
        return Stroke()
    path = without_repeats(points)
    if len(path) < 2:
        return Stroke()
    head: tuple[Point, ...] = ()
    if route.line is not Line.LINE and reach > 0:
        length, tip = min(reach, 0.6 * math.dist(path[-2], path[-1])), path[-1]
        path = shortened(path, length * 0.8)
        head = _head(path[-1], tip, length)
    return Stroke(pieces=tuple(new_pieces(path, route.colour, drawn)), head=head)


def _head(base: Point, tip: Point, length: float) -> tuple[Point, ...]:
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    far = math.hypot(dx, dy)
    if far < 1e-6:
        return ()
    dx, dy = dx / far, dy / far
    half = length * 0.38 if length > 6 else length * 0.30
    back = (tip[0] - dx * length, tip[1] - dy * length)
    notch = (tip[0] - dx * length * 0.78, tip[1] - dy * length * 0.78)
    return (
        tip,
        (back[0] - dy * half, back[1] + dx * half),
        notch,
        (back[0] + dy * half, back[1] - dx * half),
    )


def _reach(route: Route, shapes: Sequence[Shape], arriving: int) -> float:
    """The length of the route's arrowhead: smaller at small shapes and in a crowd."""
    most = 9.0 if arriving <= 4 else 6.5 if arriving <= 8 else 5.0
    if not 0 <= route.target < len(shapes):
        return most
    target = shapes[route.target]
    return max(4.0, min(most, 0.36 * min(abs(target.width), abs(target.height))))
