"""Trainings that nobody has to ask for: once enough people rated something new.

They go through the `Trainer`, so there is one training at a time, and through the gate, so nothing
gets worse by them.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from jobs.errors import Shortage, TrainingBusy, TrainingCancelled
from jobs.preferences import preferred
from jobs.summary import Summary
from jobs.trainer import Trainer
from ml.errors import ModelError
from ml.language.preferences import lesson_of
from storage.choices import count_new_choices
from storage.database import Database
from storage.job_runs import RunOutcome, runs_of_job
from storage.training import count_new_ratings

LEARN_READABILITY = "learn-readability"
LEARN_PREFERENCES = "learn-preferences"
_LOOKED_AT = 50  # runs among which the last training that came to an end is looked for


async def learn_readability(database: Database, trainer: Trainer, *, at_least: int) -> Summary:
    """Trains the readability models anew after so many new ratings of people who share.

    Raises:
        TrainingFailed: see `Trainer.retrain`.
    """
    since = await _last_training(database, "readability")
    async with database.reading() as session:
        fresh = await count_new_ratings(session, since)
    if fresh < at_least:
        return _skipped(f"{fresh} new ratings to learn from, {at_least} are needed")
    return await _train(trainer, "readability")


async def learn_preferences(
    database: Database, trainer: Trainer, *, at_least: int, pairs: int
) -> Summary:
    """Tunes the language model by ORPO after so many new ratings and answers to “A or B?”.

    There have to be so many pairs, too, and as many as the tuning itself wants.

    Raises:
        TrainingFailed: see `Trainer.retrain`.
    """
    since = await _last_training(database, "orpo")
    async with database.reading() as session:
        ratings = await count_new_ratings(session, since)
        answers = await count_new_choices(session, since)
    if ratings + answers < at_least:
        return _skipped(
            f"{ratings} new ratings and {answers} answers to learn from, {at_least} are needed"
        )
    try:
        await asyncio.to_thread(lesson_of, await preferred(database), at_least=pairs)
    except ModelError as reason:
        return _skipped(str(reason))
    return await _train(trainer, "orpo")


async def _last_training(database: Database, kind: str) -> datetime | None:
    """When the last training of this kind began that came to an end."""
    async with database.reading() as session:
        runs = await runs_of_job(session, f"retrain {kind}", _LOOKED_AT)
    return next((run.started_at for run in runs if run.outcome is RunOutcome.OK), None)


async def _train(trainer: Trainer, kind: str) -> Summary:
    try:
        return await trainer.retrain(kind)
    except (TrainingBusy, Shortage, TrainingCancelled) as reason:
        return _skipped(str(reason))


def _skipped(detail: str) -> Summary:
    return Summary(detail=detail, outcome=RunOutcome.SKIPPED)
