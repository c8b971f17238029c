"""A Scene as an image: `uint8[H, W, 3]`, RGB, antialiased."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import LINE_HEIGHT, WEIGHT, pixel_width, typeface
from ml.drawing.outlines import cylinder_rim, outline_of
from ml.spec.model import Line
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Colour, Form, Point, Route, Scene, Shape, Text

Image = NDArray[np.uint8]

_SHIFT = 4
_FINEST = 0.75
"""Below this scale text and thin lines turn to mush when drawn directly."""
_LIMIT = 30_000.0
_STROKE = 1.5
_CAPITAL = 0.70
"""Height of a capital letter as a share of the font size."""
_BEND = 9.0
_DASH = (7.0, 5.0)


def draw(scene: Scene, *, scale: float = 2.0) -> Image:
    """Draws the Scene at `scale` pixels a canvas px: uint8[600·scale, 1000·scale, 3], RGB.

    Small images are drawn larger and averaged down, so that they show what a reduced large
    one does. What lies off the canvas is cut.
    """
    width, height = round(CANVAS_WIDTH * scale), round(CANVAS_HEIGHT * scale)
    if scale < _FINEST:
        times = math.ceil(_FINEST / scale)
        large = _Canvas(width * times, height * times, scene.background).paint(scene)
        small = cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(small, dtype=np.uint8)
    return _Canvas(width, height, scene.background).paint(scene)


def encode_png(image: Image) -> bytes:
    """The image, uint8[H, W, 3] RGB, as a PNG file."""
    options = [cv2.IMWRITE_PNG_COMPRESSION, 1]
    done, data = cv2.imencode(".png", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    if not done:
        raise ValueError(f"an image of shape {image.shape} cannot become a PNG")
    return data.tobytes()


class _Canvas:
    """An image in the making. Coordinates are canvas px; `scale` turns them into pixels."""

    def __init__(self, width: int, height: int, background: Colour) -> None:
        self.image: Image = np.empty((height, width, 3), dtype=np.uint8)
        self.image[:] = np.array(background, dtype=np.uint8)
        self.scale = width / CANVAS_WIDTH

    def paint(self, scene: Scene) -> Image:
        weight = _line_weight(len(scene.routes))
        for route in scene.routes:
            self._route(route, _reach(route, scene.shapes), weight)
        for shape in scene.shapes:
            self._shape(shape)
        for part in (*scene.routes, *scene.shapes):
            if part.label is not None:
                self._text(part.label)
        for caption in scene.captions:
            self._text(caption)
        return self.image

    def _shape(self, shape: Shape) -> None:
        if not _finite(shape.x, shape.y, shape.width, shape.height):
            return
        if shape.form is Form.ELLIPSIS:
            self._dots(shape)
            return
        stroke = min(_STROKE, abs(shape.width) / 8, abs(shape.height) / 8)
        self._fill(outline_of(shape, grow=stroke / 2), shape.stroke)
        self._fill(outline_of(shape, grow=-stroke / 2), shape.fill)
        if shape.form is Form.CYLINDER:
            self._lid(shape)

    def _lid(self, shape: Shape) -> None:
        rim = cylinder_rim(abs(shape.width), abs(shape.height))
        angles = np.linspace(0, np.pi, 25)
        half = abs(shape.width) / 2
        top = shape.y - abs(shape.height) / 2 + rim
        arc = np.stack((shape.x + half * np.cos(angles), top + rim * np.sin(angles)), axis=1)
        self._line(arc, shape.stroke, _STROKE)

    def _dots(self, shape: Shape) -> None:
        wide = abs(shape.width) > abs(shape.height)
        length = max(abs(shape.width), abs(shape.height))
        radius = min(2.6, length / 10)
        for step in (-1, 0, 1):
            offset = step * length * 0.3
            x = shape.x + (offset if wide else 0)
            y = shape.y + (0 if wide else offset)
            angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
            dot = np.stack((x + radius * np.cos(angles), y + radius * np.sin(angles)), axis=1)
            self._fill(dot, shape.stroke)

    def _route(self, route: Route, reach: float, weight: float) -> None:
        points = [point for point in route.points if _finite(*point)]
        if len(points) < 2:
            return
        path = _without_repeats(points)
        if len(path) < 2:
            return
        if route.line is not Line.LINE and reach > 0:
            head, tip = min(reach, 0.6 * _length(path)), path[-1]
            path = _shortened(path, head * 0.8)
            self._head(path[-1], tip, head, route.colour)
        path = _rounded(path)
        if route.line is Line.DASHED:
            for dash in _dashes(path):
                self._line(dash, route.colour, weight)
        else:
            self._line(path, route.colour, weight)

    def _head(self, base: Point, tip: Point, length: float, colour: Colour) -> None:
        dx, dy = tip[0] - base[0], tip[1] - base[1]
        far = math.hypot(dx, dy)
        if far < 1e-6:
            return
        dx, dy = dx / far, dy / far
        half = length * 0.40
        back = (tip[0] - dx * length, tip[1] - dy * length)
        notch = (tip[0] - dx * length * 0.78, tip[1] - dy * length * 0.78)
        sides = [
            tip,
            (back[0] - dy * half, back[1] + dx * half),
            notch,
            (back[0] + dy * half, back[1] - dx * half),
        ]
        self._fill(np.array(sides), colour)

    def _text(self, text: Text) -> None:
        if not _finite(text.x, text.y, text.size):
            return
        pixels = max(1, round(text.size * self.scale))
        step = text.size * LINE_HEIGHT * self.scale
        middle = text.y * self.scale - step * (len(text.lines) - 1) / 2
        for number, line in enumerate(text.lines):
            left = text.x * self.scale - pixel_width(line, pixels) / 2
            base = middle + number * step + pixels * _CAPITAL / 2
            cv2.putText(
                self.image,
                line,
                (round(left), round(base)),
                text.colour,
                typeface(),
                pixels,
                WEIGHT,
            )

    def _fill(self, polygon: NDArray[np.float64], colour: Colour) -> None:
        cv2.fillPoly(self.image, [self._fixed(polygon)], colour, cv2.LINE_AA, _SHIFT)

    def _line(
        self, points: NDArray[np.float64] | Sequence[Point], colour: Colour, weight: float
    ) -> None:
        thickness = max(1, round(weight * self.scale))
        fixed = self._fixed(np.asarray(points, dtype=np.float64))
        cv2.polylines(self.image, [fixed], False, colour, thickness, cv2.LINE_AA, _SHIFT)

    def _fixed(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        """Canvas px as OpenCV's fixed-point pixels, whose whole numbers are pixel centres."""
        pixels = np.clip(points * self.scale - 0.5, -_LIMIT, _LIMIT)
        return np.rint(pixels * (1 << _SHIFT)).astype(np.int32)


def _line_weight(routes: int) -> float:
    return 1.5 if routes <= 60 else 1.0


def _reach(route: Route, shapes: Sequence[Shape]) -> float:
    """The length of the route's arrowhead: smaller at small shapes."""
    if not 0 <= route.target < len(shapes):
        return 9.0
    target = shapes[route.target]
    return max(4.5, min(9.0, 0.36 * min(abs(target.width), abs(target.height))))


def _finite(*numbers: float) -> bool:
    return all(math.isfinite(number) and abs(number) < 1e7 for number in numbers)


def _length(path: Sequence[Point]) -> float:
    return sum(math.dist(one, other) for one, other in zip(path, path[1:], strict=False))


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    path = [points[0]]
    for point in points[1:]:
        if math.dist(point, path[-1]) > 1e-6:
            path.append(point)
    return path


def _shortened(path: list[Point], length: float) -> list[Point]:
    """The path without its last `length` px, never losing its last straight."""
    *before, last = path
    previous = before[-1]
    far = math.dist(previous, last)
    share = 1 - min(length, far * 0.9) / far
    end = (
        previous[0] + (last[0] - previous[0]) * share,
        previous[1] + (last[1] - previous[1]) * share,
    )
    return [*before, end]


def _rounded(path: list[Point]) -> list[Point]:
    """The path with its bends turned into arcs (quadratic Bézier curves)."""
    if len(path) < 3:
        return path
    smooth = [path[0]]
    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        arm_in, arm_out = math.dist(before, corner), math.dist(corner, after)
        radius = min(_BEND, arm_in / 2, arm_out / 2)
        start = _towards(corner, before, radius / arm_in)
        end = _towards(corner, after, radius / arm_out)
        for step in range(7):
            part = step / 6
            smooth.append(
                (
                    (1 - part) ** 2 * start[0]
                    + 2 * part * (1 - part) * corner[0]
                    + part**2 * end[0],
                    (1 - part) ** 2 * start[1]
                    + 2 * part * (1 - part) * corner[1]
                    + part**2 * end[1],
                )
            )
    smooth.append(path[-1])
    return smooth


def _towards(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def _dashes(path: list[Point]) -> list[list[Point]]:
    """The path cut into dashes of equal length, the last one never a stump."""
    on, off = _DASH
    total = _length(path)
    period = on + off
    count = max(1, round((total + off) / period))
    stretch = total / (count * period - off)
    dashes: list[list[Point]] = []
    travelled, dash = 0.0, 0
    start, end = 0.0, on * stretch
    current: list[Point] = [path[0]]
    drawing = True
    for one, other in zip(path, path[1:], strict=False):
        length = math.dist(one, other)
        while dash < count:
            border = end if drawing else start
            if border > travelled + length + 1e-9:
                break
            point = _towards(one, other, min(1.0, (border - travelled) / max(length, 1e-9)))
            if drawing:
                current.append(point)
                dashes.append(current)
                dash += 1
                start = dash * period * stretch
                end = start + on * stretch
            else:
                current = [point]
            drawing = not drawing
        if drawing and dash < count:
            current.append(other)
        travelled += length
    return dashes
