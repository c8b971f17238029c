"""/taste: what somebody's ratings have taught, as a picture."""

from __future__ import annotations

import discord

from ml.spec.model import Palette
from ml.spec.text import parse_spec
from storage.diagrams import get_diagram
from storage.messages import diagram_of_message
from tests.acceptance.conftest import World


async def palette_of(world: World, post: discord.Message) -> Palette:
    async with world.app.database.reading() as session:
        diagram_id = await diagram_of_message(session, post.id)
        assert diagram_id is not None
        return parse_spec((await get_diagram(session, diagram_id)).text).style.palette


async def rate_by_palette(world: World, count: int = 8) -> None:
    """Ana asks for diagrams and rates orange ones 5, all others 1."""
    await world.ask(world.ana, "read clean train", count=count, top=count)
    for post in world.posts():
        orange = await palette_of(world, post) is Palette.ORANGE
        await world.rate(world.ana, post, 5 if orange else 1)


async def test_taste_is_shown_as_a_picture_to_nobody_else(world: World) -> None:
    await rate_by_palette(world)
    shown = await world.ana.slash(world.channel, "taste")
    assert shown.ephemeral
    assert shown.response.content.startswith("Your taste, from 8 ratings, 2.0 on average.")
    assert "You like: Orange" in shown.response.content
    (picture,) = shown.response.attachments
    assert picture.filename == "taste.png"
    assert picture.description.startswith("You like: Orange")
    data = await picture.read()
    assert data.startswith(b"\x89PNG")


async def test_without_three_ratings_it_says_what_to_do(world: World) -> None:
    await rate_by_palette(world, count=2)
    shown = await world.ana.slash(world.channel, "taste")
    assert shown.ephemeral
    assert "You have rated 2 of the 3 diagrams" in shown.response.content
    assert not shown.response.attachments
    nothing = await world.ben.slash(world.channel, "taste")
    assert "You have rated 0 of the 3 diagrams" in nothing.response.content
