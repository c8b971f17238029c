"""What a person asked for before: their diagrams by the page, and their latest request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.messages import PostedMessage
from storage.purge import FORGOTTEN
from storage.ratings import current
from storage.requests import Request, RequestKind, get_request
from storage.tables import DiagramRow, MessageRow, RatingRow, RequestRow

PAGE = 4
"""Diagrams on a page, unless told."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A diagram that was shown to whoever asked for it; the scores as in `NewDiagram`.

    `rating` is that person's own current one; `message` is the latest that shows the diagram and
    is still there, None while it is not posted yet.
    """

    diagram_id: int
    text: str
    description: str
    readability: float
    taste: float
    final: float
    png_path: str
    created_at: datetime
    rating: int | None
    message: PostedMessage | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """`number` counts from 0 and is one that exists; `total` diagrams fill `pages` pages."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int


async def history(
    session: AsyncSession,
    user_id: int,
    *,
    words: Sequence[str] = (),
    number: int = 0,
    size: int = PAGE,
) -> Page:
    """A page of the diagrams that somebody asked for and was shown, newest first.

    A diagram whose every message was deleted is deleted, and not in it. With `words`, only those
    where each of them occurs in the description or in what the diagram says; large and small
    letters are the same, and no character is a wildcard. A number beyond the last page gives the
    last one, one below 0 the first.
    """
    posted = select(MessageRow.message_id).where(MessageRow.diagram_id == DiagramRow.id)
    there = posted.where(MessageRow.deleted_at.is_(None))
    wanted = [
        DiagramRow.user_id == user_id,
        DiagramRow.png_path.is_not(None),
        there.exists() | ~posted.exists(),
        *(_occurs(word) for word in words),
    ]
    total = await session.scalar(
        select(func.count()).select_from(DiagramRow).join(RequestRow).where(*wanted)
    )
    pages = max(1, -(-(total or 0) // size))
    number = min(max(0, number), pages - 1)
    latest = aliased(MessageRow)
    latest_id = (
        there.order_by(MessageRow.posted_at.desc(), MessageRow.message_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rating = (
        select(RatingRow.value)
        .where(RatingRow.user_id == user_id, RatingRow.diagram_id == DiagramRow.id, current)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(DiagramRow, RequestRow.description, rating, latest)
        .join(RequestRow)
        .outerjoin(latest, latest.message_id == latest_id)
        .where(*wanted)
        # Those of one request are best first, as they were shown.
        .order_by(RequestRow.created_at.desc(), RequestRow.id.desc(), DiagramRow.rank)
        .limit(size)
        .offset(number * size)
    )
    entries = tuple(_entry(*row) for row in rows)
    return Page(entries=entries, number=number, pages=pages, total=total or 0)


async def latest_request(
    session: AsyncSession, user_id: int, guild_id: int | None, channel_id: int
) -> Request | None:
    """The newest request of a person in this server, or, without one, in this channel: what was
    asked in one conversation is not repeated in another.

    Edits and changes are passed over: their result is one text, which no seed changes. So are
    requests whose description, or the text that they began from, somebody else had forgotten.
    """
    id = await session.scalar(
        select(RequestRow.id)
        .where(
            RequestRow.user_id == user_id,
            RequestRow.guild_id == guild_id
            if guild_id is not None
            else and_(RequestRow.guild_id.is_(None), RequestRow.channel_id == channel_id),
            RequestRow.kind.not_in((RequestKind.EDIT.value, RequestKind.REFINE.value)),
            RequestRow.description != FORGOTTEN,
            or_(RequestRow.kind != RequestKind.RESTYLE.value, RequestRow.text.is_not(None)),
        )
        .order_by(RequestRow.created_at.desc(), RequestRow.id.desc())
        .limit(1)
    )
    return None if id is None else await get_request(session, id)


def _entry(
    diagram: DiagramRow, description: str, rating: int | None, message: MessageRow | None
) -> Entry:
    assert diagram.png_path is not None
    return Entry(
        diagram_id=diagram.id,
        text=diagram.text,
        description=description,
        readability=diagram.readability,
        taste=diagram.taste,
        final=diagram.final,
        png_path=diagram.png_path,
        created_at=diagram.created_at,
        rating=rating,
        message=None if message is None else _posted(message),
    )


def _posted(message: MessageRow) -> PostedMessage:
    return PostedMessage(
        message_id=message.message_id,
        channel_id=message.channel_id,
        guild_id=message.guild_id,
        diagram_id=message.diagram_id,
        posted_at=message.posted_at,
        deleted_at=message.deleted_at,
    )


def _occurs(word: str) -> ColumnElement[bool]:
    """The word is in the description, or in the diagram text below its style line."""
    text = DiagramRow.text
    no_style = func.substr(text, 1, 1).between("0", "9")
    return or_(
        _contains(RequestRow.description, word),
        _contains(text, word, after="%\n"),
        and_(no_style, _contains(text, word)),
    )


def _contains(
    column: InstrumentedAttribute[str], word: str, *, after: str = ""
) -> ColumnElement[bool]:
    # SQLite knows the two cases of ASCII letters only, hence the spellings.
    spellings = {word.lower(), *(() if word.isascii() else (word, word.upper(), word.title()))}
    patterns = [after + f"%{_escaped(spelling)}%" for spelling in sorted(spellings)]
    return or_(*(column.ilike(pattern, escape="/") for pattern in patterns))


def _escaped(word: str) -> str:
    """The word with nothing in it that LIKE takes for a wildcard; the escape is `/`."""
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")
