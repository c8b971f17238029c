"""Whoever asked is notified once when it took long, and never otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from ml.errors import DeadlinePassed
from storage.tables import RequestRow
from tests.acceptance.conftest import World
from tests.acceptance.sketching import Gates


async def let_time_pass(world: World, minutes: int) -> None:
    """Everything was asked for so much earlier, as the next start sees it."""
    async with world.app.database.transaction() as session:
        at = datetime.now(UTC) - timedelta(minutes=minutes)
        await session.execute(update(RequestRow).values(created_at=at))


def notified(world: World) -> list[list[int]]:
    """Who may be notified by each message of the channel, in their order."""
    messages = world.env.backend.messages[world.channel.id].values()
    people = (world.ana.id, world.ben.id, world.ada.id)
    return [
        [person for person in people if message.allowed_mentions.allows_user(person)]
        for message in messages
    ]


async def test_nobody_is_notified_of_what_came_soon(world: World) -> None:
    await world.ask(world.ana, "read clean train", top=2)
    assert notified(world) == [[], [], [], []]  # the status, two diagrams, and A or B?


async def test_the_first_result_notifies_once_after_more_than_a_minute(world: World) -> None:
    world.hold()
    await world.ask(world.ana, "read clean train", top=2)
    await let_time_pass(world, minutes=2)
    await world.restart()
    await world.env.settle()
    assert len(world.posts()) == 2
    assert notified(world) == [[], [world.ana.id], [], []]


async def test_a_failure_after_more_than_a_minute_notifies_in_a_new_message(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train")
    await let_time_pass(world, minutes=2)
    await world.restart(held=True)
    await world.env.settle()
    gates = world.worker.gate
    assert isinstance(gates, Gates)
    world.worker.failures.append(DeadlinePassed("late"))
    for job in world.worker.jobs:
        gates.release(job.id)
    await world.env.settle()
    assert asked.response is not None
    assert "took too long" in asked.response.content
    status, told = world.channel.history()
    assert status.id == asked.response.id
    assert "took too long" in told.content
    assert notified(world) == [[], [world.ana.id]]


async def test_cancelling_notifies_nobody(world: World) -> None:
    world.hold()
    asked = await world.ask(world.ana, "read clean train")
    await let_time_pass(world, minutes=2)
    await world.restart(held=True)
    await world.env.settle()
    assert asked.response is not None
    await world.ana.click(asked.response.message, label="Cancel")
    await world.env.settle()
    assert notified(world) == [[]]
