"""Runs a job once and records it: no exception of the job, nor of the recording, escapes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

from jobs.errors import JobError
from jobs.summary import Summary
from ml.errors import MlError
from storage.database import Database
from storage.errors import StorageError
from storage.job_runs import RunOutcome, finish_run, forget_skipped, start_run

logger = logging.getLogger(__name__)

Job: TypeAlias = Callable[[], Awaitable[Summary]]

# Longest detail that is kept; the message of an exception can be anything.
_DETAIL = 1000


async def recorded(
    database: Database, job_id: str, job: Job, *, longest: timedelta | None = None
) -> Summary:
    """Runs the job and records when it ran and how it ended.

    Args:
        longest: after how long it is cancelled and counts as failed.

    Returns:
        The job's summary, or one with outcome FAILED that names the exception.

    Raises:
        CancelledError: this task was cancelled; recorded as a failed run.
    """
    run_id = await _record_start(database, job_id)
    try:
        summary = await _outcome(job_id, job, longest)
    except asyncio.CancelledError:
        stopped = Summary(detail="the bot stopped while this ran", outcome=RunOutcome.FAILED)
        await _record_end(database, job_id, run_id, stopped)
        raise
    await _record_end(database, job_id, run_id, summary)
    return summary


async def _outcome(job_id: str, job: Job, longest: timedelta | None) -> Summary:
    limit = asyncio.timeout(None if longest is None else longest.total_seconds())
    try:
        async with limit:
            summary = await job()
    except Exception as error:
        logger.exception("The job %s failed", job_id, extra={"action": job_id})
        ours = isinstance(error, JobError | MlError | StorageError)  # says itself what happened
        detail = str(error) if ours else f"{type(error).__name__}: {error}"
        if limit.expired():
            detail = f"stopped after {longest}"
        return Summary(detail=detail, outcome=RunOutcome.FAILED)
    if summary.outcome is RunOutcome.FAILED:
        logger.error("The job %s failed: %s", job_id, summary.detail, extra={"action": job_id})
    return summary


async def _record_start(database: Database, job_id: str) -> int | None:
    try:
        async with database.transaction() as session:
            return await start_run(session, job_id)
    except StorageError as error:
        logger.error("The run of %s is not recorded: %s", job_id, error)
        return None


async def _record_end(
    database: Database, job_id: str, run_id: int | None, summary: Summary
) -> None:
    try:
        async with database.transaction() as session:
            if run_id is None:
                run_id = await start_run(session, job_id)
            await finish_run(session, run_id, summary.outcome, summary.detail[:_DETAIL])
            if summary.outcome is RunOutcome.SKIPPED:
                await forget_skipped(session, job_id, run_id)
    except StorageError as error:
        logger.error("The end of %s is not recorded: %s", job_id, error)
