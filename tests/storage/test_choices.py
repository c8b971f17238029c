from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.choices import ChosenText, choices_of, choose, count_new_choices, unchoose
from storage.database import Database
from storage.diagrams import Diagram, NewDiagram, add_diagrams
from storage.errors import NotFound
from storage.messages import add_message, mark_deleted
from storage.people import set_consent
from storage.personal import person_data
from storage.purge import forget_person
from storage.requests import RequestKind
from storage.tables import ChoiceRow
from tests.storage.conftest import NewDiagrams, NewRequest

AT = datetime(2030, 1, 2, tzinfo=UTC)


async def kept(database: Database) -> list[tuple[int, int, int]]:
    async with database.reading() as session:
        rows = await session.execute(
            select(ChoiceRow.user_id, ChoiceRow.better_id, ChoiceRow.worse_id).order_by(
                ChoiceRow.user_id
            )
        )
        return [tuple(row) for row in rows]


async def test_the_latest_answer_of_each_person_counts(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    a, b, c = await new_diagrams(3)
    async with database.transaction() as session:
        await choose(session, 1, a.id, b.id)
        await choose(session, 1, a.id, b.id)
        await choose(session, 2, a.id, b.id)
        await choose(session, 1, b.id, a.id)
    assert await kept(database) == [(1, b.id, a.id), (2, a.id, b.id)]
    async with database.transaction() as session:
        await choose(session, 1, b.id, c.id)
        await unchoose(session, 1, a.id, b.id)
        await unchoose(session, 3, a.id, b.id)
    assert await kept(database) == [(1, b.id, c.id), (2, a.id, b.id)]


async def test_a_diagram_that_is_gone_cannot_be_chosen(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [a] = await new_diagrams()
    with pytest.raises(NotFound):
        async with database.transaction() as session:
            await choose(session, 1, a.id, 99)


async def test_choices_go_with_the_person_and_with_the_diagrams(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    mine, theirs = await new_diagrams(2, user_id=1), await new_diagrams(2, user_id=2)
    async with database.transaction() as session:
        for a, b in (mine, theirs):
            for user_id in (1, 2):
                await choose(session, user_id, a.id, b.id)
    async with database.reading() as session:
        data = await person_data(session, 1)
    assert [(row["better_id"], row["worse_id"]) for row in data["choices"]] == [
        (mine[0].id, mine[1].id),
        (theirs[0].id, theirs[1].id),
    ]
    async with database.transaction() as session:
        await forget_person(session, 1)
    assert await kept(database) == [(2, theirs[0].id, theirs[1].id)]


async def diagrams(
    database: Database, new_request: NewRequest, user_id: int, **given: object
) -> list[Diagram]:
    request = await new_request(user_id=user_id, **given)
    scores = {"readability": 4.0, "taste": 2.5, "final": 6.5, "versions": {}, "scene": "{}"}
    async with database.transaction() as session:
        return await add_diagrams(
            session,
            request.id,
            [NewDiagram(rank=rank, text=f"0 part {rank}", **scores) for rank in (1, 2)],  # type: ignore[arg-type]
        )


async def test_models_learn_from_those_who_share_what_they_asked_and_chose(
    database: Database, new_request: NewRequest
) -> None:
    shared = await diagrams(database, new_request, 1)
    restyled = await diagrams(database, new_request, 1, kind=RequestKind.RESTYLE, text="0 part")
    withheld = await diagrams(database, new_request, 3)
    deleted = await diagrams(database, new_request, 1)
    private = await diagrams(database, new_request, 1, private=True)
    async with database.transaction() as session:
        for user_id in (1, 2):
            await set_consent(session, user_id, True)
        for a, b in (shared, restyled, withheld, deleted, private):
            await choose(session, 2, b.id, a.id, at=AT)
            await choose(session, 3, a.id, b.id, at=AT)
        await add_message(
            session, message_id=9, channel_id=20, guild_id=10, diagram_id=deleted[1].id
        )
        await mark_deleted(session, 9)
        found = await choices_of(session)
        assert await count_new_choices(session, None) == 1
        assert await count_new_choices(session, AT - timedelta(seconds=1)) == 1
        assert await count_new_choices(session, AT) == 0
    assert found == [
        ChosenText(user_id=2, description="a login flow", chosen="0 part 2", rejected="0 part 1")
    ]
