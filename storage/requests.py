"""Requests: what people asked for and how far it is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.errors import NotFound
from storage.statements import changes, fresh, moment
from storage.tables import RequestRow


class RequestStatus(StrEnum):
    """QUEUED → RUNNING → DELIVERING → DONE; FAILED and CANCELLED end it from anywhere."""

    QUEUED = "queued"
    RUNNING = "running"
    DELIVERING = "delivering"  # its diagrams are stored, not all of them are posted yet
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def finished(self) -> bool:
        return self in _FINISHED


class RequestKind(StrEnum):
    """Where the diagrams of a request come from."""

    DESCRIBE = "describe"  # the language model reads the description
    EDIT = "edit"  # exactly the text of the request
    RESTYLE = "restyle"  # the structure of the request's text, in other styles
    REFINE = "refine"  # the request's text, changed by the language model as wished


_FINISHED = (RequestStatus.DONE, RequestStatus.FAILED, RequestStatus.CANCELLED)
_UNFINISHED = tuple(status for status in RequestStatus if status not in _FINISHED)


@dataclass(frozen=True, kw_only=True)
class Request:
    """`count` candidates are sampled with `seed`, the best `top` are posted.

    `attempts` counts how often it was claimed, `problem` says why it failed. `text` is the
    diagram text that all kinds but DESCRIBE begin from; `wish` is what a REFINE changes about it,
    in a person's words; `parent_id` is the diagram that the request came from, which may be gone
    by now. `locale` is the language it is answered in, as Discord names it; None is not known. A
    `private` one is for the person who asked alone. One from `outside` was asked where the bot is
    not a member: it belongs to no server, and no message of it can be reached later.
    """

    id: str
    user_id: int
    guild_id: int | None
    channel_id: int
    status_message_id: int | None
    description: str
    count: int
    top: int
    seed: int
    status: RequestStatus
    problem: str | None
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    kind: RequestKind
    text: str | None
    parent_id: int | None
    wish: str | None
    locale: str | None
    private: bool
    outside: bool


async def add_request(
    session: AsyncSession,
    *,
    user_id: int,
    guild_id: int | None,
    channel_id: int,
    description: str,
    count: int,
    top: int,
    seed: int,
    status_message_id: int | None = None,
    id: str | None = None,
    kind: RequestKind = RequestKind.DESCRIBE,
    text: str | None = None,
    parent_id: int | None = None,
    wish: str | None = None,
    locale: str | None = None,
    private: bool = False,
    outside: bool = False,
    at: datetime | None = None,
) -> Request:
    """Stores a new request, QUEUED, under a random id of 16 hexadecimal digits unless given one.

    Raises:
        Conflict: (when the transaction ends) the id is taken.
    """
    row = RequestRow(
        id=id or secrets.token_hex(8),
        user_id=user_id,
        guild_id=guild_id,
        channel_id=channel_id,
        status_message_id=status_message_id,
        description=description,
        count=count,
        top=top,
        seed=seed,
        status=RequestStatus.QUEUED.value,
        problem=None,
        attempts=0,
        created_at=moment(at),
        finished_at=None,
        kind=kind.value,
        text=text,
        parent_id=parent_id,
        wish=wish,
        locale=locale,
        private=private,
        outside=outside,
    )
    session.add(row)
    await session.flush()
    return _request(row)


async def get_request(session: AsyncSession, id: str) -> Request:
    """The request of this id.

    Raises:
        NotFound: there is none.
    """
    row = await session.scalar(fresh(select(RequestRow).where(RequestRow.id == id)))
    if row is None:
        raise NotFound(f"there is no request {id}")
    return _request(row)


async def set_status(
    session: AsyncSession,
    id: str,
    status: RequestStatus,
    *,
    problem: str | None = None,
    at: datetime | None = None,
) -> bool:
    """Moves the request on. A cancelled one only moves back to QUEUED, when it is retried.

    Returns:
        False, with nothing changed, when the request was cancelled meanwhile.

    Raises:
        NotFound: there is no such request.
    """
    statement = update(RequestRow).where(RequestRow.id == id)
    if status not in (RequestStatus.QUEUED, RequestStatus.CANCELLED):
        statement = statement.where(RequestRow.status != RequestStatus.CANCELLED.value)
    changed = await changes(
        session,
        statement.values(
            status=status.value,
            problem=problem,
            finished_at=moment(at) if status.finished else None,
        ),
    )
    if not changed:
        await get_request(session, id)  # raises NotFound when that is the reason
    return changed > 0


async def claim(session: AsyncSession, id: str) -> bool:
    """QUEUED → RUNNING, one attempt more. Of several that try, one succeeds.

    Returns:
        False when the request is not waiting: claimed already, cancelled or gone.
    """
    changed = await changes(
        session,
        update(RequestRow)
        .where(RequestRow.id == id, RequestRow.status == RequestStatus.QUEUED.value)
        .values(status=RequestStatus.RUNNING.value, attempts=RequestRow.attempts + 1),
    )
    return changed > 0


async def set_status_message(session: AsyncSession, id: str, message_id: int | None) -> None:
    """Remembers the message that shows the progress of the request.

    Raises:
        NotFound: there is no such request.
    """
    statement = update(RequestRow).where(RequestRow.id == id)
    if not await changes(session, statement.values(status_message_id=message_id)):
        raise NotFound(f"there is no request {id}")


async def unfinished(session: AsyncSession) -> list[Request]:
    """Every request that is waiting, running or being delivered; oldest first."""
    rows = await session.scalars(
        fresh(
            select(RequestRow)
            .where(RequestRow.status.in_([status.value for status in _UNFINISHED]))
            .order_by(RequestRow.created_at, RequestRow.id)
        )
    )
    return [_request(row) for row in rows]


async def requeue_stale(session: AsyncSession) -> int:
    """RUNNING → QUEUED; for the start, when whoever ran them is gone. Returns how many."""
    return await changes(
        session,
        update(RequestRow)
        .where(RequestRow.status == RequestStatus.RUNNING.value)
        .values(status=RequestStatus.QUEUED.value),
    )


def _request(row: RequestRow) -> Request:
    return Request(
        id=row.id,
        user_id=row.user_id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        status_message_id=row.status_message_id,
        description=row.description,
        count=row.count,
        top=row.top,
        seed=row.seed,
        status=RequestStatus(row.status),
        problem=row.problem,
        attempts=row.attempts,
        created_at=row.created_at,
        finished_at=row.finished_at,
        kind=RequestKind(row.kind),
        text=row.text,
        parent_id=row.parent_id,
        wish=row.wish,
        locale=row.locale,
        private=row.private,
        outside=row.outside,
    )
