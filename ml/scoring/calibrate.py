"""Fits the rubric's weights to ratings: `python -m ml.scoring.calibrate FILE`.

Prints STEP, COVERING and LOSS for `ml/scoring/rubric.py`, and how well a rubric fitted to five
sixths of the diagrams agrees with the last sixth. Facts go into the project this way, data do
not. Weights are held at 0 or more: no fault can make a picture better.

Then the levels of the ensemble that ships, for the `config` of its manifest: what people say, 0–5,
where the networks estimate so much of the rubric. Beside them stands how levels fitted to one half
of the diagrams do on the other, over `HALVES` ways to halve them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ml.registry import SHIPPED, ModelKind
from ml.scoring.evaluate import (
    RatedScene,
    by_people,
    compare,
    pictures_of,
    read_ratings,
    table,
)
from ml.scoring.measures import Measures, measure
from ml.scoring.readability import ReadabilityEnsemble
from ml.scoring.rubric import COVERING, EXCESS, FLAW_SCALE, FLAWS, HIGHEST

LOSSES = ("through", "crossings", "against", "stray", "touching", "unaligned", "length")
"""Those that diagrams without words can show."""
SHRINKAGE = 0.005
KNOTS = (0.0, 1.0, 2.0, 3.0, 4.0, 4.5, 5.0, 6.0)
"""Estimates of the rubric at which levels are fitted."""
LEAST_SLOPE = 0.05
HALVES = 5


@dataclass(frozen=True, kw_only=True)
class Weights:
    """STEP, and the weights of COVERING and of LOSSES in their order."""

    step: float
    covering: NDArray[np.float32]
    loss: NDArray[np.float32]


def fit(
    measured: Sequence[Measures],
    ratings: NDArray[np.float32],
    weight: NDArray[np.float32],
    *,
    steps: int = 800,
) -> Weights:
    """The weights that bring the rubric closest to ratings float[N], each counting `weight`."""
    flaw, covering, losses = (torch.from_numpy(part) for part in _terms(measured))
    wanted, counts = torch.from_numpy(ratings), torch.from_numpy(weight / weight.mean())
    step = torch.tensor(1.5, requires_grad=True)
    cover = torch.full((covering.shape[1],), 0.1, requires_grad=True)
    loss = torch.full((losses.shape[1],), 0.1, requires_grad=True)
    optimizer = torch.optim.Adam([step, cover, loss], lr=0.03)
    for _ in range(steps):
        drop = flaw * (step + covering @ cover.clamp(min=0)) + losses @ loss.clamp(min=0)
        error = torch.nn.functional.smooth_l1_loss(
            (HIGHEST - drop).clamp(min=0), wanted, beta=0.3, reduction="none"
        )
        total = (counts * error).mean() + SHRINKAGE * (
            cover.clamp(min=0).sum() + loss.clamp(min=0).sum()
        )
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return Weights(
        step=float(step.detach()),
        covering=cover.detach().clamp(min=0).numpy(),
        loss=loss.detach().clamp(min=0).numpy(),
    )


def predict(weights: Weights, measured: Sequence[Measures]) -> NDArray[np.float32]:
    """The score float32[N], 0–5, of measured geometry under other weights than the rubric's."""
    flaw, covering, losses = _terms(measured)
    drop = flaw * (weights.step + covering @ weights.covering) + losses @ weights.loss
    return np.asarray((HIGHEST - drop).clip(0, HIGHEST), np.float32)


def _terms(measured: Sequence[Measures]) -> tuple[NDArray[np.float32], ...]:
    def column(name: str) -> list[float]:
        return [max(0.0, getattr(found, name) - EXCESS.get(name, 0.0)) for found in measured]

    flaws = np.array([[getattr(found, name) for name in FLAWS] for found in measured]).sum(1)
    return (
        (1 - np.exp(-flaws / FLAW_SCALE)).astype(np.float32),
        np.sqrt(np.array([column(name) for name in COVERING], np.float32).T),
        np.sqrt(np.array([column(name) for name in LOSSES], np.float32).T),
    )


def fit_levels(
    estimated: NDArray[np.float32],
    ratings: NDArray[np.float32],
    weight: NDArray[np.float32],
    *,
    steps: int = 600,
) -> tuple[tuple[float, float], ...]:
    """Rising levels at KNOTS that bring estimates float[N] closest to ratings float[N].

    They rise throughout and end at 5 or below, so that no order is lost.
    """
    knots = torch.tensor(KNOTS)
    x, wanted = torch.from_numpy(estimated).clamp(KNOTS[0], KNOTS[-1]), torch.from_numpy(ratings)
    counts = torch.from_numpy(weight / weight.mean())
    right = torch.searchsorted(knots, x).clamp(1, len(KNOTS) - 1)
    share = (x - knots[right - 1]) / (knots[right] - knots[right - 1])
    widths = knots.diff()
    lowest = torch.tensor(0.0, requires_grad=True)
    rises = torch.ones(len(KNOTS) - 1, requires_grad=True)

    def levels() -> torch.Tensor:
        slopes = LEAST_SLOPE + rises.clamp(min=0)
        found = lowest + torch.cat([torch.zeros(1), (slopes * widths).cumsum(0)])
        return found * (HIGHEST / found[-1]).clamp(max=1)

    optimizer = torch.optim.Adam([lowest, rises], lr=0.03)
    for _ in range(steps):
        at = levels()
        said = at[right - 1] + share * (at[right] - at[right - 1])
        error = torch.nn.functional.smooth_l1_loss(said, wanted, beta=0.2, reduction="none")
        total = (counts * error).mean() + SHRINKAGE * ((rises - 1) ** 2).sum()
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    found = (round(level, 2) for level in levels().detach().tolist())
    return tuple(zip(KNOTS, found, strict=True))


def halved(rated: Sequence[RatedScene], estimated: NDArray[np.float32]) -> str:
    """Tables of estimates at levels fitted to the other half of the diagrams, each halving one."""
    ratings, weight = _ratings(rated)
    tables = []
    for seed in range(HALVES):
        half = np.random.default_rng(seed).permutation(len(rated)) % 2
        predicted = np.zeros(len(rated), np.float32)
        for part in (0, 1):
            use, left = half != part, half == part
            at = fit_levels(estimated[use], ratings[use], weight[use])
            knots, said = zip(*at, strict=True)
            predicted[left] = np.interp(estimated[left], knots, said).clip(0, HIGHEST)
        tables.append(table(compare(rated, predicted)))
    return "\n".join(tables)


def held_out(rated: Sequence[RatedScene], measured: Sequence[Measures]) -> str:
    """A table of how rubrics fitted to five sixths agree with the last one."""
    ratings, weight = _ratings(rated)
    sixth = np.random.default_rng(0).permutation(len(rated)) % 6
    predicted = np.zeros(len(rated), np.float32)
    for part in range(6):
        use = np.flatnonzero(sixth != part).tolist()
        weights = fit([measured[i] for i in use], ratings[use], weight[use])
        left = np.flatnonzero(sixth == part).tolist()
        predicted[left] = predict(weights, [measured[i] for i in left])
    return table(compare(rated, predicted))


def _ratings(rated: Sequence[RatedScene]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    ratings = np.array([one.rating for one in rated], np.float32)
    return ratings, np.where(by_people(rated), 1.0, 0.3).astype(np.float32)


def main(path: Path) -> None:
    """Fits to all ratings of a file and prints what to put into the rubric."""
    rated = read_ratings(path)
    measured = [measure(one.scene) for one in rated]
    weights = fit(measured, *_ratings(rated))
    lines = [f"STEP = {weights.step:.2f}"]
    for title, names, values in (
        ("COVERING", tuple(COVERING), weights.covering),
        ("LOSS", LOSSES, weights.loss),
    ):
        lines += [title, *(f'    "{n}": {v:.2f},' for n, v in zip(names, values, strict=True))]
    sys.stdout.write("\n".join([*lines, "", held_out(rated, measured), "", ""]))
    ensemble = ReadabilityEnsemble.load(SHIPPED / ModelKind.READABILITY)
    estimated = ensemble.rubric_scores(pictures_of(rated))
    levels = fit_levels(estimated, *_ratings(rated))
    sys.stdout.write("\n".join([f'"levels": {levels}', "", halved(rated, estimated), ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
