"""What a layout engine moves about: parts, each one shape or a whole run of unit layers.

Sizes are nominal px, at which a label has NOMINAL px; the finished drawing is scaled to the
canvas as a whole. Inside a part everything is relative to the part's centre.
"""

from __future__ import annotations

from dataclasses import dataclass

from ml.drawing.figures import Figure
from ml.drawing.labels import Block
from ml.spec.model import Edge, Style
from ml.spec.scene import Point

EDGE_LABEL = 12.0
CAPTION = 13.0


@dataclass(frozen=True, kw_only=True)
class Caption:
    """Words beside the units of a layer: the box they fill, and the width they may fill when
    they are drawn larger than everything else."""

    words: str
    x: float
    y: float
    width: float
    height: float
    room: float


@dataclass(frozen=True, kw_only=True)
class Inner:
    """An edge between figures of one part, by their positions, with its own path."""

    source: int
    target: int
    edge: Edge
    path: tuple[Point, ...]
    label: Block | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the layout engine places as one box of `width` × `height`.

    `entry` and `exit` are the positions in `figures` where outer edges arrive and leave;
    `mesh` holds the straight inner edges as pairs of positions, `inner` all others. `depth` is
    the extent of a run's units across the flow.
    """

    figures: tuple[Figure, ...]
    width: float
    height: float
    entry: tuple[int, ...] = (0,)
    exit: tuple[int, ...] = (0,)
    mesh: tuple[tuple[int, int], ...] = ()
    inner: tuple[Inner, ...] = ()
    captions: tuple[Caption, ...] = ()
    depth: float = 0.0

    @property
    def single(self) -> bool:
        return len(self.figures) == 1


@dataclass(frozen=True, kw_only=True)
class Link:
    """An edge between parts, by their positions."""

    source: int
    target: int
    edge: Edge
    label: Block | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All parts of a diagram and the links between them."""

    style: Style
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
