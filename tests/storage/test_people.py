"""Consent: nobody shares until they say so, and the last word counts."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.database import Database
from storage.people import Person, consents, get_person, set_consent, sharing_people

AT = datetime(2030, 1, 1, tzinfo=UTC)


async def test_nobody_shares_until_they_say_so(database: Database) -> None:
    async with database.reading() as session:
        assert not await consents(session, 1)
        assert await get_person(session, 1) is None
        assert await sharing_people(session) == set()


async def test_the_last_word_counts(database: Database) -> None:
    async with database.transaction() as session:
        await set_consent(session, 1, True)
        await set_consent(session, 2, True)
        await set_consent(session, 1, False, at=AT)
    async with database.reading() as session:
        assert not await consents(session, 1)
        assert await consents(session, 2)
        assert await sharing_people(session) == {2}
        assert await get_person(session, 1) == Person(user_id=1, shares=False, changed_at=AT)
