"""Trains the readability ensemble: `diagram-bot train readability`.

The data is made by the project itself (`ml.scoring.pictures`), scored by the rubric; ratings
that people gave in this installation can join it. K networks each leave out another part of the
diagrams, on which they must beat a constant. The ensemble is published only when it beats the
one that serves by more than noise, on diagrams that neither has seen.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.errors import ModelError
from ml.gate import Verdict, paired_bootstrap
from ml.registry import ModelKind, Outcome, Registry
from ml.scoring.checkpoint import Checkpoint, cores
from ml.scoring.fit_readability import ReadabilityTraining, fit, within
from ml.scoring.metrics import agreement, pairwise
from ml.scoring.pictures import (
    MEASURED,
    Rated,
    Report,
    data_hash,
    quiet,
    rated_by_people,
    rated_pictures,
)
from ml.scoring.readability import WIDTHS, ReadabilityEnsemble, serving_ensemble
from ml.spec.scene import Scene

log = logging.getLogger(__name__)

HELD_OUT_SEED = 990_001
PEOPLE_WEIGHT = 4
"""A diagram that people rated counts as much as one of ours, which has so many states."""


def train(
    registry: Registry,
    *,
    training: ReadabilityTraining | None = None,
    ratings: Sequence[tuple[Scene, float]] = (),
    warm: bool = True,
    work: Path | None = None,
    report: Report = quiet,
) -> Outcome:
    """Trains an ensemble and publishes it if it beats the serving one.

    `ratings` are Scenes with what people gave them, each once; about every sixth, always the same
    ones, is kept for the comparison.
    `warm` starts from the serving weights. With `work`, a folder, the training leaves its state
    there after every epoch and goes on from it when it was stopped.

    Raises:
        ModelError: a network did not beat the constant, however often it was started.
    """
    training = training or ReadabilityTraining()
    data = rated_pictures(training.size, training.seed, within(report, 0.0, 0.25))
    held_out = rated_pictures(training.size // 6, HELD_OUT_SEED, within(report, 0.25, 0.3))
    if ratings:
        known = rated_by_people([one for one in ratings if not is_held_out(one[0])])
        data = _joined(data, *[known] * PEOPLE_WEIGHT)
        unseen = rated_by_people([one for one in ratings if is_held_out(one[0])])
        held_out = _joined(held_out, unseen)
    serving = _serving(registry)
    start = serving if warm and serving and fits_training(serving) else None
    hashed = data_hash(data.pictures, data.scores)
    checkpoint = None
    if work is not None:
        key = f"{training} {hashed} {start is not None}"
        checkpoint = Checkpoint(work / "readability.pt", key=key)
    with cores(training.cores):
        ensemble = fit(
            data,
            training=training,
            start=start,
            checkpoint=checkpoint,
            report=within(report, 0.3, 0.98),
        )
        outcome = publish_better(
            registry, ensemble, serving, held_out, data_hash=hashed, seed=training.seed
        )
    if checkpoint is not None:
        checkpoint.clear()
    report("done", 1.0)
    return outcome


def publish_better(
    registry: Registry,
    ensemble: ReadabilityEnsemble,
    serving: ReadabilityEnsemble | None,
    held_out: Rated,
    *,
    data_hash: str,
    seed: int,
) -> Outcome:
    """Keeps an ensemble as a version; it serves only if it beats the serving one.

    It must be closer to the scores by more than noise, and put the states of a diagram in an
    order that is not worse by more than noise. The level of people's ratings is taken from the
    serving one: both estimate the same rubric.
    """
    scores = ensemble.rubric_scores(held_out.pictures)
    found = agreement(scores, held_out.scores)
    if serving is not None:
        ensemble.levels = serving.levels
    before, published, verdict = None, True, "nothing served before"
    if serving is not None:
        old_scores = serving.rubric_scores(held_out.pictures)
        before = agreement(old_scores, held_out.scores)
        closeness, order = compare(scores, old_scores, held_out, seed)
        published = closeness.better and not order.worse
        verdict = (
            f"MAE {found.mae:.3f}, the serving one {before.mae:.3f}: {closeness}; "
            f"order of the states of a diagram: {order}"
        )
    version = registry.publish(
        ModelKind.READABILITY,
        ensemble.save,
        config=ensemble.config,
        metrics=asdict(found),
        data_hash=data_hash,
        seed=seed,
        serve=published,
        verdict=verdict,
    )
    return Outcome(
        version=version.name,
        published=published,
        metrics=asdict(found),
        serving=asdict(before) if before else None,
        verdict=verdict,
    )


def compare(
    new: NDArray[np.float32], old: NDArray[np.float32], held_out: Rated, seed: int
) -> tuple[Verdict, Verdict]:
    """How two ensembles' scores float32[N] of the held-out pictures compare, by diagram.

    A diagram's states are not independent of each other, so one diagram is one example.

    Returns:
        The gain in closeness to the scores, in points, and in the share of pairs of states of
        one diagram that are in the right order.
    """
    groups = [np.flatnonzero(held_out.groups == group) for group in np.unique(held_out.groups)]
    pairs = [rows for rows in groups if np.ptp(held_out.scores[rows]) > 0] or groups

    def closeness(scores: NDArray[np.float32]) -> NDArray[np.float64]:
        errors = np.abs(scores - held_out.scores)
        return np.array([-float(errors[rows].mean()) for rows in groups])

    def order(scores: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.array([pairwise(scores[rows], held_out.scores[rows]) for rows in pairs])

    return (
        paired_bootstrap(closeness(new), closeness(old), seed),
        paired_bootstrap(order(new), order(old), seed),
    )


def is_held_out(scene: Scene) -> bool:
    """Whether a rated diagram is for comparing versions; no version is trained on it then."""
    return zlib.crc32(scene.to_json().encode()) % 6 == 0


def _joined(*parts: Rated) -> Rated:
    return Rated(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Rated.__dataclass_fields__
        }
    )


def _serving(registry: Registry) -> ReadabilityEnsemble | None:
    try:
        return serving_ensemble(registry)[0]
    except ModelError as error:
        log.info("no readability ensemble serves: %s", error)
        return None


def fits_training(ensemble: ReadabilityEnsemble) -> bool:
    """Whether a training can start from its networks, however many they are."""
    return (ensemble.widths, ensemble.measures) == (WIDTHS, MEASURED)
