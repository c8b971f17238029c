"""Gaps made wider, shapes left as they are, so that a drawing fills its canvas.

Along one axis, the stretches of the axis that some shape covers keep their length and the
gaps between grow. The map is monotone, so nothing changes sides, and every point of a shape
moves as far as its centre: what was free of overlaps and clean of edges stays so.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


class Stretch:
    """The map of one axis that covers `intervals`; `extent` is the whole (low, high)."""

    def __init__(self, intervals: Iterable[tuple[float, float]], extent: tuple[float, float]):
        self.low, self.high = extent
        self.gaps = _gaps(sorted(intervals), self.low, self.high)
        self.factor = 1.0

    @property
    def length(self) -> float:
        """The whole length after stretching."""
        return self.high - self.low + self.free * (self.factor - 1.0)

    @property
    def free(self) -> float:
        """The length of all gaps before stretching."""
        return sum(end - start for start, end in self.gaps)

    def reach(self, length: float, most: float) -> None:
        """Stretches towards a whole length, gaps by a factor of at most `most`."""
        if self.free > 1.0:
            wanted = 1.0 + (length - (self.high - self.low)) / self.free
            self.factor = min(most, max(1.0, wanted))

    def __call__(self, at: float) -> float:
        added = sum(min(max(at - start, 0.0), end - start) for start, end in self.gaps)
        return at + added * (self.factor - 1.0)


def _gaps(
    intervals: list[tuple[float, float]], low: float, high: float
) -> list[tuple[float, float]]:
    gaps: list[tuple[float, float]] = []
    end = low
    for start, stop in intervals:
        if start > end + 1e-9:
            gaps.append((end, start))
        end = max(end, stop)
    if high > end + 1e-9:
        gaps.append((end, high))
    return gaps


def crossings(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> int:
    """How many pairs of segments, float64[M, 2] each, cross inside both."""
    if len(starts) < 2:
        return 0
    along = ends - starts

    def side(points: NDArray[np.float64]) -> NDArray[np.float64]:
        offset = points[None] - starts[:, None]
        signs: NDArray[np.float64] = (
            along[:, None, 0] * offset[..., 1] - along[:, None, 1] * offset[..., 0]
        )
        return signs

    split = side(starts) * side(ends) < -1e-6
    return int((split & split.T).sum() // 2)
