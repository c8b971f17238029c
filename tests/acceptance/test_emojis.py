"""Emojis that the admins of a server chose as ratings, and where reactions come from."""

from __future__ import annotations

import discord
import pytest
from simcord.builders import ChannelHandle
from sqlalchemy import text as sql

from bot.app import RECONCILE
from bot.rating.emojis import RATING_EMOJIS
from storage.ratings import count_ratings
from tests.acceptance.conftest import World
from tests.acceptance.test_rating import ratings, stored


@pytest.fixture
async def post(world: World) -> discord.Message:
    await world.ask(world.ana, "read clean train", count=1, top=1)
    return world.posts()[0]


async def settings(world: World, command: str = "show", **options: str) -> str:
    """What the admin of the server is told."""
    result = await world.ada.slash(world.channel, f"settings {command}", **options)
    assert result.ephemeral
    assert result.response is not None
    return result.response.content


async def choose(world: World, emojis: str) -> str:
    return await settings(world, "emojis", action="add", emojis=emojis)


async def test_chosen_emojis_rate_and_other_servers_do_not_know_them(
    world: World, post: discord.Message
) -> None:
    await world.ana.react(post, "👍")
    assert await ratings(world) == 0
    assert "only 0️⃣ to 5️⃣ rate" in await settings(world)
    assert "👍=5 👎=1, beside 0️⃣ to 5️⃣" in await choose(world, "👍=5 👎=1")
    await world.ben.react(post, "👍🏽")
    assert await stored(world, world.ben.id, post) == 5
    await world.ben.react(post, "👎")
    assert await stored(world, world.ben.id, post) == 1
    await world.ben.unreact(post, "👎")
    assert await stored(world, world.ben.id, post) == 5
    await world.ana.user.slash("diagram", description="read", count=1, top=1)
    (there,) = [m for m in world.ana.user.dm_channel.history() if m.attachments]
    await world.ana.user.set_reaction(there, "👍", reacted=True)
    assert await stored(world, world.ana.id, there) is None


async def test_two_emojis_of_one_number_do_not_erase_each_other(
    world: World, post: discord.Message
) -> None:
    await choose(world, "👍=5 ❤️=5")
    await world.rate(world.ana, post, 2)
    for emoji in ("👍", "❤️", RATING_EMOJIS[5]):
        await world.ana.react(post, emoji)
    for emoji in ("❤️", RATING_EMOJIS[5]):
        await world.ana.unreact(post, emoji)
        assert await stored(world, world.ana.id, post) == 5
    await world.ana.unreact(post, "👍")
    assert await stored(world, world.ana.id, post) == 2


async def test_an_emoji_of_the_server_rates_whatever_it_is_called(
    world: World, post: discord.Message
) -> None:
    own = world.guild.create_emoji("yay")
    other = world.env.create_guild("Elsewhere").create_emoji("nay")
    assert f"<:yay:{own.id}>=4" in await choose(world, f"<:yay:{own.id}>=4")
    assert "is not an emoji of this server" in await choose(world, f"<:nay:{other.id}>=0")
    world.refused()
    assert "nay" not in await settings(world)
    await world.ana.react(post, f"yay:{own.id}")
    assert await stored(world, world.ana.id, post) == 4
    world.env.backend.clear_reaction(world.channel.id, post.id, f"yay:{own.id}")
    await world.env.settle()
    assert await stored(world, world.ana.id, post) is None


async def test_an_emoji_keeps_its_number_until_it_is_taken_back(
    world: World, post: discord.Message
) -> None:
    await choose(world, "👍=5 🎉=3")
    await world.ana.react(post, "👍")
    assert "👍=2" in await choose(world, "👍=2")
    await world.ben.react(post, "👍")
    assert "🎉" not in await settings(world, "emojis", action="remove", emojis="👍 🎉")
    with world.offline() as backend:
        backend.set_reaction(world.channel.id, post.id, "👍", world.ada.id, True)
        backend.remove_reaction(world.channel.id, post.id, "👍", world.ben.id)
    await world.app.schedule.run_now(RECONCILE)
    assert await stored(world, world.ana.id, post) == 5
    assert await stored(world, world.ben.id, post) is None
    assert await stored(world, world.ada.id, post) is None
    await world.ana.unreact(post, "👍")
    assert await ratings(world) == 0


async def test_chosen_emojis_missed_while_offline_are_caught_up(
    world: World, post: discord.Message
) -> None:
    await choose(world, "👍=5")
    with world.offline() as backend:
        for emoji in ("👍", "🎉"):
            backend.set_reaction(world.channel.id, post.id, emoji, world.ana.id, True)
    summary = await world.app.schedule.run_now(RECONCILE)
    assert "1 ratings changed" in summary.detail
    assert await stored(world, world.ana.id, post) == 5


async def test_what_cannot_be_chosen_changes_nothing(world: World) -> None:
    many = "🐀🐁🐂🐃🐄🐅🐆🐇🐈🐉🐊🐋🐌🐍🐎"
    for given, why in (
        ("👍", "with its number"),
        ("1️⃣=5", "stand for themselves"),
        (" ".join(f"{one}=5" for one in many), "room for 14 emojis"),
    ):
        assert why in await choose(world, given)
        world.refused()
    assert "give the option `emojis`" in await settings(world, "emojis", action="remove")
    world.refused()
    assert "only 0️⃣ to 5️⃣ rate" in await settings(world)
    await choose(world, "👍=5")
    assert "only 0️⃣ to 5️⃣ rate" in await settings(world, "emojis", action="clear")
    audit = await world.ada.slash(world.channel, "admin audit")
    assert "emojis add 👍=5" in audit.response.content


async def test_who_is_forgotten_takes_their_emojis_off_other_peoples_diagrams(
    world: World, post: discord.Message
) -> None:
    await choose(world, "👍=5")
    await world.ben.react(post, "👍")
    await world.rate(world.ben, post, 3)
    result = await world.ben.slash(world.channel, "forget-me")
    assert result.response is not None
    await world.ben.click(result.response, label="Forget me")
    await world.env.settle()
    message = world.env.backend.get_message(world.channel.id, post.id)
    assert not [one for one in message.reactions if world.ben.id in one.user_ids]
    assert await ratings(world) == 0


async def test_a_reaction_in_a_thread_counts(world: World, post: discord.Message) -> None:
    thread = await in_thread(world)
    (there,) = [message for message in thread.history() if message.attachments]
    await world.rate(world.ben, there, 4)
    assert await stored(world, world.ben.id, there) == 4
    assert await stored(world, world.ben.id, post) is None


async def in_thread(world: World) -> ChannelHandle:
    """A thread in which Ana asked for a diagram."""
    channel = world.app.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="sketches", type=discord.ChannelType.public_thread)
    await world.env.settle()
    (thread,) = world.channel.threads
    await world.ana.slash(thread, "diagram", description="read clean", count=1, top=1)
    return thread


async def test_a_reaction_on_a_diagram_that_is_gone_is_no_error(
    world: World, post: discord.Message
) -> None:
    await world.rate(world.ana, post, 2)
    async with world.app.database.transaction() as session:
        await session.execute(sql("DELETE FROM diagrams"))
    await world.rate(world.ana, post, 5)
    await world.ana.unreact(post, RATING_EMOJIS[2])
    async with world.app.database.reading() as session:
        assert await count_ratings(session) == 0


async def test_a_hundred_people_at_once_each_have_their_rating(
    world: World, post: discord.Message
) -> None:
    await choose(world, "👍=5")
    people = [world.guild.add_member(world.env.create_user(f"person{n}")) for n in range(100)]
    emojis = ["👍", *RATING_EMOJIS]
    for number, person in enumerate(people):
        world.env.backend.set_reaction(
            world.channel.id, post.id, emojis[number % 7], person.id, True
        )
    await world.env.settle()
    assert await ratings(world) == 100
    found = [await stored(world, person.id, post) for person in people[:7]]
    assert found == [5, 0, 1, 2, 3, 4, 5]
