"""A predicted rating, when a thousand people have rated a thousand diagrams each.

python -m bench.taste

Says how long the index takes to build, how much memory it keeps, and how long one request of
20 candidates waits for its predictions.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from ml.scoring.taste import TasteIndex

PEOPLE, RATINGS, AXES = 1_000, 1_000, 64
CANDIDATES, REQUESTS = 20, 200


def measure() -> None:
    """Builds, asks, and prints what it took."""
    random = np.random.default_rng(0)
    users = np.repeat(np.arange(PEOPLE), RATINGS)
    latents = random.standard_normal((len(users), AXES), dtype=np.float32)
    ratings = random.integers(0, 6, len(users)).astype(np.float32)
    started = perf_counter()
    index = TasteIndex.build(users, latents, ratings, "bench")
    built = perf_counter() - started
    seconds = []
    for user in random.integers(0, PEOPLE, REQUESTS):
        candidates = random.standard_normal((CANDIDATES, AXES), dtype=np.float32)
        started = perf_counter()
        index.predict(int(user), candidates)
        seconds.append(perf_counter() - started)
    middle, slow = 1e3 * np.percentile(seconds, [50, 95])
    sys.stdout.write(
        f"{PEOPLE:,} people with {RATINGS:,} ratings each\n"
        f"built in {built:.1f} s, keeps {index.memory / 1e6:.0f} MB\n"
        f"a request of {CANDIDATES}: {middle:.1f} ms, {slow:.1f} ms in the slowest 5 %\n"
    )


if __name__ == "__main__":
    measure()
