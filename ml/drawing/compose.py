"""An arrangement in nominal px becomes a Scene on the canvas."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ml.drawing.engine import Arrangement
from ml.drawing.labels import block, fit
from ml.drawing.outlines import outline_of, touch
from ml.drawing.palettes import Colours, colours
from ml.drawing.parts import CAPTION, EDGE_LABEL, NOMINAL, Figure, Plan
from ml.spec.model import Line
from ml.spec.scene import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    Point,
    Route,
    Scene,
    Shape,
    Text,
)

MARGIN = 26.0
MAX_SCALE = 1.45


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A Scene and how good it is; larger is better."""

    scene: Scene
    score: float


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The map from nominal px to the canvas."""

    scale: float
    x: float
    y: float

    def at(self, point: Point) -> Point:
        return point[0] * self.scale + self.x, point[1] * self.scale + self.y


def compose(plan: Plan, arrangement: Arrangement) -> Drawing:
    """Draws a plan where an arrangement puts it, scaled and centred on the canvas."""
    shades = colours(plan.style.palette)
    frame = _frame(plan, arrangement)
    shapes: list[Shape] = []
    captions: list[Text] = []
    first: list[int] = []
    for part, centre in zip(plan.parts, arrangement.centres, strict=True):
        first.append(len(shapes))
        for figure in part.figures:
            shapes.append(_shape(figure, centre, frame, shades))
        for caption in part.captions:
            x, y = frame.at((centre[0] + caption.x, centre[1] + caption.y))
            size = _size(CAPTION, frame.scale)
            laid = fit(
                caption.words,
                caption.width * frame.scale + 1.0,
                caption.height * frame.scale + 1.0,
                size,
            )
            captions.append(laid.at(x, y, shades.caption))
    routes: list[Route] = []
    for part, start in zip(plan.parts, first, strict=True):
        for one, other in part.mesh:
            routes.append(
                _route(shapes, start + one, start + other, (), plan.style.line, shades.mesh)
            )
    for link, path, anchor in zip(
        plan.links, arrangement.paths, arrangement.anchors, strict=True
    ):
        line = Line.DASHED if link.edge.dashed else plan.style.line
        source, target = plan.parts[link.source], plan.parts[link.target]
        points = tuple(frame.at(point) for point in path)
        label = None
        if link.label is not None and anchor is not None:
            size = _size(EDGE_LABEL, frame.scale)
            label = block(link.label.lines, size).at(*frame.at(anchor), shades.caption)
        for leave in source.exit:
            for arrive in target.entry:
                one, other = first[link.source] + leave, first[link.target] + arrive
                route = _route(shapes, one, other, points, line, shades.line)
                routes.append(replace(route, label=label))
                label = None
    scene = Scene(
        shapes=tuple(shapes),
        routes=tuple(routes),
        captions=tuple(captions),
        background=shades.background,
    )
    return Drawing(scene=scene, score=frame.scale)


def _frame(plan: Plan, arrangement: Arrangement) -> Frame:
    boxes: list[tuple[float, float, float, float]] = []
    for part, (x, y) in zip(plan.parts, arrangement.centres, strict=True):
        for item in (*part.figures, *part.captions):
            boxes.append(_box(x + item.x, y + item.y, item.width, item.height))
    for link, path, anchor in zip(
        plan.links, arrangement.paths, arrangement.anchors, strict=True
    ):
        boxes.extend(_box(x, y, 2.0, 2.0) for x, y in path)
        if link.label is not None and anchor is not None:
            boxes.append(_box(*anchor, link.label.width, link.label.height))
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    scale = min(
        MAX_SCALE,
        (CANVAS_WIDTH - 2 * MARGIN) / (right - left),
        (CANVAS_HEIGHT - 2 * MARGIN) / (bottom - top),
    )
    return Frame(
        scale=scale,
        x=CANVAS_WIDTH / 2 - scale * (left + right) / 2,
        y=CANVAS_HEIGHT / 2 - scale * (top + bottom) / 2,
    )


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _size(nominal: float, scale: float) -> float:
    return max(8.0, int(nominal * scale * 2) / 2)


def _shape(figure: Figure, centre: Point, frame: Frame, shades: Colours) -> Shape:
    x, y = frame.at((centre[0] + figure.x, centre[1] + figure.y))
    shade = shades.of(figure.kind)
    label = None
    if figure.label:
        nominal = NOMINAL * 1.5 if figure.label == "+" else NOMINAL
        laid = fit(
            figure.label,
            figure.inner[0] * frame.scale + 1.0,
            figure.inner[1] * frame.scale + 1.0,
            _size(nominal, frame.scale),
        )
        label = laid.at(x, y + figure.label_y * frame.scale, shade.text)
    return Shape(
        node=figure.node,
        x=x,
        y=y,
        width=figure.width * frame.scale,
        height=figure.height * frame.scale,
        form=figure.form,
        fill=shade.fill,
        stroke=shade.stroke,
        label=label,
    )


def _route(
    shapes: list[Shape],
    source: int,
    target: int,
    path: tuple[Point, ...],
    line: Line,
    colour: tuple[int, int, int],
) -> Route:
    """A route from border to border. `path` may end beside the shapes or be empty."""
    one, other = shapes[source], shapes[target]
    points = list(path) or [(one.x, one.y), (other.x, other.y)]
    if len(path) >= 2 and source != target:
        points = [*_lead(one, points), *reversed(_lead(other, points[::-1]))][:]
        points = _joined(_lead(one, list(path)), _lead(other, list(path)[::-1]), list(path))
    elif not path:
        start = touch(outline_of(one), points[1], points[0]) or points[0]
        end = touch(outline_of(other), points[0], points[1]) or points[1]
        points = [start, end]
    return Route(
        source=source,
        target=target,
        points=tuple(points),
        line=line,
        colour=colour,
    )


def _lead(shape: Shape, path: list[Point]) -> list[Point]:
    """How the path starts at the shape: its first point moved to, or led from, the border."""
    outline = outline_of(shape)
    start, following = path[0], path[1]
    beyond = (2 * start[0] - following[0], 2 * start[1] - following[1])
    near = abs(start[0] - shape.x) <= shape.width / 2 + 1 and (
        abs(start[1] - shape.y) <= shape.height / 2 + 1
    )
    if near:
        return [touch(outline, following, beyond) or start]
    border = touch(outline, start, (shape.x, shape.y)) or start
    return [border, start]


def _joined(start: list[Point], end: list[Point], path: list[Point]) -> list[Point]:
    return [*start, *path[1:-1], *reversed(end)]
