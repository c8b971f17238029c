"""The ways to arrange a Spec that are worth trying."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from ml.drawing.engine import Arrangement, Tactic, arrange
from ml.drawing.exits import corner_exits, has_branches, has_pairs
from ml.drawing.figures import Sizing
from ml.drawing.grid import plough
from ml.drawing.parts import Plan
from ml.drawing.planning import plan
from ml.drawing.ring import is_dense, ring
from ml.drawing.slabs import slabs
from ml.drawing.valley import nesting, valley
from ml.spec.model import Direction, Spec

_LARGE = 60
_HUGE = 110

Attempt: TypeAlias = tuple[float, Plan, Callable[[], Arrangement]]
"""What the way is worth beyond its looks (often negative), the plan, and its arrangement."""


def liked(spec: Spec) -> Iterator[Attempt]:
    """Ways to draw it, the likeliest first, each with what it is worth beyond its looks."""
    right = spec.style.direction is Direction.RIGHT
    narrow = Sizing(wrap=86.0) if right else Sizing(wrap=150.0, flat=True)
    sizings = [Sizing(), narrow]
    if right:
        sizings.insert(1, Sizing(wrap=100.0, tall=True))
        sizings.append(Sizing(wrap=86.0, equal=False))
    if len(spec.edges) > _LARGE:
        sizings = [narrow]
    if slabs(spec):
        sizings.insert(0, Sizing(wrap=86.0, taper=True))
    for penalty, units in ((0.0, 16), (0.4, 9), (0.8, 0)):
        for sizing in sizings:
            sketch = plan(spec, replace(sizing, units=units))
            worth = -penalty + (0.15 if sizing.taper else 0.0) - (0.0 if sizing.equal else 0.08)
            for bonus, arrange_it in _ways(sketch, right):
                yield worth + bonus, sketch, arrange_it
        if all(part.single for part in plan(spec, replace(sizings[0], units=units)).parts):
            break


def _ways(sketch: Plan, right: bool) -> Iterator[tuple[float, Callable[[], Arrangement]]]:
    direction = sketch.style.direction
    total = nesting(sketch)
    if total is not None:
        yield 0.25, _valley(sketch, total)
    count = len(sketch.parts)
    single = all(part.single for part in sketch.parts)
    if is_dense(sketch):
        for spread in (1.0, 1.35, 1.8):
            yield 0.2, _ring(sketch, spread)
    tapered = any(part.figures[0].slab for part in sketch.parts)
    jumps = _jumps(sketch) if single else None
    if jumps == 0:
        for columns in [count] if tapered else _columns(count, right):
            gap = 0.5 if tapered else 0.8 if columns == count else 1.2
            yield _folded(count, columns), _plough(sketch, columns, gap)
        return
    if len(sketch.links) > _HUGE:
        return
    large = _is_large(sketch)
    branches = has_branches(sketch) and not large
    for gap in (0.8,) if large else (0.6, 0.35) if tapered else (1.0, 0.66):
        tactic = Tactic(direction=direction, gap=gap)
        if branches:
            yield 0.0, _at_corners(sketch, tactic)
            if has_pairs(sketch):
                yield 0.0, _at_corners(sketch, tactic, mirrored=True)
        yield 0.0, _arrange(sketch, tactic)
    if jumps is not None and jumps <= 3:
        for columns in _columns(count, right):
            if columns < count:
                yield _folded(count, columns) - 0.08 * jumps, _plough(sketch, columns, 1.1)
    if not large and not tapered:
        yield -0.22, _arrange(sketch, Tactic(direction=direction, aspect=1.6))


def _is_large(sketch: Plan) -> bool:
    """Whether layered layout takes so long that few ways can be tried."""
    return len(sketch.links) > min(_LARGE, 20 + 2 * len(sketch.parts))


def _jumps(sketch: Plan) -> int | None:
    """How many links lead elsewhere than to the next part; None when a part lacks that link."""
    pairs = {(link.source, link.target) for link in sketch.links}
    chain = {(index, index + 1) for index in range(len(sketch.parts) - 1)}
    return len(pairs - chain) if chain <= pairs else None


def _folded(count: int, columns: int) -> float:
    """What it costs to fold a chain into rows; a short last row looks left over."""
    rows = -(-count // columns)
    left = count - (rows - 1) * columns
    return 0.0 if rows == 1 else -0.12 - 0.04 * min(rows, 4) - 0.12 * (1 - left / columns)


def sure(spec: Spec) -> Iterator[Attempt]:
    """Ways that work for every graph."""
    right = spec.style.direction is Direction.RIGHT
    other = Direction.DOWN if right else Direction.RIGHT
    wide = Sizing(wrap=100.0, flat=True, units=0)
    sketch = plan(spec, wide)
    if len(sketch.links) <= _HUGE:
        diagonal = Tactic(direction=spec.style.direction, gap=0.7, diagonal=True)
        yield -0.15, sketch, _arrange(sketch, diagonal)
        yield -0.35, sketch, _arrange(sketch, Tactic(direction=other, gap=0.7))
    for columns in _columns(len(sketch.parts), right):
        yield -0.25, sketch, _plough(sketch, columns, 1.0)


def _columns(count: int, right: bool) -> list[int]:
    """Lengths of rows (or of columns, downwards) worth trying, long ones first."""
    ideal = math.sqrt(count * (1.15 if right else 0.75))
    lengths = {
        count if count <= 12 else 9,
        *(round(ideal * part) for part in (0.75, 1.0, 1.3, 1.7)),
    }
    # Rows that are equally long look best.
    lengths |= {-(-count // rows) for rows in range(1, 7) if -(-count // rows) <= 10}
    return sorted((length for length in lengths if 1 <= length <= count), reverse=True)


def _arrange(sketch: Plan, tactic: Tactic) -> Callable[[], Arrangement]:
    return lambda: arrange(sketch, tactic)


def _at_corners(
    sketch: Plan, tactic: Tactic, *, mirrored: bool = False
) -> Callable[[], Arrangement]:
    def arrange_it() -> Arrangement:
        loose = arrange(sketch, tactic)
        exits = corner_exits(sketch, tactic.direction, loose, mirrored=mirrored)
        return arrange(sketch, tactic, exits=exits)

    return arrange_it


def _plough(sketch: Plan, columns: int, gap: float) -> Callable[[], Arrangement]:
    return lambda: plough(sketch, columns, gap=gap)


def _ring(sketch: Plan, spread: float) -> Callable[[], Arrangement]:
    return lambda: ring(sketch, spread=spread)


def _valley(sketch: Plan, total: int) -> Callable[[], Arrangement]:
    return lambda: valley(sketch, total)
