from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from jobs.reconcile import reconcile_reactions
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.job_runs import RunOutcome
from storage.messages import PostedMessage, add_message, diagram_of_message, mark_deleted
from storage.ratings import Mark, marks_on, number_emoji, rate
from tests.storage.conftest import NewDiagrams

Numbers = Collection[tuple[int, int]]
"""(user id, value), each by the number's own emoji."""


class Discord:
    """What stands below each message; None for one that is gone, an error for one that fails."""

    def __init__(self, messages: dict[int, Numbers | Exception | None]) -> None:
        self.messages = messages
        self.asked: list[int] = []

    async def fetch(self, message: PostedMessage) -> list[Mark] | None:
        self.asked.append(message.message_id)
        answer = self.messages[message.message_id]
        if isinstance(answer, Exception):
            raise answer
        return None if answer is None else [_mark(*number) for number in answer]


def _mark(user_id: int, value: int) -> Mark:
    return Mark(user_id=user_id, emoji=number_emoji(value), value=value)


async def post(
    database: Database, message_id: int, diagram_id: int, *, posted_at: datetime | None = None
) -> None:
    async with database.transaction() as session:
        await add_message(
            session,
            message_id=message_id,
            channel_id=1,
            guild_id=2,
            diagram_id=diagram_id,
            posted_at=posted_at,
        )


async def numbers(database: Database, diagram_id: int) -> set[tuple[int, int]]:
    async with database.reading() as session:
        return {(mark.user_id, mark.value) for mark in await marks_on(session, diagram_id)}


async def test_ratings_become_what_the_messages_show(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second = await new_diagrams(2)
    await post(database, 11, first.id)
    await post(database, 12, second.id)
    async with database.transaction() as session:
        await rate(session, 1, first.id, 5)  # taken back while the bot was away
        await rate(session, 2, first.id, 3)
    discord = Discord({11: [(2, 3), (3, 4)], 12: []})

    done = await reconcile_reactions(database, discord.fetch)
    assert (done.diagrams, done.changed, done.gone, done.failed) == (2, 2, 0, 0)
    assert await numbers(database, first.id) == {(2, 3), (3, 4)}

    again = await reconcile_reactions(database, discord.fetch)
    assert again.changed == 0
    assert await numbers(database, first.id) == {(2, 3), (3, 4)}


async def test_a_message_that_is_gone_is_marked_and_its_ratings_stay(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    await post(database, 11, diagram.id)
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5)
    discord = Discord({11: None})
    assert (await reconcile_reactions(database, discord.fetch)).gone == 1
    async with database.reading() as session:
        assert await diagram_of_message(session, 11) is None
    assert await numbers(database, diagram.id) == {(1, 5)}
    assert (await reconcile_reactions(database, discord.fetch)).outcome is RunOutcome.SKIPPED


async def test_a_message_that_cannot_be_read_is_counted_and_the_rest_goes_on(
    database: Database, new_diagrams: NewDiagrams, caplog: pytest.LogCaptureFixture
) -> None:
    first, second, third = await new_diagrams(3)
    for message_id, diagram in ((11, first), (12, second), (13, third)):
        await post(database, message_id, diagram.id)
    async with database.transaction() as session:
        await rate(session, 1, second.id, 5)
    discord = Discord({11: [(1, 1)], 12: ConnectionError("no route"), 13: [(3, 3)]})
    done = await reconcile_reactions(database, discord.fetch)
    assert (done.failed, done.changed, done.outcome) == (1, 2, RunOutcome.OK)
    assert "1 diagrams could not be read" in done.detail
    assert await numbers(database, first.id) == {(1, 1)}
    assert await numbers(database, second.id) == {(1, 5)}
    assert await numbers(database, third.id) == {(3, 3)}
    assert "message 12 cannot be read: no route" in caplog.text


async def test_when_nothing_can_be_read_the_job_failed(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    await post(database, 11, diagram.id)
    discord = Discord({11: ConnectionError()})
    assert (await reconcile_reactions(database, discord.fetch)).outcome is RunOutcome.FAILED


async def test_a_failing_database_is_not_taken_for_a_failing_discord(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    await post(database, 11, diagram.id)
    discord = Discord({11: DatabaseUnavailable("full")})
    with pytest.raises(DatabaseUnavailable):
        await reconcile_reactions(database, discord.fetch)


async def test_all_messages_of_a_diagram_count_together(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    long_ago = datetime.now(UTC) - timedelta(days=300)
    await post(database, 11, diagram.id, posted_at=long_ago)
    await post(database, 12, diagram.id)
    discord = Discord({11: [(1, 1)], 12: [(2, 2)]})
    await reconcile_reactions(database, discord.fetch)
    assert await numbers(database, diagram.id) == {(1, 1), (2, 2)}


async def test_a_rating_on_a_message_that_is_deleted_stays_though_another_one_is_left(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    now = datetime.now(UTC)
    await post(database, 11, diagram.id, posted_at=now - timedelta(hours=5))
    await post(database, 12, diagram.id, posted_at=now - timedelta(hours=4))
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5, at=now - timedelta(hours=3))
        await rate(session, 2, diagram.id, 3, at=now - timedelta(hours=3))
        await mark_deleted(session, 11, at=now - timedelta(hours=2))
        await rate(session, 3, diagram.id, 1, at=now - timedelta(hours=1))  # and took it back
    discord = Discord({12: [(2, 3)]})
    for changed in (1, 0):
        assert (await reconcile_reactions(database, discord.fetch)).changed == changed
        assert await numbers(database, diagram.id) == {(1, 5), (2, 3)}


async def test_a_rating_stays_when_its_message_is_found_gone_beside_another(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    await post(database, 11, diagram.id)
    await post(database, 12, diagram.id)
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5)
    discord = Discord({11: None, 12: [(2, 3)]})
    done = await reconcile_reactions(database, discord.fetch)
    assert (done.gone, done.changed) == (1, 1)
    assert await numbers(database, diagram.id) == {(1, 5), (2, 3)}
    await reconcile_reactions(database, discord.fetch)
    assert await numbers(database, diagram.id) == {(1, 5), (2, 3)}


async def test_old_and_deleted_messages_are_left_alone(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second, third = await new_diagrams(3)
    now = datetime.now(UTC)
    await post(database, 11, first.id, posted_at=now - timedelta(days=40))
    await post(database, 12, second.id)
    await post(database, 13, third.id, posted_at=now - timedelta(days=20))
    async with database.transaction() as session:
        await mark_deleted(session, 12)
    discord = Discord({13: [], 11: []})
    await reconcile_reactions(database, discord.fetch)
    assert discord.asked == [13]
    await reconcile_reactions(database, discord.fetch, since=now - timedelta(days=50))
    assert discord.asked == [13, 13, 11]


async def test_somebody_who_reacts_while_discord_is_asked_is_not_lost(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    await post(database, 11, diagram.id)
    answers: list[Numbers] = [[(1, 5)], [(1, 5), (2, 4)]]

    async def fetch(_: PostedMessage) -> list[Mark]:
        if len(answers) == 2:  # the event comes after Discord answered, before we wrote
            async with database.transaction() as session:
                await rate(session, 2, diagram.id, 4)
        return [_mark(*number) for number in answers.pop(0)]

    await reconcile_reactions(database, fetch)
    assert answers == []
    assert await numbers(database, diagram.id) == {(1, 5), (2, 4)}
