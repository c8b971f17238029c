"""Copies the database every night and checks that it is whole. SQLite; a server has its own way."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobs.summary import Summary
from storage.backup import back_up, problems_of, prune_backups
from storage.database import Database
from storage.job_runs import RunOutcome

BACKUP = "backup"
INTEGRITY = "integrity"
_NOT_OURS = "PostgreSQL is backed up and checked by its own tools, pg_dump and amcheck"


async def backup(database: Database, folder: Path, *, keep: timedelta) -> Summary:
    """Writes a checked copy into the folder and deletes those that are older than `keep`.

    Raises:
        DatabaseUnavailable: the copy could not be made; the earlier ones are all there.
    """
    if database.file is None:
        return Summary(detail=_NOT_OURS, outcome=RunOutcome.SKIPPED)
    name = f"diagrams-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    copy = await asyncio.to_thread(back_up, database.file, folder, name=name)
    before = time.time() - keep.total_seconds()
    deleted = await asyncio.to_thread(prune_backups, folder, before=before)
    size = copy.stat().st_size / 2**20
    return Summary(detail=f"{copy.name}, {size:.1f} MiB, checked; {deleted} old ones deleted")


async def check_integrity(database: Database) -> Summary:
    """FAILED with what is wrong when the database is damaged; it is only read."""
    if database.file is None:
        return Summary(detail=_NOT_OURS, outcome=RunOutcome.SKIPPED)
    problems = await asyncio.to_thread(problems_of, database.file)
    if problems:
        return Summary(
            detail=f"{'; '.join(problems)}. Stop the bot and restore the latest backup.",
            outcome=RunOutcome.FAILED,
        )
    return Summary(detail="every page and every reference is whole")
