import asyncio
import sqlite3
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.dialects import advice, database_url
from storage.errors import Conflict, DatabaseUnavailable, NotFound
from storage.requests import add_request, get_request, unfinished
from tests.storage.conftest import NewRequest


async def count(database: Database, table: str) -> int:
    async with database.reading() as session:
        return (await session.scalar(text(f"SELECT count(*) FROM {table}"))) or 0


async def test_what_a_transaction_wrote_is_there_after_reopening(url: str) -> None:
    async with Database(url) as database, database.transaction() as session:
        request = await add_request(
            session,
            user_id=2**63 - 1,
            guild_id=None,
            channel_id=2**62,
            description="ein Fluß 흐름 ⇒",
            count=1,
            top=1,
            seed=-(2**63),
        )
    async with Database(url) as database, database.reading() as session:
        assert await get_request(session, request.id) == request


async def test_a_transaction_that_raises_changes_nothing(
    database: Database, new_request: NewRequest
) -> None:
    await new_request(id="kept")

    async def fail() -> None:
        async with database.transaction() as session:
            await session.execute(text("DELETE FROM requests"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await count(database, "requests") == 1


async def test_a_cancelled_transaction_changes_nothing_and_frees_the_lock(
    database: Database, new_request: NewRequest
) -> None:
    await new_request(id="kept")
    inside = asyncio.Event()

    async def hang() -> None:
        async with database.transaction() as session:
            await session.execute(text("DELETE FROM requests"))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await new_request(id="after")
    assert await count(database, "requests") == 2


async def test_nobody_but_the_transaction_commits(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(RuntimeError, match="commits"):
            await session.commit()


async def test_a_reading_session_cannot_write(database: Database, new_request: NewRequest) -> None:
    await new_request(id="kept")
    with pytest.raises(DatabaseUnavailable):
        async with database.reading() as session:
            await session.execute(text("DELETE FROM requests"))
    assert await count(database, "requests") == 1


async def test_a_reading_session_sees_one_snapshot(
    database: Database, new_request: NewRequest
) -> None:
    if database.dialect != "sqlite":
        pytest.skip("PostgreSQL reads what is committed, statement by statement")
    await new_request(id="before")
    async with database.reading() as session:
        assert len(await unfinished(session)) == 1
        await new_request(id="meanwhile")
        assert len(await unfinished(session)) == 1
    assert await count(database, "requests") == 2


async def test_many_writers_at_once_lose_nothing(
    database: Database, new_request: NewRequest
) -> None:
    request = await new_request()

    async def count_up() -> None:
        async with database.transaction() as session:
            seen = await session.scalar(
                text(
                    "SELECT attempts FROM requests FOR UPDATE"
                    if session.get_bind().dialect.name == "postgresql"
                    else "SELECT attempts FROM requests"
                )
            )
            await asyncio.sleep(0)
            await session.execute(text("UPDATE requests SET attempts = :n"), {"n": (seen or 0) + 1})

    await asyncio.gather(*(count_up() for _ in range(50)))
    async with database.reading() as session:
        assert (await get_request(session, request.id)).attempts == 50


async def test_two_programs_write_to_one_file(url: str) -> None:
    async with Database(url) as first, Database(url) as second:

        async def add(database: Database) -> None:
            async with database.transaction() as session:
                await add_request(
                    session,
                    user_id=1,
                    guild_id=None,
                    channel_id=2,
                    description="x",
                    count=1,
                    top=1,
                    seed=1,
                )

        await asyncio.gather(*(add(database) for database in (first, second) * 10))
        assert await count(first, "requests") == 20


async def test_a_transaction_inside_a_transaction_is_refused_instead_of_hanging(
    url: str,
) -> None:
    async with Database(url) as database, database.transaction():
        with pytest.raises(RuntimeError, match="inside a transaction"):
            async with database.transaction():
                pass


async def test_writers_do_not_wait_for_ever_for_one_that_hangs(url: str) -> None:
    async with Database(url, busy_timeout=0.01) as database, database.transaction():

        async def write() -> None:
            async with database.transaction():
                pytest.fail("somebody else is writing")

        with pytest.raises(DatabaseUnavailable, match="busy"):
            await asyncio.create_task(write())


KILLED = """
import asyncio, sys
from sqlalchemy import text
from storage.database import Database

async def main():
    async with Database(sys.argv[1]) as database, database.transaction() as session:
        await session.execute(text("DELETE FROM requests"))
        print("deleted", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_program_that_is_killed_while_it_writes_changes_nothing(url: str) -> None:
    async with Database(url) as database:
        async with database.transaction() as session:
            request = await add_request(
                session,
                user_id=1,
                guild_id=None,
                channel_id=2,
                description="x",
                count=1,
                top=1,
                seed=1,
            )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", KILLED, url, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"deleted\n"
        process.kill()
        await process.wait()
        async with database.transaction() as session:  # the lock went with it
            assert [kept.id for kept in await unfinished(session)] == [request.id]


async def test_opening_makes_the_folder_and_uses_write_ahead_logging(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "er" / "bot.db"
    async with Database(f"sqlite:///{file}") as database, database.reading() as session:
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
    assert file.exists()


async def test_opening_and_closing_twice_is_harmless(url: str) -> None:
    database = Database(url)
    await database.open()
    await database.open()
    await database.close()
    await database.close()
    with pytest.raises(DatabaseUnavailable, match="not open"):
        async with database.reading():
            pass


@pytest.mark.parametrize(
    "wrong", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "sqlite:///file:x?uri=true"]
)
def test_databases_that_cannot_work_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="sqlite"):
        Database(wrong)


async def test_a_locked_database_is_unavailable_for_writers_and_says_what_to_do(
    url: str, tmp_path: Path
) -> None:
    async with Database(url, busy_timeout=0.05) as database:
        other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match=r"bot\.db is locked .* try again") as caught:
            async with database.transaction():
                pytest.fail("there is no lock to be had")
        assert not isinstance(caught.value, NotFound)
        async with database.reading() as session:  # readers do not mind
            assert await unfinished(session) == []
        other.execute("ROLLBACK")
        other.close()
        async with database.transaction() as session:
            assert await unfinished(session) == []


async def test_a_full_disk_is_unavailable_and_what_was_there_stays(
    url: str, tmp_path: Path
) -> None:
    async def write(database: Database) -> None:
        async with database.transaction() as session:
            # SQLite reports the same error when the file may not grow any more.
            pages = await session.scalar(text("PRAGMA page_count"))
            await session.execute(text(f"PRAGMA max_page_count = {pages}"))
            await add_request(
                session,
                user_id=1,
                guild_id=None,
                channel_id=2,
                description="x" * 100_000,
                count=1,
                top=1,
                seed=1,
            )

    async with Database(url) as database:
        with pytest.raises(DatabaseUnavailable, match=r"is full\. Free some space"):
            await write(database)
        assert await count(database, "requests") == 0


async def test_a_damaged_file_is_unavailable_and_left_as_it_is(url: str, tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    file.write_bytes(b"this is not a database, " * 100)
    before = file.read_bytes()
    with pytest.raises(DatabaseUnavailable, match=r"is damaged\. Restore the latest backup"):
        await Database(url).open()
    assert file.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable):
        await Database(f"sqlite:///{tmp_path / 'file' / 'bot.db'}").open()


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    url = database_url("postgresql://bot:secret@db.example/bot")
    said = advice(url, ConnectionRefusedError(111, "Connect call failed"))
    assert "db.example" in said
    assert "does not answer" in said
    assert "secret" not in said


async def test_a_taken_id_is_a_conflict_and_not_a_failing_database(
    new_request: NewRequest,
) -> None:
    await new_request(id="a")
    with pytest.raises(Conflict):
        await new_request(id="a")


async def test_what_was_to_be_stored_is_in_no_error_and_no_log(
    database: Database, new_request: NewRequest, caplog: pytest.LogCaptureFixture
) -> None:
    words = "our secret plan"
    await new_request(id="a")
    with pytest.raises(Conflict) as refused:
        await new_request(id="a", description=words)
    insert = text("INSERT INTO nowhere VALUES (:words)")
    with pytest.raises(DatabaseUnavailable) as failed:
        async with database.transaction() as session:
            await session.execute(insert, {"words": words})
    said = [*traceback.format_exception(refused.value), *traceback.format_exception(failed.value)]
    assert "INSERT INTO nowhere" in caplog.text
    assert words not in caplog.text + "".join(said)


async def test_times_come_back_in_utc(database: Database, new_request: NewRequest) -> None:
    at = datetime(2026, 3, 1, 12, 30, 0, 123456, tzinfo=UTC)
    request = await new_request(at=at)
    async with database.reading() as session:
        stored = await get_request(session, request.id)
    assert stored.created_at == at
    assert stored.created_at.tzinfo is UTC


async def test_times_without_a_zone_are_refused(new_request: NewRequest) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await new_request(at=datetime(2026, 3, 1))
