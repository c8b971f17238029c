"""What preference tuning may read: only what people share."""

from __future__ import annotations

from typing import Any

from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams, hide_diagram
from storage.messages import add_message, mark_deleted
from storage.pairs import RatedText, rated_texts
from storage.people import set_consent
from storage.purge import FORGOTTEN
from storage.ratings import rate
from storage.requests import RequestKind
from tests.storage.conftest import NewRequest


async def diagram(database: Database, new_request: NewRequest, **given: Any) -> int:
    """A diagram of a request; anything about the request may be given."""
    request = await new_request(**given)
    new = NewDiagram(
        rank=1,
        text="0 start",
        scene="{}",
        readability=4,
        taste=3,
        final=7,
        versions={},
        png_path="1.png",
    )
    async with database.transaction() as session:
        (stored,) = await add_diagrams(session, request.id, [new])
    return stored.id


async def share(database: Database, *people: int) -> None:
    async with database.transaction() as session:
        for user_id in people:
            await set_consent(session, user_id, True)


async def rated(database: Database, diagram_id: int, user_id: int, *values: int) -> None:
    async with database.transaction() as session:
        for value in values:
            await rate(session, user_id, diagram_id, value)


async def texts(database: Database) -> list[RatedText]:
    async with database.reading() as session:
        return await rated_texts(session)


async def test_the_current_rating_comes_with_description_and_text(
    database: Database, new_request: NewRequest
) -> None:
    await share(database, 1, 2)
    id = await diagram(database, new_request)
    await rated(database, id, 2, 1, 4)
    assert await texts(database) == [
        RatedText(user_id=2, description="a login flow", text="0 start", value=4)
    ]


async def test_both_who_asked_and_who_rated_must_share(
    database: Database, new_request: NewRequest
) -> None:
    await share(database, 1, 2)
    of_one = await diagram(database, new_request, user_id=1)
    of_three = await diagram(database, new_request, user_id=3)
    for id in (of_one, of_three):
        for user_id in (1, 2, 3):
            await rated(database, id, user_id, 5)
    assert [one.user_id for one in await texts(database)] == [1, 2]
    async with database.transaction() as session:
        await set_consent(session, 1, False)
    assert await texts(database) == []


async def test_what_no_model_wrote_for_the_description_is_not_in_it(
    database: Database, new_request: NewRequest
) -> None:
    await share(database, 1)
    for kind in (RequestKind.EDIT, RequestKind.RESTYLE):
        id = await diagram(database, new_request, kind=kind, text="0 start")
        await rated(database, id, 1, 5)
    id = await diagram(database, new_request, description=FORGOTTEN)
    await rated(database, id, 1, 5)
    assert await texts(database) == []


async def test_deleted_diagrams_are_not_in_it_while_one_message_is_enough(
    database: Database, new_request: NewRequest
) -> None:
    await share(database, 1)
    id = await diagram(database, new_request)
    await rated(database, id, 1, 5)
    async with database.transaction() as session:
        for message_id in (100, 101):
            await add_message(
                session, message_id=message_id, channel_id=20, guild_id=10, diagram_id=id
            )
        await mark_deleted(session, 100)
    assert len(await texts(database)) == 1
    async with database.transaction() as session:
        await mark_deleted(session, 101)
    assert await texts(database) == []


async def test_what_was_asked_privately_is_not_in_it_nor_what_was_deleted_outside(
    database: Database, new_request: NewRequest
) -> None:
    await share(database, 1)
    private = await diagram(database, new_request, private=True)
    outside = await diagram(database, new_request, outside=True, description="seen elsewhere")
    for id in (private, outside):
        await rated(database, id, 1, 5)
    assert [one.description for one in await texts(database)] == ["seen elsewhere"]
    async with database.transaction() as session:
        await hide_diagram(session, outside)
    assert await texts(database) == []
