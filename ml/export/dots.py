"""The three dots that stand for the nodes of a layer that are left out."""

from __future__ import annotations

from ml.spec.scene import CANVAS_WIDTH, Point, Shape


def dots(shape: Shape) -> list[tuple[Point, float]]:
    """Centre and radius in px of each dot of an ELLIPSIS, as the renderer draws them."""
    width, height = abs(shape.width), abs(shape.height)
    length = min(max(width, height), 2 * CANVAS_WIDTH)
    radius = min(2.4, length / 10)
    across, down = (length * 0.3, 0.0) if width > height else (0.0, length * 0.3)
    return [((shape.x + step * across, shape.y + step * down), radius) for step in (-1, 0, 1)]
