"""The app where only a person installed it: it answers there, and does nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord.interactions
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.asking.place import MOST_ANSWERS
from bot.cogs.menus import EXPLAIN, RATE
from storage.diagrams import get_diagram
from storage.guilds import change_guild_settings
from storage.ratings import current_ratings
from storage.requests import Request, RequestStatus, add_request, get_request
from tests.acceptance.conftest import World
from tests.acceptance.test_private import buttons, custom_ids, diagram_id, told

GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2
"""Where an interaction was, as Discord says it."""
NOT_HERE = "I am not a member here"


def said(result: InteractionResult) -> str:
    assert result.response is not None
    return result.response.content


@dataclass(kw_only=True)
class Outside:
    """A server that people use the app in, and that the bot is not in."""

    world: World
    channel: ChannelHandle

    def leave(self) -> None:
        """The bot is told that it is not in the server any more."""
        guild = self.world.guild
        self.world.env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})

    async def restart(self) -> None:
        await self.world.restart()
        self.leave()
        await self.world.env.settle()

    async def ask(self, words: str = "read clean train", **options: Any) -> InteractionResult:
        return await self.world.ana.slash(self.channel, "diagram", description=words, **options)

    def seen(self) -> list[discord.Message]:
        return list(self.channel.history(viewer=self.world.ben))

    async def request(self) -> Request:
        async with self.world.app.database.reading() as session:
            return await get_request(session, self.world.worker.jobs[-1].id)


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Interactions as Discord sends them where one person installed the app for themselves.

    `context["is"]` is the place of those outside servers.
    """
    place = {"is": BOT_DM}
    at_home = simcord.interactions.base_payload

    def installed_by_person(*args: Any, guild_id: int | None, user_id: int, **given: Any) -> Any:
        record, payload = at_home(*args, guild_id=guild_id, user_id=user_id, **given)
        payload["context"] = place["is"] if guild_id is None else GUILD
        payload["authorizing_integration_owners"] = {"1": str(user_id)}
        if guild_id is None:
            attached = discord.Permissions(attach_files=True, embed_links=True)
            payload["app_permissions"] = str(attached.value)
        return record, payload

    monkeypatch.setattr(simcord.interactions, "base_payload", installed_by_person)
    return place


@pytest.fixture
async def outside(world: World, context: dict[str, int]) -> AsyncIterator[Outside]:
    people = world.guild.create_role(
        "People",
        permissions=discord.Permissions(view_channel=True, use_external_apps=True),
    )
    channel = world.guild.create_text_channel(
        "elsewhere",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            people: discord.PermissionOverwrite(view_channel=True, use_external_apps=True),
        },
    )
    for who in (world.ana, world.ben):
        world.env.backend.add_member_role(world.guild.id, who.id, people.id)
    place = Outside(world=world, channel=channel)
    place.leave()
    await world.env.settle()
    since = len(world.env.http_requests)
    yield place
    paths = [call.path for call in world.env.http_requests[since:]]
    assert paths
    assert not [path for path in paths if "/channels/" in path]  # not even tried


async def test_everybody_there_sees_the_answers_with_buttons_that_rate(outside: Outside) -> None:
    asked = await outside.ask(count=3, top=2)
    assert not asked.ephemeral
    assert "✅ The best 2 of 3 diagrams" in said(asked)
    assert "Press 0️⃣ to 5️⃣" in said(asked)
    assert [len(post.attachments) for post in asked.followups] == [1, 1]
    assert not any(post.ephemeral for post in asked.followups)
    assert len(outside.seen()) == 3
    assert sum(name.startswith("rate:") for name in custom_ids(asked.followups[0])) == 6


async def test_a_rating_there_is_told_to_who_gave_it_alone(outside: Outside) -> None:
    (post,) = (await outside.ask(count=1, top=1)).followups
    await outside.restart()
    shown = diagram_id(post)
    for who, value in ((outside.world.ana, 5), (outside.world.ben, 1)):
        rated = await who.click(post, custom_id=f"rate:{shown}:{value}:result")
        assert rated.ephemeral
        assert f"Your rating of diagram {shown} is" in said(rated)
        async with outside.world.app.database.reading() as session:
            (rating,) = await current_ratings(session, who.id)
        assert (rating.diagram_id, rating.value) == (shown, value)
    assert {button["style"] for button in buttons(post)[:6]} == {2}


async def test_others_draw_on_from_it_there(outside: Outside) -> None:
    (post,) = (await outside.ask(count=1, top=1)).followups
    restyled = await outside.world.ben.click(post, label="Restyle")
    assert not restyled.ephemeral
    assert restyled.followups
    assert (await outside.world.ben.click(post, label="Edit text")).modal is not None
    again = await outside.world.ana.slash(outside.channel, "again")
    assert not again.ephemeral
    assert again.followups


async def test_a_private_request_stays_private_there(outside: Outside) -> None:
    asked = await outside.ask(count=1, top=1, private=True)
    assert asked.ephemeral
    assert all(post.ephemeral for post in asked.followups)
    assert outside.seen() == []


async def test_where_answers_are_hidden_the_request_is_private(outside: Outside) -> None:
    hidden = discord.Permissions(view_channel=True)
    world = outside.world
    for role in world.env.backend.get_guild(world.guild.id).roles.values():
        if role.name == "People":
            role.permissions = hidden.value
    for overwrite in outside.channel._channel.overwrites:
        overwrite.allow &= ~discord.Permissions(use_external_apps=True).value
    asked = await outside.ask(count=1, top=1)
    assert asked.ephemeral
    assert all(post.ephemeral for post in asked.followups)
    assert (await outside.request()).private


async def test_no_more_diagrams_are_shown_than_discord_lets_follow(outside: Outside) -> None:
    asked = await outside.ask(count=10, top=10)
    assert len(asked.followups) == MOST_ANSWERS
    assert "✅ The best 5 of 10 diagrams" in said(asked)


async def test_a_request_there_is_of_no_server_and_under_no_rules(outside: Outside) -> None:
    world = outside.world
    async with world.app.database.transaction() as session:
        await change_guild_settings(session, world.guild.id, paused=True, channels=(1,))
    assert (await outside.ask(count=1, top=1)).followups
    request = await outside.request()
    assert (request.guild_id, request.outside) == (None, True)
    form = await world.ana.slash(outside.channel, "diagram-form")
    assert form.modal is not None


async def test_after_a_restart_it_is_drawn_and_found_in_history(outside: Outside) -> None:
    world = outside.world
    world.hold()
    asked = await outside.ask("zebra unicorn", count=2, top=2)
    (job,) = world.worker.jobs
    assert NOT_HERE in said(asked)
    await outside.restart()
    async with world.app.database.reading() as session:
        assert (await get_request(session, job.id)).status is RequestStatus.DONE
    assert asked.followups == []
    world.channel = outside.channel
    assert "zebra unicorn" in await told(world.ana, world, "history")


async def test_after_the_token_nothing_is_said(outside: Outside) -> None:
    world = outside.world
    gates = world.hold()
    asked = await outside.ask("zebra unicorn", count=1, top=1)
    await world.env.advance_time(16 * 60)
    gates.release(world.worker.jobs[0].id)
    await world.env.settle()
    assert asked.followups == []
    assert (await outside.request()).status is RequestStatus.DONE
    world.channel = outside.channel
    assert "zebra unicorn" in await told(world.ana, world, "history")


async def test_what_was_asked_elsewhere_is_not_asked_again_there(outside: Outside) -> None:
    async with outside.world.app.database.transaction() as session:
        await add_request(
            session,
            user_id=outside.world.ana.id,
            guild_id=None,
            channel_id=1,
            description="my secret plan",
            count=1,
            top=1,
            seed=1,
        )
    again = await outside.world.ana.slash(outside.channel, "again")
    assert again.ephemeral
    assert "not asked for anything here" in said(again)
    outside.world.refused()


async def test_its_owner_shows_it_again_there(outside: Outside) -> None:
    (post,) = (await outside.ask(count=1, top=1)).followups
    shown = await outside.world.ana.slash(outside.channel, "show", id=diagram_id(post))
    (again,) = shown.followups
    assert not again.ephemeral
    assert len(again.attachments) == 1
    await outside.world.ben.slash(outside.channel, "show", id=diagram_id(post))
    assert "no diagram" in str(outside.world.refused())


async def test_its_owner_deletes_it_and_is_asked_once(outside: Outside) -> None:
    (post,) = (await outside.ask(count=1, top=1)).followups
    ana, ben = outside.world.ana, outside.world.ben
    refused = await ben.click(post, label="Delete")
    assert "Only whoever asked" in said(refused)
    await ana.click(post, label="Delete")
    await ana.click(post, label="Keep it")
    assert len(custom_ids(post)) == 12
    await ana.click(post, label="Delete")
    (again,) = (await ben.click(post, label="Delete it")).followups
    assert again.ephemeral
    await ana.click(post, label="Delete it")
    assert post.id not in [message.id for message in outside.seen()]
    async with outside.world.app.database.reading() as session:
        assert (await get_diagram(session, diagram_id(post))).png_path is None


async def test_menus_know_the_diagram_of_an_answer(outside: Outside) -> None:
    (post,) = (await outside.ask(count=1, top=1)).followups
    rated = await outside.world.ben.context_menu(outside.channel, RATE, post)
    assert f"How do you like diagram {diagram_id(post)}?" in said(rated)
    explained = await outside.world.ben.context_menu(outside.channel, EXPLAIN, post)
    assert explained.response is not None
    assert explained.response.embeds


async def test_between_friends_it_answers_too(outside: Outside, context: dict[str, int]) -> None:
    context["is"] = PRIVATE_CHANNEL
    asked = await outside.world.ana.user.slash("diagram", description="a login", count=1, top=1)
    (post,) = asked.followups
    assert not post.ephemeral
    assert (await outside.request()).outside


async def test_in_the_bots_own_direct_messages_it_posts(
    world: World, context: dict[str, int]
) -> None:
    asked = await world.ana.user.slash("diagram", description="a login", count=1, top=1)
    assert asked.followups == []
    assert "React with 0️⃣ to 5️⃣" in said(asked)


async def test_commands_are_offered_where_they_can_work(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what belongs to a server's admins needs the bot in the server."""
    with_bot = {"settings", "admin"}
    for name, command in _registered(world).items():
        assert command.get("integration_types") == ([0] if name in with_bot else None)
    application = type(world.app.bot.application)
    installable = property(lambda _: object())
    monkeypatch.setattr(application, "user_integration_config", installable)
    await world.restart()
    for name, command in _registered(world).items():
        assert command["integration_types"] == ([0] if name in with_bot else [0, 1])
        assert command["contexts"] == ([0] if name in with_bot else [0, 1, 2])


def _registered(world: World) -> dict[str, Any]:
    return {name: one for (name, _), one in world.env.backend.commands[None].items()}
