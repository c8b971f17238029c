"""The loss of a training as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import typeface
from ml.drawing.render import encode_png

WIDTH, HEIGHT = 800, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 30, 50, 50
_INK, _FAINT, _LINE = (60, 60, 60), (225, 225, 225), (40, 100, 200)
_TEXT = 15  # px


def curve_png(points: Sequence[tuple[float, float]], title: str) -> bytes:
    """A PNG of the loss, over how much of the training was done, 0–1.

    Raises:
        ValueError: there are fewer than two points, or one that is not finite.
    """
    values = np.array(points, np.float64).reshape(-1, 2)
    if len(values) < 2 or not np.isfinite(values).all():
        raise ValueError("a curve needs two points or more, all of them finite")
    low, high = float(values[:, 1].min()), float(values[:, 1].max())
    margin = 0.05 * (high - low) or 0.5
    low, high = low - margin, high + margin
    image = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    wide, tall = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    _write(image, title, _LEFT, _TOP - 18)
    for part in np.linspace(0, 1, 5):
        x, y = round(_LEFT + part * wide), round(_TOP + (1 - part) * tall)
        cv2.line(image, (_LEFT, y), (WIDTH - _RIGHT, y), _FAINT, 1)
        _write(image, f"{low + part * (high - low):.3f}", 20, y + 5)
        _write(image, f"{part:.0%}", x - 15, HEIGHT - _BOTTOM + 25)
    line = np.stack(
        [
            _LEFT + values[:, 0].clip(0, 1) * wide,
            _TOP + (high - values[:, 1]) / (high - low) * tall,
        ],
        axis=1,
    )
    cv2.polylines(image, [line.round().astype(np.int32)], False, _LINE, 2, cv2.LINE_AA)
    return encode_png(image)


def _write(image: NDArray[np.uint8], text: str, x: int, y: int) -> None:
    cv2.putText(image, text, (x, y), _INK, typeface(), _TEXT)
