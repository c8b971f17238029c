"""Refine: a diagram changes as somebody says, and what nobody named stays."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from ml.spec.text import parse_spec
from storage.diagrams import get_diagram
from storage.messages import diagram_of_message
from storage.requests import RequestKind, get_request
from tests.acceptance.conftest import World


@pytest.fixture
async def post(world: World) -> discord.Message:
    """Ana's only diagram."""
    await world.ask(world.ana, "read clean train", count=2, top=1)
    (post,) = world.posts()
    return post


async def refine(who: MemberActor, post: discord.Message, wish: str) -> InteractionResult:
    shown = await who.click(post, label="Refine")
    assert shown.modal is not None
    return await who.submit_modal(shown, {"wish": wish})


async def text_of(world: World, post: discord.Message) -> str:
    async with world.app.database.reading() as session:
        diagram_id = await diagram_of_message(session, post.id)
        assert diagram_id is not None
        return (await get_diagram(session, diagram_id)).text


async def test_a_wish_changes_what_it_names_and_nothing_else(
    world: World, post: discord.Message
) -> None:
    before = parse_spec(await text_of(world, post))
    result = await refine(world.ben, post, "rename 1|Scrub\npaint 1|red")

    assert result.response is not None
    assert "✅ Refined (clean is Scrub; Scrub is red), " in result.response.content
    assert result.response.content.startswith("> rename 1"), "the wish is quoted"
    refined = world.posts()[-1]
    assert refined.content.startswith("Refined · ")
    assert world.ben.mention in refined.content
    after = parse_spec(await text_of(world, refined))
    assert [node.label for node in after.nodes] == ["read", "Scrub", "train"]
    assert (after.style, after.edges) == (before.style, before.edges)
    async with world.app.database.reading() as session:
        request = await get_request(session, world.worker.jobs[-1].id)
    assert request.kind is RequestKind.REFINE
    assert request.description == "read clean train", "it is found by the words it came from"
    assert request.wish == "rename 1|Scrub\npaint 1|red"


async def test_a_refined_diagram_can_be_refined_again(world: World, post: discord.Message) -> None:
    await refine(world.ana, post, "after 1|store Features")
    await world.restart()
    await refine(world.ana, world.posts()[-1], "paint 3|green")
    spec = parse_spec(await text_of(world, world.posts()[-1]))
    assert [(node.id, node.label, node.hue) for node in spec.nodes] == [
        (0, "read", None),
        (1, "clean", None),
        (3, "Features", "green"),
        (2, "train", None),
    ]


async def test_a_wish_that_nobody_understands_says_what_helps(
    world: World, post: discord.Message
) -> None:
    result = await refine(world.ana, post, "do it better somehow")
    assert result.response is not None
    assert "could not tell what to change" in result.response.content
    assert "Edit text" in result.response.content
    assert len(world.posts()) == 1


async def test_a_wish_without_words_and_one_with_a_refused_word_draw_nothing(
    world: World, post: discord.Message
) -> None:
    empty = await refine(world.ana, post, "?!")
    assert empty.ephemeral
    assert empty.response is not None
    assert "what to change" in empty.response.content
    await world.ada.slash(world.channel, "settings words", action="add", words="bananas")
    for wish in ("rename 1|Bananas", "rename 1|Ban\x01anas"):
        refused = await refine(world.ana, post, wish)
        assert refused.ephemeral
        assert refused.response is not None
        assert "policy" in refused.response.content
    assert len(world.worker.jobs) == 1


async def test_the_words_of_a_wish_can_be_forgotten(world: World, post: discord.Message) -> None:
    await refine(world.ben, post, "rename 1|Secret")
    await refine(world.ana, world.posts()[-1], "paint 0|red")
    shown = await world.ben.slash(world.channel, "forget-me")
    assert shown.response is not None
    await world.ben.click(shown.response, label="Forget me")
    async with world.app.database.reading() as session:
        request = await get_request(session, world.worker.jobs[-1].id)
    assert request.text is None, "it began from Ben's words"
    assert request.wish == "paint 0|red"


async def test_a_cancelled_refinement_still_quotes_its_wish(
    world: World, post: discord.Message
) -> None:
    gates = world.hold()
    asked = await refine(world.ben, post, "paint 0|red")
    assert asked.response is not None
    before = len(world.env.http_requests)
    await world.ben.click(asked.response.message, label="Cancel")
    gates.release(world.worker.jobs[-1].id)
    await world.env.settle()
    shown = [
        call.json["content"]
        for call in world.env.http_requests[before:]
        if call.method == "PATCH" and call.json
    ]
    assert set(shown) == {f"> paint 0\\|red\n🚫 Cancelled by {world.ben.mention}."}


async def test_a_wish_stays_quoted_when_whoever_described_the_diagram_is_forgotten(
    world: World, post: discord.Message
) -> None:
    asked = await refine(world.ben, post, "paint 0|red")
    assert asked.response is not None
    before = asked.response.content
    shown = await world.ana.slash(world.channel, "forget-me")
    assert shown.response is not None
    await world.ana.click(shown.response, label="Forget me")
    await world.env.settle()
    (refined,) = world.posts()
    assert refined.attachments[0].filename.startswith("a-diagram-of-somebody")
    assert asked.response.content == before
    assert before.startswith("> paint 0")
