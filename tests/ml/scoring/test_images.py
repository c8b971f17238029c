"""Images of any size become the networks' 240 × 144."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.scoring.images import HEIGHT, WIDTH, prepare, prepare_all


def test_a_posted_picture_keeps_its_mean() -> None:
    image = np.full((1200, 2000, 3), 255, np.uint8)
    image[300:900, 500:1500] = (10, 120, 240)
    small = prepare(image)
    assert small.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(small.mean((0, 1)) - image.mean((0, 1))).max() < 1.5


def test_the_whole_picture_is_seen_in_its_corners() -> None:
    image = np.full((600, 1000, 3), 255, np.uint8)
    image[:20, :20] = image[-20:, -20:] = 0
    small = prepare(image)
    assert small[0, 0].max() < 60
    assert small[-1, -1].max() < 60
    assert small[0, -1].min() == 255


def test_a_thin_line_is_not_skipped() -> None:
    image = np.full((1200, 2000, 3), 255, np.uint8)
    image[:, 1001:1003] = 0
    assert prepare(image)[:, 118:123].min() < 235


def test_a_picture_of_another_shape_is_padded_with_its_border_and_not_stretched() -> None:
    image = np.full((600, 600, 3), (200, 210, 220), np.uint8)
    image[200:400, 200:400] = 0
    small = prepare(image)
    assert (small[0, 0] == (200, 210, 220)).all()
    rows = (small[:, WIDTH // 2, 0] < 100).sum()
    columns = (small[HEIGHT // 2, :, 0] < 100).sum()
    assert rows == pytest.approx(columns, abs=1)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((10, 10), np.uint8),
        np.zeros((10, 10, 4), np.uint8),
        np.zeros((10, 10, 3), np.float32),
        np.zeros((0, 10, 3), np.uint8),
    ],
)
def test_what_is_no_rgb_image_is_refused(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not an RGB image"):
        prepare(image)


@given(st.integers(1, 300), st.integers(1, 300))
def test_any_size_is_taken(height: int, width: int) -> None:
    image = np.full((height, width, 3), 77, np.uint8)
    assert (prepare_all([image, image]) == 77).all()
