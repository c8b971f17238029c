"""The picture of a loss."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ml.drawing.curve import HEIGHT, WIDTH, curve_png


def line_of(png: bytes) -> NDArray[np.bool_]:
    """bool[H, W]: where the curve itself is; it is the only thing with a colour."""
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    assert image.shape == (HEIGHT, WIDTH, 3)
    return np.asarray(image[..., 0].astype(int) - image[..., 2] > 100)


def height_at(line: NDArray[np.bool_], share: float) -> float:
    """The height of the curve, from the top, at this share of its way."""
    columns = np.flatnonzero(line.any(0))
    column = columns[round(share * (len(columns) - 1))]
    return float(np.flatnonzero(line[:, column]).mean())


def test_a_falling_loss_goes_down_from_left_to_right() -> None:
    line = line_of(curve_png([(0.1, 2.0), (0.5, 1.0), (0.9, 0.5)], "loss"))
    assert height_at(line, 0.0) < height_at(line, 0.5) - 50 < height_at(line, 1.0) - 70


def test_a_constant_loss_is_a_line_in_the_middle() -> None:
    line = line_of(curve_png([(0.0, 1.0), (1.0, 1.0)], "loss"))
    assert np.flatnonzero(line.any(1)).mean() == pytest.approx(HEIGHT / 2, abs=3)


@pytest.mark.parametrize("points", [[], [(0.5, 1.0)], [(0.1, 1.0), (0.2, float("nan"))]])
def test_what_is_no_curve_is_an_error(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="two points"):
        curve_png(points, "loss")
