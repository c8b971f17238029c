"""Copies of the database: made while it is in use, whole or not there."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import back_up, problems_of, prune_backups
from storage.database import Database
from storage.errors import DatabaseUnavailable
from tests.storage.conftest import NewDiagrams


def descriptions(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT description FROM requests")]


async def test_a_copy_has_everything_and_is_one_whole_file(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    if database.file is None:
        pytest.skip("SQLite only")
    await new_diagrams(3)
    copy = back_up(database.file, tmp_path / "backups", name="one")
    assert descriptions(copy) == ["a login flow"]
    assert problems_of(copy) == []
    assert list((tmp_path / "backups").iterdir()) == [copy]
    async with Database(f"sqlite:///{copy}") as restored, restored.reading():
        pass  # its schema is the bot's


async def test_a_copy_is_made_while_somebody_writes_and_has_only_what_was_committed(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    if database.file is None:
        pytest.skip("SQLite only")
    await new_diagrams()
    with closing(sqlite3.connect(database.file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE requests SET description = 'half done'")
        copy = back_up(database.file, tmp_path / "backups", name="one")
        writer.execute("ROLLBACK")
    assert descriptions(copy) == ["a login flow"]


KILLED = """
    import os, sys
    from pathlib import Path
    import storage.backup as backup
    def hang(file):
        print("copied", flush=True)
        sys.stdin.read()
    backup.problems_of = hang
    backup.back_up(Path(sys.argv[1]), Path(sys.argv[2]), name="killed")
    """


def back_up_and_be_killed(file: Path, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(file), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"copied\n"
        process.kill()


async def test_a_backup_that_is_killed_leaves_no_copy_and_the_next_one_is_whole(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    if database.file is None:
        pytest.skip("SQLite only")
    await new_diagrams(2)
    folder = tmp_path / "backups"
    await asyncio.to_thread(back_up_and_be_killed, database.file, folder)
    assert list(folder.glob("*.sqlite3")) == []
    copy = back_up(database.file, folder, name="next")
    assert list(folder.iterdir()) == [copy]
    assert descriptions(copy) == descriptions(database.file) == ["a login flow"]


def test_a_damaged_database_gives_no_copy(tmp_path: Path) -> None:
    file, folder = tmp_path / "bot.db", tmp_path / "backups"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.executemany("INSERT INTO words VALUES (?)", [("x" * 500,)] * 200)
    before = back_up(file, folder, name="before")
    raw = bytearray(file.read_bytes())
    raw[4096:8192] = os.urandom(4096)
    file.write_bytes(raw)
    assert problems_of(file)
    with pytest.raises(DatabaseUnavailable, match=r"damaged|cannot be backed up"):
        back_up(file, folder, name="after")
    assert list(folder.iterdir()) == [before]


def test_rows_that_point_nowhere_are_named(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE b (a_id INTEGER REFERENCES a(id))")
        connection.execute("INSERT INTO b VALUES (7)")
    assert problems_of(file) == ["rows of b point to others that are gone"]


def test_without_a_database_there_is_an_error_and_no_copy(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be backed up"):
        back_up(tmp_path / "nothing.db", tmp_path / "backups", name="one")
    assert not list((tmp_path / "backups").glob("*.sqlite3"))


def test_old_copies_go_but_never_the_latest(tmp_path: Path) -> None:
    copies = [tmp_path / f"diagrams-{day}.sqlite3" for day in (1, 2, 3)]
    for age, copy in enumerate(copies):
        copy.touch()
        os.utime(copy, (100.0 + age, 100.0 + age))
    assert prune_backups(tmp_path, before=101.5) == 2
    assert prune_backups(tmp_path, before=1_000.0) == 0
    assert list(tmp_path.iterdir()) == [copies[2]]
