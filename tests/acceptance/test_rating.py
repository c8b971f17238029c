"""Reactions as ratings, /ratings, and a ranking that moves with them."""

from __future__ import annotations

import discord
import pytest

from bot.app import RECONCILE, REFRESH
from bot.rating.emojis import RATING_EMOJIS
from ml.scoring.taste import Basis
from storage.messages import diagram_of_message
from storage.ratings import count_ratings, rating_of
from tests.acceptance.conftest import World


@pytest.fixture
async def post(world: World) -> discord.Message:
    await world.ask(world.ana, "read clean train", count=1, top=1)
    return world.posts()[0]


async def stored(world: World, who: int, post: discord.Message) -> int | None:
    async with world.app.database.reading() as session:
        diagram_id = await diagram_of_message(session, post.id)
        assert diagram_id is not None
        return await rating_of(session, who, diagram_id)


async def ratings(world: World) -> int:
    async with world.app.database.reading() as session:
        return await count_ratings(session)


async def test_the_offered_emojis_are_no_ratings(world: World, post: discord.Message) -> None:
    assert post.reactions
    assert await ratings(world) == 0


async def test_a_number_is_a_rating_and_the_latest_counts(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ana, post, 2)
    assert await stored(world, world.ana.id, post) == 2
    await world.rate(world.ana, post, 5)
    assert await stored(world, world.ana.id, post) == 5


async def test_taking_a_wrong_emoji_back_restores_the_one_before(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ana, post, 4)
    await world.rate(world.ana, post, 0)
    await world.ana.unreact(post, RATING_EMOJIS[0])
    assert await stored(world, world.ana.id, post) == 4
    await world.ana.unreact(post, RATING_EMOJIS[4])
    assert await stored(world, world.ana.id, post) is None


async def test_each_persons_ratings_are_their_own(world: World, post: discord.Message) -> None:
    await world.rate(world.ana, post, 5)
    await world.rate(world.ben, post, 1)
    await world.ben.unreact(post, RATING_EMOJIS[1])
    assert await stored(world, world.ana.id, post) == 5
    assert await stored(world, world.ben.id, post) is None


async def test_other_emojis_bots_and_other_messages_do_not_count(
    world: World, post: discord.Message
) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await world.ana.react(post, "👍")
    await world.rate(robot, post, 5)
    await world.rate(world.ana, await world.ben.send(world.channel, "hello"), 5)
    assert await ratings(world) == 0


async def test_a_moderator_clearing_emojis_clears_ratings(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ana, post, 5)
    await world.rate(world.ben, post, 1)
    world.env.backend.clear_reaction(world.channel.id, post.id, RATING_EMOJIS[1])
    await world.env.settle()
    assert await stored(world, world.ben.id, post) is None
    assert await stored(world, world.ana.id, post) == 5
    world.env.backend.clear_reactions(world.channel.id, post.id)
    await world.env.settle()
    assert await ratings(world) == 0


async def test_a_deleted_message_takes_no_more_ratings_and_keeps_those_it_has(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ana, post, 5)
    await world.ada.delete(post)
    async with world.app.database.reading() as session:
        assert await diagram_of_message(session, post.id) is None
    assert await ratings(world) == 1
    listed = await world.ana.slash(world.channel, "ratings")
    assert "5️⃣ #1 ·" in listed.response.content


async def test_ratings_lists_what_i_rated_with_links_privately(
    world: World, post: discord.Message
) -> None:
    empty = await world.ben.slash(world.channel, "ratings")
    assert empty.ephemeral
    assert "not rated anything yet" in empty.response.content
    await world.rate(world.ana, post, 4)
    listed = await world.ana.slash(world.channel, "ratings")
    assert listed.ephemeral
    assert listed.response.content.startswith("You have rated 1 diagram, 4.0 on average.")
    link = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{post.id}"
    assert f"4️⃣ [#1 · 6.5 / 10]({link}) read clean train" in listed.response.content


async def test_a_description_of_several_lines_is_one_line_of_the_list(world: World) -> None:
    await world.ask(world.ana, "read clean\n# BIG", count=1, top=1)
    await world.rate(world.ana, world.posts()[0], 4)
    listed = await world.ana.slash(world.channel, "ratings")
    assert listed.response.content.splitlines()[1].endswith(" read clean # BIG")


async def test_a_long_list_of_ratings_fits_one_message(world: World) -> None:
    for _ in range(2):
        await world.ask(world.ana, "<@1> **" + "long words " * 20, count=10, top=10)
    for post in world.posts():
        await world.rate(world.ana, post, 3)
    listed = await world.ana.slash(world.channel, "ratings")
    assert listed.response.content.startswith("You have rated 20 diagrams")
    assert len(listed.response.content) <= 2_000


async def test_what_a_person_rated_moves_their_next_ranking(world: World) -> None:
    for _ in range(3):
        await world.ask(world.ana, "read clean train", count=4, top=4)
    liked = "orange"
    for post in world.posts():
        await world.rate(world.ana, post, 5 if await palette(world, post) == liked else 0)
    before = len(world.posts())
    await world.app.schedule.run_now(REFRESH)
    await world.ask(world.ana, "read clean train", count=4, top=4)
    mine = world.posts()[before:]
    assert await palette(world, mine[0]) == liked
    assert "for you" in mine[0].content
    await world.ask(world.ben, "read clean train", count=4, top=1)
    assert "· team " in world.posts()[-1].content


async def palette(world: World, post: discord.Message) -> str:
    from storage.diagrams import get_diagram

    async with world.app.database.reading() as session:
        diagram_id = await diagram_of_message(session, post.id)
        assert diagram_id is not None
        return (await get_diagram(session, diagram_id)).text.split()[1]


async def test_an_index_of_an_older_encoder_gives_neutral_taste_not_an_error(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ana, post, 5)
    await world.app.schedule.run_now(REFRESH)
    assert world.app.tastes.current.count(world.ana.id) == 1
    world.app.tastes.current.encoder = "older"
    result = await world.ask(world.ana, "read clean train", count=1, top=1)
    assert "✅" in result.response.content
    assert "taste 2.5, nobody has rated yet" in world.posts()[-1].content


async def test_reactions_missed_while_offline_are_caught_up(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ben, post, 1)
    with world.offline() as backend:
        backend.set_reaction(world.channel.id, post.id, RATING_EMOJIS[5], world.ana.id, True)
        backend.remove_reaction(world.channel.id, post.id, RATING_EMOJIS[1], world.ben.id)
    assert await stored(world, world.ana.id, post) is None
    summary = await world.app.schedule.run_now(RECONCILE)
    assert "2 ratings changed" in summary.detail
    assert await stored(world, world.ana.id, post) == 5
    assert await stored(world, world.ben.id, post) is None
    assert await ratings(world) == 1


async def test_taste_starts_with_nobodys_ratings(world: World) -> None:
    (taste,) = world.app.tastes.current.predict(world.ana.id, [[0.0]])
    assert taste.basis is Basis.NONE


async def test_a_rating_in_a_direct_message_counts(world: World) -> None:
    await world.ana.user.slash("diagram", description="read clean train", count=1, top=1)
    history = world.ana.user.dm_channel.history()
    (post,) = [message for message in history if message.attachments]
    await world.ana.user.set_reaction(post, RATING_EMOJIS[4], reacted=True)
    assert await stored(world, world.ana.id, post) == 4
    await world.ana.user.set_reaction(post, RATING_EMOJIS[4], reacted=False)
    assert await stored(world, world.ana.id, post) is None
