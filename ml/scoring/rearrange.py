"""A Scene taken apart and put together again: shapes moved, removed, their routes tied anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ml.spec.scene import Form, Point, Route, Scene, Shape, Text


def tie(source: Shape, target: Shape) -> tuple[Point, ...]:
    """The straight line between two shapes, from border to border."""
    return _border(source, target), _border(target, source)


def moved(shape: Shape, x: float, y: float) -> Shape:
    """The shape at another place, its label with it."""
    label = shape.label
    if label is not None:
        label = replace(label, x=label.x + x - shape.x, y=label.y + y - shape.y)
    return replace(shape, x=x, y=y, label=label)


def with_shapes(scene: Scene, changed: Mapping[int, Shape]) -> Scene:
    """The Scene with some shapes replaced and their routes tied to them again."""
    shapes = tuple(changed.get(index, shape) for index, shape in enumerate(scene.shapes))
    routes = tuple(
        _retied(route, shapes) if (route.source in changed or route.target in changed) else route
        for route in scene.routes
    )
    return replace(scene, shapes=shapes, routes=routes)


def _retied(route: Route, shapes: tuple[Shape, ...]) -> Route:
    points = tie(shapes[route.source], shapes[route.target])
    if route.label is None:
        return replace(route, points=points)
    x, y = ((a + b) / 2 for a, b in zip(*points, strict=True))
    return replace(route, points=points, label=replace(route.label, x=x, y=y))


def _border(shape: Shape, other: Shape) -> Point:
    dx, dy = other.x - shape.x, other.y - shape.y
    if dx == dy == 0:
        return shape.x, shape.y
    across, down = abs(dx) / max(shape.width, 1.0) * 2, abs(dy) / max(shape.height, 1.0) * 2
    if shape.form is Form.ELLIPSE:
        far = math.hypot(across, down)
    elif shape.form is Form.DIAMOND:
        far = across + down
    else:
        far = max(across, down)
    return shape.x + dx / far, shape.y + dy / far


def without(scene: Scene, lost: Iterable[int]) -> Scene:
    """The Scene without some shapes and their routes."""
    gone = set(lost)
    kept = [index for index in range(len(scene.shapes)) if index not in gone]
    place = {index: new for new, index in enumerate(kept)}
    return replace(
        scene,
        shapes=tuple(scene.shapes[index] for index in kept),
        routes=tuple(
            replace(route, source=place[route.source], target=place[route.target])
            for route in scene.routes
            if route.source in place and route.target in place
        ),
    )


def everything(scene: Scene, place: Callable[[float, float], Point], size: float = 1.0) -> Scene:
    """The Scene with `place` applied to every point and all sizes times `size`."""

    def words(text: Text | None) -> Text | None:
        if text is None:
            return None
        x, y = place(text.x, text.y)
        scaled = {name: getattr(text, name) * size for name in ("width", "height", "size")}
        return replace(text, x=x, y=y, **scaled)

    def shape(old: Shape) -> Shape:
        x, y = place(old.x, old.y)
        width, height = old.width * size, old.height * size
        return replace(old, x=x, y=y, width=width, height=height, label=words(old.label))

    return replace(
        scene,
        shapes=tuple(shape(old) for old in scene.shapes),
        routes=tuple(
            replace(r, points=tuple(place(*p) for p in r.points), label=words(r.label))
            for r in scene.routes
        ),
        captions=tuple(text for text in map(words, scene.captions) if text),
    )
