"""What a person has rated, with the diagrams."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.database import Database
from storage.diagrams import hide_diagram
from storage.messages import add_message, mark_deleted
from storage.rated import rated_diagrams
from storage.ratings import rate
from tests.storage.conftest import NewDiagrams


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


async def test_the_latest_ratings_come_oldest_first_and_only_ones_own(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second, third = await new_diagrams(3)
    async with database.transaction() as session:
        await rate(session, 7, second.id, 5, at=day(1))
        await rate(session, 7, third.id, 1, at=day(2))
        await rate(session, 7, first.id, 3, at=day(3))
        await rate(session, 8, first.id, 0, at=day(4))
        rated = await rated_diagrams(session, 7, 2)
    assert [(one.id, one.rating) for one in rated] == [(third.id, 1), (first.id, 3)]
    assert (rated[0].text, rated[0].scene) == (third.text, third.scene)


async def test_a_prediction_is_of_whoever_asked_and_a_hidden_picture_is_not_shown(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        for user_id in (diagram.user_id, diagram.user_id + 1):
            await rate(session, user_id, diagram.id, 4)
        [own] = await rated_diagrams(session, diagram.user_id, 5)
        await hide_diagram(session, diagram.id)
        [other] = await rated_diagrams(session, diagram.user_id + 1, 5)
    assert (own.predicted, other.predicted) == (diagram.taste, None)
    assert not other.shown


async def test_a_diagram_that_was_deleted_in_discord_is_not_shown_again(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    deleted, kept = await new_diagrams(2)
    async with database.transaction() as session:
        for diagram in (deleted, kept):
            await rate(session, 7, diagram.id, 5)
            await add_message(
                session,
                message_id=diagram.id,
                channel_id=20,
                guild_id=10,
                diagram_id=diagram.id,
            )
        await mark_deleted(session, deleted.id)
        assert [one.id for one in await rated_diagrams(session, 7, 5)] == [kept.id]
