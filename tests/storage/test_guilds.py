"""What the admins of a server decide: rules, blocks, and the log of who did what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from storage.audit import add_audit, latest_audit
from storage.blocks import Block, add_block, get_block, remove_block
from storage.database import Database
from storage.guilds import GuildSettings, change_guild_settings, guild_settings, retentions
from storage.requests import RequestStatus, set_status
from storage.standing import standing
from storage.tables import GuildSettingsRow
from tests.storage.conftest import NewRequest

AT = datetime(2030, 1, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_a_server_that_decided_nothing_has_the_defaults(database: Database) -> None:
    async with database.reading() as session:
        assert await guild_settings(session, 10) == GuildSettings()
        assert await guild_settings(session, None) == GuildSettings()


async def test_a_change_leaves_the_other_fields_and_other_servers(database: Database) -> None:
    async with database.transaction() as session:
        await change_guild_settings(session, 10, channels=(2**60, 3), blocked_words=("폭탄",))
        returned = await change_guild_settings(session, 10, per_day=4, paused=True)
    async with database.reading() as session:
        stored = await guild_settings(session, 10)
        assert await guild_settings(session, 11) == GuildSettings()
    assert stored == returned
    assert stored == GuildSettings(
        channels=(2**60, 3), blocked_words=("폭탄",), per_day=4, paused=True
    )


async def test_who_keeps_things_for_so_many_days_only_is_found(database: Database) -> None:
    async with database.transaction() as session:
        await change_guild_settings(session, 10, keep_days=30, bypass_roles=(2**60,))
        await change_guild_settings(session, 11, per_day=4)
        await change_guild_settings(session, 12, keep_days=1)
    async with database.reading() as session:
        assert await retentions(session) == {10: 30, 12: 1}
        assert (await guild_settings(session, 10)).bypass_roles == (2**60,)


async def test_a_field_that_does_not_exist_is_refused(database: Database) -> None:
    with pytest.raises(TypeError):
        async with database.transaction() as session:
            await change_guild_settings(session, 10, colour="red")


async def test_fields_that_a_newer_bot_stored_are_passed_over(database: Database) -> None:
    async with database.transaction() as session:
        await change_guild_settings(session, 10, per_day=4)
        await session.execute(
            update(GuildSettingsRow).values(values={"per_day": 5, "hue": "of tomorrow"})
        )
    async with database.reading() as session:
        assert await guild_settings(session, 10) == GuildSettings(per_day=5)


async def test_a_block_holds_in_one_server_until_it_is_lifted(database: Database) -> None:
    async with database.transaction() as session:
        await add_block(session, 10, 1, by=9, at=AT)
        await add_block(session, 10, 1, by=8, reason="spam", at=AT + HOUR)
    async with database.transaction() as session:
        assert await get_block(session, 10, 1) == Block(
            guild_id=10, user_id=1, by=8, at=AT + HOUR, reason="spam"
        )
        assert await get_block(session, 11, 1) is None
        assert await get_block(session, 10, 2) is None
        assert await remove_block(session, 10, 1)
        assert not await remove_block(session, 10, 1)
        assert await get_block(session, 10, 1) is None


async def test_the_audit_log_of_a_server_is_read_latest_first(database: Database) -> None:
    async with database.transaction() as session:
        for n in range(4):
            await add_audit(session, 10, 9, "settings", f"per_day {n}", at=AT)
        await add_audit(session, 11, 9, "pause", "")
    async with database.reading() as session:
        entries = await latest_audit(session, 10, 3)
    assert [entry.detail for entry in entries] == ["per_day 3", "per_day 2", "per_day 1"]
    assert (entries[0].user_id, entries[0].action, entries[0].at) == (9, "settings", AT)


async def test_a_standing_counts_what_a_person_asked_in_this_server_in_the_last_day(
    database: Database, new_request: NewRequest
) -> None:
    async with database.transaction() as session:
        await change_guild_settings(session, 10, per_day=5)
        await add_block(session, 10, 1, by=9)
    await new_request(at=AT - 2 * HOUR)
    await new_request(at=AT - HOUR)
    await new_request(at=AT - 25 * HOUR)  # longer ago
    await new_request(at=AT, user_id=2)  # somebody else's
    await new_request(at=AT, guild_id=11)  # elsewhere
    await new_request(at=AT, guild_id=None)
    failed = await new_request(at=AT)
    async with database.transaction() as session:
        await set_status(session, failed.id, RequestStatus.FAILED, problem="it broke")
    async with database.reading() as session:
        found = await standing(session, 10, 1, at=AT)
    assert found.asked_at == (AT - HOUR, AT - 2 * HOUR)
    assert (found.at, found.settings.per_day) == (AT, 5)
    assert found.block is not None


async def test_a_standing_reads_no_more_than_the_quota_needs(
    database: Database, new_request: NewRequest
) -> None:
    for n in range(4):
        await new_request(at=AT - n * HOUR)
    async with database.transaction() as session:
        assert (await standing(session, 10, 1, at=AT)).asked_at == ()
        await change_guild_settings(session, 10, cooldown_seconds=60)
        assert (await standing(session, 10, 1, at=AT)).asked_at == (AT,)
        await change_guild_settings(session, 10, per_day=2)
        assert (await standing(session, 10, 1, at=AT)).asked_at == (AT, AT - HOUR)
