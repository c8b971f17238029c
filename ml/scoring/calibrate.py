"""Fits the rubric's weights to ratings: `python -m ml.scoring.calibrate FILE`.

Prints STEP, COVERING and LOSS for `ml/scoring/rubric.py`, and how well a rubric fitted to five
sixths of the diagrams agrees with the last sixth. Facts go into the project this way, data do
not. Weights are held at 0 or more: no fault can make a picture better.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ml.scoring.evaluate import ALGORITHMIC, RatedScene, compare, read_ratings, table
from ml.scoring.measures import Measures, measure
from ml.scoring.rubric import COVERING, EXCESS, FLAW_SCALE, FLAWS, HIGHEST

LOSSES = ("through", "crossings", "against", "stray", "touching", "unaligned", "length")
"""Those that diagrams without words can show."""
SHRINKAGE = 0.005


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
    algorithmic = np.array([one.image.startswith(ALGORITHMIC) for one in rated])
    return ratings, np.where(algorithmic, 0.3, 1.0).astype(np.float32)


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
    sys.stdout.write("\n".join([*lines, "", held_out(rated, measured), ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
