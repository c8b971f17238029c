"""The buttons under posted diagrams: what each shows, to whom, and for how long."""

from __future__ import annotations

import io
import re
import zipfile

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage
from sqlalchemy import text

from bot.errors import UserFacingError
from bot.results.shown import GONE
from ml.errors import WorkerDied
from ml.export.formats import Format
from ml.spec.text import parse_spec
from storage.messages import diagram_of_message, mark_deleted
from storage.purge import forget_person
from storage.requests import Request, RequestKind, get_request
from tests.acceptance.conftest import World

BUTTONS = ["Refine", "Edit text", "Restyle", "More like this", "Export", "Delete"]
PNG = b"\x89PNG\r\n\x1a\n"
TEXT = "right blue round arrow spacious nodes\n0 data Read\n1 process Scrub\n2 model Train\n"
BAD = "right blue round arrow spacious nodes\n0 data Read\n1 nonsense Scrub\n"


@pytest.fixture
async def post(world: World) -> discord.Message:
    """Ana's only diagram."""
    await world.ask(world.ana, "read clean train", count=2, top=1)
    (post,) = world.posts()
    return post


def labels(message: discord.Message) -> list[str | None]:
    return [
        item.label
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.Button)
    ]


async def diagram_of(world: World, message: discord.Message) -> int:
    async with world.app.database.reading() as session:
        diagram_id = await diagram_of_message(session, message.id)
    assert diagram_id is not None
    return diagram_id


async def latest(world: World) -> Request:
    async with world.app.database.reading() as session:
        return await get_request(session, world.worker.jobs[-1].id)


async def edit(
    world: World, who: MemberActor, message: discord.Message | ResponseMessage, written: str
) -> InteractionResult:
    shown = await who.click(message, label="Edit text")
    assert shown.modal is not None
    return await who.submit_modal(shown, {"text": written})


def given_text(shown: InteractionResult) -> str:
    assert shown.modal is not None
    (row,) = shown.modal["components"]
    return str(row["component"]["value"])


async def test_every_diagram_has_the_buttons(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=3, top=2)
    assert [labels(post) for post in world.posts()] == [BUTTONS, BUTTONS]


async def test_an_edit_begins_with_the_text_and_is_drawn_as_it_was_written(
    world: World, post: discord.Message
) -> None:
    shown = await world.ben.click(post, label="Edit text")
    spec = parse_spec(given_text(shown))
    assert [node.label for node in spec.nodes] == ["read", "clean", "train"]

    result = await world.ben.submit_modal(shown, {"text": TEXT})

    assert not result.ephemeral
    assert result.response is not None
    assert "✅ Edited" in result.response.content
    edited = world.posts()[-1]
    assert edited.content.startswith("Edited · ")
    assert world.ben.mention in edited.content
    assert "Read, Scrub, Train" in (edited.attachments[0].description or "")
    assert labels(edited) == BUTTONS
    request = await latest(world)
    assert (request.kind, request.text) == (RequestKind.EDIT, TEXT)
    assert request.parent_id == await diagram_of(world, post)
    assert request.user_id == world.ben.id


async def test_an_edit_that_cannot_be_read_names_the_line_and_can_be_mended(
    world: World, post: discord.Message
) -> None:
    result = await edit(world, world.ana, post, BAD)
    assert result.ephemeral
    assert result.response is not None
    assert "Line 3" in result.response.content
    (file,) = result.response.attachments
    assert (await file.read()).decode() == BAD
    assert len(world.posts()) == 1

    shown = await world.ana.click(result.response, label="Edit again")
    assert given_text(shown) == BAD
    await world.ana.submit_modal(shown, {"text": TEXT})
    assert world.posts()[-1].content.startswith("Edited · ")


async def test_a_text_that_was_given_back_before_a_restart_is_still_in_its_file(
    world: World, post: discord.Message
) -> None:
    result = await edit(world, world.ana, post, BAD)
    await world.restart()
    assert result.response is not None
    again = await world.ana.click(result.response, label="Edit again")
    assert again.ephemeral
    assert again.response is not None
    assert "still in the file" in again.response.content


async def test_a_form_that_was_open_during_a_restart_can_be_sent(
    world: World, post: discord.Message
) -> None:
    shown = await world.ana.click(post, label="Edit text")
    await world.restart()
    await world.ana.submit_modal(shown, {"text": TEXT})
    assert world.posts()[-1].content.startswith("Edited · ")


async def test_an_edit_that_fails_later_gives_the_text_back_too(
    world: World, post: discord.Message
) -> None:
    world.worker.failures.append(WorkerDied("twice"))
    result = await edit(world, world.ana, post, TEXT)
    assert result.response is not None
    assert "stopped twice" in result.response.content
    (private,) = result.followups
    assert private.ephemeral
    assert (await private.attachments[0].read()).decode() == TEXT
    shown = await world.ana.click(private, label="Edit again")
    assert given_text(shown) == TEXT


async def test_a_restyle_shows_the_same_structure_in_other_styles(
    world: World, post: discord.Message
) -> None:
    before = parse_spec(given_text(await world.ana.click(post, label="Edit text")))
    result = await world.ben.click(post, label="Restyle")
    assert result.response is not None
    assert "other styles" in result.response.content
    restyled = world.posts()[1:]
    assert [one.content.split(" · ")[0] for one in restyled] == [
        "Restyled #1",
        "Restyled #2",
        "Restyled #3",
    ]
    specs = [parse_spec(text) for text in world.worker.jobs[-1].texts]
    assert {(spec.nodes, spec.edges) for spec in specs} == {(before.nodes, before.edges)}
    assert before.style not in [spec.style for spec in specs]
    assert (await latest(world)).parent_id == await diagram_of(world, post)


async def test_more_like_this_is_the_same_description_with_another_seed(
    world: World, post: discord.Message
) -> None:
    await world.ben.click(post, label="More like this")
    first, again = world.worker.jobs
    assert again.description == first.description
    assert again.seed != first.seed
    assert (again.count, len(world.posts())) == (2, 2)
    assert (await latest(world)).parent_id == await diagram_of(world, post)
    assert world.ben.mention in world.posts()[-1].content


async def test_more_like_an_edited_diagram_keeps_the_edit(
    world: World, post: discord.Message
) -> None:
    await edit(world, world.ana, post, TEXT)
    await world.ana.click(world.posts()[-1], label="More like this")
    labels = {node.label for text in world.worker.jobs[-1].texts for node in parse_spec(text).nodes}
    assert labels == {"Read", "Scrub", "Train"}


async def test_words_that_somebody_had_forgotten_are_never_drawn(
    world: World, post: discord.Message
) -> None:
    await world.ben.click(post, label="More like this")
    async with world.app.database.transaction() as session:
        await forget_person(session, world.ana.id)
    await world.ben.click(world.posts()[-1], label="More like this")
    assert len(world.worker.jobs[-1].texts) == 8
    refused = await world.ben.slash(world.channel, "again")
    assert isinstance(world.refused(), UserFacingError)
    assert "not asked for anything here yet" in refused.response.content


@pytest.mark.parametrize("format", list(Format))
async def test_every_format_comes_as_a_private_file(
    world: World, post: discord.Message, format: Format
) -> None:
    asked = await world.ben.click(post, label="Export")
    assert asked.ephemeral
    assert asked.response is not None
    result = await world.ben.select(asked.response, [format.value])
    assert result.ephemeral
    assert result.response is not None
    (file,) = result.response.attachments
    assert file.filename == f"read-clean-train-1{format.extension}"
    data = await file.read()
    if format is Format.PNG_2X:
        assert data == await post.attachments[0].read()
    elif format.needs_opencv:
        assert data.startswith(PNG)
    elif format is Format.PPTX:
        assert zipfile.is_zipfile(io.BytesIO(data))
    elif format is not Format.ROWS:
        assert b"clean" in data
    assert world.posts() == [post]


async def test_several_formats_are_had_from_one_menu_even_after_a_restart(
    world: World, post: discord.Message
) -> None:
    asked = await world.ana.click(post, label="Export")
    assert asked.response is not None
    await world.ana.select(asked.response, [Format.SVG])
    await world.restart()
    result = await world.ana.select(asked.response, [Format.DOT])
    assert result.response is not None
    assert result.response.attachments[0].filename.endswith(".dot")


async def test_a_posted_picture_that_is_gone_is_drawn_anew(
    world: World, post: discord.Message
) -> None:
    for picture in world.settings.images_dir.rglob("*.png"):
        picture.unlink()
    asked = await world.ana.click(post, label="Export")
    assert asked.response is not None
    result = await world.ana.select(asked.response, [Format.PNG_2X])
    assert result.response is not None
    assert (await result.response.attachments[0].read()).startswith(PNG)


async def test_an_export_of_what_was_deleted_meanwhile_says_so(
    world: World, post: discord.Message
) -> None:
    asked = await world.ben.click(post, label="Export")
    assert asked.response is not None
    await withdraw(world, post)
    result = await world.ben.select(asked.response, [Format.SVG])
    assert result.response is not None
    assert result.response.content == GONE
    assert not result.response.attachments


async def test_the_owner_deletes_after_a_question(world: World, post: discord.Message) -> None:
    asked = await world.ana.click(post, label="Delete")
    assert asked.ephemeral
    assert asked.response is not None
    assert len(world.posts()) == 1
    await world.ana.click(asked.response, label="Delete it")
    assert world.posts() == []
    assert asked.response.content == "🗑️ Deleted."
    assert not asked.response.components
    async with world.app.database.reading() as session:
        assert await diagram_of_message(session, post.id) is None


async def test_a_diagram_can_be_kept_after_all(world: World, post: discord.Message) -> None:
    asked = await world.ana.click(post, label="Delete")
    assert asked.response is not None
    await world.ana.click(asked.response, label="Keep it")
    assert len(world.posts()) == 1
    assert "Kept" in asked.response.content


async def test_strangers_do_not_delete_but_those_who_manage_messages_do(
    world: World, post: discord.Message
) -> None:
    refused = await world.ben.click(post, label="Delete")
    assert refused.ephemeral
    assert refused.response is not None
    assert "Manage Messages" in refused.response.content
    assert not refused.response.components
    asked = await world.ada.click(post, label="Delete")
    assert asked.response is not None
    await world.ada.click(asked.response, label="Delete it")
    assert world.posts() == []


async def test_somebody_who_lost_the_permission_meanwhile_deletes_nothing(
    world: World, post: discord.Message
) -> None:
    asked = await world.ada.click(post, label="Delete")
    assert asked.response is not None
    world.env.backend.get_guild(world.guild.id).members[world.ada.id].role_ids.clear()
    await world.ada.click(asked.response, label="Delete it")
    assert len(world.posts()) == 1
    assert "Manage Messages" in asked.response.content


async def test_a_message_that_cannot_be_deleted_is_said_so(
    world: World, post: discord.Message
) -> None:
    asked = await world.ana.click(post, label="Delete")
    assert asked.response is not None
    world.fail("DELETE", "/channels/*/messages/*", status=403, code=50013)
    await world.ana.click(asked.response, label="Delete it")
    assert "did not let me" in asked.response.content
    assert len(world.posts()) == 1


async def test_all_buttons_work_after_a_restart(world: World, post: discord.Message) -> None:
    await world.restart()
    await world.ana.click(post, label="Restyle")
    await world.ana.click(post, label="More like this")
    await edit(world, world.ana, post, TEXT)
    assert [one.content.split(" · ")[0] for one in world.posts()[1:]] == [
        "Restyled #1",
        "Restyled #2",
        "Restyled #3",
        "#1",
        "Edited",
    ]
    asked = await world.ana.click(post, label="Delete")
    await world.restart()
    assert asked.response is not None
    await world.ana.click(asked.response, label="Delete it")
    assert post.id not in [one.id for one in world.posts()]


async def test_two_who_delete_at_once_are_both_answered(
    world: World, post: discord.Message
) -> None:
    asked = [await who.click(post, label="Delete") for who in (world.ana, world.ada)]
    for who, one in zip((world.ana, world.ada), asked, strict=True):
        assert one.response is not None
        await who.click(one.response, label="Delete it")
    assert [one.response.content for one in asked if one.response] == ["🗑️ Deleted.", GONE]


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("forgotten", [False, True])
async def test_a_diagram_that_is_gone_is_told_kindly(
    world: World, post: discord.Message, button: str, forgotten: bool
) -> None:
    await withdraw(world, post, forgotten=forgotten)
    result = await world.ben.click(post, label=button)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content == GONE
    assert len(world.posts()) == 1


async def test_a_diagram_deleted_while_somebody_edits_it_costs_them_no_text(
    world: World, post: discord.Message
) -> None:
    shown = await world.ben.click(post, label="Edit text")
    await withdraw(world, post)
    late = await world.ben.submit_modal(shown, {"text": TEXT})
    assert late.ephemeral
    assert late.response is not None
    assert late.response.content == GONE
    assert (await late.response.attachments[0].read()).decode() == TEXT


@pytest.mark.parametrize("button", ["Edit text", "Restyle", "More like this"])
async def test_people_who_may_not_use_commands_here_cannot_make_the_bot_draw(
    world: World, post: discord.Message, button: str
) -> None:
    everybody = world.env.backend.get_guild(world.guild.id).roles[world.guild.id]
    everybody.permissions &= ~discord.Permissions(use_application_commands=True).value
    result = await world.ben.click(post, label=button)
    assert result.ephemeral
    assert result.response is not None
    assert "Use Application Commands" in result.response.content
    assert len(world.worker.jobs) == 1


@pytest.mark.parametrize("button", BUTTONS)
async def test_what_nobody_expected_is_told_privately_with_an_id(
    world: World, post: discord.Message, button: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with world.app.database.transaction() as session:
        await session.execute(text("UPDATE requests SET kind = 'of the future'"))
    result = await world.ana.click(post, label=button)
    assert result.ephemeral
    assert result.response is not None
    (told,) = re.findall(r"the id `(\w+)`", result.response.content)
    (logged,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert logged.request_id == told  # type: ignore[attr-defined]
    assert logged.exc_info is not None


async def test_storage_that_fails_is_told_and_nothing_is_lost(
    world: World, post: discord.Message
) -> None:
    shown = await world.ana.click(post, label="Edit text")
    async with world.app.database.transaction() as session:
        await session.execute(text("ALTER TABLE messages RENAME TO away"))
    late = await world.ana.submit_modal(shown, {"text": TEXT})
    assert late.ephemeral
    assert late.response is not None
    assert "My storage is busy or full" in late.response.content
    assert (await late.response.attachments[0].read()).decode() == TEXT
    async with world.app.database.transaction() as session:
        await session.execute(text("ALTER TABLE away RENAME TO messages"))


async def test_many_clicks_at_once_are_all_answered(world: World, post: discord.Message) -> None:
    people = [world.guild.add_member(world.env.create_user(f"p{n}")) for n in range(12)]
    custom_id = f"diagram:again:{await diagram_of(world, post)}"
    for person in people:
        await person.click(post, custom_id=custom_id)
    assert len(world.posts()) == 1 + 12
    assert len({job.seed for job in world.worker.jobs}) == 13


async def test_a_diagram_of_another_dialect_says_why_it_cannot_be_edited(
    world: World, post: discord.Message
) -> None:
    async with world.app.database.transaction() as session:
        await session.execute(text("UPDATE diagrams SET text = '[0, 1, 2, circle]'"))
    for button in ("Edit text", "Restyle"):
        result = await world.ana.click(post, label=button)
        assert result.ephemeral
        assert result.response is not None
        assert "written in another form" in result.response.content
    await world.ana.click(post, label="More like this")
    assert len(world.posts()) == 2

    asked = await world.ana.click(post, label="Export")
    assert asked.response is not None
    refused = await world.ana.select(asked.response, [Format.PPTX])
    assert refused.response is not None
    assert "no structure" in refused.response.content
    rows = await world.ana.select(asked.response, [Format.ROWS])
    assert rows.response is not None
    assert rows.response.attachments


async def withdraw(world: World, post: discord.Message, *, forgotten: bool = False) -> None:
    """The diagram is gone for the database; its message is still there to be clicked."""
    diagram_id = await diagram_of(world, post)
    async with world.app.database.transaction() as session:
        if forgotten:
            await session.execute(text(f"DELETE FROM diagrams WHERE id = {diagram_id}"))
        else:
            await mark_deleted(session, post.id)
