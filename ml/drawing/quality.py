"""How good a drawing is, as far as a formula can say."""

from __future__ import annotations

import math

import numpy as np

from ml.drawing.compose import Drawing, Fitting
from ml.drawing.figures import NOMINAL
from ml.drawing.geometry import passing_through
from ml.drawing.stretch import crossings
from ml.spec.scene import Form, Scene

_FILLED = 0.25


def promise(fitted: Fitting) -> float:
    """The most that `quality` can find: large text and a well filled canvas."""
    return _legible(NOMINAL * fitted.scale) + _FILLED * fitted.filled


def quality(drawing: Drawing) -> float:
    """How good a drawing is, about 0–1.2: large text, a well filled canvas, few crossings, no
    words lost."""
    scene = drawing.scene
    sizes = [shape.label.size for shape in scene.shapes if shape.label is not None]
    size = min([NOMINAL * drawing.fitted.scale, *sizes])
    lines = [route for route in scene.routes if len(route.points) > 2]
    segments = np.array(
        [
            (*one, *other)
            for route in lines[:80]
            for one, other in zip(route.points, route.points[1:], strict=False)
        ]
    ).reshape(-1, 4)
    crossed = crossings(segments[:, :2], segments[:, 2:])
    hugging = len(passing_through(scene.shapes, lines, margin=6.0))
    bends = sum(len(route.points) - 2 for route in lines)
    cut = sum(
        shape.label is not None and shape.label.lines[-1].endswith("…") for shape in scene.shapes
    )
    small_tags = sum(route.label is not None and route.label.size < 10 for route in scene.routes)
    length = sum(
        math.dist(one, other)
        for route in lines
        for one, other in zip(route.points, route.points[1:], strict=False)
    )
    return (
        _legible(size)
        + _FILLED * drawing.fitted.filled
        - min(0.5, 0.02 * crossed)
        - min(0.2, 0.006 * bends)
        - min(0.4, 0.08 * hugging)
        - min(0.2, 0.03 * _beside_corners(scene))
        - min(0.3, length / 60_000)
        - min(0.4, 0.05 * cut)
        - min(0.4, 0.10 * drawing.lost_labels)
        - min(0.2, 0.05 * small_tags)
    )


def _legible(size: float) -> float:
    """What a font size in px is worth: 1 from 12.5 px on, little more above, less below."""
    worth = min(1.0, (size - 6.0) / 6.5) + 0.1 * min(1.0, max(0.0, (size - 12.5) / 6))
    return worth - 0.25 * max(0.0, 8.0 - size)


def _beside_corners(scene: Scene) -> int:
    """How many routes leave a diamond elsewhere than at one of its corners."""
    count = 0
    for route in scene.routes:
        shape = scene.shapes[route.source]
        if shape.form is Form.DIAMOND:
            x, y = route.points[0]
            count += min(abs(x - shape.x), abs(y - shape.y)) > 2.0
    return count
