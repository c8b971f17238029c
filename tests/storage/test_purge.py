"""Forgetting a person leaves no trace of them and everything of everybody else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.latents import put_latents
from storage.messages import add_message
from storage.people import set_consent
from storage.personal import person_data
from storage.purge import FORGOTTEN, Place, forget_person, unfinished_of
from storage.ratings import last_change, number_emoji, rate
from storage.requests import RequestKind, RequestStatus, add_request, get_request, set_status
from storage.tables import Base

ANA, BEN = 987_654_321_001, 987_654_321_002
SECRET = "zebra unicorn quagga"


async def ask(database: Database, user_id: int, description: str, **more: object) -> int:
    """A finished request with one diagram that message id + 1000 shows; the diagram's id."""
    async with database.transaction() as session:
        request = await add_request(
            session,
            user_id=user_id,
            guild_id=10,
            channel_id=20,
            description=description,
            count=1,
            top=1,
            seed=7,
            status_message_id=user_id % 1000,
            **more,  # type: ignore[arg-type]
        )
        new = NewDiagram(
            rank=1,
            text=f"0 {description}",
            scene=f'"{description}"',
            readability=4.0,
            taste=2.5,
            final=6.5,
            versions={"autoencoder": "a1"},
            png_path=f"{request.id}/1.png",
        )
        (diagram,) = await add_diagrams(session, request.id, [new])
        await add_message(
            session,
            message_id=1000 + diagram.id,
            channel_id=20,
            guild_id=10,
            diagram_id=diagram.id,
        )
        await put_latents(session, "a1", [(diagram.id, np.array([0.5, 2.0], np.float32))])
        await set_status(session, request.id, RequestStatus.DONE)
    return diagram.id


async def dump(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    async with database.reading() as session:
        return {
            table.name: [str(tuple(row)) for row in await session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
async def shared(database: Database) -> tuple[int, int]:
    """A diagram of Ana's and one of Ben's, rated by both; Ana consents."""
    ana, ben = await ask(database, ANA, SECRET), await ask(database, BEN, "read clean train")
    async with database.transaction() as session:
        for diagram_id in (ana, ben):
            await rate(session, ANA, diagram_id, 5)
            await rate(session, BEN, diagram_id, 1)
        await set_consent(session, ANA, True)
    return ana, ben


async def test_no_table_has_a_trace_of_a_forgotten_person(
    database: Database, shared: tuple[int, int]
) -> None:
    before = str(await dump(database))
    assert str(ANA) in before
    assert SECRET in before
    async with database.transaction() as session:
        await forget_person(session, ANA)
    after = await dump(database)
    assert str(ANA) not in str(after)
    assert SECRET not in str(after)
    assert [len(after[table]) for table in ("requests", "diagrams", "messages", "latents")] == [
        1
    ] * 4


async def test_what_is_other_peoples_stays_as_it_was(
    database: Database, shared: tuple[int, int]
) -> None:
    async with database.reading() as session:
        before = await person_data(session, BEN)
    async with database.transaction() as session:
        await forget_person(session, ANA)
    async with database.reading() as session:
        after = await person_data(session, BEN)
    before["ratings"] = [row for row in before["ratings"] if row["diagram_id"] == shared[1]]
    assert after == before


async def test_it_says_what_is_left_to_remove_and_that_ratings_changed(
    database: Database, shared: tuple[int, int]
) -> None:
    ana, ben = shared
    async with database.transaction() as session:
        mark = await last_change(session)
        gone = await forget_person(session, ANA)
        assert await last_change(session) > mark
    assert (len(gone.request_ids), gone.diagrams, gone.ratings) == (1, 1, 2)
    assert gone.pictures == (f"{gone.request_ids[0]}/1.png",)
    assert gone.posts == (Place(channel_id=20, guild_id=10, message_id=1000 + ana),)
    assert gone.statuses == (Place(channel_id=20, guild_id=10, message_id=ANA % 1000),)
    assert gone.rated == (
        (Place(channel_id=20, guild_id=10, message_id=1000 + ben), number_emoji(5)),
    )


async def test_a_description_that_others_drew_on_goes_through_any_number_of_hands(
    database: Database, shared: tuple[int, int]
) -> None:
    kind = RequestKind.EDIT
    bens = await ask(database, BEN, SECRET, kind=kind, text="0 mine", parent_id=shared[0])
    await ask(database, BEN + 1, SECRET, kind=kind, text="0 mine", parent_id=bens)
    await ask(database, BEN, "my own words", kind=kind, text="0 mine", parent_id=shared[0])
    async with database.transaction() as session:
        await forget_person(session, ANA)
    requests = "\n".join((await dump(database))["requests"])
    assert SECRET not in requests
    assert requests.count(FORGOTTEN) == 2
    assert "my own words" in requests


async def test_forgetting_twice_finds_nothing(database: Database, shared: tuple[int, int]) -> None:
    async with database.transaction() as session:
        await forget_person(session, ANA)
        gone = await forget_person(session, ANA)
    assert (gone.request_ids, gone.diagrams, gone.ratings, gone.rated) == ((), 0, 0, ())


async def test_deleted_words_are_not_left_in_the_file(url: str) -> None:
    async with Database(url) as database:
        await ask(database, ANA, SECRET)
        async with database.transaction() as session:
            await forget_person(session, ANA)
    folder = Path(url.removeprefix("sqlite:///")).parent
    for path in folder.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path.name


async def test_a_persons_data_is_theirs_and_plain(
    database: Database, shared: tuple[int, int]
) -> None:
    async with database.reading() as session:
        data = json.loads(json.dumps(await person_data(session, ANA)))
    assert [row["description"] for row in data["requests"]] == [SECRET]
    assert [row["diagram_id"] for row in data["ratings"]] == list(shared)
    assert {row["value"] for row in data["ratings"]} == {5}
    assert [row["shares"] for row in data["people"]] == [True]
    assert [row["vector"] for row in data["latents"]] == [[0.5, 2.0]]
    assert [row["message_id"] for row in data["messages"]] == [1000 + shared[0]]
    assert str(BEN) not in str(data)


async def test_unfinished_requests_are_named(database: Database) -> None:
    async with database.transaction() as session:
        for user_id in (ANA, BEN):
            request = await add_request(
                session,
                user_id=user_id,
                guild_id=None,
                channel_id=1,
                description="a",
                count=1,
                top=1,
                seed=1,
            )
        (id,) = await unfinished_of(session, BEN)
        assert (await get_request(session, id)).id == request.id
        await set_status(session, id, RequestStatus.FAILED)
        assert await unfinished_of(session, BEN) == []


def test_every_table_with_a_persons_id_is_thought_of() -> None:
    """Blocks and what admins did are the servers' records: /privacy says that they stay."""
    tables = {table.name for table in Base.metadata.sorted_tables if "user_id" in table.c}
    assert tables - {"blocks", "audit"} == {
        "requests",
        "diagrams",
        "ratings",
        "choices",
        "people",
    }
