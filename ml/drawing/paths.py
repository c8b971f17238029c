"""Polylines as they are drawn: bends rounded, ends cut for arrowheads, dashes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from ml.spec.scene import Colour, Point

BEND = 9.0
"""The most px that a rounded bend takes from either straight."""

_DASH = (6.5, 4.5)


def length(path: Sequence[Point]) -> float:
    """The length of a polyline in px."""
    return sum(math.dist(one, other) for one, other in itertools.pairwise(path))


def without_repeats(points: Sequence[Point]) -> list[Point]:
    """The polyline without points that stand where the one before them does."""
    path = [points[0]]
    for point in points[1:]:
        if math.dist(point, path[-1]) > 1e-6:
            path.append(point)
    return path


def shortened(path: Sequence[Point], cut: float) -> list[Point]:
    """The polyline without its last `cut` px; a part of its last straight always stays."""
    *before, last = path
    far = math.dist(before[-1], last)
    return [*before, towards(before[-1], last, 1 - min(cut, far * 0.9) / far)]


def rounded(path: list[Point]) -> list[Point]:
    """The polyline with its bends turned into quadratic Bézier curves."""
    if len(path) < 3:
        return path
    smooth = [path[0]]
    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        arm_in, arm_out = math.dist(before, corner), math.dist(corner, after)
        radius = min(BEND, arm_in / 2, arm_out / 2)
        start = towards(corner, before, radius / arm_in)
        end = towards(corner, after, radius / arm_out)
        for step in range(7):
            part = step / 6
            smooth.append(towards(towards(start, corner, part), towards(corner, end, part), part))
    smooth.append(path[-1])
    return smooth


def towards(start: Point, end: Point, share: float) -> Point:
    """The point that lies a share of the way from `start` to `end`."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def dash_lengths(path: Sequence[Point]) -> tuple[int, float, float]:
    """How many dashes a polyline gets, and the px of each and of the gaps between them."""
    on, off = _DASH
    count = max(1, round((length(path) + off) / (on + off)))
    stretch = length(path) / (count * (on + off) - off)
    return count, on * stretch, off * stretch


def dashes(path: list[Point]) -> list[list[Point]]:
    """The polyline cut into equal dashes, the first at its start and the last at its end."""
    count, on, off = dash_lengths(path)
    if count > 2_000:
        return [path]
    borders = [
        border for dash in range(count) for border in (dash * (on + off), dash * (on + off) + on)
    ]
    pieces: list[list[Point]] = []
    current: list[Point] = []
    travelled, passed = 0.0, 0
    for one, other in itertools.pairwise(path):
        far = math.dist(one, other)
        while passed < len(borders) and borders[passed] <= travelled + far + 1e-6:
            point = towards(one, other, min(1.0, (borders[passed] - travelled) / max(far, 1e-9)))
            current.append(point)
            if passed % 2:
                pieces.append(current)
                current = []
            passed += 1
        if passed % 2:
            current.append(other)
        travelled += far
    return pieces


def new_pieces(
    path: list[Point], colour: Colour, drawn: set[tuple[Point, Point, Colour]]
) -> list[list[Point]]:
    """The parts of a path that no route has drawn yet: lines that share a way and are drawn
    twice look bolder than the rest."""
    pieces: list[list[Point]] = []
    fresh = False
    for one, other in itertools.pairwise(path):
        key = (one, other, colour)
        if key in drawn:
            fresh = False
            continue
        drawn.add(key)
        if fresh:
            pieces[-1].append(other)
        else:
            pieces.append([one, other])
        fresh = True
    return pieces
