"""The gate: whether a new version is better than the serving one by more than noise.

Both answer the same held-out examples. The mean difference is bootstrapped over the examples
(Efron & Tibshirani, 1993, ch. 16; Koehn, 2004, for paired comparisons of models): only when 95 %
of its resamples lie on one side of zero is that side believed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 4_000
"""Resamples: the ends of the interval then move by about a hundredth of its length."""
_PART = 500  # resamples at a time, so that the memory needed stays small


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The mean gain of the new version over the old one, with its 95 % interval."""

    gain: float
    low: float
    high: float
    count: int

    @property
    def better(self) -> bool:
        return self.low > 0

    @property
    def worse(self) -> bool:
        return self.high < 0

    def __str__(self) -> str:
        side = "better" if self.better else "worse" if self.worse else "no different beyond noise"
        interval = f"{self.gain:+.3f}, 95 % {self.low:+.3f} to {self.high:+.3f}"
        return f"{side} ({interval}, {self.count} examples)"


def paired_bootstrap(
    new: NDArray[np.floating], old: NDArray[np.floating], seed: int = 0
) -> Verdict:
    """Compares two models by what each got for the same N independent examples, float[N].

    Larger is better. The same arguments give the same verdict.

    Raises:
        ValueError: nothing to compare, different lengths, or a result that is no number.
    """
    if np.shape(new) != np.shape(old):
        raise ValueError(f"results {np.shape(new)} cannot be compared with {np.shape(old)}")
    gains = np.asarray(new, np.float64) - np.asarray(old, np.float64)
    if gains.ndim != 1 or not gains.size or not np.isfinite(gains).all():
        raise ValueError("two models are compared by two equally long lists of finite numbers")
    rng = np.random.default_rng(seed)
    means = np.concatenate(
        [
            gains[rng.integers(0, gains.size, (_PART, gains.size))].mean(1)
            for _ in range(ROUNDS // _PART)
        ]
    )
    low, high = np.quantile(means, (0.025, 0.975))
    return Verdict(gain=float(gains.mean()), low=float(low), high=float(high), count=gains.size)
