from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import NotFound
from storage.job_runs import (
    RunOutcome,
    fail_stale_runs,
    finish_run,
    forget_skipped,
    latest_runs,
    prune_runs,
    runs_of_job,
    start_run,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_the_last_run_of_each_job_is_shown(database: Database) -> None:
    async with database.transaction() as session:
        old = await start_run(session, "refresh", at=NOON)
        await finish_run(session, old, RunOutcome.FAILED, "no luck")
        new = await start_run(session, "refresh", at=NOON + timedelta(hours=1))
        await finish_run(session, new, RunOutcome.OK, "3 diagrams", at=NOON + timedelta(hours=2))
        await start_run(session, "backup")
        backup, refresh = await latest_runs(session)
        assert [run.id for run in await runs_of_job(session, "refresh", 5)] == [new, old]
    assert (backup.job, backup.outcome, backup.finished_at) == ("backup", None, None)
    assert (refresh.outcome, refresh.detail) == (RunOutcome.OK, "3 diagrams")
    assert refresh.finished_at == NOON + timedelta(hours=2)


async def test_runs_that_a_stop_cut_off_are_failed_and_others_stay(database: Database) -> None:
    async with database.transaction() as session:
        done = await start_run(session, "backup")
        await finish_run(session, done, RunOutcome.SKIPPED)
        await start_run(session, "refresh")
        assert await fail_stale_runs(session) == 1
        assert await fail_stale_runs(session) == 0
        backup, refresh = await latest_runs(session)
    assert backup.outcome is RunOutcome.SKIPPED
    assert refresh.outcome is RunOutcome.FAILED
    assert refresh.detail == "the bot stopped while this ran"


async def test_old_runs_go_but_never_the_last_of_a_job(database: Database) -> None:
    async with database.transaction() as session:
        for job in ("backup", "refresh", "refresh"):
            await finish_run(session, await start_run(session, job, at=NOON), RunOutcome.OK)
        assert await prune_runs(session, NOON) == 0
        assert await prune_runs(session, NOON + timedelta(days=1)) == 1
        assert [run.job for run in await latest_runs(session)] == ["backup", "refresh"]


async def test_the_last_run_that_went_well_stays_when_later_ones_did_not(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ids = []
        for outcome in (RunOutcome.OK, RunOutcome.OK, RunOutcome.FAILED, RunOutcome.FAILED):
            ids.append(await start_run(session, "retrain orpo", at=NOON))
            await finish_run(session, ids[-1], outcome)
        assert await prune_runs(session, NOON + timedelta(days=1)) == 2
        left = [run.id for run in await runs_of_job(session, "retrain orpo", 9)]
    assert left == [ids[3], ids[1]]


async def test_runs_that_had_nothing_to_do_are_forgotten_for_a_later_one(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ids = []
        for outcome in (RunOutcome.SKIPPED, RunOutcome.OK, RunOutcome.SKIPPED):
            ids.append(await start_run(session, "refresh"))
            await finish_run(session, ids[-1], outcome)
        other = await start_run(session, "backup")
        await finish_run(session, other, RunOutcome.SKIPPED)
        assert await forget_skipped(session, "refresh", ids[-1]) == 1
        assert [run.id for run in await runs_of_job(session, "refresh", 9)] == ids[:0:-1]
        assert len(await runs_of_job(session, "backup", 9)) == 1


async def test_an_unknown_run_is_not_found(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await finish_run(session, 1, RunOutcome.OK)
