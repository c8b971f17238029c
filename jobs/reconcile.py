"""Makes the ratings what the reactions say: after downtime, and now and then to be sure.

Discord does not replay what happened while the bot was away, so the messages are asked.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from jobs.summary import Summary
from storage.database import Database
from storage.errors import NotFound, StorageError
from storage.job_runs import RunOutcome
from storage.messages import PostedMessage, mark_deleted, messages_of_diagram, messages_since
from storage.ratings import Mark, marks_on, replace_ratings

logger = logging.getLogger(__name__)

# The emojis on a message right now that rate its diagram, the bot's own left out; None when the
# message is gone. Raises when Discord cannot say.
Fetch: TypeAlias = Callable[[PostedMessage], Awaitable[Collection[Mark] | None]]

RECENT = timedelta(days=30)
_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Reconciled(Summary):
    """`changed` counts ratings that came or went, `gone` messages that were deleted."""

    diagrams: int
    changed: int
    gone: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class _One:
    changed: int = 0
    gone: int = 0
    failed: bool = False


async def reconcile_reactions(
    database: Database, fetch: Fetch, *, since: datetime | None = None
) -> Reconciled:
    """Asks for the reactions of every message posted since then, 30 days unless given.

    Running it twice, or after being killed half way, gives the same ratings. A diagram whose
    messages Discord cannot show now keeps its ratings and does not stop the rest.

    Raises:
        DatabaseUnavailable: the database failed.
    """
    async with database.reading() as session:
        messages = await messages_since(session, since or datetime.now(UTC) - RECENT)
    diagrams = dict.fromkeys(message.diagram_id for message in messages)
    done = [await _reconcile(database, fetch, diagram_id) for diagram_id in diagrams]
    changed, gone = sum(one.changed for one in done), sum(one.gone for one in done)
    failed = sum(one.failed for one in done)
    detail = f"{len(done)} diagrams, {changed} ratings changed, {gone} messages gone"
    return Reconciled(
        detail=detail + (f", {failed} diagrams could not be read" if failed else ""),
        outcome=_outcome(len(done), failed),
        diagrams=len(done),
        changed=changed,
        gone=gone,
        failed=failed,
    )


def _outcome(asked: int, failed: int) -> RunOutcome:
    if not asked:
        return RunOutcome.SKIPPED
    return RunOutcome.FAILED if failed == asked else RunOutcome.OK


async def _reconcile(database: Database, fetch: Fetch, diagram_id: int) -> _One:
    """One diagram: its emojis are those of all its messages together.

    What was on a message that is deleted stays, so messages that are gone are marked first.
    """
    gone = 0
    for _ in range(_TRIES):
        async with database.reading() as session:
            before = await marks_on(session, diagram_id)
            messages = await messages_of_diagram(session, diagram_id)
        fetched = await _fetch_all(fetch, messages)
        if fetched is None:
            return _One(gone=gone, failed=True)
        async with database.transaction() as session:
            for message, marks in zip(messages, fetched, strict=True):
                if marks is None:
                    gone += await mark_deleted(session, message.message_id)
            present = [marks for marks in fetched if marks is not None]
            if not present:  # nothing is left to ask, which says nothing about the ratings
                return _One(gone=gone)
            if await marks_on(session, diagram_id) != before:
                continue  # somebody reacted while Discord was asked: the answer may be older
            try:
                wanted = [mark for marks in present for mark in marks]
                return _One(gone=gone, changed=await replace_ratings(session, diagram_id, wanted))
            except NotFound:
                return _One(gone=gone)  # deleted meanwhile, and its ratings with it
    return _One(gone=gone)  # people react right now, and each of their events is stored anyway


async def _fetch_all(
    fetch: Fetch, messages: Sequence[PostedMessage]
) -> list[Collection[Mark] | None] | None:
    """The answer for each message, or None when one of them cannot be had."""
    fetched = []
    for message in messages:
        try:
            fetched.append(await fetch(message))
        except StorageError:
            raise
        except Exception as error:
            logger.warning(
                "The reactions of message %s cannot be read: %s",
                message.message_id,
                error,
                extra={"action": "reconcile"},
            )
            return None
    return fetched
