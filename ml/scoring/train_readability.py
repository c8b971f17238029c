"""Trains the readability ensemble: `diagram-bot train readability`.

The data is made by the project itself (`ml.scoring.pictures`), scored by the rubric; ratings
that people gave in this installation can join it. K networks each leave out one K-th of the
diagrams, on which they must beat a constant. The ensemble is published only when it beats the
one that serves, on diagrams that neither has seen.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ml.errors import ModelError
from ml.registry import ModelKind, Outcome, Registry
from ml.scoring.checkpoint import Checkpoint, cores
from ml.scoring.fit_readability import ReadabilityTraining, fit, within
from ml.scoring.metrics import Agreement, agreement
from ml.scoring.pictures import (
    MEASURED,
    Rated,
    Report,
    data_hash,
    quiet,
    rated_by_people,
    rated_pictures,
)
from ml.scoring.readability import ReadabilityEnsemble
from ml.spec.scene import Scene

log = logging.getLogger(__name__)

HELD_OUT_SEED = 990_001


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

    `ratings` are Scenes with what people gave them; every sixth is kept for the comparison.
    `warm` starts from the serving weights. With `work`, a folder, the training leaves its state
    there after every epoch and goes on from it when it was stopped.

    Raises:
        ModelError: a network did not beat the constant, however often it was started.
    """
    training = training or ReadabilityTraining()
    data = rated_pictures(training.size, training.seed, within(report, 0.0, 0.25))
    held_out = rated_pictures(training.size // 6, HELD_OUT_SEED, within(report, 0.25, 0.3))
    if ratings:
        data = _joined(data, rated_by_people([r for i, r in enumerate(ratings) if i % 6]))
        held_out = _joined(held_out, rated_by_people(ratings[::6]))
    serving = _serving(registry)
    start = serving if warm and serving and _fits(serving, training) else None
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
    """Keeps an ensemble as a version; it serves only if it beats the serving one."""
    found = agreement(ensemble.score_pictures(held_out.pictures), held_out.scores)
    before = None
    if serving is not None:
        before = agreement(serving.score_pictures(held_out.pictures), held_out.scores)
    published = before is None or beats(found, before)
    version = registry.publish(
        ModelKind.READABILITY,
        ensemble.save,
        config=ensemble.config,
        metrics=asdict(found),
        data_hash=data_hash,
        seed=seed,
        serve=published,
    )
    return Outcome(
        version=version.name,
        published=published,
        metrics=asdict(found),
        serving=asdict(before) if before else None,
    )


def beats(new: Agreement, old: Agreement) -> bool:
    """Whether a new ensemble may replace the old one: closer to the scores, order no worse."""
    return new.mae < old.mae and new.pairwise > old.pairwise - 0.005


def _joined(one: Rated, other: Rated) -> Rated:
    return Rated(
        **{
            name: np.concatenate([getattr(one, name), getattr(other, name)])
            for name in Rated.__dataclass_fields__
        }
    )


def _serving(registry: Registry) -> ReadabilityEnsemble | None:
    try:
        return ReadabilityEnsemble.load(registry.serving(ModelKind.READABILITY).folder)
    except ModelError as error:
        log.info("no readability ensemble serves: %s", error)
        return None


def _fits(ensemble: ReadabilityEnsemble, training: ReadabilityTraining) -> bool:
    fresh = ReadabilityEnsemble(folds=training.folds, measures=MEASURED)
    return ensemble.config == fresh.config
