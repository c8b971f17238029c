"""Agreement of scores with ratings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ml.scoring.metrics import agreement

ratings = arrays(np.float64, st.integers(1, 30), elements=st.integers(0, 5).map(float))


def test_known_numbers() -> None:
    found = agreement(np.array([1.0, 2.0, 4.0, 3.0]), np.array([1.0, 2.0, 3.0, 5.0]))
    assert found.mae == pytest.approx(0.75)
    assert found.rmse == pytest.approx((5 / 4) ** 0.5)
    assert found.spearman == pytest.approx(0.8)
    assert found.pairwise == pytest.approx(5 / 6)
    assert found.constant_mae == pytest.approx(1.25)


@given(ratings)
def test_perfect_predictions_have_no_error(given_ratings: np.ndarray) -> None:
    found = agreement(given_ratings, given_ratings)
    assert found.mae == found.rmse == 0
    several = len(set(given_ratings)) > 1
    assert found.spearman == pytest.approx(1.0 if several else 0.0)
    assert found.pairwise == (1.0 if several else 0.5)


@given(ratings)
def test_the_constant_predictor_scores_as_itself(given_ratings: np.ndarray) -> None:
    constant = np.full_like(given_ratings, np.median(given_ratings))
    found = agreement(constant, given_ratings)
    assert found.mae == pytest.approx(found.constant_mae)
    assert found.spearman == 0
    assert found.pairwise == 0.5


def test_nothing_or_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot compare"):
        agreement(np.zeros(0), np.zeros(0))
    with pytest.raises(ValueError, match="cannot compare"):
        agreement(np.zeros(2), np.zeros(3))
