"""A Scene as an image: `uint8[H, W, 3]`, RGB, antialiased."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import LINE_HEIGHT, WEIGHT, pixel_width, typeface
from ml.drawing.outlines import outline_of
from ml.drawing.paths import dashes, rounded
from ml.drawing.stamps import Stamp, stamp
from ml.drawing.strokes import Stroke, finite, strokes, weight
from ml.spec.model import Line
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

Image = NDArray[np.uint8]

_SHIFT = 4
_FINEST = 0.75
"""Below this scale text and thin lines turn to mush when drawn directly."""
_LIMIT = 30_000.0
_CAPITAL = 0.70
"""Height of a capital letter as a share of the font size."""


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


def draw_transparent(scene: Scene, *, scale: float = 2.0) -> Image:
    """Draws the Scene on nothing: uint8[600·scale, 1000·scale, 4], RGBA.

    What differs between the drawing on black and the one on white is what shines through. Words
    on a line keep their gap in it.
    """
    black = draw(replace(scene, background=(0, 0, 0)), scale=scale).astype(np.int16)
    white = draw(replace(scene, background=(255, 255, 255)), scale=scale).astype(np.int16)
    opacity = np.clip(255 - (white - black).max(axis=2), 0, 255)
    colour = np.clip(np.rint(black * (255 / np.maximum(opacity, 1))[..., None]), 0, 255)
    return np.dstack((colour, opacity)).astype(np.uint8)


def encode_png(image: Image) -> bytes:
    """The image, uint8[H, W, 3] RGB or uint8[H, W, 4] RGBA, as a PNG file."""
    # Flat colours compress better unfiltered, and four times as fast.
    options = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE]
    swap = cv2.COLOR_RGBA2BGRA if image.shape[2] == 4 else cv2.COLOR_RGB2BGR
    done, data = cv2.imencode(".png", cv2.cvtColor(image, swap), options)
    if not done:
        raise ValueError(f"an image of shape {image.shape} cannot become a PNG")
    return data.tobytes()


class _Canvas:
    """An image in the making. Coordinates are canvas px; `scale` turns them into pixels."""

    def __init__(self, width: int, height: int, background: Colour) -> None:
        self.image: Image = np.empty((height, width, 3), dtype=np.uint8)
        cv2.rectangle(self.image, (0, 0), (width, height), background, cv2.FILLED)
        self.scale = width / CANVAS_WIDTH
        self.background = background

    def paint(self, scene: Scene) -> Image:
        wide = weight(scene)
        for route, stroke in zip(scene.routes, strokes(scene), strict=True):
            self._route(route, stroke, wide)
        for shape in scene.shapes:
            self._shape(shape)
        for route in scene.routes:
            if route.label is not None:
                self._plate(route.label)
                self._text(route.label)
        for shape in scene.shapes:
            if shape.label is not None:
                self._text(shape.label)
        for caption in scene.captions:
            self._text(caption)
        return self.image

    def _shape(self, shape: Shape) -> None:
        if not finite(shape.x, shape.y, shape.width, shape.height):
            return
        width, height = abs(shape.width), abs(shape.height)
        if shape.form is Form.ELLIPSIS:
            self._dots(shape)
            return
        if width * height > 4 * CANVAS_WIDTH * CANVAS_HEIGHT:
            self._fill(outline_of(shape), shape.fill)
            return
        tile = stamp(
            shape.form,
            round(width, 2),
            round(height, 2),
            shape.fill,
            shape.stroke,
            round(self.scale, 4),
        )
        self._blend(tile, shape.x * self.scale, shape.y * self.scale)

    def _blend(self, tile: Stamp, x: float, y: float) -> None:
        """Lays a stamp with its centre at a pixel position, cut at the image's edges."""
        tall, wide = tile.colour.shape[:2]
        left, top = round(x - wide / 2), round(y - tall / 2)
        height, width = self.image.shape[:2]
        x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + wide), min(height, top + tall)
        if x0 >= x1 or y0 >= y1:
            return
        part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
        under = self.image[y0:y1, x0:x1]
        np.copyto(
            under,
            cv2.add(tile.colour[part], cv2.multiply(under, tile.through[part], scale=1 / 255)),
        )

    def _plate(self, text: Text) -> None:
        """Background under the words of a line, so that the line does not strike them out."""
        if not finite(text.x, text.y, text.width, text.height):
            return
        half_width = min(text.width / 2 + 3.0, 2 * CANVAS_WIDTH)
        half_height = min(text.height / 2 - 0.5, 2 * CANVAS_HEIGHT)
        low = (text.x - half_width) * self.scale, (text.y - half_height) * self.scale
        high = (text.x + half_width) * self.scale, (text.y + half_height) * self.scale
        cv2.rectangle(
            self.image,
            (round(low[0]), round(low[1])),
            (round(high[0]), round(high[1])),
            self.background,
            cv2.FILLED,
        )

    def _dots(self, shape: Shape) -> None:
        wide = abs(shape.width) > abs(shape.height)
        length = min(max(abs(shape.width), abs(shape.height)), 2 * CANVAS_WIDTH)
        radius = min(2.4, length / 10)
        for step in (-1, 0, 1):
            offset = step * length * 0.3
            x = shape.x + (offset if wide else 0)
            y = shape.y + (0 if wide else offset)
            angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
            dot = np.stack((x + radius * np.cos(angles), y + radius * np.sin(angles)), axis=1)
            self._fill(dot, shape.stroke)

    def _route(self, route: Route, stroke: Stroke, weight: float) -> None:
        if stroke.head:
            self._fill(np.array(stroke.head), route.colour)
        for piece in stroke.pieces:
            curve = rounded(piece)
            if route.line is Line.DASHED:
                for dash in dashes(curve):
                    self._line(dash, route.colour, weight)
            else:
                self._line(curve, route.colour, weight)

    def _text(self, text: Text) -> None:
        if not finite(text.x, text.y, text.size):
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
        # OpenCV's antialiased lines come out 0.35, 1.4 and 2.4 px wider than asked for.
        wanted = weight * self.scale
        thickness = 1 if wanted < 2.4 else 2 if wanted < 4.4 else 3
        fixed = self._fixed(np.asarray(points, dtype=np.float64))
        cv2.polylines(self.image, [fixed], False, colour, thickness, cv2.LINE_AA, _SHIFT)

    def _fixed(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        """Canvas px as OpenCV's fixed-point pixels, whose whole numbers are pixel centres."""
        pixels = np.clip(points * self.scale - 0.5, -_LIMIT, _LIMIT)
        return np.rint(pixels * (1 << _SHIFT)).astype(np.int32)
