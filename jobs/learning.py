"""Trainings that nobody has to ask for: once enough people rated something new.

They go through the `Trainer`, so there is one training at a time, and through the gate, so nothing
gets worse by them.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from jobs.errors import NoRoom, TrainingBusy, TrainingCancelled
from jobs.summary import Summary
from jobs.trainer import Trainer
from ml.language.preferences import balanced, pairs_of
from storage.database import Database
from storage.job_runs import RunOutcome, runs_of_job
from storage.pairs import RatedText, rated_texts
from storage.training import count_new_ratings

LEARN_READABILITY = "learn-readability"
LEARN_PREFERENCES = "learn-preferences"
_LOOKED_AT = 50  # runs among which the last training that came to an end is looked for


async def learn_readability(database: Database, trainer: Trainer, *, at_least: int) -> Summary:
    """Trains the readability models anew after so many new ratings of people who share.

    Raises:
        TrainingFailed: see `Trainer.retrain`.
    """
    fresh = await _fresh(database, "readability")
    if fresh < at_least:
        return _skipped(f"{fresh} new ratings to learn from, {at_least} are needed")
    return await _train(trainer, "readability")


async def learn_preferences(
    database: Database, trainer: Trainer, *, at_least: int, pairs: int
) -> Summary:
    """Tunes the language model by ORPO after so many new ratings, when they make enough pairs.

    Raises:
        TrainingFailed: see `Trainer.retrain`.
    """
    fresh = await _fresh(database, "orpo")
    if fresh < at_least:
        return _skipped(f"{fresh} new ratings to learn from, {at_least} are needed")
    async with database.reading() as session:
        ratings = await rated_texts(session)
    found = await asyncio.to_thread(_count_pairs, ratings)
    if found < pairs:
        return _skipped(f"{found} pairs to learn from, {pairs} are needed")
    return await _train(trainer, "orpo")


def _count_pairs(ratings: list[RatedText]) -> int:
    return len(balanced(pairs_of(ratings), seed=0))


async def _fresh(database: Database, kind: str) -> int:
    """Ratings since the last training of this kind that came to an end began."""
    async with database.reading() as session:
        runs = await runs_of_job(session, f"retrain {kind}", _LOOKED_AT)
        since: datetime | None = next(
            (run.started_at for run in runs if run.outcome is RunOutcome.OK), None
        )
        return await count_new_ratings(session, since)


async def _train(trainer: Trainer, kind: str) -> Summary:
    try:
        return await trainer.retrain(kind)
    except (TrainingBusy, NoRoom, TrainingCancelled) as reason:
        return _skipped(str(reason))


def _skipped(detail: str) -> Summary:
    return Summary(detail=detail, outcome=RunOutcome.SKIPPED)
