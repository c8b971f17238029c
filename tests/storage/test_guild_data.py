"""What the admins of a server take away: theirs, and nothing of other servers."""

from __future__ import annotations

import json

from sqlalchemy import update

from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.guild_data import guild_data
from storage.messages import add_message
from storage.ratings import rate
from storage.tables import RequestRow
from tests.storage.conftest import NewRequest


async def diagram_of(database: Database, new_request: NewRequest, **given: object) -> int:
    request = await new_request(**given)
    new = NewDiagram(
        rank=1, text="0 start", scene="{}", readability=4.0, taste=3.0, final=7.0, versions={}
    )
    async with database.transaction() as session:
        (diagram,) = await add_diagrams(session, request.id, [new])
    return diagram.id


async def test_only_what_was_asked_in_the_server_is_in_it(
    database: Database, new_request: NewRequest
) -> None:
    ours = await diagram_of(database, new_request, guild_id=10, description="ours")
    theirs = await diagram_of(database, new_request, guild_id=11, description="theirs")
    direct = await diagram_of(database, new_request, guild_id=None, description="direct")
    private = await diagram_of(database, new_request, guild_id=10, description="secret")
    async with database.transaction() as session:
        secret = RequestRow.description == "secret"
        await session.execute(update(RequestRow).where(secret).values(private=True))
        for diagram_id in (ours, theirs, direct, private):
            await rate(session, 5, diagram_id, 2)
            await rate(session, 5, diagram_id, 4)
    async with database.reading() as session:
        data = await guild_data(session, 10)
    assert [row["description"] for row in data["requests"]] == ["ours"]
    assert [row["id"] for row in data["diagrams"]] == [ours]
    assert [(row["diagram_id"], row["value"]) for row in data["ratings"]] == [(ours, 4)]
    assert "theirs" not in json.dumps(data)


async def test_ratings_of_a_diagram_that_was_shown_elsewhere_are_left_out(
    database: Database, new_request: NewRequest
) -> None:
    here = await diagram_of(database, new_request, guild_id=10)
    travelled = await diagram_of(database, new_request, guild_id=10)
    async with database.transaction() as session:
        for message_id, guild_id, diagram_id in (
            (1, 10, here),
            (2, 10, travelled),
            (3, 11, travelled),
            (4, None, travelled),
        ):
            await add_message(
                session,
                message_id=message_id,
                channel_id=1,
                guild_id=guild_id,
                diagram_id=diagram_id,
            )
        for diagram_id in (here, travelled):
            await rate(session, 5, diagram_id, 4)
    async with database.reading() as session:
        data = await guild_data(session, 10)
    assert [row["message_id"] for row in data["messages"]] == [1, 2]
    assert [row["diagram_id"] for row in data["ratings"]] == [here]
