"""Job runs: when each scheduled job ran and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.errors import NotFound
from storage.statements import changes, fresh, moment
from storage.tables import JobRunRow


class RunOutcome(StrEnum):
    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"  # there was nothing to do, or it could not be done now


@dataclass(frozen=True, kw_only=True)
class JobRun:
    """One run of a job. Without an outcome it is still running."""

    id: int
    job: str
    started_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome | None
    detail: str | None


async def start_run(session: AsyncSession, job: str, *, at: datetime | None = None) -> int:
    """Records that a job starts; returns the id for `finish_run`."""
    row = JobRunRow(job=job, started_at=moment(at), finished_at=None, outcome=None, detail=None)
    session.add(row)
    await session.flush()
    return row.id


async def finish_run(
    session: AsyncSession,
    id: int,
    outcome: RunOutcome,
    detail: str | None = None,
    *,
    at: datetime | None = None,
) -> None:
    """Records how a run ended.

    Raises:
        NotFound: there is no such run.
    """
    statement = update(JobRunRow).where(JobRunRow.id == id)
    values = {"outcome": outcome.value, "detail": detail, "finished_at": moment(at)}
    if not await changes(session, statement.values(values)):
        raise NotFound(f"there is no job run {id}")


async def latest_runs(session: AsyncSession) -> list[JobRun]:
    """The last run of each job, ordered by the job's name."""
    last = select(func.max(JobRunRow.id)).group_by(JobRunRow.job)
    rows = await session.scalars(
        fresh(select(JobRunRow).where(JobRunRow.id.in_(last)).order_by(JobRunRow.job))
    )
    return [_run(row) for row in rows]


async def runs_of_job(session: AsyncSession, job: str, limit: int) -> list[JobRun]:
    """The last runs of one job, latest first."""
    rows = await session.scalars(
        fresh(
            select(JobRunRow).where(JobRunRow.job == job).order_by(JobRunRow.id.desc()).limit(limit)
        )
    )
    return [_run(row) for row in rows]


async def fail_stale_runs(session: AsyncSession, *, at: datetime | None = None) -> int:
    """Ends the runs that a stopped bot left running; for the start. Returns how many."""
    return await changes(
        session,
        update(JobRunRow)
        .where(JobRunRow.outcome.is_(None))
        .values(
            outcome=RunOutcome.FAILED.value,
            detail="the bot stopped while this ran",
            finished_at=moment(at),
        ),
    )


async def forget_skipped(session: AsyncSession, job: str, before: int) -> int:
    """Deletes the runs of a job, older than this one, that had nothing to do.

    A job that looks every minute would otherwise bury the runs that did something.
    """
    return await changes(
        session,
        delete(JobRunRow).where(
            JobRunRow.job == job,
            JobRunRow.id < before,
            JobRunRow.outcome == RunOutcome.SKIPPED.value,
        ),
    )


async def prune_runs(session: AsyncSession, before: datetime) -> int:
    """Deletes the finished runs from before this time.

    Never the last one of a job, nor the last that went well: a training asks when that was, to
    tell which ratings are new.
    """
    last = select(func.max(JobRunRow.id)).group_by(JobRunRow.job)
    last_ok = last.where(JobRunRow.outcome == RunOutcome.OK.value)
    return await changes(
        session,
        delete(JobRunRow).where(
            JobRunRow.started_at < before,
            JobRunRow.outcome.is_not(None),
            JobRunRow.id.not_in(last),
            JobRunRow.id.not_in(last_ok),
        ),
    )


def _run(row: JobRunRow) -> JobRun:
    return JobRun(
        id=row.id,
        job=row.job,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=RunOutcome(row.outcome) if row.outcome is not None else None,
        detail=row.detail,
    )
