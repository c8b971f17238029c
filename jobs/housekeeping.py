"""Tidies up: what servers keep no longer, pictures nobody points to, half-written files, old job
runs, stale statistics.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

from jobs.pictures import delete_pictures
from jobs.summary import Summary
from storage.database import Database
from storage.diagrams import count_diagrams, png_paths
from storage.guilds import retentions
from storage.job_runs import prune_runs
from storage.purge import forget_older

logger = logging.getLogger(__name__)

KEEP_RUNS = timedelta(days=90)
# A picture is written before the row that points to it: only old ones are certainly orphans.
KEEP_FILES = timedelta(days=1)
_TEMPORARY = (".tmp", ".part", ".partial")


@dataclass(frozen=True, kw_only=True)
class Tidied(Summary):
    """`expired` counts requests that were too old for their servers, `pictures` orphans and
    half-written files that were deleted."""

    expired: int
    pictures: int
    runs: int


async def housekeeping(
    database: Database,
    images: Path,
    *,
    keep_files: timedelta = KEEP_FILES,
    keep_runs: timedelta = KEEP_RUNS,
) -> Tidied:
    """Deletes what is too old for its server, then what nothing points to any more.

    Only `.png` and temporary files below `images` are ever deleted, and only old ones. Without a
    single diagram in the database no picture is: then it is more likely the wrong database.

    Raises:
        DatabaseUnavailable: the database failed; no file is gone that it points to.
    """
    expired = await _expire(database, images)
    async with database.reading() as session:
        diagrams = await count_diagrams(session)
        pointed_at = await png_paths(session)
    pictures = await asyncio.to_thread(
        _delete_orphans,
        images,
        pointed_at,
        older_than=time.time() - keep_files.total_seconds(),
        pictures=diagrams > 0,
    )
    async with database.transaction() as session:
        runs = await prune_runs(session, datetime.now(UTC) - keep_runs)
    await database.optimise()
    return Tidied(
        detail=f"{pictures} files, {expired} old requests and {runs} job runs deleted",
        expired=expired,
        pictures=pictures,
        runs=runs,
    )


async def _expire(database: Database, images: Path) -> int:
    """Deletes what servers keep no longer, with its pictures; how many requests."""
    async with database.reading() as session:
        kept = await retentions(session)
    expired = 0
    for guild_id, days in kept.items():
        async with database.transaction() as session:
            gone = await forget_older(session, guild_id, datetime.now(UTC) - timedelta(days=days))
        stayed = await asyncio.to_thread(delete_pictures, images, gone.request_ids, gone.pictures)
        if stayed:
            logger.warning("%s old pictures stay", stayed, extra={"action": "housekeeping"})
        expired += len(gone.request_ids)
    return expired


def _delete_orphans(
    images: Path, pointed_at: Iterable[str], *, older_than: float, pictures: bool
) -> int:
    """Deletes old files below `images`; returns how many. Links are left alone.

    Paths are compared from their end: the data folder may have moved since a path was stored.
    """
    kept = {PurePath(path).parts for path in pointed_at}
    tails: dict[int, set[tuple[str, ...]]] = {}
    deleted = 0
    for path in sorted(images.rglob("*")):
        try:
            if path.is_symlink() or not path.is_file() or path.stat().st_mtime > older_than:
                continue
            place = path.relative_to(images).parts
            ends = tails.setdefault(len(place), {parts[-len(place) :] for parts in kept})
            temporary = path.suffix in _TEMPORARY
            orphan = pictures and path.suffix == ".png" and place not in ends
            if temporary or orphan:
                path.unlink()
                deleted += 1
        except OSError as error:  # gone meanwhile, or not ours to delete
            logger.warning("%s stays: %s", path, error, extra={"action": "housekeeping"})
    _delete_empty_folders(images, older_than=older_than)
    return deleted


def _delete_empty_folders(images: Path, *, older_than: float) -> None:
    for folder in sorted(images.rglob("*"), reverse=True):  # the deepest first
        try:
            if folder.is_symlink() or not folder.is_dir() or any(folder.iterdir()):
                continue
            if folder.stat().st_mtime <= older_than:
                folder.rmdir()
        except OSError as error:  # a picture came meanwhile
            logger.debug("%s stays: %s", folder, error)
