"""The schedule: runs jobs in the bot's event loop, in UTC, and records every run.

    schedule = Schedule(database=database)
    schedule.add("refresh", partial(refresh, database, worker, tastes), every=timedelta(minutes=5))
    schedule.add("housekeeping", ..., cron="30 4 * * *")
    await schedule.start()
    await schedule.run_now("refresh")
    await schedule.stop()

A job that raises, hangs or meets a locked database is recorded as failed, and that is all: the
schedule and the bot live on. One instance of a job runs at a time, however it was started.
"""

# mypy: allow-untyped-calls
# APScheduler 3 has no types.

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from jobs.errors import UnknownJob
from jobs.recording import Job, recorded
from jobs.summary import Summary
from storage.database import Database
from storage.job_runs import RunOutcome, fail_stale_runs

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ScheduledJob:
    """A job as people see it. `next_at` is None for one that only runs when asked."""

    id: str
    next_at: datetime | None
    running: bool


@dataclass(frozen=True, kw_only=True)
class _Plan:
    job: Job
    trigger: IntervalTrigger | CronTrigger | None
    first: timedelta | None
    misfire_grace: timedelta
    longest: timedelta


class Schedule:
    """Jobs by id, each with its plan."""

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._plans: dict[str, _Plan] = {}
        self._running: dict[str, asyncio.Task[Summary]] = {}
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._started = False
        self._stopped = False

    def add(
        self,
        job_id: str,
        job: Job,
        *,
        every: timedelta | None = None,
        cron: str | None = None,
        first: timedelta | None = None,
        misfire_grace: timedelta = timedelta(minutes=10),
        longest: timedelta = timedelta(minutes=30),
    ) -> None:
        """Plans a job; before `start`. Without `every` and `cron` it only runs when asked.

        Args:
            cron: minute, hour, day of month, month, day of week; in UTC.
            first: how long after the start it runs for the first time; else as the plan says.
            misfire_grace: how late it may still start when the loop was busy.
            longest: after how long it is stopped and recorded as failed.

        Raises:
            ValueError: the id is taken, the plan is none, or the schedule runs already.
        """
        if self._started:
            raise ValueError("jobs are planned before the schedule starts")
        if job_id in self._plans:
            raise ValueError(f"there is a job {job_id} already")
        if every is not None and cron is not None:
            raise ValueError("a job runs either every so often or by the clock")
        trigger: IntervalTrigger | CronTrigger | None = None
        if every is not None:
            trigger = IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)
        elif cron is not None:
            trigger = CronTrigger.from_crontab(cron, timezone=UTC)
        self._plans[job_id] = _Plan(
            job=job, trigger=trigger, first=first, misfire_grace=misfire_grace, longest=longest
        )

    async def start(self) -> None:
        """Resolves the runs that a stopped bot left behind and starts the clock.

        Raises:
            DatabaseUnavailable: the runs could not be resolved.
        """
        async with self._database.transaction() as session:
            stale = await fail_stale_runs(session)
        if stale:
            logger.warning("%s job runs were cut off by a stop", stale, extra={"action": "jobs"})
        self._started = True
        now = datetime.now(UTC)
        for job_id, plan in self._plans.items():
            if plan.trigger is None:
                continue
            planned = {} if plan.first is None else {"next_run_time": now + plan.first}
            self._scheduler.add_job(
                self._fire,
                plan.trigger,
                args=[job_id],
                id=job_id,
                name=job_id,
                misfire_grace_time=max(1, round(plan.misfire_grace.total_seconds())),
                coalesce=True,
                max_instances=1,
                replace_existing=True,
                **planned,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Stops the clock, cancels what runs and waits until that is recorded."""
        self._stopped = True
        if self._scheduler.running:
            self._scheduler.pause()
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        if self._scheduler.running:
            await asyncio.sleep(0)  # lets the scheduler's own tasks see that theirs are over
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # shutdown itself is a callback of the loop

    @property
    def jobs(self) -> tuple[ScheduledJob, ...]:
        """Every job, in the order they were added."""
        planned = {job.id: job.next_run_time for job in self._scheduler.get_jobs()}
        return tuple(
            ScheduledJob(
                id=job_id,
                next_at=planned.get(job_id) if self._started else None,
                running=job_id in self._running,
            )
            for job_id in self._plans
        )

    async def run_now(self, job_id: str) -> Summary:
        """Runs a job at once and waits for it, or for the run that is under way.

        Returns:
            Its summary; one with outcome FAILED instead of raising what the job raised.

        Raises:
            UnknownJob: there is no such job.
        """
        plan = self._plans.get(job_id)
        if plan is None:
            raise UnknownJob(f"there is no job {job_id}, only {', '.join(self._plans) or 'none'}")
        if self._stopped:
            return Summary(detail="the bot is stopping", outcome=RunOutcome.SKIPPED)
        task = self._running.get(job_id)
        if task is None:
            task = asyncio.create_task(
                recorded(self._database, job_id, plan.job, longest=plan.longest),
                name=f"job {job_id}",
            )
            self._running[job_id] = task
            task.add_done_callback(lambda _: self._running.pop(job_id, None))
        # Shielded: whoever asked may give up waiting, the job goes on.
        return await asyncio.shield(task)

    async def _fire(self, job_id: str) -> None:
        """What APScheduler calls. A run that somebody asked for counts as this one."""
        try:
            await self.run_now(job_id)
        except asyncio.CancelledError:
            if not self._stopped:
                raise
