"""At which corners of their diamonds the branches of decisions leave."""

from __future__ import annotations

from collections.abc import Iterator

from ml.drawing.engine import Arrangement
from ml.drawing.parts import Plan
from ml.spec.model import Direction
from ml.spec.scene import Form


def corner_exits(
    plan: Plan, direction: Direction, loose: Arrangement, *, mirrored: bool = False
) -> dict[int, str]:
    """The side for every branch of a decision with two or three, by the position of its link.

    The first branch goes on with the flow; each other one leaves towards the side on which
    `loose`, an arrangement that was free to choose, leads it; `mirrored`, two of them change
    places.
    """
    right = direction is Direction.RIGHT
    forward, low, high = ("right", "top", "bottom") if right else ("bottom", "left", "right")
    axis = 1 if right else 0
    sides: dict[int, str] = {}
    for decision, branches in _decisions(plan):
        onward = [number for number in branches if plan.links[number].target > decision]
        others = [number for number in branches if number not in onward[:1]]
        if len(others) > 2:
            continue
        middle = loose.centres[decision][axis]
        lean = {number: _lean(loose, number, axis) - middle for number in others}
        others.sort(key=lambda number: lean[number])
        if len(others) == 2:
            sides.update(zip(others, (high, low) if mirrored else (low, high), strict=True))
        elif others:
            sides[others[0]] = low if lean[others[0]] < 0 else high
        if onward:
            sides[onward[0]] = forward
    return sides


def has_pairs(plan: Plan) -> bool:
    """Whether two branches of some decision both lead back, so that they may change places."""
    return any(
        sum(plan.links[number].target <= decision for number in branches) == 2
        for decision, branches in _decisions(plan)
    )


def has_branches(plan: Plan) -> bool:
    """Whether some decision has two or three ways out."""
    return any(True for _ in _decisions(plan))


def _decisions(plan: Plan) -> Iterator[tuple[int, list[int]]]:
    """Decisions with two or three branches and the positions of their links."""
    for index, part in enumerate(plan.parts):
        if part.single and part.figures[0].form is Form.DIAMOND:
            branches = [number for number, link in enumerate(plan.links) if link.source == index]
            if 2 <= len(branches) <= 3:
                yield index, branches


def _lean(loose: Arrangement, link: int, axis: int) -> float:
    """The farthest place that a path reaches to either side of its start."""
    path = loose.paths[link]
    start = path[0][axis]
    return max((point[axis] for point in path), key=lambda place: abs(place - start))
