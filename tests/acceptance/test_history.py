"""/history, /search, /show, /again and the message menus: what happened before."""

from __future__ import annotations

import shutil

import discord
import pytest
from sqlalchemy import text as sql

from bot.app import RECONCILE
from bot.cogs.menus import EXPLAIN, RATE
from bot.rating.emojis import RATING_EMOJIS
from storage.messages import diagram_of_message, messages_of_diagram
from tests.acceptance.conftest import World
from tests.acceptance.test_rating import stored


async def id_of(world: World, post: discord.Message) -> int:
    async with world.app.database.reading() as session:
        diagram_id = await diagram_of_message(session, post.id)
    assert diagram_id is not None
    return diagram_id


def titles(result: object) -> list[str]:
    return [embed.title for embed in result.response.embeds]


def buttons(result: object) -> list[tuple[str, bool]]:
    return [
        (button["custom_id"], button.get("disabled", False))
        for row in result.response.components
        for button in row["components"]
    ]


async def draw(world: World, description: str = "read clean train", top: int = 1) -> None:
    await world.ask(world.ana, description, count=top, top=top)


async def test_an_empty_history_says_how_to_begin_privately(world: World) -> None:
    result = await world.ana.slash(world.channel, "history")
    assert result.ephemeral
    assert "You have no diagrams yet. Try `/diagram" in result.response.content
    assert not result.response.embeds
    assert not result.response.components


async def test_history_shows_each_diagram_with_what_one_wants_to_know(world: World) -> None:
    await draw(world, "read *clean* <@1> train")
    (post,) = world.posts()
    await world.rate(world.ana, post, 4)
    await world.ask(world.ben, "something else", count=1, top=1)
    result = await world.ana.slash(world.channel, "history")
    assert result.ephemeral
    assert result.response.content.startswith("You have 1 diagram\n")
    (embed,) = result.response.embeds
    assert embed.title == f"Diagram {await id_of(world, post)}"
    assert "read \\*clean\\* \\<\\@1\\> train" in embed.description
    assert "**6.5 / 10** · readability 4.0 · taste 2.5 · your rating 4️⃣" in embed.description
    assert f"[message]({post.jump_url})" in embed.description
    (file,) = result.response.attachments
    assert embed.thumbnail.url.endswith(file.filename)
    assert "read" in file.description
    assert not result.response.components


async def test_pages_turn_and_stop_at_both_ends(world: World) -> None:
    await draw(world, top=10)
    ids = [await id_of(world, post) for post in world.posts()]
    result = await world.ana.slash(world.channel, "history")
    assert "You have 10 diagrams · page 1 of 3" in result.response.content
    (back, back_off), (on, on_off) = buttons(result)
    assert (back_off, on_off) == (True, False)
    assert len(result.response.attachments) == 4
    seen = titles(result)
    for page in (2, 3):
        await world.ana.click(result.response, custom_id=on)
        assert f"page {page} of 3" in result.response.content
        seen += titles(result)
        (back, back_off), (on, on_off) = buttons(result)
    assert seen == [f"Diagram {id}" for id in ids]
    assert (back_off, on_off) == (False, True)
    assert len(result.response.attachments) == 2
    await world.ana.click(result.response, custom_id=back)
    assert "page 2 of 3" in result.response.content


async def test_pages_turn_after_a_restart_and_when_there_are_fewer_by_then(world: World) -> None:
    await draw(world, top=9)
    result = await world.ana.slash(world.channel, "history")
    await world.restart()
    await world.ana.click(result.response, custom_id=buttons(result)[1][0])
    assert "page 2 of 3" in result.response.content
    async with world.app.database.transaction() as session:
        await session.execute(sql("DELETE FROM diagrams WHERE rank > 5"))
    await world.ana.click(result.response, custom_id=buttons(result)[1][0])
    assert "You have 5 diagrams · page 2 of 2" in result.response.content
    async with world.app.database.transaction() as session:
        await session.execute(sql("DELETE FROM diagrams"))
    await world.ana.click(result.response, custom_id=buttons(result)[0][0])
    assert "You have no diagrams yet" in result.response.content
    assert not result.response.embeds
    assert not result.response.attachments
    assert not result.response.components


async def test_somebody_elses_click_shows_their_own_diagrams_to_them_alone(world: World) -> None:
    await draw(world, top=5)
    result = await world.ana.slash(world.channel, "history")
    before = result.response.content
    # Discord shows the page to Ana only, so this is what a forged click would get.
    await world.ask(world.ben, "something of ben", count=1, top=1)
    world.env.backend.get_message(world.channel.id, result.response.id).flags = 0
    clicked = await world.ben.click(result.response, custom_id=buttons(result)[1][0])
    assert clicked.ephemeral
    assert "You have 1 diagram\n" in clicked.response.content
    assert "something of ben" in clicked.response.embeds[0].description
    assert result.response.content == before


async def test_pictures_that_are_gone_leave_the_rest_of_the_page(world: World) -> None:
    await draw(world, top=2)
    shutil.rmtree(world.settings.images_dir)
    result = await world.ana.slash(world.channel, "history")
    assert len(result.response.embeds) == 2
    assert not result.response.attachments
    assert all("Its picture is gone" in embed.description for embed in result.response.embeds)
    id = titles(result)[0].split()[1]
    shown = await world.ana.slash(world.channel, "show", id=int(id))
    world.refused()
    assert f"The picture of diagram {id} is gone" in shown.response.content


async def test_search_finds_words_of_descriptions_and_labels_and_turns_pages(world: World) -> None:
    await draw(world, "Read clean train", top=5)
    await draw(world, "a 100% login")
    found = await world.ana.slash(world.channel, "search", words="  TRAIN  read ")
    assert found.ephemeral
    assert "5 diagrams with “TRAIN read” · page 1 of 2" in found.response.content
    await world.restart()
    await world.ana.click(found.response, custom_id=buttons(found)[1][0])
    assert "page 2 of 2" in found.response.content
    assert len(found.response.embeds) == 1
    for words, expected in (("100%", "1 diagram with"), ("l_gin", "None of your"), ("%", "1 d")):
        found = await world.ana.slash(world.channel, "search", words=words)
        assert expected in found.response.content
    others = await world.ben.slash(world.channel, "search", words="read")
    assert "None of your diagrams has “read”" in others.response.content


async def test_the_longest_search_still_fits_the_buttons(world: World) -> None:
    words = "가:" * 25
    await draw(world, words, top=5)
    found = await world.ana.slash(world.channel, "search", words=words)
    await world.ana.click(found.response, custom_id=buttons(found)[1][0])
    assert "page 2 of 2" in found.response.content


async def test_a_search_for_blanks_is_refused(world: World) -> None:
    found = await world.ana.slash(world.channel, "search", words="   ")
    world.refused()
    assert found.ephemeral
    assert "name a word" in found.response.content


async def test_show_posts_a_diagram_again_and_reactions_on_it_count(world: World) -> None:
    await draw(world)
    (post,) = world.posts()
    id = await id_of(world, post)
    shown = await world.ana.slash(world.channel, "show", id=id)
    assert shown.ephemeral
    assert f"Here is diagram {id} again" in shown.response.content
    _, again = world.posts()
    assert again.content.startswith(f"Diagram {id} · 6.5 / 10")
    assert "read" in (again.attachments[0].description or "")
    assert [str(reaction.emoji) for reaction in again.reactions] == list(RATING_EMOJIS)
    await world.rate(world.ben, again, 5)
    assert await stored(world, world.ben.id, again) == 5
    async with world.app.database.reading() as session:
        messages = await messages_of_diagram(session, id)
    assert [message.message_id for message in messages] == [post.id, again.id]
    await world.ada.delete(post)
    listed = await world.ana.slash(world.channel, "history")
    assert again.jump_url in listed.response.embeds[0].description


async def test_everybody_may_show_what_is_posted_in_the_same_server(world: World) -> None:
    await draw(world)
    id = await id_of(world, world.posts()[0])
    await world.ben.slash(world.channel, "show", id=id)
    assert len(world.posts()) == 2
    assert world.ben.mention in world.posts()[1].content


async def test_unknown_hidden_and_foreign_diagrams_get_the_same_answer(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=2, top=1)
    (post,) = world.posts()
    known = await id_of(world, post)
    await world.ana.user.slash("diagram", description="a secret", count=1, top=1)
    elsewhere = world.env.create_guild("Elsewhere")
    stranger = elsewhere.add_member(world.env.create_user("stranger"))
    channel = elsewhere.create_text_channel("general")
    answers = []
    for who, where, id in (
        (world.ben, world.channel, known + 1),  # a candidate that nobody was shown
        (world.ben, world.channel, known + 2),  # of a direct message
        (world.ben, world.channel, known + 3),  # none at all
        (stranger, channel, known),  # of another server
    ):
        result = await who.slash(where, "show", id=id)
        world.refused()
        assert result.ephemeral
        answers.append(result.response.content.replace(str(id), "N"))
    assert len(set(answers)) == 1
    assert "no diagram N here" in answers[0]
    assert len(world.posts()) == 1
    await world.ana.slash(world.channel, "show", id=known + 2)  # their own, from anywhere
    assert len(world.posts()) == 2


async def test_a_deleted_diagram_is_neither_listed_nor_shown_again(world: World) -> None:
    await draw(world)
    (post,) = world.posts()
    id = await id_of(world, post)
    await world.ada.delete(post)
    shown = await world.ana.slash(world.channel, "show", id=id)
    world.refused()
    assert f"no diagram {id} here" in shown.response.content
    listed = await world.ana.slash(world.channel, "history")
    assert "You have no diagrams yet" in listed.response.content
    assert not world.posts()


async def test_what_is_posted_in_a_channel_is_for_those_who_may_view_it(world: World) -> None:
    hidden = discord.PermissionOverwrite(view_channel=False)
    staff = world.guild.create_text_channel("staff", overwrites={world.ben: hidden})
    await world.ana.slash(staff, "diagram", description="a secret", count=1, top=1)
    (post,) = [message for message in staff.history() if message.attachments]
    id = await id_of(world, post)
    await world.ben.slash(world.channel, "show", id=id)
    world.refused()
    assert not world.posts()
    await world.ada.slash(world.channel, "show", id=id)
    assert len(world.posts()) == 1


async def test_again_asks_the_same_with_another_seed(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=3, top=2)
    await world.ask(world.ben, "something of ben", count=1, top=1)
    result = await world.ana.slash(world.channel, "again")
    first, _, last = world.worker.jobs
    assert (last.description, last.count) == (first.description, first.count)
    assert last.seed != first.seed
    assert not result.ephemeral
    assert "The best 2 of 3" in result.response.content
    assert len(world.posts()) == 5


async def test_again_knows_only_what_was_asked_in_the_same_place(world: World) -> None:
    await world.ana.user.slash("diagram", description="a secret", count=1, top=1)
    result = await world.ana.slash(world.channel, "again")
    world.refused()
    assert result.ephemeral
    assert "not asked for anything here yet" in result.response.content
    await world.ana.user.slash("again")
    assert [job.description for job in world.worker.jobs] == ["a secret", "a secret"]


async def test_rating_by_buttons_the_latest_of_buttons_and_reactions_counts(world: World) -> None:
    await draw(world)
    (post,) = world.posts()
    await world.rate(world.ana, post, 2)
    result = await world.ana.context_menu(world.channel, RATE, post)
    assert result.ephemeral
    assert "is 2️⃣" in result.response.content
    ids = [id for id, _ in buttons(result)]
    await world.restart()
    for value in (5, 0, 4):
        await world.ana.click(result.response, custom_id=ids[value])
        assert f"is {RATING_EMOJIS[value]}" in result.response.content
        assert await stored(world, world.ana.id, post) == value
    await world.rate(world.ana, post, 1)
    assert await stored(world, world.ana.id, post) == 1
    await world.ana.unreact(post, RATING_EMOJIS[1])
    assert await stored(world, world.ana.id, post) == 4
    assert await stored(world, world.ben.id, post) is None


async def test_a_rating_by_a_button_outlives_restarts_and_reading_the_reactions(
    world: World,
) -> None:
    await draw(world)
    (post,) = world.posts()
    await world.rate(world.ana, post, 2)
    result = await world.ana.context_menu(world.channel, RATE, post)
    await world.ana.click(result.response, custom_id=buttons(result)[5][0])
    await world.restart()
    await world.env.settle()
    await world.app.schedule.run_now(RECONCILE)
    assert await stored(world, world.ana.id, post) == 5
    with world.offline() as backend:
        backend.set_reaction(world.channel.id, post.id, RATING_EMOJIS[1], world.ana.id, True)
    await world.app.schedule.run_now(RECONCILE)
    assert await stored(world, world.ana.id, post) == 1


async def test_rating_a_diagram_that_is_gone_says_so(world: World) -> None:
    await draw(world)
    result = await world.ana.context_menu(world.channel, RATE, world.posts()[0])
    assert "How do you like" in result.response.content
    async with world.app.database.transaction() as session:
        await session.execute(sql("DELETE FROM diagrams"))
    await world.ana.click(result.response, custom_id=buttons(result)[0][0])
    assert "This diagram is gone" in result.response.content


async def test_explaining_tells_the_structure_privately(world: World) -> None:
    await draw(world, "read *clean* @everyone train")
    result = await world.ana.context_menu(world.channel, EXPLAIN, world.posts()[0])
    assert result.ephemeral
    (embed,) = result.response.embeds
    assert embed.description.startswith("A diagram of 4 parts, drawn ")
    assert "read → clean → everyone → train" in embed.description


@pytest.mark.parametrize("name", [RATE, EXPLAIN])
async def test_the_menus_are_friendly_on_other_messages(world: World, name: str) -> None:
    message = await world.ben.send(world.channel, "hello")
    result = await world.ana.context_menu(world.channel, name, message)
    world.refused()
    assert result.ephemeral
    assert "no diagram of mine in this message" in result.response.content


async def test_a_diagram_of_bare_shapes_is_not_explained(world: World) -> None:
    await draw(world)
    async with world.app.database.transaction() as session:
        await session.execute(sql("UPDATE diagrams SET text = '[0, 1, 2, ''circle'']'"))
    result = await world.ana.context_menu(world.channel, EXPLAIN, world.posts()[0])
    world.refused()
    assert "bare shapes" in result.response.content
