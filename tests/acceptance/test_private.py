"""`/diagram … private: True`: one person sees, rates and finds it; nobody else ever does."""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.rating.choosing import QUESTION
from storage.ratings import current_ratings
from storage.requests import RequestStatus, get_request
from tests.acceptance.conftest import World

SECRET = "zebra unicorn quagga"


async def ask_privately(world: World, **options: int) -> InteractionResult:
    return await world.ana.slash(
        world.channel, "diagram", description=SECRET, private=True, **options
    )


async def told(who: MemberActor, world: World, command: str, **options: object) -> str:
    """All that a person reads in the answer to a command of theirs."""
    result = await who.slash(world.channel, command, **options)
    messages = [result.response, *result.followups]
    return "\n".join(
        text
        for message in messages
        if message is not None
        for text in (message.content, *(str(embed.to_dict()) for embed in message.embeds))
    )


def diagram_id(post: ResponseMessage) -> int:
    return int(custom_ids(post)[-1].rsplit(":", 1)[1])


def custom_ids(post: ResponseMessage) -> list[str]:
    return [button["custom_id"] for button in buttons(post)]


def buttons(post: ResponseMessage) -> list[dict[str, Any]]:
    return [button for row in post.components for button in row["components"]]


def seen_by_others(world: World) -> list[str]:
    """What stands in the channel for somebody who did not ask, nor looks for it."""
    return [message.content for message in world.channel.history(viewer=world.ada)]


async def test_only_who_asked_sees_status_and_results(world: World) -> None:
    result = await ask_privately(world, count=3, top=2)
    assert result.ephemeral
    assert "✅ The best 2 of 3 diagrams" in result.response.content
    assert "Press 0️⃣ to 5️⃣" in result.response.content
    assert [len(post.attachments) for post in result.followups] == [1, 1]
    assert all(post.ephemeral for post in result.followups)
    assert seen_by_others(world) == []
    assert QUESTION not in [message.content for message in world.channel.history()]


async def test_a_private_result_is_rated_by_its_buttons_and_stays(world: World) -> None:
    result = await ask_privately(world, count=1, top=1)
    (post,) = result.followups
    shown = diagram_id(post)
    for value in (1, 4):
        await world.restart()
        await world.ana.click(post, custom_id=f"rate:{shown}:{value}:result")
        async with world.app.database.reading() as session:
            (rating,) = await current_ratings(session, world.ana.id)
        assert (rating.diagram_id, rating.value) == (shown, value)
    (post,) = result.followups
    assert post.content.startswith("#1 · ")
    assert f"diagram:export:{shown}" in custom_ids(post)
    rates = [button for button in buttons(post) if button["custom_id"].startswith("rate:")]
    assert [button["style"] == 1 for button in rates] == [value == 4 for value in range(6)]


async def test_what_is_drawn_from_it_is_private_too(world: World) -> None:
    result = await ask_privately(world, count=1, top=1)
    (post,) = result.followups
    restyled = await world.ana.click(post, label="Restyle")
    assert restyled.ephemeral
    assert restyled.followups
    again = await world.ana.slash(world.channel, "again")
    assert again.ephemeral
    assert again.followups
    assert (await world.ana.click(post, label="Export")).ephemeral
    assert seen_by_others(world) == []


async def test_what_answers_a_click_needs_no_right_of_the_bot_in_the_channel(world: World) -> None:
    overwrite = discord.PermissionOverwrite(attach_files=False, send_messages=False)
    world.channel = world.guild.create_text_channel(
        "quiet", overwrites={world.guild.default_role: overwrite}
    )
    (post,) = (await ask_privately(world, count=1, top=1)).followups
    for label in ("Restyle", "More like this"):
        drawn = await world.ana.click(post, label=label)
        assert drawn.ephemeral
        assert drawn.followups
    for label in ("Refine", "Edit text"):
        assert (await world.ana.click(post, label=label)).modal is not None
    assert seen_by_others(world) == []


async def test_only_who_asked_finds_it(world: World) -> None:
    result = await ask_privately(world, count=1, top=1)
    id = diagram_id(result.followups[0])
    assert SECRET in await told(world.ana, world, "history")
    assert SECRET in await told(world.ana, world, "search", words="unicorn")
    shown = await world.ana.slash(world.channel, "show", id=id)
    assert shown.ephemeral
    (again,) = shown.followups
    assert again.ephemeral
    assert len(again.attachments) == 1
    for command, options in (
        ("history", {}),
        ("search", {"words": "unicorn"}),
        ("show", {"id": id}),
    ):
        assert SECRET not in await told(world.ben, world, command, **options)
    world.refused()
    assert seen_by_others(world) == []


async def test_a_deleted_one_is_found_no_more(world: World) -> None:
    (post,) = (await ask_privately(world, count=1, top=1)).followups
    asked = await world.ana.click(post, label="Delete")
    await world.ana.click(asked.response, label="Delete it")
    assert SECRET not in await told(world.ana, world, "history")
    gone = await world.ana.click(post, label="Restyle")
    assert "was deleted" in gone.response.content


async def test_after_a_restart_it_is_drawn_kept_and_said_nowhere(world: World) -> None:
    world.hold()
    result = await ask_privately(world, count=2, top=2)
    assert "Only you see this" in result.response.content
    (job,) = world.worker.jobs
    await world.restart()
    await world.env.settle()
    async with world.app.database.reading() as session:
        assert (await get_request(session, job.id)).status is RequestStatus.DONE
    assert seen_by_others(world) == []
    assert result.followups == []
    assert SECRET in await told(world.ana, world, "history")


async def test_after_the_token_it_is_kept_and_said_nowhere(world: World) -> None:
    gates = world.hold()
    result = await ask_privately(world, count=1, top=1)
    await world.env.advance_time(16 * 60)
    gates.release(world.worker.jobs[0].id)
    await world.env.settle()
    assert result.followups == []
    assert seen_by_others(world) == []
    assert SECRET in await told(world.ana, world, "history")


async def test_it_can_be_cancelled(world: World) -> None:
    world.hold()
    result = await ask_privately(world)
    await world.ana.click(result.response, label="Cancel")
    assert "🚫 Cancelled" in result.response.content
    assert seen_by_others(world) == []


async def test_a_failure_is_told_privately(world: World) -> None:
    world.worker.unusable = 3
    result = await ask_privately(world, count=3, top=1)
    assert "⚠️ None of the drafts became a diagram" in result.response.content
    assert seen_by_others(world) == []
