"""How well predicted scores agree with given ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Agreement of predictions with ratings, and of the best constant beside it.

    `mae` and `rmse` are in points. `spearman` is the rank correlation, 0 when either side is
    constant. `pairwise` is the share of pairs of unequal rating that are put in the right order,
    ties counting half; 0.5 for the constant. The constant is the median for `constant_mae`, the
    mean for `constant_rmse`.
    """

    count: int
    mae: float
    rmse: float
    spearman: float
    pairwise: float
    constant_mae: float
    constant_rmse: float


def agreement(predicted: Floats, given: Floats) -> Agreement:
    """Compares float[N] with float[N].

    Raises:
        ValueError: nothing to compare, or different lengths.
    """
    predicted, given = np.asarray(predicted, float), np.asarray(given, float)
    if predicted.shape != given.shape or not given.size:
        raise ValueError(f"cannot compare {predicted.shape} predictions with {given.shape} ratings")
    error = predicted - given
    return Agreement(
        count=len(given),
        mae=float(np.abs(error).mean()),
        rmse=float(np.sqrt((error**2).mean())),
        spearman=spearman(predicted, given),
        pairwise=pairwise(predicted, given),
        constant_mae=float(np.abs(given - np.median(given)).mean()),
        constant_rmse=float(given.std()),
    )


def spearman(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation with average ranks for ties; 0 when a side is constant."""
    a, b = _ranks(one), _ranks(other)
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / scale if scale > 0 else 0.0


def pairwise(predicted: Floats, given: Floats) -> float:
    """The share of pairs of unequal rating in the right order; 0.5 when there is no such pair."""
    higher = given[:, None] > given[None]
    if not higher.any():
        return 0.5
    right = (predicted[:, None] > predicted[None]) + 0.5 * (predicted[:, None] == predicted[None])
    return float(right[higher].mean())


def _ranks(values: Floats) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place], np.float64)
