"""All figures, captions and routes of a drawing at absolute places, still in nominal px."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from ml.drawing.engine import Arrangement
from ml.drawing.figures import Figure
from ml.drawing.parts import Caption, Link, Plan
from ml.drawing.stretch import Stretch
from ml.spec.model import Direction
from ml.spec.scene import Point

Span: TypeAlias = tuple[float, float]
"""Where the units of a run start and end across the flow."""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A route in the making: figures by their positions, and the points between."""

    source: int
    target: int
    path: tuple[Point, ...]
    link: Link | None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """All figures and captions at absolute places, in nominal px; `spans` has the span of the
    run for every figure that is a unit of one."""

    figures: tuple[Figure, ...]
    captions: tuple[Caption, ...]
    traces: tuple[Trace, ...]
    spans: tuple[Span | None, ...]


def draft_of(plan: Plan, arrangement: Arrangement) -> Draft:
    """Puts the figures of all parts where the arrangement has the parts, and leads every link
    from each figure where it leaves to each where it arrives."""
    figures: list[Figure] = []
    captions: list[Caption] = []
    traces: list[Trace] = []
    first: list[int] = []
    axis = 0 if plan.style.direction is Direction.DOWN else 1
    spans = [
        (centre[axis] - part.depth / 2, centre[axis] + part.depth / 2) if part.depth else None
        for part, centre in zip(plan.parts, arrangement.centres, strict=True)
    ]
    for part, (x, y) in zip(plan.parts, arrangement.centres, strict=True):
        first.append(len(figures))
        figures += [replace(figure, x=x + figure.x, y=y + figure.y) for figure in part.figures]
        captions += [
            replace(caption, x=x + caption.x, y=y + caption.y) for caption in part.captions
        ]
    for part, start, (x, y), span in zip(
        plan.parts, first, arrangement.centres, spans, strict=True
    ):
        for one, other in part.mesh:
            traces.append(Trace(source=start + one, target=start + other, path=(), link=None))
        for inner in part.inner:
            path = tuple((x + point[0], y + point[1]) for point in inner.path)
            link = Link(source=0, target=0, edge=inner.edge, label=inner.label)
            traces.append(
                Trace(
                    source=start + inner.source,
                    target=start + inner.target,
                    path=path,
                    link=link,
                    span=span,
                )
            )
    for link, path in zip(plan.links, arrangement.paths, strict=True):
        for leave in plan.parts[link.source].exit:
            for arrive in plan.parts[link.target].entry:
                traces.append(
                    Trace(
                        source=first[link.source] + leave,
                        target=first[link.target] + arrive,
                        path=path,
                        link=link,
                    )
                )
                link = replace(link, label=None)
    return Draft(
        figures=tuple(figures),
        captions=tuple(captions),
        traces=tuple(traces),
        spans=tuple(
            span for part, span in zip(plan.parts, spans, strict=True) for _ in part.figures
        ),
    )


def axes_of(draft: Draft, *, across: int) -> tuple[Stretch, Stretch]:
    """The stretches of x and y. Units of a layer stand at equal distances, whatever gaps the
    layers beside them have: along the axis `across` the flow they cover nothing."""
    axes: list[Stretch] = []
    for axis in (0, 1):
        intervals: list[tuple[float, float]] = []
        edges: list[tuple[float, float]] = []
        items: tuple[Figure | Caption, ...] = (*draft.figures, *draft.captions)
        for number, item in enumerate(items):
            middle, size = ((item.x, item.width), (item.y, item.height))[axis]
            edges.append((middle - size / 2, middle + size / 2))
            if axis != across or number >= len(draft.spans) or not draft.spans[number]:
                intervals.append(edges[-1])
        reached = [point[axis] for trace in draft.traces for point in trace.path]
        low = min([start for start, _ in edges] + [place - 1.0 for place in reached])
        high = max([end for _, end in edges] + [place + 1.0 for place in reached])
        axes.append(Stretch(intervals, (low, high)))
    return axes[0], axes[1]
