"""The U of a U-Net: a chain whose first half links across to its second, level by level."""

from __future__ import annotations

from ml.drawing.engine import Arrangement
from ml.drawing.parts import Plan
from ml.spec.model import Density, Direction
from ml.spec.scene import Point


def nesting(plan: Plan) -> int | None:
    """i + j of every link (i, j) that skips parts, when the plan is a chain with nested skips.

    None when it is anything else.
    """
    pairs = [(link.source, link.target) for link in plan.links]
    count = len(plan.parts)
    chain = {(index, index + 1) for index in range(count - 1)}
    skips = [pair for pair in pairs if pair not in chain]
    if not chain <= set(pairs) or len(skips) < 2 or not all(part.single for part in plan.parts):
        return None
    sums = {one + other for one, other in skips}
    if len(sums) != 1 or any(other <= one + 1 for one, other in skips):
        return None
    (total,) = sums
    top = max(total - (count - 1), 0)
    return total if top <= 2 and total <= count + 1 else None


def valley(plan: Plan, total: int, *, gap: float = 1.0) -> Arrangement:
    """Places the parts on two slopes; parts whose numbers add up to `total` are level.

    Downwards, the slopes are columns; to the right, staircases.
    """
    gap *= 0.7 if plan.style.density is Density.COMPACT else 1.0
    count = len(plan.parts)
    width = max(part.width for part in plan.parts)
    height = max(part.height for part in plan.parts)
    levels = [min(index, total - index) for index in range(count)]
    middle = total / 2
    down = plan.style.direction is Direction.DOWN
    centres: list[Point] = []
    for index, level in enumerate(levels):
        y = level * (height + 34.0 * gap)
        if not down:
            centres.append((index * (width + 16.0 * gap), y))
            continue
        bottoms = abs(index - middle) < 1
        spread = (width * 0.5 + 20.0 * gap) if total % 2 else 0.0
        side = 0 if index == middle else (1 if index > middle else -1)
        centres.append((side * (spread if bottoms else width + 70.0 * gap), y))
    paths: list[tuple[Point, ...]] = []
    for link in plan.links:
        one, other = plan.parts[link.source], plan.parts[link.target]
        (x, y), (to_x, to_y) = centres[link.source], centres[link.target]
        if y == to_y:
            paths.append(((x + one.width / 2, y), (to_x - other.width / 2, to_y)))
        elif x == to_x:
            sign = 1 if to_y > y else -1
            paths.append(((x, y + sign * one.height / 2), (x, to_y - sign * other.height / 2)))
        elif to_y > y:
            paths.append(((x, y + one.height / 2), (x, to_y), (to_x - other.width / 2, to_y)))
        else:
            paths.append(((x + one.width / 2, y), (to_x, y), (to_x, to_y + other.height / 2)))
    return Arrangement(centres=tuple(centres), paths=tuple(paths))
