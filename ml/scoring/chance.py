"""How many things a fault hits and how far they go."""

from __future__ import annotations

import random


def some(items: int, rng: random.Random, degree: float) -> list[int]:
    """A few positions: one at degree 0, more than half of them at 1."""
    count = max(1, round(items * 0.6 * degree))
    return rng.sample(range(items), min(items, count))


def far(rng: random.Random, reach: float) -> float:
    return rng.choice((-1, 1)) * rng.uniform(0.5, 1.0) * reach
