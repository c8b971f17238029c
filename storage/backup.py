"""Copies of a SQLite database, made while it is in use, and checks that one is whole.

    path = back_up(Path("data/bot.db"), Path("data/backups"), name="bot-20260101")
    problems = problems_of(path)

The copy is written to a temporary file by SQLite's online backup, checked, and then renamed: a
file with its final name is whole. These functions block: call them in a thread.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import DatabaseUnavailable

SUFFIX = ".sqlite3"
_UNFINISHED = ".partial"
_SHOWN = 5  # problems that are named


def back_up(file: Path, folder: Path, *, name: str) -> Path:
    """Copies a database into a folder and returns the copy, which was checked.

    Raises:
        DatabaseUnavailable: it cannot be read or written, or the copy is damaged; whatever was
            in the folder before is as it was.
    """
    target = folder / f"{name}{SUFFIX}"
    draft = target.with_suffix(_UNFINISHED)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"*{_UNFINISHED}"):  # by something that died
            left.unlink()
        with closing(_reading(file)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        problems = problems_of(draft)
        if problems:
            draft.unlink()
            raise DatabaseUnavailable(f"The backup of {file} is damaged: {'; '.join(problems)}")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise DatabaseUnavailable(f"{file} cannot be backed up to {folder}: {error}") from error
    return target


def problems_of(file: Path) -> list[str]:
    """What is wrong with a database: pages that are torn, rows that point nowhere.

    Raises:
        DatabaseUnavailable: it cannot be opened at all.
    """
    try:
        with closing(_reading(file)) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_SHOWN})")]
            if found != ["ok"]:
                return found
            tables = {str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")}
            return [f"rows of {table} point to others that are gone" for table in sorted(tables)]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def prune_backups(folder: Path, *, before: float) -> int:
    """Deletes the copies from before this Unix time, but never the latest. Returns how many."""
    copies = sorted(folder.glob(f"*{SUFFIX}"))
    old = [copy for copy in copies[:-1] if copy.stat().st_mtime < before]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)


def delete_backups(folder: Path) -> int:
    """Deletes every copy, also half-written ones. Returns how many.

    Raises:
        DatabaseUnavailable: one cannot be deleted.
    """
    copies = [*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{_UNFINISHED}")]
    try:
        for copy in copies:
            copy.unlink(missing_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            f"A copy of the database in {folder} cannot be deleted: {error}"
        ) from error
    return len(copies)


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
