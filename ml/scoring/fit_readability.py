"""Fits the networks of the readability ensemble, one a fold."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ml.errors import ModelError
from ml.scoring.checkpoint import Checkpoint, half_precision
from ml.scoring.metrics import agreement
from ml.scoring.pictures import MEASURED, Rated, Report, quiet
from ml.scoring.readability import FoldNetwork, ReadabilityEnsemble

log = logging.getLogger(__name__)

ATTEMPTS = 3
LEFT_OUT = 6
"""Each network leaves out a sixth of the diagrams, another one each, or less when they are more."""
GOOD_WEIGHT = 2.5
"""Good pictures count this much more: a quarter of the training data, but most of real use."""


@dataclass(frozen=True, kw_only=True)
class ReadabilityTraining:
    """How to train. `size` pictures are made for training and a sixth of that to compare on."""

    seed: int = 0
    size: int = 4_000
    folds: int = 2
    epochs: int = 12
    batch_diagrams: int = 6
    rate: float = 2e-3
    cores: int = 2


def fit(
    data: Rated,
    *,
    training: ReadabilityTraining,
    start: ReadabilityEnsemble | None = None,
    checkpoint: Checkpoint | None = None,
    report: Report = quiet,
) -> ReadabilityEnsemble:
    """An ensemble fitted to rated pictures, one network a fold.

    Each starts from one of `start`, the same one again where those are fewer.
    """
    ensemble = ReadabilityEnsemble(folds=training.folds, measures=MEASURED)
    kept = (checkpoint.load() if checkpoint else None) or {"fold": 0, "done": []}
    for fold, state in enumerate(kept["done"]):
        ensemble.folds[fold].load_state_dict(state)
    part = _folds(data.groups, training)
    for fold in range(kept["fold"], training.folds):
        for attempt in range(ATTEMPTS):
            network = fit_fold(
                data, part != fold, fold, attempt,
                training=training,
                start=start.folds[fold % len(start.folds)] if start and not attempt else None,
                kept=kept, checkpoint=checkpoint,
                report=within(report, fold / training.folds, (fold + 1) / training.folds),
            )  # fmt: skip
            ensemble.folds[fold].load_state_dict(network.state_dict())
            problem = _collapsed(network, data, part == fold)
            if problem is None:
                break
            log.warning("fold %s, attempt %s: %s", fold, attempt, problem)
        else:
            raise ModelError(f"fold {fold} of the readability ensemble: {problem}")
        kept = {"fold": fold + 1, "done": [*kept["done"], network.state_dict()]}
        if checkpoint:
            checkpoint.save(kept)
    return ensemble.eval()


def fit_fold(
    data: Rated,
    use: NDArray[np.bool_],
    fold: int,
    attempt: int,
    *,
    training: ReadabilityTraining,
    start: nn.Module | None,
    kept: dict[str, object],
    checkpoint: Checkpoint | None,
    report: Report,
) -> FoldNetwork:
    """One network, fitted to the rows that `use` bool[N] marks."""
    seed = training.seed * 1_000 + fold * 10 + attempt
    torch.manual_seed(seed)
    network = FoldNetwork(measures=data.measures.shape[1])
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    with torch.no_grad():
        network.head[-1].bias[0] = float(data.scores[use].mean())  # type: ignore[operator]
    if start is not None:
        network.load_state_dict(start.state_dict())
    rate = training.rate * (0.5 if start is not None else 1.0)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    batches = _batches(data.groups, use, training.batch_diagrams)
    first = 0
    running = kept.get("running")
    if isinstance(running, dict) and running["attempt"] == attempt:
        network.load_state_dict(running["network"])
        optimizer.load_state_dict(running["optimizer"])
        first = running["epoch"]
    steps = training.epochs * batches
    for epoch in range(first, training.epochs):
        rng = np.random.default_rng([seed, epoch])
        network.train()
        losses = []
        for number, rows in enumerate(_epoch(data.groups, use, training.batch_diagrams, rng)):
            for group in optimizer.param_groups:
                group["lr"] = rate * _schedule((epoch * batches + number) / steps)
            losses.append(step(network, optimizer, data, rows, rng))
        words = f"network {fold + 1}, epoch {epoch + 1}, loss {np.mean(losses):.3f}"
        report(words, (epoch + 1) / training.epochs)
        if checkpoint and epoch + 1 < training.epochs:
            checkpoint.save(
                {
                    **kept,
                    "running": {
                        "attempt": attempt,
                        "epoch": epoch + 1,
                        "network": network.state_dict(),
                        "optimizer": optimizer.state_dict(),
                    },
                }
            )
    return network.eval()


def step(
    network: FoldNetwork,
    optimizer: torch.optim.Optimizer,
    data: Rated,
    rows: NDArray[np.int64],
    rng: np.random.Generator,
) -> float:
    """One optimisation step on some rows; returns the loss."""
    pictures, marked = augmented(data.pictures[rows], data.maps[rows], rng)
    with half_precision():
        scores, measures, maps = (out.float() for out in network(torch.from_numpy(pictures)))
    wanted = torch.from_numpy(data.scores[rows])
    error = nn.functional.smooth_l1_loss(scores, wanted, beta=0.5, reduction="none")
    weight = torch.where(wanted > 4, GOOD_WEIGHT, 1.0)
    loss = (weight * error).mean() / weight.mean()
    if measures.shape[1]:
        known = torch.from_numpy(data.measures[rows])
        loss = loss + 2.0 * nn.functional.smooth_l1_loss(measures, known, beta=0.2)
    there = torch.from_numpy(marked).float()
    loss = loss + 3.0 * nn.functional.binary_cross_entropy_with_logits(
        maps, there, pos_weight=torch.tensor(3.0)
    )
    loss = loss + 0.2 * _order(scores, wanted, torch.from_numpy(data.groups[rows]))
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimizer.step()
    return float(loss.detach())


def augmented(
    pictures: NDArray[np.uint8], maps: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Pictures mirrored and recoloured at random, their maps with them.

    Neither changes how readable they are.
    """
    out, marked = np.empty_like(pictures), np.empty_like(maps)
    for i, (picture, marks) in enumerate(zip(pictures, maps, strict=True)):
        down, across = rng.choice((-1, 1), 2)
        out[i] = picture[::down, ::across][..., rng.permutation(3)]
        marked[i] = marks[:, ::down, ::across]
    return out, marked


def _order(scores: Tensor, wanted: Tensor, groups: Tensor) -> Tensor:
    """A logistic loss on pairs of states of one diagram in the wrong order."""
    worse, better = torch.nonzero(
        (groups[:, None] == groups[None]) & (wanted[:, None] < wanted[None] - 0.03), as_tuple=True
    )
    if not len(worse):
        return scores.sum() * 0
    return nn.functional.softplus(4 * (scores[worse] - scores[better])).mean()


def _collapsed(network: FoldNetwork, data: Rated, rows: NDArray[np.bool_]) -> str | None:
    """What is wrong with a network that does not beat the constant; None when it does."""
    single = ReadabilityEnsemble(folds=1, measures=MEASURED)
    single.folds[0] = network
    found = agreement(single.rubric_scores(data.pictures[rows]), data.scores[rows])
    log.info("left-out diagrams: %s", found)
    if found.rmse < 0.9 * found.constant_rmse and found.spearman > 0.2:
        return None
    return f"RMSE {found.rmse:.2f} against the constant's {found.constant_rmse:.2f}"


def _schedule(done: float) -> float:
    """The share of the full learning rate: up over the first tenth, then down as a cosine."""
    return done / 0.1 if done < 0.1 else 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9)) + 1e-3


def _folds(groups: NDArray[np.int64], training: ReadabilityTraining) -> NDArray[np.int64]:
    """int64[N]: which fold leaves a row out; all states of one diagram share a fold."""
    names, place = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(training.seed).permutation(len(names))
    return np.asarray(order[place] % max(LEFT_OUT, training.folds))


def _batches(groups: NDArray[np.int64], use: NDArray[np.bool_], diagrams: int) -> int:
    return max(1, len(np.unique(groups[use])) // diagrams)


def _epoch(
    groups: NDArray[np.int64], use: NDArray[np.bool_], diagrams: int, rng: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Row numbers of each batch: whole groups, in random order."""
    rows = np.flatnonzero(use)
    names, place = np.unique(groups[rows], return_inverse=True)
    turn = rng.permutation(len(names))[place]
    count = _batches(groups, use, diagrams)
    return [rows[turn % count == batch] for batch in range(count)]


def within(report: Report, low: float, high: float) -> Report:
    """A report of a part of the work, as one of the whole."""
    return lambda stage, fraction: report(stage, low + (high - low) * fraction)
