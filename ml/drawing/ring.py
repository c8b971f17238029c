"""Parts on an ellipse, links as chords: the clearest form of a small, dense network."""

from __future__ import annotations

import itertools
import math

from ml.drawing.engine import Arrangement
from ml.drawing.parts import Plan

MOST = 26


def is_dense(plan: Plan) -> bool:
    """Whether a ring shows the plan better than layers do: few parts, many links, no loops."""
    count = len(plan.parts)
    return (
        5 <= count <= MOST
        and all(part.single for part in plan.parts)
        and len({frozenset((link.source, link.target)) for link in plan.links}) >= 2.2 * count
        and all(link.source != link.target for link in plan.links)
    )


def ring(plan: Plan, *, spread: float = 1.0) -> Arrangement:
    """Places the parts clockwise, from the top, at equal distances along an ellipse; `spread`
    scales the distances."""
    count = len(plan.parts)
    width = max(part.width for part in plan.parts)
    height = max(part.height for part in plan.parts)
    pitch = math.hypot(width, height) * 1.12 * spread
    small = max(170.0, pitch * count / (2 * math.pi) * 0.8)
    large = small * 1.5
    # Equal steps of arc length, found on a fine polyline.
    fine = 2_000
    points = [
        (large * math.sin(step * 2 * math.pi / fine), -small * math.cos(step * 2 * math.pi / fine))
        for step in range(fine + 1)
    ]
    travelled = [0.0]
    for one, other in itertools.pairwise(points):
        travelled.append(travelled[-1] + math.dist(one, other))
    centres = []
    place = 0
    for number in range(count):
        while travelled[place] < travelled[-1] * number / count:
            place += 1
        centres.append(points[place])
    return Arrangement(centres=tuple(centres), paths=tuple(() for _ in plan.links))
