import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobs.errors import UnknownJob
from jobs.scheduler import Schedule
from jobs.summary import Summary
from storage.database import Database
from storage.job_runs import JobRun, RunOutcome, latest_runs, runs_of_job, start_run

SOON = timedelta(milliseconds=20)
NEVER = timedelta(days=300)


@pytest.fixture
async def schedule(database: Database) -> AsyncIterator[Schedule]:
    made = Schedule(database=database)
    yield made
    await made.stop()


async def runs(database: Database, job: str) -> list[JobRun]:
    async with database.reading() as session:
        return await runs_of_job(session, job, 100)


class Counting:
    """A job that counts its runs and tells when so many are over."""

    def __init__(self, *, until: int = 1, raises: Exception | None = None) -> None:
        self.runs = 0
        self.until = until
        self.raises = raises
        self.enough = asyncio.Event()

    async def __call__(self) -> Summary:
        self.runs += 1
        if self.runs >= self.until:
            self.enough.set()
        if self.raises is not None:
            raise self.raises
        return Summary(detail=f"run {self.runs}")


async def test_a_job_runs_by_the_clock_and_each_run_is_recorded(
    schedule: Schedule, database: Database
) -> None:
    job = Counting(until=3)
    schedule.add("count", job, every=timedelta(milliseconds=50), first=SOON)
    await schedule.start()
    async with asyncio.timeout(60):
        await job.enough.wait()
    await schedule.stop()
    recorded = await runs(database, "count")
    assert len(recorded) == job.runs
    assert [run.detail for run in recorded[-2:]] == ["run 2", "run 1"]
    assert recorded[-1].outcome is RunOutcome.OK
    assert recorded[-1].finished_at is not None


async def test_a_job_that_raises_is_recorded_as_failed_and_the_schedule_lives_on(
    schedule: Schedule, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Counting(until=2, raises=ZeroDivisionError("by nought")), Counting(until=2)
    schedule.add("bad", bad, every=timedelta(milliseconds=50), first=SOON)
    schedule.add("good", good, every=timedelta(milliseconds=50), first=SOON)
    await schedule.start()
    async with asyncio.timeout(60):
        await bad.enough.wait()
        await good.enough.wait()
    await schedule.stop()
    first = (await runs(database, "bad"))[-1]
    assert (first.outcome, first.detail) == (RunOutcome.FAILED, "ZeroDivisionError: by nought")
    assert (await runs(database, "good"))[-1].outcome is RunOutcome.OK
    assert "The job bad failed" in caplog.text


async def test_a_job_runs_when_asked_and_says_how_it_went(
    schedule: Schedule, database: Database
) -> None:
    schedule.add("count", Counting())
    schedule.add("bad", Counting(raises=ValueError("no")))
    await schedule.start()
    assert await schedule.run_now("count") == Summary(detail="run 1")
    assert (await schedule.run_now("bad")).outcome is RunOutcome.FAILED
    assert (await runs(database, "count"))[0].detail == "run 1"
    with pytest.raises(UnknownJob, match="no job nonsense, only count, bad"):
        await schedule.run_now("nonsense")


async def test_one_instance_runs_at_a_time_and_whoever_asks_meanwhile_waits_for_it(
    schedule: Schedule, database: Database
) -> None:
    go = asyncio.Event()
    inside = 0

    async def slow() -> Summary:
        nonlocal inside
        inside += 1
        assert inside == 1
        await go.wait()
        inside -= 1
        return Summary(detail="slow")

    schedule.add("slow", slow, every=timedelta(milliseconds=10), first=SOON)
    await schedule.start()
    asked = [asyncio.create_task(schedule.run_now("slow")) for _ in range(3)]
    await asyncio.sleep(0.1)  # several times its interval
    assert [job.running for job in schedule.jobs] == [True]
    go.set()
    assert [await task for task in asked] == [Summary(detail="slow")] * 3


async def test_whoever_gives_up_waiting_does_not_stop_the_job(
    schedule: Schedule, database: Database
) -> None:
    go = asyncio.Event()

    async def slow() -> Summary:
        await go.wait()
        return Summary(detail="slow")

    schedule.add("slow", slow)
    await schedule.start()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await schedule.run_now("slow")
    go.set()
    assert (await schedule.run_now("slow")).detail == "slow"
    assert len(await runs(database, "slow")) == 1


async def test_what_a_job_says_of_its_failure_is_in_the_log(
    schedule: Schedule, caplog: pytest.LogCaptureFixture
) -> None:
    async def check() -> Summary:
        return Summary(detail="page 7 is torn", outcome=RunOutcome.FAILED)

    schedule.add("check", check)
    await schedule.start()
    await schedule.run_now("check")
    assert "The job check failed: page 7 is torn" in caplog.text


async def test_a_job_that_hangs_is_stopped_and_recorded_as_failed(
    schedule: Schedule, database: Database
) -> None:
    async def hang() -> Summary:
        await asyncio.Event().wait()
        raise AssertionError

    schedule.add("hang", hang, longest=timedelta(milliseconds=50))
    await schedule.start()
    summary = await schedule.run_now("hang")
    assert summary.outcome is RunOutcome.FAILED
    assert summary.detail.startswith("stopped after 0:00:00.05")


async def test_stopping_cancels_what_runs_and_records_it(
    schedule: Schedule, database: Database
) -> None:
    inside = asyncio.Event()

    async def hang() -> Summary:
        inside.set()
        await asyncio.Event().wait()
        raise AssertionError

    schedule.add("hang", hang, every=NEVER, first=SOON)
    await schedule.start()
    async with asyncio.timeout(60):
        await inside.wait()
    await schedule.stop()
    [run] = await runs(database, "hang")
    assert (run.outcome, run.detail) == (RunOutcome.FAILED, "the bot stopped while this ran")
    assert (await schedule.run_now("hang")).outcome is RunOutcome.SKIPPED


async def test_starting_resolves_the_runs_that_a_killed_bot_left(
    schedule: Schedule, database: Database
) -> None:
    async with database.transaction() as session:
        await start_run(session, "refresh")
    await schedule.start()
    async with database.reading() as session:
        [run] = await latest_runs(session)
    assert run.outcome is RunOutcome.FAILED


async def test_a_job_with_nothing_to_do_leaves_one_run_behind_however_often_it_looks(
    schedule: Schedule, database: Database
) -> None:
    async def idle() -> Summary:
        return Summary(detail="nothing changed", outcome=RunOutcome.SKIPPED)

    schedule.add("idle", idle)
    await schedule.start()
    for _ in range(3):
        assert (await schedule.run_now("idle")).outcome is RunOutcome.SKIPPED
    assert len(await runs(database, "idle")) == 1


async def test_a_locked_database_takes_neither_job_nor_schedule_down(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Database(url, busy_timeout=0.05) as database:
        schedule = Schedule(database=database)
        schedule.add("count", Counting())
        await schedule.start()
        other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert (await schedule.run_now("count")).detail == "run 1"
        other.execute("ROLLBACK")
        other.close()
        assert (await schedule.run_now("count")).detail == "run 2"
        assert [run.detail for run in await runs(database, "count")] == ["run 2"]
        await schedule.stop()
    assert "is locked by another program" in caplog.text


async def test_plans_show_when_each_job_runs_next_in_utc(schedule: Schedule) -> None:
    schedule.add("often", Counting(), every=timedelta(hours=1))
    schedule.add("nightly", Counting(), cron="30 4 * * *")
    schedule.add("asked", Counting())
    assert [job.next_at for job in schedule.jobs] == [None, None, None]
    before = datetime.now(UTC)
    await schedule.start()
    often, nightly, asked = schedule.jobs
    assert often.next_at is not None
    assert timedelta(minutes=59) < often.next_at - before < timedelta(minutes=61)
    assert nightly.next_at is not None
    assert (nightly.next_at.hour, nightly.next_at.minute) == (4, 30)
    assert nightly.next_at.utcoffset() == timedelta(0)
    assert asked.next_at is None


async def test_a_busy_loop_drops_no_run_and_doubles_none(schedule: Schedule) -> None:
    schedule.add("job", Counting(), every=timedelta(minutes=5), misfire_grace=timedelta(minutes=3))
    await schedule.start()
    [job] = schedule._scheduler.get_jobs()
    assert (job.id, job.misfire_grace_time, job.coalesce, job.max_instances) == (
        "job",
        180,
        True,
        1,
    )


async def test_plans_that_make_no_sense_are_refused(schedule: Schedule) -> None:
    schedule.add("job", Counting())
    with pytest.raises(ValueError, match="already"):
        schedule.add("job", Counting())
    with pytest.raises(ValueError, match="either"):
        schedule.add("both", Counting(), every=SOON, cron="* * * * *")
    await schedule.start()
    with pytest.raises(ValueError, match="before the schedule starts"):
        schedule.add("late", Counting())
