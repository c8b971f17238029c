"""Stopping at any moment loses nothing: the next start finishes what was begun."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.asking.fulfilling import MAX_ATTEMPTS
from storage.messages import messages_since
from storage.ratings import rating_of
from storage.requests import (
    Request,
    RequestStatus,
    claim,
    get_request,
    requeue_stale,
    set_status,
)
from tests.acceptance.conftest import World


async def rating_by_ana(world: World) -> int | None:
    async with world.app.database.reading() as session:
        (message,) = await messages_since(session, datetime.now(UTC) - timedelta(days=1))
        return await rating_of(session, world.ana.id, message.diagram_id)


async def request_of(world: World, id: str) -> Request:
    async with world.app.database.reading() as session:
        return await get_request(session, id)


async def test_a_request_cut_off_while_drawing_is_finished_in_its_channel(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train", top=2)
    assert asked.response is not None
    (job,) = world.worker.jobs
    assert "Next in the queue" in asked.response.content
    before = len(world.env.http_requests)

    await world.restart()
    await world.env.settle()

    assert world.worker.jobs == [job]  # the same seed: the same diagrams
    assert "The best 2 of 5" in asked.response.content
    assert [world.ana.mention in post.content for post in world.posts()] == [True, True]
    assert (await request_of(world, job.id)).status is RequestStatus.DONE
    # The token of the interaction may be too old by now, so it was not used.
    assert not [r for r in world.env.http_requests[before:] if "/webhooks/" in r.path]


async def test_several_cut_off_requests_are_all_finished(world: World) -> None:
    world.hold()
    asked = [await world.ask(world.ana, f"number {n}", count=1, top=1) for n in range(9)]
    await world.restart()
    await world.env.settle()
    assert all("✅" in one.response.content for one in asked if one.response)
    assert len(world.posts()) == 9


async def test_a_delivery_cut_off_in_the_middle_posts_only_what_is_missing(world: World) -> None:
    backend = world.env.backend

    def cut_off(event: str, payload: dict[str, Any]) -> None:
        if event == "MESSAGE_CREATE" and payload["attachments"]:
            backend.subscribers.remove(cut_off)
            world.fail("POST", "/channels/*/messages", status=400)

    backend.subscribers.append(cut_off)
    asked = await world.ask(world.ana, "read clean train", count=3, top=3)
    assert asked.response is not None
    assert len(world.posts()) == 1
    (job,) = world.worker.jobs
    async with world.app.database.transaction() as session:
        await set_status(session, job.id, RequestStatus.DELIVERING)

    await world.restart()
    await world.env.settle()

    assert not world.worker.jobs
    posts = world.posts()
    assert [post.content[:3] for post in posts] == ["#1 ", "#2 ", "#3 "]
    assert all("read, clean, train" in (post.attachments[0].description or "") for post in posts)
    assert "rest, after a restart" in asked.response.content


async def test_a_finished_request_is_left_alone(world: World) -> None:
    await world.ask(world.ana, "read clean train")
    before = len(world.posts())
    await world.restart()
    await world.env.settle()
    assert len(world.posts()) == before
    assert not world.worker.jobs


async def test_a_request_that_keeps_stopping_the_bot_is_given_up_and_told(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train")
    assert asked.response is not None
    (job,) = world.worker.jobs
    async with world.app.database.transaction() as session:
        for _ in range(MAX_ATTEMPTS - 1):
            await requeue_stale(session)
            assert await claim(session, job.id)
    await world.restart()
    await world.env.settle()
    assert f"tried this {MAX_ATTEMPTS} times" in asked.response.content
    assert (await request_of(world, job.id)).status is RequestStatus.FAILED


async def test_a_status_message_that_is_gone_does_not_stop_the_results(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train", top=1)
    assert asked.response is not None
    await world.ada.delete(asked.response)
    await world.restart()
    await world.env.settle()
    assert len(world.posts()) == 1


async def test_ratings_still_count_after_a_restart(world: World) -> None:
    await world.ask(world.ana, "read clean train", top=1)
    (post,) = world.posts()
    await world.restart()
    await world.rate(world.ana, post, 4)
    assert await rating_by_ana(world) == 4


async def test_reactions_made_while_the_bot_was_down_count_after_the_start(world: World) -> None:
    await world.ask(world.ana, "read clean train", top=1)
    (post,) = world.posts()
    with world.offline() as backend:
        backend.set_reaction(world.channel.id, post.id, "5️⃣", world.ana.id, True)
    await world.restart()
    await world.env.settle()
    assert await rating_by_ana(world) == 5
