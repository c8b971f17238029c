"""Simulated people with hidden tastes, to see what the predicted ratings are worth.

Each person likes style words to some degree (additive), some pairs of words more than their sum
(interacting), or nothing in particular (indifferent); a team shares a leaning. A rating is the
hidden liking on 0–5 with noise and rounded; a fifth of the ratings are drawn at random. After
each number of ratings, predictions are compared with the hidden liking of pictures the person
has not rated: the share of pairs in the right order, and what is lost by showing the three best
predicted of twenty instead of the three best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ml.scoring.metrics import pairwise
from ml.scoring.taste import TasteConfig, TasteIndex

Floats = NDArray[np.float32]
SIZES = (0, 4, 8, 16, 32, 64, 200)


class Kind(StrEnum):
    """How a simulated person's taste is built."""

    ADDITIVE = "additive"
    INTERACTING = "interacting"
    CONTRARIAN = "contrarian"
    INDIFFERENT = "indifferent"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One method after one number of ratings: means over people."""

    method: str
    ratings: int
    pairwise: float
    regret: float


def likings(
    styles: NDArray[np.int64], kinds: Sequence[Kind], seed: int, *, leaning: float = 0.6
) -> Floats:
    """float32[P, N], 0–5: what each person thinks of each picture with styles int64[N, F].

    `leaning` is the weight of the taste that the whole team shares; contrarians turn it round.
    """
    random = np.random.default_rng(seed)
    onehot = one_hot(styles)
    shared = onehot @ random.normal(size=onehot.shape[1])
    out = []
    for kind in kinds:
        own = onehot @ random.normal(size=onehot.shape[1])
        if kind is Kind.INTERACTING:
            pairs = random.normal(size=(8, 8, 8))
            first, second, third = (styles[:, column] % 8 for column in (0, 1, 2))
            own = own * 0.5 + 2.0 * pairs[first, second, third]
        total = own + leaning * (-shared if kind is Kind.CONTRARIAN else shared)
        if kind is Kind.INDIFFERENT:
            total = np.zeros(len(styles))
        spread = total.std() or 1.0
        out.append(np.clip(2.7 + 1.3 * (total - total.mean()) / spread, 0, 5))
    return np.array(out, np.float32)


def rated(liking: Floats, random: np.random.Generator, *, noise: float = 0.2) -> Floats:
    """Ratings 0–5 as people give them: rounded, and a share of them at random."""
    ratings = np.rint(np.clip(liking + random.normal(0, 0.4, liking.shape), 0, 5))
    stray = random.random(liking.shape) < noise
    return np.where(stray, random.integers(0, 6, liking.shape), ratings).astype(np.float32)


def one_hot(styles: NDArray[np.int64]) -> Floats:
    """float32[N, Σ words] of int64[N, F]."""
    return np.hstack(
        [np.eye(int(column.max()) + 1, dtype=np.float32)[column] for column in styles.T]
    )


def play(
    styles: NDArray[np.int64],
    latents: Floats,
    kinds: Sequence[Kind],
    *,
    seed: int,
    sizes: Sequence[int] = SIZES,
    team_ratings: int = 30,
    config: TasteConfig | None = None,
) -> list[Result]:
    """Lets people rate random pictures and compares the ways to predict what they think.

    `latents` float32[N, D] belong to the pictures with `styles`. While one person's ratings
    grow, each of the others has given `team_ratings`.
    """
    random = np.random.default_rng(seed)
    liking = likings(styles, kinds, seed)
    people = len(kinds)
    test = random.permutation(len(styles))[:200]
    pool = np.setdiff1d(np.arange(len(styles)), test)
    attributes = one_hot(styles)
    attributes = attributes - attributes.mean(0)
    chosen = [random.permutation(pool) for _ in range(people)]
    given = [rated(liking[p, chosen[p]], random) for p in range(people)]
    scores: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for size in sizes:
        for person in range(people):
            rows = chosen[person][:size]
            ratings = given[person][:size]
            others = [(p, chosen[p][:team_ratings], given[p][:team_ratings])
                      for p in range(people) if p != person]  # fmt: skip
            users = np.concatenate([np.full(len(r), p) for p, r, _ in others] +
                                   [np.full(size, person)])  # fmt: skip
            index = TasteIndex.build(
                users.astype(np.int64),
                latents[np.concatenate([r for _, r, _ in others] + [rows])],
                np.concatenate([g for _, _, g in others] + [ratings]),
                "simulated",
                config=config,
            )
            ways = {
                "taste": np.array([t.value for t in index.predict(person, latents[test])]),
                "mean": np.full(len(test), ratings.mean() if size else 2.5),
                "plain k-NN": _nearest(latents[rows], ratings, latents[test]),
                "ridge on true words": _ridge(attributes[rows], ratings, attributes[test]),
            }
            for method, predicted in ways.items():
                scores.setdefault((method, size), []).append(
                    (pairwise(predicted, liking[person, test]),
                     _regret(predicted, liking[person, test], random))
                )  # fmt: skip
    return [
        Result(
            method=method,
            ratings=size,
            pairwise=float(np.mean([p for p, _ in values])),
            regret=float(np.mean([r for _, r in values])),
        )
        for (method, size), values in scores.items()
    ]


def _nearest(known: Floats, ratings: Floats, queries: Floats, count: int = 8) -> Floats:
    if not len(known):
        return np.full(len(queries), 2.5, np.float32)
    distance = np.linalg.norm(queries[:, None] - known[None], axis=2)
    near = np.argsort(distance, axis=1)[:, :count]
    weight = 1 / (np.take_along_axis(distance, near, 1) + 1e-3)
    return np.asarray((weight * ratings[near]).sum(1) / weight.sum(1), np.float32)


def _ridge(known: Floats, ratings: Floats, queries: Floats, penalty: float = 2.0) -> Floats:
    if not len(known):
        return np.full(len(queries), 2.5, np.float32)
    mean = float(ratings.mean())
    gram = known.T @ known + penalty * np.eye(known.shape[1])
    return np.asarray(
        mean + queries @ np.linalg.solve(gram, known.T @ (ratings - mean)), np.float32
    )


def _regret(predicted: NDArray[np.floating], liking: Floats, random: np.random.Generator) -> float:
    """Mean liking lost by the three best predicted of twenty, over ten draws."""
    lost = []
    for _ in range(10):
        draw = random.permutation(len(liking))[:20]
        shown = draw[np.argsort(-predicted[draw], kind="stable")[:3]]
        lost.append(float(np.sort(liking[draw])[-3:].mean() - liking[shown].mean()))
    return float(np.mean(lost))
