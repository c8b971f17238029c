"""An arrangement in nominal px becomes a Scene on the canvas."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ml.drawing.drafts import Draft, Span, Trace, axes_of, draft_of
from ml.drawing.engine import Arrangement
from ml.drawing.figures import NOMINAL, Figure
from ml.drawing.labels import LINE_HEIGHT, MIN_SIZE, fit
from ml.drawing.outlines import outline_of, touch, toward
from ml.drawing.palettes import Colours, colours
from ml.drawing.parts import CAPTION, EDGE_LABEL, Caption, Plan
from ml.drawing.stretch import Stretch
from ml.drawing.tags import Tag, put
from ml.spec.model import Direction, Line
from ml.spec.scene import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    Colour,
    Form,
    Point,
    Route,
    Scene,
    Shape,
    Text,
)

MARGIN = 28.0
MAX_SCALE = 1.3
MAX_SCALE_FEW = 1.5
_FEW = 4

_SMALLEST_CAPTION = 11.0
_SMALLEST_TAG = 10.5
_WIDEST = 2.0
_WIDEST_MESH = 3.4


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """A draft with the maps that bring it onto the canvas: x and y are stretched, then scaled."""

    draft: Draft
    xs: Stretch
    ys: Stretch
    scale: float

    @property
    def filled(self) -> float:
        """The share of the canvas, 0–1, inside the drawing's bounding box."""
        area = self.scale**2 * self.xs.length * self.ys.length
        return area / (CANVAS_WIDTH * CANVAS_HEIGHT)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A Scene, how it was fitted, and how many edge labels found no place."""

    scene: Scene
    fitted: Fitting
    lost_labels: int


def fitting(plan: Plan, arrangement: Arrangement, *, stretch: bool = True) -> Fitting:
    """How a plan fits the canvas where an arrangement puts it."""
    draft = draft_of(plan, arrangement)
    xs, ys = axes_of(draft, across=1 if plan.style.direction is Direction.RIGHT else 0)
    room_x, room_y = CANVAS_WIDTH - 2 * MARGIN, CANVAS_HEIGHT - 2 * MARGIN
    most = MAX_SCALE if len(draft.figures) > _FEW else MAX_SCALE_FEW
    scale = min(most, room_x / max(xs.length, 1.0), room_y / max(ys.length, 1.0))
    if stretch:
        widest = _WIDEST_MESH if any(part.mesh for part in plan.parts) else _WIDEST
        xs.reach(room_x / scale, widest)
        ys.reach(room_y / scale, widest)
    return Fitting(draft=draft, xs=xs, ys=ys, scale=scale)


def compose(plan: Plan, fitted: Fitting) -> Drawing:
    """Draws a plan as it fits the canvas, in the middle."""
    draft, xs, ys, scale = fitted.draft, fitted.xs, fitted.ys, fitted.scale
    shift_x = CANVAS_WIDTH / 2 - scale * (xs(xs.low) + xs(xs.high)) / 2
    shift_y = CANVAS_HEIGHT / 2 - scale * (ys(ys.low) + ys(ys.high)) / 2

    across = xs if plan.style.direction is Direction.DOWN else ys

    def at(point: Point, span: Span | None = None) -> Point:
        x, y = xs(point[0]), ys(point[1])
        if span is not None:
            # Units stand at equal distances, whatever gaps lie beside them.
            low, high = across(span[0]), across(span[1])
            rate = (high - low) / max(span[1] - span[0], 1e-9)
            if across is xs:
                x = low + (point[0] - span[0]) * rate
            else:
                y = low + (point[1] - span[0]) * rate
        return x * scale + shift_x, y * scale + shift_y

    shades = colours(plan.style.palette)
    shapes = tuple(
        _shape(figure, at((figure.x, figure.y), span), scale, shades)
        for figure, span in zip(draft.figures, draft.spans, strict=True)
    )
    captions = tuple(
        _caption(caption, at((caption.x, caption.y)), scale, shades) for caption in draft.captions
    )
    routes: list[Route] = []
    tags: list[Tag] = []
    for trace in draft.traces:
        dashed = trace.link is not None and trace.link.edge.dashed
        routes.append(
            _route(
                shapes,
                trace,
                tuple(at(point, trace.span) for point in trace.path),
                Line.DASHED if dashed else plan.style.line,
                shades.mesh if trace.link is None else shades.line,
            )
        )
        if trace.link is not None and trace.link.label is not None:
            words = " ".join(trace.link.label.lines)
            size = max(_SMALLEST_TAG, _half(EDGE_LABEL * scale))
            tags.append(Tag(route=len(routes) - 1, words=words, size=size))
    placed = put(tags, shapes, routes, captions, shades.caption)
    for index, text in placed.items():
        routes[index] = replace(routes[index], label=text)
    scene = Scene(
        shapes=shapes, routes=tuple(routes), captions=captions, background=shades.background
    )
    return Drawing(scene=scene, fitted=fitted, lost_labels=len(tags) - len(placed))


def _half(size: float) -> float:
    """Rounded down to half px, which are whole pixels when a diagram is posted."""
    return int(size * 2) / 2


def _shape(figure: Figure, place: Point, scale: float, shades: Colours) -> Shape:
    x, y = place
    shade = shades.of(figure.kind, figure.hue)
    label = None
    if figure.label:
        nominal = NOMINAL * 1.6 if figure.label == "+" else NOMINAL
        laid = fit(
            figure.label,
            figure.inner[0] * scale + 1.0,
            figure.inner[1] * scale + 1.0,
            max(MIN_SIZE, _half(nominal * scale)),
        )
        label = laid.at(x, y + figure.label_y * scale, shade.text)
    return Shape(
        node=figure.node,
        x=x,
        y=y,
        width=figure.width * scale,
        height=figure.height * scale,
        form=figure.form,
        fill=shade.fill,
        stroke=shade.stroke,
        label=label,
    )


def _caption(caption: Caption, place: Point, scale: float, shades: Colours) -> Text:
    size = max(_SMALLEST_CAPTION, _half(CAPTION * scale))
    height = max(caption.height * scale, size * LINE_HEIGHT) + 1.0
    laid = fit(caption.words, caption.room * scale + 1.0, height, size)
    return laid.at(*place, shades.caption)


def _route(
    shapes: tuple[Shape, ...],
    trace: Trace,
    path: tuple[Point, ...],
    line: Line,
    colour: Colour,
) -> Route:
    """A route from border to border; `path` may end beside the shapes, or be empty."""
    one, other = shapes[trace.source], shapes[trace.target]
    if path:
        inner = trace.span is not None
        start, end = _lead(one, path, inner), _lead(other, path[::-1], inner)
        points = (*start, *path[1:-1], *reversed(end))
    else:
        points = (toward(one, (other.x, other.y)), toward(other, (one.x, one.y)))
    return Route(source=trace.source, target=trace.target, points=points, line=line, colour=colour)


def _lead(shape: Shape, path: tuple[Point, ...], inner: bool) -> tuple[Point, ...]:
    """How a path starts: on the shape's border, from which it leads to the path's own start
    when that stands apart. The first straight of an `inner` path is aimed at the shape."""
    start, following = path[0], path[1]
    if shape.form is Form.RECTANGLE:
        return (start,)
    outline = outline_of(shape)
    near = (
        abs(start[0] - shape.x) <= shape.width / 2 + 1
        and abs(start[1] - shape.y) <= shape.height / 2 + 1
    )
    if near or inner:
        beyond = (2 * start[0] - following[0], 2 * start[1] - following[1])
        return (touch(outline, following, beyond) or start,)
    border = touch(outline, start, (shape.x, shape.y)) or start
    return border, start
