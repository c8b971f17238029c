from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.diagrams import (
    NewDiagram,
    add_diagrams,
    count_diagrams,
    diagrams_of_request,
    get_diagram,
    png_paths,
    undelivered_diagrams,
)
from storage.errors import Conflict, NotFound
from storage.messages import (
    add_message,
    diagram_of_message,
    mark_deleted,
    messages_of_diagram,
    messages_since,
)
from tests.storage.conftest import NewDiagrams, NewRequest

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def candidate(rank: int) -> NewDiagram:
    return NewDiagram(
        rank=rank,
        text="0 start",
        scene='{"shapes":[]}',
        readability=4.25,
        taste=3.5,
        final=7.75,
        versions={"language": "l1"},
        png_path=f"images/{rank}.png",
    )


async def test_diagrams_belong_to_whoever_asked_and_come_best_first(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request(user_id=2**62)
    async with database.transaction() as session:
        second, first = await add_diagrams(session, request.id, [candidate(2), candidate(1)])
    assert first.user_id == 2**62
    assert first.versions == {"language": "l1"}
    async with database.reading() as session:
        assert await diagrams_of_request(session, request.id) == [first, second]
        assert await get_diagram(session, first.id) == first
        assert await count_diagrams(session) == 2
        assert await png_paths(session) == {"images/1.png", "images/2.png"}
        assert await diagrams_of_request(session, "unknown") == []


async def test_storing_a_result_twice_is_refused_instead_of_doubled(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()
    async with database.transaction() as session:
        await add_diagrams(session, request.id, [candidate(1)])
    with pytest.raises(Conflict):
        async with database.transaction() as session:
            await add_diagrams(session, request.id, [candidate(2), candidate(1)])
    async with database.reading() as session:
        assert await count_diagrams(session) == 1


async def test_an_unknown_diagram_or_request_is_not_found(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await get_diagram(session, 1)
        with pytest.raises(NotFound):
            await add_diagrams(session, "unknown", [candidate(1)])


async def test_the_id_of_a_deleted_diagram_never_comes_back(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [gone] = await new_diagrams()
    async with database.transaction() as session:
        await session.execute(text("DELETE FROM requests"))
        assert await count_diagrams(session) == 0
    [new] = await new_diagrams()
    assert new.id > gone.id


async def test_a_message_leads_to_its_diagram_until_it_is_deleted(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await add_message(
            session, message_id=2**62, channel_id=3, guild_id=None, diagram_id=diagram.id
        )
        assert await diagram_of_message(session, 2**62) == diagram.id
        assert await diagram_of_message(session, 1) is None
        assert await mark_deleted(session, 2**62)
        assert not await mark_deleted(session, 2**62)
        assert not await mark_deleted(session, 1)
        assert await diagram_of_message(session, 2**62) is None
        assert await messages_of_diagram(session, diagram.id) == []


async def test_a_message_that_is_remembered_twice_stays_as_it_was(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second = await new_diagrams(2)
    async with database.transaction() as session:
        message = await add_message(
            session, message_id=1, channel_id=3, guild_id=4, diagram_id=first.id, posted_at=NOON
        )
        again = await add_message(
            session, message_id=1, channel_id=3, guild_id=4, diagram_id=second.id
        )
    assert again == message
    with pytest.raises(NotFound):
        async with database.transaction() as session:
            await add_message(session, message_id=2, channel_id=3, guild_id=4, diagram_id=99)


async def test_recent_messages_come_newest_first_without_deleted_ones(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        for number in range(4):
            await add_message(
                session,
                message_id=number,
                channel_id=3,
                guild_id=4,
                diagram_id=diagram.id,
                posted_at=NOON + timedelta(hours=number),
            )
        await mark_deleted(session, 2)
        recent = await messages_since(session, NOON + timedelta(hours=1))
    assert [message.message_id for message in recent] == [3, 1]


async def test_delivery_goes_on_with_what_no_message_ever_showed(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second, third = await new_diagrams(3)
    async with database.transaction() as session:
        for message_id, diagram in ((1, first), (2, second)):
            await add_message(
                session, message_id=message_id, channel_id=3, guild_id=4, diagram_id=diagram.id
            )
        await mark_deleted(session, 2)
        left = await undelivered_diagrams(session, first.request_id)
    assert left == [third]


async def test_nothing_of_a_deleted_request_is_left(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    tables = ("diagrams", "messages", "ratings", "latents")
    async with database.transaction() as session:
        await add_message(session, message_id=1, channel_id=3, guild_id=4, diagram_id=diagram.id)
        await session.execute(
            text("INSERT INTO ratings VALUES (1, :id, '5️⃣', 5, :now)"),
            {"id": diagram.id, "now": NOON},
        )
        await session.execute(
            text("INSERT INTO latents VALUES (:id, 'a1', :vector, :now)"),
            {"id": diagram.id, "vector": b"0000", "now": NOON},
        )
        for table in tables:
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 1
        await session.execute(text("DELETE FROM requests"))
        for table in tables:
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
