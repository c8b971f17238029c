"""Whether the score prefers a diagram of ours to the same with one fault.

What `diagram-bot eval readability` prints without ratings: every pair is a diagram of a random
family and style as the project lays it out, and the same after one fault of one of four degrees.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.scoring.damage import FAULTS
from ml.scoring.pictures import placed_spec
from ml.scoring.rubric import readability
from ml.spec.scene import Scene

DEGREES = (0.25, 0.5, 0.75, 1.0)
LEAST = 0.05
"""Points that a fault costs by the rubric at least: some touch nothing that one can see."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A diagram, and the same made worse by a fault."""

    fault: str
    degree: float
    better: Scene
    worse: Scene


def own_pairs(count: int, seed: int) -> list[Pair]:
    """Pairs whose second is worse by exact geometry; the faults and degrees take turns."""
    rng = random.Random(seed)
    faults = list(FAULTS)
    pairs: list[Pair] = []
    while len(pairs) < count:
        scene = placed_spec(rng)[1]
        fault = faults[len(pairs) % len(faults)]
        degree = DEGREES[len(pairs) // len(faults) % len(DEGREES)]
        worse = fault(scene, rng, degree)
        if readability(scene) - readability(worse) > LEAST:
            pairs.append(Pair(fault=fault.__name__, degree=degree, better=scene, worse=worse))
    return pairs


def in_order(
    pairs: Sequence[Pair], score: Callable[[Sequence[Scene]], NDArray[np.float32]]
) -> NDArray[np.bool_]:
    """bool[N]: whether a score of Scenes, float[N], is higher for the better one of each pair."""
    better, worse = (
        score([pair.better for pair in pairs]),
        score([pair.worse for pair in pairs]),
    )
    return np.asarray(better > worse)


def shares(pairs: Sequence[Pair], right: NDArray[np.bool_]) -> dict[str, tuple[int, float]]:
    """How many pairs there are and the share in order: over all, by degree and by fault."""
    groups: dict[str, list[bool]] = {"all": list(right)}
    for pair, hit in zip(pairs, right, strict=True):
        groups.setdefault(f"degree {pair.degree}", []).append(bool(hit))
    for pair, hit in zip(pairs, right, strict=True):
        groups.setdefault(pair.fault, []).append(bool(hit))
    return {name: (len(hits), float(np.mean(hits))) for name, hits in groups.items()}


def pairs_table(found: dict[str, tuple[int, float]]) -> str:
    """The shares as lines of text."""
    lines = [f"{'our own pictures':18} {'pairs':>5} {'in order':>8}"]
    lines += [f"{name:18} {count:5} {share:8.3f}" for name, (count, share) in found.items()]
    return "\n".join(lines)
