import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import NotFound
from storage.requests import (
    Request,
    RequestStatus,
    claim,
    get_request,
    requeue_stale,
    set_status,
    set_status_message,
    unfinished,
)
from tests.storage.conftest import NewRequest

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def stored(database: Database, id: str) -> Request:
    async with database.reading() as session:
        return await get_request(session, id)


async def test_a_new_request_waits(database: Database, new_request: NewRequest) -> None:
    request = await new_request(at=NOON)
    assert request.status is RequestStatus.QUEUED
    assert (request.attempts, request.problem, request.finished_at) == (0, None, None)
    assert await stored(database, request.id) == request


async def test_ids_are_made_up_and_differ(new_request: NewRequest) -> None:
    ids = {(await new_request()).id for _ in range(5)}
    assert len(ids) == 5
    assert all(len(id) == 16 for id in ids)


async def test_of_many_that_claim_a_request_one_gets_it(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()

    async def try_it() -> bool:
        async with database.transaction() as session:
            return await claim(session, request.id)

    assert sorted(await asyncio.gather(*(try_it() for _ in range(10)))) == [False] * 9 + [True]
    now = await stored(database, request.id)
    assert now.status is RequestStatus.RUNNING
    assert now.attempts == 1


async def test_a_cancelled_request_is_not_claimed(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()
    async with database.transaction() as session:
        assert await set_status(session, request.id, RequestStatus.CANCELLED)
        assert not await claim(session, request.id)
        assert not await claim(session, "unknown")
    assert (await stored(database, request.id)).status is RequestStatus.CANCELLED


async def test_what_finishes_after_it_was_cancelled_stays_cancelled_until_retried(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()
    async with database.transaction() as session:
        await claim(session, request.id)
        await set_status(session, request.id, RequestStatus.CANCELLED)
        for late in (RequestStatus.DELIVERING, RequestStatus.DONE, RequestStatus.FAILED):
            assert not await set_status(session, request.id, late)
        assert (await get_request(session, request.id)).status is RequestStatus.CANCELLED
        assert await set_status(session, request.id, RequestStatus.QUEUED)
        assert await claim(session, request.id)
        assert (await get_request(session, request.id)).attempts == 2


async def test_finishing_notes_when_and_why_and_a_retry_forgets_it(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()
    async with database.transaction() as session:
        await set_status(session, request.id, RequestStatus.FAILED, problem="no luck", at=NOON)
    failed = await stored(database, request.id)
    assert (failed.status, failed.problem, failed.finished_at) == (
        RequestStatus.FAILED,
        "no luck",
        NOON,
    )
    async with database.transaction() as session:
        await set_status(session, request.id, RequestStatus.QUEUED)
    assert await stored(database, request.id) == request


async def test_unfinished_requests_come_oldest_first(
    database: Database, new_request: NewRequest
) -> None:
    late, early, done, cancelled, failed, delivering = [
        await new_request(at=NOON + timedelta(minutes=minute)) for minute in (5, 1, 0, 2, 3, 4)
    ]
    async with database.transaction() as session:
        await set_status(session, done.id, RequestStatus.DONE)
        await set_status(session, cancelled.id, RequestStatus.CANCELLED)
        await set_status(session, failed.id, RequestStatus.FAILED)
        await set_status(session, delivering.id, RequestStatus.DELIVERING)
    async with database.reading() as session:
        waiting = await unfinished(session)
    assert [request.id for request in waiting] == [early.id, delivering.id, late.id]


async def test_after_a_restart_running_requests_wait_again_and_others_stay(
    database: Database, new_request: NewRequest
) -> None:
    running, waiting, delivering = [await new_request() for _ in range(3)]
    async with database.transaction() as session:
        await claim(session, running.id)
        await set_status(session, delivering.id, RequestStatus.DELIVERING)
        assert await requeue_stale(session) == 1
        assert await requeue_stale(session) == 0
    assert (await stored(database, running.id)).status is RequestStatus.QUEUED
    assert (await stored(database, running.id)).attempts == 1
    assert (await stored(database, waiting.id)).status is RequestStatus.QUEUED
    assert (await stored(database, delivering.id)).status is RequestStatus.DELIVERING


async def test_the_status_message_is_remembered(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()
    async with database.transaction() as session:
        await set_status_message(session, request.id, 2**62)
    assert (await stored(database, request.id)).status_message_id == 2**62


async def test_an_unknown_request_is_not_found(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await get_request(session, "unknown")
        with pytest.raises(NotFound):
            await set_status(session, "unknown", RequestStatus.DONE)
        with pytest.raises(NotFound):
            await set_status_message(session, "unknown", 1)
