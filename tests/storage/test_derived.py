"""Whose words are in what people drew on from each other, and which go when one is forgotten."""

from __future__ import annotations

from storage.database import Database
from storage.history import latest_request
from storage.purge import FORGOTTEN, Forgotten, forget_person
from storage.requests import (
    Request,
    RequestKind,
    RequestStatus,
    add_request,
    get_request,
    set_status,
)
from tests.storage.test_purge import ANA, BEN, SECRET, ask, dump

CID = BEN + 1
EDIT, RESTYLE = RequestKind.EDIT, RequestKind.RESTYLE


async def forget(database: Database, user_id: int) -> Forgotten:
    async with database.transaction() as session:
        return await forget_person(session, user_id)


async def latest_of(database: Database, user_id: int) -> Request:
    """The one request of a person."""
    async with database.reading() as session:
        rows = [row for row in (await dump(database))["requests"] if str(user_id) in row]
        (id,) = [row.split("'")[1] for row in rows]
        return await get_request(session, id)


async def test_words_that_somebody_else_typed_stay_also_where_the_person_passed_them_on(
    database: Database,
) -> None:
    bens = await ask(database, BEN, "read clean train")
    anas = await ask(database, ANA, "read clean train", parent_id=bens)
    await ask(database, CID, "read clean train", kind=RESTYLE, text="0 read", parent_id=anas)
    gone = await forget(database, ANA)
    cids = await latest_of(database, CID)
    assert (cids.description, cids.text) == ("read clean train", "0 read")
    assert gone.requoted == ()


async def test_whose_words_they_are_is_still_known_when_the_one_between_is_forgotten(
    database: Database,
) -> None:
    bens = await ask(database, BEN, SECRET)
    anas = await ask(database, ANA, SECRET, kind=RESTYLE, text=SECRET, parent_id=bens)
    second = await ask(database, ANA, SECRET, kind=RESTYLE, text=SECRET, parent_id=anas)
    await ask(database, CID, SECRET, kind=RESTYLE, text=SECRET, parent_id=second)
    await forget(database, ANA)
    assert (await latest_of(database, CID)).parent_id == bens
    gone = await forget(database, BEN)
    cids = await latest_of(database, CID)
    assert (cids.description, cids.text) == (FORGOTTEN, None)
    assert gone.requoted == (cids.id,)


async def test_a_text_that_somebody_typed_goes_where_others_began_from_it(
    database: Database,
) -> None:
    bens = await ask(database, BEN, "read clean train")
    anas = await ask(database, ANA, "read clean train", kind=EDIT, text=SECRET, parent_id=bens)
    await ask(database, CID, "read clean train", kind=RESTYLE, text=SECRET, parent_id=anas)
    await forget(database, ANA)
    cids = await latest_of(database, CID)
    assert (cids.description, cids.text) == ("read clean train", None)
    assert SECRET not in "\n".join((await dump(database))["requests"])
    async with database.reading() as session:  # /again has nothing to begin from
        assert await latest_request(session, CID, cids.guild_id, cids.channel_id) is None


async def test_the_same_words_typed_by_somebody_else_are_theirs(database: Database) -> None:
    await ask(database, ANA, SECRET)
    await ask(database, BEN, SECRET)
    await forget(database, ANA)
    assert (await latest_of(database, BEN)).description == SECRET


async def test_what_waits_to_be_drawn_from_forgotten_words_is_cancelled(
    database: Database,
) -> None:
    anas = await ask(database, ANA, SECRET)
    for user_id, status in ((BEN, RequestStatus.QUEUED), (CID, RequestStatus.DELIVERING)):
        async with database.transaction() as session:
            request = await add_request(
                session,
                user_id=user_id,
                guild_id=10,
                channel_id=20,
                description=SECRET,
                count=1,
                top=1,
                seed=7,
                parent_id=anas,
            )
            await set_status(session, request.id, status)
    await forget(database, ANA)
    bens, cids = await latest_of(database, BEN), await latest_of(database, CID)
    assert bens.status is RequestStatus.CANCELLED
    assert bens.finished_at is not None
    assert cids.status is RequestStatus.DELIVERING  # its diagrams are there: they are Cid's
    assert {bens.description, cids.description} == {FORGOTTEN}
