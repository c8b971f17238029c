"""“A or B?”: asked when the two best are close, answered by anybody, kept as pairs."""

from __future__ import annotations

import discord
from sqlalchemy import select

from bot.rating.choosing import QUESTION
from storage.messages import diagram_of_message
from storage.tables import ChoiceRow
from tests.acceptance.conftest import World


def questions(world: World) -> list[discord.Message]:
    return [message for message in world.channel.history() if message.content == QUESTION]


async def ids(world: World) -> list[int | None]:
    """The diagrams that are posted, best first."""
    async with world.app.database.reading() as session:
        return [await diagram_of_message(session, post.id) for post in world.posts()]


async def kept(world: World) -> set[tuple[int, int, int]]:
    async with world.app.database.reading() as session:
        rows = await session.execute(
            select(ChoiceRow.user_id, ChoiceRow.better_id, ChoiceRow.worse_id)
        )
        return {tuple(row) for row in rows}


async def test_anybody_answers_privately_and_their_latest_answer_counts(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=2, top=2)
    a, b = await ids(world)
    (question,) = questions(world)
    assert world.channel.history()[-1].id == question.id
    result = await world.ben.click(question, label="A")
    assert result.ephemeral
    assert "A is better" in result.response.content
    await world.ana.click(question, label="B")
    assert await kept(world) == {(world.ben.id, a, b), (world.ana.id, b, a)}
    await world.restart()
    await world.ben.click(question, label="B")
    told = await world.ana.click(question, label="Neither")
    assert "neither is better" in told.response.content
    assert await kept(world) == {(world.ben.id, b, a)}


async def test_one_result_raises_no_question(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=3, top=1)
    assert questions(world) == []


async def test_an_answer_about_a_deleted_diagram_is_refused(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=2, top=2)
    (question,) = questions(world)
    await world.ada.delete(world.posts()[0])
    result = await world.ben.click(question, label="A")
    assert "was deleted" in result.response.content
    assert await kept(world) == set()
