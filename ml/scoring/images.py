"""Images as the networks take them: 240 × 144, whatever their size was.

The canvas is 5 : 3 and so is this: nothing is squashed, and at 0.24 of the canvas dashes, arrow
heads and letters still differ from plain lines, which at 128 × 128 they do not. Images of
another shape are first padded to 5 : 3 with the colour of their border.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH

WIDTH, HEIGHT = 240, 144
Image = NDArray[np.uint8]


def prepare(image: Image) -> Image:
    """uint8[144, 240, 3] of an RGB image uint8[H, W, 3]; each pixel is the mean of its area.

    Raises:
        ValueError: not an RGB image of bytes, or one without pixels.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or not image.size:
        raise ValueError(f"not an RGB image: {image.dtype}{list(image.shape)}")
    image = _padded(image)
    height, width = image.shape[:2]
    times = min(height // (2 * HEIGHT), width // (2 * WIDTH))
    if times > 1:  # whole factors are four times as fast, and the second step hides the seams
        image = _resized(image, width // times, height // times)
    return _resized(image, WIDTH, HEIGHT)


def prepare_all(images: Sequence[Image]) -> Image:
    """uint8[N, 144, 240, 3] of N images of any sizes."""
    out = np.empty((len(images), HEIGHT, WIDTH, 3), np.uint8)
    for number, image in enumerate(images):
        out[number] = prepare(image)
    return out


def _padded(image: Image) -> Image:
    height, width = image.shape[:2]
    wanted = max(width, round(height * CANVAS_WIDTH / CANVAS_HEIGHT))
    tall = max(height, round(width * CANVAS_HEIGHT / CANVAS_WIDTH))
    if wanted - width <= 0.02 * width and tall - height <= 0.02 * height:
        return image
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    padded = np.empty((tall, wanted, 3), np.uint8)
    padded[:] = np.median(border, axis=0).astype(np.uint8)
    top, left = (tall - height) // 2, (wanted - width) // 2
    padded[top : top + height, left : left + width] = image
    return padded


def _resized(image: Image, width: int, height: int) -> Image:
    return np.asarray(
        cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
