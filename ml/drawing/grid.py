"""Parts in the cells of a grid, links in the gutters between: works for every graph.

The order of the text runs through the grid like a plough through a field: along a row (a
column, downwards), then back along the next, so that the link from a part to the next one is
a short straight. All other links leave a cell sideways, run through gutters, where no part
stands, and enter their target from a gutter beside it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ml.drawing.engine import Arrangement
from ml.drawing.parts import Link, Part, Plan
from ml.spec.model import Density, Direction
from ml.spec.scene import Point

_LANE = 7.0
_MOST_LANES = 9
_PORT = 9.0


@dataclass(frozen=True, kw_only=True)
class _Way:
    """A link through the gutters: which sides it uses and its lanes.

    `leave` and `arrive` are the rows' gutters (0 lies before the first row) and `cross` is the
    columns' gutter between the two, None when one rows' gutter serves both ends.
    """

    leave: int
    arrive: int
    cross: int | None


def plough(plan: Plan, columns: int, *, gap: float = 1.0) -> Arrangement:
    """Places the parts in rows of `columns` cells (columns of that many, downwards)."""
    down = plan.style.direction is Direction.DOWN
    parts = plan.parts
    cells = [_cell(index, columns) for index in range(len(parts))]
    length = {id(part): (part.height if down else part.width) for part in parts}
    depth = {id(part): (part.width if down else part.height) for part in parts}
    field = _Field(
        parts=parts,
        cells=cells,
        columns=min(columns, len(parts)),
        length=lambda part: length[id(part)],
        depth=lambda part: depth[id(part)],
        gap=gap * (0.72 if plan.style.density is Density.COMPACT else 1.0),
        labelled=any(link.label is not None for link in plan.links),
    )
    centres, paths = field.route(plan.links)
    if down:
        centres = [(y, x) for x, y in centres]
        paths = [tuple((y, x) for x, y in path) for path in paths]
    return Arrangement(centres=tuple(centres), paths=tuple(paths))


def _cell(index: int, columns: int) -> tuple[int, int]:
    row, column = divmod(index, columns)
    return row, column if row % 2 == 0 else columns - 1 - column


class _Field:
    """The grid in flow coordinates: x along the rows, y from row to row."""

    def __init__(
        self,
        *,
        parts: tuple[Part, ...],
        cells: list[tuple[int, int]],
        columns: int,
        length: Callable[[Part], float],
        depth: Callable[[Part], float],
        gap: float,
        labelled: bool,
    ) -> None:
        self.parts = parts
        self.cells = cells
        self.length, self.depth = length, depth
        self.columns = columns
        self.rows = cells[-1][0] + 1
        self.widths = [0.0] * columns
        self.heights = [0.0] * self.rows
        for part, (row, column) in zip(parts, cells, strict=True):
            self.widths[column] = max(self.widths[column], length(part))
            self.heights[row] = max(self.heights[row], depth(part))
        self.gap = gap
        self.labelled = labelled

    def route(self, links: tuple[Link, ...]) -> tuple[list[Point], list[tuple[Point, ...]]]:
        ways = [self._way(link) for link in links]
        row_lanes: Counter[int] = Counter()
        column_lanes: Counter[int] = Counter()
        ports: Counter[tuple[int, int]] = Counter()
        taken: list[tuple[int, int, int, int, int]] = []
        for link, way in zip(links, ways, strict=True):
            if way is None:
                taken.append((0, 0, 0, 0, 0))
                continue
            leave = row_lanes[way.leave]
            row_lanes[way.leave] += 1
            arrive, cross = leave, 0
            if way.cross is not None:
                arrive = row_lanes[way.arrive]
                row_lanes[way.arrive] += 1
                cross = column_lanes[way.cross]
                column_lanes[way.cross] += 1
            out = ports[link.source, way.leave]
            ports[link.source, way.leave] += 1
            into = ports[link.target, way.arrive]
            ports[link.target, way.arrive] += 1
            taken.append((leave, cross, arrive, out, into))
        xs, ys = self._axes(row_lanes, column_lanes)
        centres = [(xs.middle[column], ys.middle[row]) for row, column in self.cells]
        paths: list[tuple[Point, ...]] = []
        for link, way, lanes in zip(links, ways, taken, strict=True):
            if way is None:
                paths.append(self._straight(link, centres))
                continue
            leave, cross, arrive, out, into = lanes
            y_out = ys.lane(way.leave, leave, row_lanes[way.leave])
            y_in = ys.lane(way.arrive, arrive, row_lanes[way.arrive])
            x_out = self._port(link.source, centres, out, ports[link.source, way.leave])
            x_in = self._port(link.target, centres, into, ports[link.target, way.arrive])
            start = self._border(link.source, centres, way.leave)
            end = self._border(link.target, centres, way.arrive)
            points = [(x_out, start), (x_out, y_out)]
            if way.cross is not None:
                x = xs.lane(way.cross, cross, column_lanes[way.cross])
                points += [(x, y_out), (x, y_in)]
            points += [(x_in, y_in), (x_in, end)]
            paths.append(_straightened(points))
        return centres, paths

    def _way(self, link: Link) -> _Way | None:
        """How a link runs; None for a straight between neighbours."""
        row, column = self.cells[link.source]
        to_row, to_column = self.cells[link.target]
        if link.source == link.target:
            return _Way(leave=row + 1, arrive=row + 1, cross=None)
        if link.target == link.source + 1 and abs(row - to_row) + abs(column - to_column) == 1:
            return None
        if to_row == row + 1:
            return _Way(leave=row + 1, arrive=row + 1, cross=None)
        if to_row == row - 1:
            return _Way(leave=row, arrive=row, cross=None)
        if to_row == row:
            return _Way(leave=row, arrive=row, cross=None)
        cross = to_column + (1 if column > to_column else 0)
        if to_row > row:
            return _Way(leave=row + 1, arrive=to_row, cross=cross)
        return _Way(leave=row, arrive=to_row + 1, cross=cross)

    def _axes(self, row_lanes: Counter[int], column_lanes: Counter[int]) -> tuple[_Axis, _Axis]:
        base = (46.0 if self.labelled else 34.0) * self.gap
        return (
            _Axis(self.widths, base, column_lanes, 0.0),
            _Axis(self.heights, base, row_lanes, 0.0),
        )

    def _straight(self, link: Link, centres: list[Point]) -> tuple[Point, ...]:
        (x, y), (to_x, to_y) = centres[link.source], centres[link.target]
        if abs(y - to_y) < 1e-9:
            sign = 1 if to_x > x else -1
            start = x + sign * self.length(self.parts[link.source]) / 2
            end = to_x - sign * self.length(self.parts[link.target]) / 2
            return (start, y), (end, y)
        start = y + self.depth(self.parts[link.source]) / 2
        end = to_y - self.depth(self.parts[link.target]) / 2
        return (x, start), (x, end)

    def _port(self, index: int, centres: list[Point], port: int, ports: int) -> float:
        room = self.length(self.parts[index]) * 0.3
        # The middle is left to straights from row to row.
        pitch = min(_PORT, 2 * room / max(1, ports))
        side = 1 if port % 2 else -1
        return centres[index][0] + side * pitch * (port // 2 + 0.8)

    def _border(self, index: int, centres: list[Point], gutter: int) -> float:
        half = self.depth(self.parts[index]) / 2
        row = self.cells[index][0]
        return centres[index][1] + (half if gutter > row else -half)


class _Axis:
    """Where cells and gutters lie along one axis."""

    def __init__(self, sizes: list[float], base: float, lanes: Counter[int], start: float) -> None:
        self.middle: list[float] = []
        self.gutters: list[tuple[float, float]] = []
        at = start
        for index, size in enumerate([*sizes, None]):
            count = min(_MOST_LANES, lanes[index])
            edge = index in (0, len(sizes))
            gutter = max(0.0 if edge else base, (count + 1) * _LANE if count else 0.0)
            self.gutters.append((at, at + gutter))
            at += gutter
            if size is not None:
                self.middle.append(at + size / 2)
                at += size

    def lane(self, gutter: int, lane: int, lanes: int) -> float:
        """The coordinate of a lane; beyond _MOST_LANES they share."""
        start, end = self.gutters[gutter]
        count = min(_MOST_LANES, lanes)
        return start + (end - start) * (lane % _MOST_LANES + 1) / (count + 1)


def _straightened(points: list[Point]) -> tuple[Point, ...]:
    """The polyline without repeated points and points on a straight."""
    kept = [point for point, _ in itertools.groupby(points)]
    path = kept[:1]
    for before, point, after in zip(kept, kept[1:], kept[2:], strict=False):
        same_x = abs(before[0] - point[0]) < 1e-9 and abs(point[0] - after[0]) < 1e-9
        same_y = abs(before[1] - point[1]) < 1e-9 and abs(point[1] - after[1]) < 1e-9
        if not (same_x or same_y):
            path.append(point)
    path.append(kept[-1])
    return tuple(path)
