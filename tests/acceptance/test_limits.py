"""The rules of a server: admins change them, and the next person who asks meets them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import discord
import pytest
from simcord.results import InteractionResult
from sqlalchemy import update

from bot import errors
from bot.app import HOUSEKEEPING
from storage.messages import diagram_of_message
from storage.ratings import count_ratings
from storage.tables import RequestRow
from tests.acceptance.conftest import World


def said(result: InteractionResult) -> str:
    """What one person alone was told."""
    assert result.ephemeral
    assert result.response is not None
    return result.response.content


async def admin(world: World, command: str, **options: object) -> str:
    return said(await world.ada.slash(world.channel, command, **options))


async def refused(world: World, error: type[BaseException], description: str = "one two") -> str:
    """What Ana is told who asks; nothing is started."""
    before = len(world.worker.jobs)
    told = said(await world.ask(world.ana, description))
    assert type(world.refused()) is error
    assert len(world.worker.jobs) == before
    return told


async def drawn(world: World, description: str = "read clean") -> bool:
    before = len(world.worker.jobs)
    await world.ask(world.ana, description)
    return len(world.worker.jobs) == before + 1


async def test_a_paused_server_takes_no_request_until_it_goes_on(world: World) -> None:
    assert "⏸️ Paused" in await admin(world, "admin pause")
    assert "admins of this server have paused me" in await refused(world, errors.Paused)
    assert "**Paused**" in await admin(world, "settings show")
    assert "take requests again" in await admin(world, "admin resume")
    assert await drawn(world)


async def test_a_blocked_person_reads_the_reason_and_others_go_on(world: World) -> None:
    told = await admin(world, "admin block", user=world.ana, reason="too many cats")
    assert f"🚫 {world.ana.mention}" in told
    assert "an admin blocked you: too many cats" in await refused(world, errors.Blocked)
    await world.ask(world.ben, "read clean")
    assert len(world.worker.jobs) == 1
    assert f"✅ {world.ana.mention}" in await admin(world, "admin unblock", user=world.ana)
    assert await drawn(world)
    assert "is not blocked" in await admin(world, "admin unblock", user=world.ana)


async def test_a_channel_that_is_not_allowed_names_those_that_are(world: World) -> None:
    other = world.guild.create_text_channel("elsewhere")
    await admin(world, "settings channels", action="add", channel=other)
    told = await refused(world, errors.WrongChannel)
    assert told == f"In this server I draw in <#{other.id}> only. Please ask there."
    assert f"**Channels** <#{other.id}> <#{world.channel.id}>" in await admin(
        world, "settings channels", action="add"
    )
    assert await drawn(world)
    await admin(world, "settings channels", action="remove")
    await refused(world, errors.WrongChannel)
    assert "**Channels** everywhere" in await admin(world, "settings channels", action="clear")
    assert await drawn(world, "again here")


async def test_a_thread_of_an_allowed_channel_is_allowed(world: World) -> None:
    other = world.guild.create_text_channel("elsewhere")
    await admin(world, "settings channels", action="add")
    for channel in (world.channel, other):
        seen = world.app.bot.get_channel(channel.id)
        assert isinstance(seen, discord.TextChannel)
        await seen.create_thread(name="plans", type=discord.ChannelType.public_thread)
    await world.env.settle()
    (inside,), (outside,) = world.channel.threads, other.threads
    await world.ana.slash(inside, "diagram", description="read clean", top=1)
    assert len(world.worker.jobs) == 1
    await world.ana.slash(outside, "diagram", description="read more")
    assert type(world.refused()) is errors.WrongChannel


async def test_a_cooldown_ends_with_a_time_and_is_no_matter_for_admins(world: World) -> None:
    assert "**Cooldown** 10 minutes" in await admin(world, "settings set", cooldown=600)
    assert await drawn(world)
    told = await refused(world, errors.OverLimit)
    assert "wants 10 minutes between two requests" in told
    assert "again <t:" in told
    for description in ("ada one", "ada two"):
        await world.ask(world.ada, description)
    assert len(world.worker.jobs) == 3


async def test_who_has_a_role_that_was_chosen_may_ask_as_often_as_they_like(world: World) -> None:
    staff = world.guild.create_role("Staff")
    await admin(world, "settings set", per_day=1, cooldown=600)
    cleo = world.guild.add_member(world.env.create_user("cleo"), roles=[staff])
    told = await admin(world, "settings bypass", action="add", role=staff)
    assert f"**Roles without cooldown and limit** <@&{staff.id}>" in told
    for description in ("one two", "three four"):
        await world.ask(cleo, description)
    assert len(world.worker.jobs) == 2
    assert await drawn(world)
    await refused(world, errors.OverLimit)
    told = await admin(world, "settings bypass", action="remove", role=staff)
    assert "**Roles without cooldown and limit** none" in told
    await world.ask(cleo, "five six")
    assert type(world.refused()) is errors.OverLimit
    assert f"**settings** bypass remove <@&{staff.id}>" in await admin(world, "admin audit")


async def test_what_a_server_keeps_no_longer_is_gone_and_its_buttons_say_so(world: World) -> None:
    assert "**Kept** for ever" in await admin(world, "settings show")
    await world.ask(world.ana, "read clean", count=1, top=1)
    (post,) = world.posts()
    assert "**Kept** 30 days" in await admin(world, "settings set", keep_days=30)
    async with world.app.database.transaction() as session:
        long_ago = datetime.now(UTC) - timedelta(days=31)
        await session.execute(update(RequestRow).values(created_at=long_ago))
    done = await world.app.schedule.run_now(HOUSEKEEPING)
    assert "1 old requests" in done.detail
    assert list(world.settings.images_dir.rglob("*")) == []
    for label in ("Restyle", "Export", "Delete"):
        assert "This diagram was deleted" in said(await world.ana.click(post, label=label))
    await world.rate(world.ben, post, 5)
    async with world.app.database.reading() as session:
        assert await count_ratings(session) == 0
    assert len(world.posts()) == 1


async def test_a_quota_holds_over_a_restart_and_for_buttons(world: World) -> None:
    await admin(world, "settings set", per_day=1)
    assert await drawn(world)
    await world.restart()
    told = await refused(world, errors.OverLimit)
    assert "used your 1 request of the last 24 hours" in told
    assert "next one is free <t:" in told
    clicked = await world.ana.click(world.posts()[0], label="More like this")
    assert "used your 1 request" in said(clicked)
    assert not world.worker.jobs


async def test_there_is_no_rule_in_direct_messages(world: World) -> None:
    await admin(world, "settings set", per_day=1, cooldown=600)
    await admin(world, "admin pause")
    for description in ("one two", "three four"):
        await world.ana.user.slash("diagram", description=description)
    assert len(world.worker.jobs) == 2


async def test_a_word_of_the_list_is_refused_without_saying_which(world: World) -> None:
    await admin(world, "settings words", action="add", words="Bomb, big bang")
    told = await refused(world, errors.AgainstPolicy, "plan of a BOMB")
    assert "This server's policy does not allow this request" in told
    assert "omb" not in told
    assert "`bomb`, `big bang`" in await admin(world, "settings words", action="show")
    await admin(world, "settings words", action="remove", words="bomb")
    assert await drawn(world, "plan of a bomb")


async def test_a_long_list_of_words_is_shown_to_its_end(world: World) -> None:
    words = [f"{'long' * 10}{n}" for n in range(50)]
    for part in (words[:20], words[20:40], words[40:]):
        await admin(world, "settings words", action="add", words=",".join(part))
    shown = await world.ada.slash(world.channel, "settings words", action="show")
    assert "50, all of them in this file" in said(shown)
    assert shown.response is not None
    (file,) = shown.response.attachments
    assert (await file.read()).decode().splitlines() == words


async def test_the_defaults_of_the_server_are_used_by_who_says_nothing(world: World) -> None:
    await admin(world, "settings set", default_count=2, default_top=1)
    await world.ask(world.ana, "read clean")
    assert (world.worker.jobs[-1].count, len(world.posts())) == (2, 1)
    await world.ask(world.ana, "read more", count=4, top=2)
    assert (world.worker.jobs[-1].count, len(world.posts())) == (4, 1 + 2)
    told = await admin(world, "settings set", default_count=0)
    assert "**Default count** my own · **default top** 1" in told
    await world.ask(world.ana, "read on")
    assert world.worker.jobs[-1].count == world.settings.default_count


async def test_a_change_without_a_value_changes_nothing(world: World) -> None:
    assert "at least one option" in await admin(world, "settings set")
    world.refused()
    assert "give the option `words`" in await admin(world, "settings words", action="add")
    world.refused()
    assert "Nobody has changed anything" in await admin(world, "admin audit")


async def test_every_change_is_in_the_audit_log_of_the_server(world: World) -> None:
    await admin(world, "settings set", per_day=3, cooldown=30)
    await admin(world, "settings words", action="add", words="bomb")
    await admin(world, "settings channels", action="add")
    await admin(world, "admin pause")
    await admin(world, "admin resume")
    await admin(world, "admin block", user=world.ana, reason="cats")
    await admin(world, "admin unblock", user=world.ana)
    lines = (await admin(world, "admin audit")).splitlines()
    assert all(line.startswith("<t:") and world.ada.mention in line for line in lines)
    assert [line.split(f"{world.ada.mention} ")[1] for line in lines] == [
        f"**unblock** {world.ana.mention}",
        f"**block** {world.ana.mention}: cats",
        "**resume**",
        "**pause**",
        f"**settings** channels add <#{world.channel.id}>",
        "**settings** words add bomb",
        "**settings** cooldown_seconds 30, per_day 3",
    ]


async def test_a_retraining_is_in_the_audit_log(world: World) -> None:
    world.app.trainer._command = (sys.executable, "-c", "import sys; sys.exit('no data yet')")
    await admin(world, "admin retrain", kind="readability")
    assert f"{world.ada.mention} **retrain** readability" in await admin(world, "admin audit")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("settings show", {}),
        ("settings set", {"per_day": 1}),
        ("settings channels", {"action": "add"}),
        ("settings words", {"action": "show"}),
        ("admin pause", {}),
        ("admin resume", {}),
        ("admin audit", {}),
    ],
)
async def test_somebody_who_was_granted_the_command_is_still_refused(
    world: World, command: str, options: dict[str, object]
) -> None:
    assert command not in world.ana.available_commands(world.channel)
    group = command.split()[0]
    (granted,) = [c for c in await world.app.bot.tree.fetch_commands() if c.name == group]
    world.guild.set_command_permissions(granted, {world.ana: True})
    result = await world.ana.slash(world.channel, command, **options)
    assert type(world.refused()).__name__ == "MissingPermissions"
    assert "“manage guild”" in said(result)
    assert await drawn(world)


async def test_neither_block_nor_unblock_is_for_others(world: World) -> None:
    (granted,) = [c for c in await world.app.bot.tree.fetch_commands() if c.name == "admin"]
    world.guild.set_command_permissions(granted, {world.ana: True})
    for command in ("admin block", "admin unblock"):
        await world.ana.slash(world.channel, command, user=world.ben)
        assert type(world.refused()).__name__ == "MissingPermissions"
    await world.ask(world.ben, "read clean")
    assert len(world.worker.jobs) == 1


async def test_a_paused_bot_shows_nothing_again_either(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=1, top=1)
    (post,) = world.posts()
    await admin(world, "admin pause")
    async with world.app.database.reading() as session:
        id = await diagram_of_message(session, post.id)
    shown = await world.ana.slash(world.channel, "show", id=id)
    assert isinstance(world.refused(), errors.Refused)
    assert shown.ephemeral
    assert len(world.posts()) == 1
