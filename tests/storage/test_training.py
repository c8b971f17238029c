"""What the scoring models may learn from: what people who share rated, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams, hide_diagram
from storage.messages import add_message, mark_deleted
from storage.people import set_consent
from storage.ratings import number_emoji, rate, unrate
from storage.training import RatedScene, count_new_ratings, rated_scenes
from tests.storage.conftest import NewDiagrams, NewRequest


async def test_a_diagram_has_the_mean_of_what_people_who_share_gave_it(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    shared, private = await new_diagrams(1, user_id=1), await new_diagrams(1, user_id=3)
    async with database.transaction() as session:
        for user_id in (1, 2):
            await set_consent(session, user_id, True)
        for diagram in (*shared, *private):
            for user_id, value in ((1, 5), (2, 2), (3, 0)):
                await rate(session, user_id, diagram.id, value)
    async with database.reading() as session:
        found = await rated_scenes(session)
    assert found == [RatedScene(diagram_id=shared[0].id, scene="{}", rating=3.5, people=2)]


async def test_whoever_takes_their_word_back_is_not_in_it_any_more(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    (diagram,) = await new_diagrams(1, user_id=1)
    async with database.transaction() as session:
        await set_consent(session, 1, True)
        await rate(session, 1, diagram.id, 4)
        assert await count_new_ratings(session, None) == 1
        await set_consent(session, 1, False)
        assert await count_new_ratings(session, None) == 0
        assert await rated_scenes(session) == []


async def test_only_current_ratings_from_after_the_time_are_new(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second = await new_diagrams(2, user_id=1)
    then = datetime.now(UTC)
    async with database.transaction() as session:
        await set_consent(session, 1, True)
        await rate(session, 1, first.id, 4, at=then - timedelta(hours=1))
        await rate(session, 1, second.id, 3, at=then + timedelta(hours=1))
        await rate(session, 1, second.id, 5, at=then + timedelta(hours=2))
        assert await count_new_ratings(session, None) == 2
        assert await count_new_ratings(session, then) == 1
        await unrate(session, 1, second.id, number_emoji(5))
        assert await count_new_ratings(session, then) == 1


async def test_what_was_asked_for_privately_trains_nothing(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request(user_id=1, private=True)
    new = NewDiagram(
        rank=1, text="0 start", scene="{}", readability=4, taste=3, final=7, versions={}
    )
    async with database.transaction() as session:
        await set_consent(session, 1, True)
        (diagram,) = await add_diagrams(session, request.id, [new])
        await rate(session, 1, diagram.id, 4)
        assert await rated_scenes(session) == []
        assert await count_new_ratings(session, None) == 0


async def test_a_deleted_diagram_trains_nothing_and_one_message_that_is_left_is_enough(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    (diagram,) = await new_diagrams(1, user_id=1)
    async with database.transaction() as session:
        await set_consent(session, 1, True)
        await rate(session, 1, diagram.id, 4)
        for message_id in (100, 101):
            await add_message(
                session, message_id=message_id, channel_id=20, guild_id=10, diagram_id=diagram.id
            )
        await mark_deleted(session, 100)
        assert len(await rated_scenes(session)) == 1
        assert await count_new_ratings(session, None) == 1
        await mark_deleted(session, 101)
        assert await rated_scenes(session) == []
        assert await count_new_ratings(session, None) == 0


async def test_what_was_deleted_outside_trains_nothing(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request(user_id=1, outside=True)
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
        await set_consent(session, 1, True)
        (diagram,) = await add_diagrams(session, request.id, [new])
        await rate(session, 1, diagram.id, 4)
        assert len(await rated_scenes(session)) == 1
        await hide_diagram(session, diagram.id)
        assert await rated_scenes(session) == []
