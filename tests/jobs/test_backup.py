import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.backup import backup, check_integrity
from storage.database import Database
from storage.job_runs import RunOutcome

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _sqlite_only(database: Database) -> None:
    if database.file is None:
        pytest.skip("SQLite only")


async def test_a_backup_says_what_it_wrote_and_that_it_was_checked(
    database: Database, tmp_path: Path
) -> None:
    done = await backup(database, tmp_path / "backups", keep=WEEK)
    (copy,) = (tmp_path / "backups").iterdir()
    assert done.outcome is RunOutcome.OK
    assert done.detail.startswith(f"{copy.name}, ")
    assert done.detail.endswith("MiB, checked; 0 old ones deleted")


async def test_copies_older_than_they_are_kept_are_deleted(
    database: Database, tmp_path: Path
) -> None:
    old = tmp_path / "backups" / "diagrams-20000101T000000.sqlite3"
    old.parent.mkdir()
    old.touch()
    done = await backup(database, old.parent, keep=timedelta(seconds=-60))
    assert "1 old ones deleted" in done.detail
    assert not old.exists()
    assert len(list(old.parent.iterdir())) == 1


async def test_a_whole_database_is_said_to_be_so(database: Database) -> None:
    done = await check_integrity(database)
    assert (done.outcome, done.detail) == (
        RunOutcome.OK,
        "every page and every reference is whole",
    )


async def test_a_damaged_database_fails_the_check_with_what_to_do(database: Database) -> None:
    assert database.file is not None
    with closing(sqlite3.connect(database.file)) as connection, connection:
        connection.execute("INSERT INTO latents VALUES (77, 'a1', x'00', '2026-01-01')")
    done = await check_integrity(database)
    assert done.outcome is RunOutcome.FAILED
    assert "rows of latents point to others that are gone" in done.detail
    assert "restore the latest backup" in done.detail
