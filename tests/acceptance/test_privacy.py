"""/privacy, /my-data and /forget-me: what is kept is in people's own hands."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.results import InteractionResult
from sqlalchemy import select

from bot.cogs.ratings import RECONCILE
from bot.people.forgetting import Forgetter
from jobs.backup import BACKUP
from jobs.refresh import REFRESH
from storage.people import consents
from storage.purge import FORGOTTEN, forget_person
from storage.tables import Base
from tests.acceptance.conftest import World

SECRET = "zebra unicorn quagga"


async def dump(world: World) -> str:
    """Every row of every table, as text."""
    rows: list[str] = []
    async with world.app.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows += [str(tuple(row)) for row in await session.execute(select(table))]
    return "\n".join(rows)


async def shares(world: World) -> bool:
    async with world.app.database.reading() as session:
        return await consents(session, world.ana.id)


def pictures(world: World) -> list[Path]:
    return sorted(world.settings.images_dir.rglob("*"))


def content(result: InteractionResult) -> str:
    assert result.ephemeral
    assert result.response is not None
    return result.response.content


async def press(who: MemberActor | UserHandle, shown: InteractionResult, label: str) -> None:
    assert shown.response is not None
    await who.click(shown.response, label=label)


async def forget_ana(world: World) -> InteractionResult:
    asked = await world.ana.slash(world.channel, "forget-me")
    assert "cannot be undone" in content(asked)
    await press(world.ana, asked, "Forget me")
    await world.env.settle()
    return asked


async def opened(result: InteractionResult) -> zipfile.ZipFile:
    assert result.response is not None
    (file,) = result.response.attachments
    return zipfile.ZipFile(io.BytesIO(await file.read()))


async def test_privacy_tells_what_is_kept_and_sharing_is_off_until_switched_on(
    world: World,
) -> None:
    shown = await world.ana.slash(world.channel, "privacy")
    assert "Sharing for training** is **off**" in content(shown)
    assert "/forget-me" in content(shown)
    assert len(content(shown)) <= 2_000
    assert not await shares(world)

    await press(world.ana, shown, "Share for training")
    assert "is **on**" in content(shown)
    assert "nothing that was deleted or asked for privately" in content(shown)
    assert await shares(world)
    assert "is **on**" in content(await world.ana.slash(world.channel, "privacy"))
    assert "is **off**" in content(await world.ben.slash(world.channel, "privacy"))


async def test_privacy_tells_what_is_deleted_by_itself_and_what_backups_keep(world: World) -> None:
    shown = content(await world.ana.slash(world.channel, "privacy"))
    assert "“A or B?”" in shown
    assert "Admins of a server can export what was asked for, drawn and rated in it" in shown
    assert "in the backups of the last nights, for up to 7 days." in shown
    assert "This server keeps" not in shown
    await world.ada.slash(world.channel, "settings set", keep_days=30)
    shown = content(await world.ana.slash(world.channel, "privacy"))
    assert "This server keeps what is asked for in it for 30 days" in shown
    assert len(shown) <= 2_000
    direct = content(await world.ana.user.slash("privacy"))
    assert "This server keeps" not in direct


async def test_backups_that_are_not_kept_any_more_are_gone_from_the_start_on(
    world: World,
) -> None:
    await world.app.schedule.run_now(BACKUP)
    assert list(world.settings.backups_dir.iterdir())
    world.settings = world.settings.model_copy(update={"backup_days": 0})
    await world.restart()
    assert not list(world.settings.backups_dir.iterdir())
    assert "backups" not in content(await world.ana.slash(world.channel, "privacy"))


async def test_a_decision_answers_discord_before_it_is_written(world: World) -> None:
    shown = await world.ana.slash(world.channel, "privacy")
    before = len(world.env.http_requests)
    async with world.writing():
        pressing = asyncio.ensure_future(press(world.ana, shown, "Share for training"))
        await world.acknowledged(1, since=before)
    await pressing
    assert "is **on**" in content(shown)


async def test_sharing_can_be_switched_off_after_a_restart(world: World) -> None:
    shown = await world.ana.slash(world.channel, "privacy")
    await press(world.ana, shown, "Share for training")
    await world.restart()
    assert await shares(world)
    await press(world.ana, shown, "Stop sharing")
    assert "is **off**" in content(shown)
    assert not await shares(world)


async def test_an_export_has_everything_of_a_person_and_nothing_of_others(world: World) -> None:
    await world.ask(world.ana, SECRET, count=3, top=2)
    await world.ask(world.ben, "read clean train", count=1, top=1)
    await world.rate(world.ana, world.posts()[-1], 4)
    result = await world.ana.slash(world.channel, "my-data export")
    assert "`data.json` and 2 pictures" in content(result)
    archive = await opened(result)
    data = json.loads(archive.read("data.json"))
    assert [row["description"] for row in data["requests"]] == [SECRET]
    assert [row["rank"] for row in data["diagrams"]] == [1, 2, 3]
    assert [row["value"] for row in data["ratings"]] == [4]
    assert len(data["latents"]) == 3
    assert str(world.ben.id) not in str(data)
    names = [row["png_path"] for row in data["diagrams"] if row["png_path"]]
    assert sorted(archive.namelist()) == sorted(["data.json", *(f"pictures/{n}" for n in names)])
    for name in names:
        stored = (world.settings.images_dir / name).read_bytes()
        assert archive.read(f"pictures/{name}") == stored


async def test_an_export_works_in_direct_messages(world: World) -> None:
    await world.ana.user.slash("diagram", description=SECRET, count=1, top=1)
    result = await world.ana.user.slash("my-data export")
    assert SECRET in (await opened(result)).read("data.json").decode()


async def test_whoever_asked_for_nothing_is_told_that_nothing_is_kept(world: World) -> None:
    result = await world.ana.slash(world.channel, "my-data export")
    assert content(result) == "I keep nothing about you."


async def test_a_forgotten_person_leaves_no_trace_in_database_files_taste_and_channel(
    world: World,
) -> None:
    await world.ask(world.ben, "read clean train", count=1, top=1)
    (bens,) = world.posts()
    kept = pictures(world)
    await world.ask(world.ana, SECRET, count=4, top=2)
    for post in world.posts():
        await world.rate(world.ana, post, 5)
    shown = await world.ana.slash(world.channel, "privacy")
    await press(world.ana, shown, "Share for training")
    await world.app.schedule.run_now(REFRESH)
    assert world.app.tastes.current.count(world.ana.id) == 3
    before = await dump(world)
    assert str(world.ana.id) in before
    assert SECRET in before

    asked = await forget_ana(world)

    assert content(asked).startswith(
        "🗑️ Forgotten: 1 request, 4 diagrams, 2 pictures and 3 ratings."
    )
    assert asked.response is not None
    assert asked.response.components == []
    after = await dump(world)
    assert str(world.ana.id) not in after
    assert SECRET not in after
    assert pictures(world) == kept
    assert world.app.tastes.current.count(world.ana.id) == 0
    assert [post.id for post in world.posts()] == [bens.id]
    assert not [m for m in world.channel.history() if SECRET in m.content]
    assert "I keep nothing" in content(await world.ana.slash(world.channel, "my-data export"))


async def test_numbers_under_other_peoples_diagrams_are_taken_away_where_the_bot_may(
    world: World,
) -> None:
    await world.ask(world.ben, "read clean train", count=1, top=1)
    (post,) = world.posts()
    await world.rate(world.ana, post, 5)
    asked = await forget_ana(world)
    assert "an emoji that is there counts" in content(asked)
    await world.app.schedule.run_now(RECONCILE)  # it reads what is under the messages now
    assert str(world.ana.id) not in await dump(world)


async def test_whoever_keeps_everything_keeps_it(world: World) -> None:
    await world.ask(world.ana, SECRET, count=1, top=1)
    asked = await world.ana.slash(world.channel, "forget-me")
    await press(world.ana, asked, "Keep everything")
    assert content(asked) == "Nothing was deleted."
    assert SECRET in await dump(world)
    assert len(world.posts()) == 1


async def test_a_running_request_of_a_forgotten_person_keeps_nothing(world: World) -> None:
    gates = world.hold()
    await world.ask(world.ana, SECRET)
    await world.ask(world.ben, "read clean train", count=1, top=1)
    ana, ben = world.worker.jobs
    await forget_ana(world)
    gates.release(ana.id)
    gates.release(ben.id)
    await world.env.settle()
    assert str(world.ana.id) not in await dump(world)
    assert SECRET not in await dump(world)
    assert not (world.settings.images_dir / ana.id).exists()
    assert len(world.posts()) == 1
    assert not [m for m in world.channel.history() if SECRET in m.content]


async def test_forgetting_works_after_a_restart_and_in_direct_messages(world: World) -> None:
    await world.ana.user.slash("diagram", description=SECRET, count=1, top=1)
    asked = await world.ana.user.slash("forget-me")
    await world.restart()
    await press(world.ana.user, asked, "Forget me")
    await world.env.settle()
    assert SECRET not in await dump(world)
    history: list[discord.Message] = world.ana.user.dm_channel.history()
    assert not [message for message in history if message.attachments]


async def test_a_request_that_loses_its_row_while_it_is_drawn_keeps_nothing(world: World) -> None:
    gates = world.hold()
    await world.ask(world.ana, SECRET)
    (job,) = world.worker.jobs
    async with world.app.database.transaction() as session:
        await forget_person(session, world.ana.id)
    gates.release(job.id)
    await world.env.settle()
    assert SECRET not in await dump(world)
    assert not (world.settings.images_dir / job.id).exists()
    assert not world.posts()
    assert not [m for m in world.channel.history() if SECRET in m.content]


async def test_a_delivery_that_loses_its_rows_withdraws_what_it_posted(world: World) -> None:
    gates = world.hold()
    await world.ask(world.ana, SECRET, count=3, top=3)
    forgetting: list[asyncio.Task[None]] = []

    async def forget() -> None:
        async with world.app.database.transaction() as session:
            await forget_person(session, world.ana.id)

    def notice(event: str, payload: dict[str, Any]) -> None:
        if event == "MESSAGE_CREATE" and payload["attachments"] and not forgetting:
            forgetting.append(asyncio.ensure_future(forget()))

    world.env.backend.subscribers.append(notice)
    gates.release(world.worker.jobs[0].id)
    await world.env.settle()
    assert forgetting[0].done()
    assert not world.channel.history()


async def test_what_others_drew_on_from_shows_the_words_no_more(world: World) -> None:
    await world.ask(world.ana, SECRET, count=1, top=1)
    (anas,) = world.posts()
    await world.ben.click(anas, label="Restyle")
    await world.ben.click(anas, label="More like this")
    await world.rate(world.ben, world.posts()[-1], 5)
    await world.ask(world.ben, "read clean train", count=1, top=1)
    drawn_on = len(world.posts()) - 1
    await forget_ana(world)
    posts = world.posts()
    assert len(posts) == drawn_on
    assert [post.attachments[0].filename.rpartition("-")[0] for post in posts] == [
        *["a-diagram-of-somebody-who-is-forgotten"] * (drawn_on - 1),
        "read-clean-train",
    ]
    assert all(world.ben.mention in post.content for post in posts)
    assert posts[-2].reactions[5].count == 2
    said = [m.content for m in world.channel.history() if not m.attachments]
    assert sum(FORGOTTEN in text for text in said) == 2
    assert not [text for text in said if SECRET in text]
    requests = [line for line in (await dump(world)).splitlines() if "restyle" in line]
    assert requests
    assert not [line for line in requests if SECRET in line]


async def test_who_is_forgotten_while_diagrams_are_posted_has_none_left_in_the_channel(
    world: World,
) -> None:
    forgetter = Forgetter(
        client=world.app.bot,
        database=world.app.database,
        requests=world.app.requests,
        images=world.settings.images_dir,
        background=world.app.bot.background,
        refresh_taste=partial(world.app.schedule.run_now, REFRESH),
    )
    first = asyncio.Event()

    def notice(event: str, payload: dict[str, Any]) -> None:
        if event == "MESSAGE_CREATE" and payload["attachments"]:
            first.set()

    world.env.backend.subscribers.append(notice)
    asking = asyncio.ensure_future(world.ask(world.ana, SECRET, count=5, top=5))
    await first.wait()
    gone = await forgetter.forget(world.ana.id)
    await asking
    await world.env.settle()
    assert len(gone.pictures) == 5
    assert not world.posts()
    assert SECRET not in await dump(world)
    assert not pictures(world)
