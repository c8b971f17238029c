"""A predicted rating, when a thousand people have rated a thousand diagrams each.

python -m bench.taste

Says how long the index takes to build, how much memory it keeps, and how long one request of
20 candidates takes. CPU seconds say more than the clock where other programs run.
"""

from __future__ import annotations

import sys
from time import perf_counter, process_time

import numpy as np

from ml.scoring.taste import TasteIndex

PEOPLE, RATINGS, AXES = 1_000, 1_000, 72
CANDIDATES, REQUESTS = 20, 200


def measure() -> None:
    """Builds, asks, and prints what it took."""
    random = np.random.default_rng(0)
    users = np.repeat(np.arange(PEOPLE), RATINGS)
    latents = random.standard_normal((len(users), AXES), dtype=np.float32)
    ratings = random.integers(0, 6, len(users)).astype(np.float32)
    started = process_time()
    index = TasteIndex.build(users, latents, ratings, "bench")
    built = process_time() - started
    seconds, worked = [], []
    for user in random.integers(0, PEOPLE, REQUESTS):
        candidates = random.standard_normal((CANDIDATES, AXES), dtype=np.float32)
        started, clock = process_time(), perf_counter()
        index.predict(int(user), candidates)
        worked.append(process_time() - started)
        seconds.append(perf_counter() - clock)
    sys.stdout.write(
        f"{PEOPLE:,} people with {RATINGS:,} ratings each\n"
        f"built in {built:.1f} CPU s, keeps {index.memory / 1e6:.0f} MB\n"
        f"a request of {CANDIDATES}: {1e3 * np.median(worked):.1f} CPU ms, by the clock "
        f"{1e3 * np.median(seconds):.1f} ms, {1e3 * np.percentile(seconds, 95):.1f} ms for the "
        "slowest 5 %\n"
    )


if __name__ == "__main__":
    measure()
