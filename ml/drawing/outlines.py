"""The outline of every form as a convex polygon: what is drawn is what is checked."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ml.spec.scene import Form, Point, Shape

CORNERS = 48
"""Vertices of every polygon, so that many of them stack into one array."""

_STROKE = 1.5
_RADIUS = 10.0
_RADIUS_SHARE = 0.28


def outline(
    form: Form, x: float, y: float, width: float, height: float, *, grow: float = 0.0
) -> NDArray[np.float64]:
    """The outline as float64[CORNERS, 2], counter-clockwise in a y-up world.

    Corners repeat where a form has fewer. `grow` px are added on every side (negative: taken
    away), as a stroke does.
    """
    half_width = max(0.0, width / 2 + grow)
    half_height = max(0.0, height / 2 + grow)
    if form is Form.ELLIPSE:
        unit = _circle()
        points = unit * (half_width, half_height)
    elif form is Form.DIAMOND:
        # A side moves out by `grow` px when its corners move out by more than that.
        slant = float(np.hypot(width, height)) / 2
        if slant > 0:
            half_width = max(0.0, width / 2 + grow * slant / max(1e-9, height / 2))
            half_height = max(0.0, height / 2 + grow * slant / max(1e-9, width / 2))
        points = _diamond() * (half_width, half_height)
    elif form is Form.CYLINDER:
        rim = min(half_height, max(0.0, cylinder_rim(width, height) + grow))
        points = _rounded(half_width, half_height, half_width, rim)
    elif form is Form.ROUND_RECTANGLE:
        radius = min(max(0.0, corner_radius(width, height) + grow), half_width, half_height)
        points = _rounded(half_width, half_height, radius, radius)
    else:
        points = _square() * (half_width, half_height)
    moved: NDArray[np.float64] = points + np.array((x, y))
    return moved


def outline_of(shape: Shape, *, grow: float = 0.0) -> NDArray[np.float64]:
    """The outline of a shape, float64[CORNERS, 2]; negative sizes count as positive ones."""
    return outline(shape.form, shape.x, shape.y, abs(shape.width), abs(shape.height), grow=grow)


def corner_radius(width: float, height: float) -> float:
    """The corner radius in px of a round rectangle of this size."""
    return min(_RADIUS, _RADIUS_SHARE * min(width, height))


def stroke_width(width: float, height: float) -> float:
    """The width in px of the line around a form of this size."""
    return min(_STROKE, width / 8, height / 8)


def cylinder_rim(width: float, height: float) -> float:
    """Half the height in px of a cylinder's lid."""
    return min(0.10 * width, 0.16 * height, 12.0)


def toward(shape: Shape, point: Point) -> Point:
    """Where the straight from a shape's centre to a point outside it leaves the shape."""
    dx, dy = point[0] - shape.x, point[1] - shape.y
    if shape.form is Form.ELLIPSE:
        far = float(np.hypot(2 * dx / shape.width, 2 * dy / shape.height))
        return (shape.x + dx / far, shape.y + dy / far) if far > 1 else point
    return touch(outline_of(shape), point, (shape.x, shape.y)) or point


def touch(polygon: NDArray[np.float64], start: Point, end: Point) -> Point | None:
    """Where the ray from `start` through `end` enters a convex polygon; None when it misses."""
    origin = np.asarray(start, dtype=np.float64)
    direction = np.asarray(end, dtype=np.float64) - origin
    edges = np.roll(polygon, -1, axis=0) - polygon
    # Outward normals of a polygon that runs clockwise on a y-down canvas.
    normals = np.stack((edges[:, 1], -edges[:, 0]), axis=1)
    ahead = normals @ direction
    depth = ((polygon - origin) * normals).sum(axis=1)
    if np.any((np.abs(ahead) < 1e-12) & (depth < 0)):
        return None
    entering = ahead < -1e-12
    leaving = ahead > 1e-12
    enter = float(np.max(depth[entering] / ahead[entering], initial=0.0))
    leave = float(np.min(depth[leaving] / ahead[leaving], initial=np.inf))
    if enter > leave or not np.isfinite(leave):
        return None
    x, y = origin + enter * direction
    return float(x), float(y)


@lru_cache(maxsize=1)
def _circle() -> NDArray[np.float64]:
    angles = np.arange(CORNERS) * (2 * np.pi / CORNERS)
    return np.stack((np.cos(angles), np.sin(angles)), axis=1)


@lru_cache(maxsize=1)
def _square() -> NDArray[np.float64]:
    corners = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], dtype=np.float64)
    return np.repeat(corners, CORNERS // 4, axis=0)


@lru_cache(maxsize=1)
def _diamond() -> NDArray[np.float64]:
    corners = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)], dtype=np.float64)
    return np.repeat(corners, CORNERS // 4, axis=0)


@lru_cache(maxsize=1)
def _quarters() -> NDArray[np.float64]:
    """Four quarter circles, each with both its ends, float64[CORNERS, 2]."""
    each = CORNERS // 4
    angles = np.concatenate(
        [np.linspace(quarter, quarter + 1, each) * (np.pi / 2) for quarter in range(4)]
    )
    return np.stack((np.cos(angles), np.sin(angles)), axis=1)


def _rounded(
    half_width: float, half_height: float, radius_x: float, radius_y: float
) -> NDArray[np.float64]:
    corners = _square() * (half_width - radius_x, half_height - radius_y)
    return corners + _quarters() * (radius_x, radius_y)
