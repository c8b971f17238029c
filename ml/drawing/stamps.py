"""Outlined shapes drawn once at four times the size, averaged down and kept.

A diagram repeats few sizes, and edges averaged from 16 samples a pixel are smoother than
OpenCV's own antialiasing of polygons.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.drawing.outlines import cylinder_rim, outline, stroke_width
from ml.spec.scene import Colour, Form

_SAMPLES = 4
_SHIFT = 4


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A shape ready to be laid on an image: its colours, each already multiplied by its
    opacity, and how much of what lies under it shows through (255: all); uint8[H, W, 3] both."""

    colour: NDArray[np.uint8]
    through: NDArray[np.uint8]


@lru_cache(maxsize=512)
def stamp(
    form: Form, width: float, height: float, fill: Colour, stroke: Colour, scale: float
) -> Stamp:
    """The stamp of a shape of `width` × `height` px at `scale` pixels a px, centred."""
    line = stroke_width(width, height)
    wide = math.ceil((width + line) * scale) + 2
    tall = math.ceil((height + line) * scale) + 2
    tile = np.zeros((tall * _SAMPLES, wide * _SAMPLES, 4), dtype=np.uint8)
    factor = scale * _SAMPLES
    middle = np.array((wide, tall)) * (_SAMPLES / 2)

    def fixed(points: NDArray[np.float64]) -> NDArray[np.int32]:
        pixels = points * factor + middle - 0.5
        return np.rint(pixels * (1 << _SHIFT)).astype(np.int32)

    for grow, colour in ((line / 2, stroke), (-line / 2, fill)):
        polygon = outline(form, 0.0, 0.0, width, height, grow=grow)
        cv2.fillPoly(tile, [fixed(polygon)], (*colour, 255), cv2.LINE_8, _SHIFT)
    if form is Form.CYLINDER:
        rim = cylinder_rim(width, height)
        angles = np.linspace(0, np.pi, 33)
        arc = np.stack((np.cos(angles) * width / 2, np.sin(angles) * rim), axis=1)
        arc[:, 1] += rim - height / 2
        thickness = max(1, round(line * factor))
        cv2.polylines(tile, [fixed(arc)], False, (*stroke, 255), thickness, cv2.LINE_8, _SHIFT)
    resized = cv2.resize(tile, (wide, tall), interpolation=cv2.INTER_AREA)
    small = np.asarray(resized, dtype=np.uint8)
    through = np.repeat(np.invert(small[..., 3:]), 3, axis=2)
    return Stamp(colour=np.ascontiguousarray(small[..., :3]), through=through)
