"""The Cancel button: who may press it, and when."""

from __future__ import annotations

import asyncio

from storage.requests import Request, RequestStatus, get_request
from tests.acceptance.conftest import World


async def request_of(world: World, id: str) -> Request:
    async with world.app.database.reading() as session:
        return await get_request(session, id)


async def test_its_owner_cancels_a_running_request(world: World) -> None:
    gates = world.hold()
    asked = await world.ask(world.ana, "read clean train")
    assert asked.response is not None
    await world.ana.click(asked.response.message, label="Cancel")
    await world.env.settle()
    assert asked.response.content == f"> read clean train\n🚫 Cancelled by {world.ana.mention}."
    assert asked.response.components == []
    (job,) = world.worker.jobs
    assert (await request_of(world, job.id)).status is RequestStatus.CANCELLED
    gates.release(job.id)
    await world.env.settle()
    assert not world.posts()


async def test_who_manages_messages_may_cancel_and_others_are_told_they_may_not(
    world: World,
) -> None:
    gates = world.hold()
    await world.ask(world.ana, "ana one")
    asked = await world.ask(world.ana, "ana two")
    assert asked.response is not None
    refused = await world.ben.click(asked.response.message, label="Cancel")
    (told,) = refused.followups
    assert told.flags.ephemeral
    assert f"Only {world.ana.mention}" in told.content
    assert "1 request ahead" in asked.response.content
    await world.ada.click(asked.response.message, label="Cancel")
    await world.env.settle()
    assert f"Cancelled by {world.ada.mention}" in asked.response.content
    gates.release(world.worker.jobs[0].id)
    await world.env.settle()
    assert [post.attachments[0].filename for post in world.posts()] == [
        f"ana-one-{rank}.png" for rank in (1, 2, 3)
    ]


async def test_it_answers_discord_before_it_writes(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train")
    assert asked.response is not None
    before = len(world.env.http_requests)
    async with world.writing():
        clicking = asyncio.ensure_future(world.ana.click(asked.response.message, label="Cancel"))
        await world.acknowledged(1, since=before)
    await clicking
    assert "🚫 Cancelled by" in asked.response.content


async def test_the_button_is_gone_when_the_request_is_done(world: World) -> None:
    gates = world.hold()
    asked = await world.ask(world.ana, "read clean train", top=1)
    assert asked.response is not None
    assert asked.response.components
    gates.release(world.worker.jobs[0].id)
    await world.env.settle()
    assert "✅" in asked.response.content
    assert asked.response.components == []


async def test_the_button_works_after_a_restart(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train")
    assert asked.response is not None
    (job,) = world.worker.jobs
    await world.restart(held=True)
    await world.ana.click(asked.response.message, label="Cancel")
    await world.env.settle()
    assert "🚫 Cancelled by" in asked.response.content
    assert asked.response.components == []
    assert (await request_of(world, job.id)).status is RequestStatus.CANCELLED
    assert not world.posts()
