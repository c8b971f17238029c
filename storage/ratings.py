"""Ratings: what each person thinks of each diagram, 0–5.

A row is a number that a person has on a diagram right now: an emoji that is there, the number
they chose by a button, or both. The current rating is the row that came last. So the latest wins,
taking it back restores the earlier one or none, and events that arrive twice change nothing, all
without further state. What emojis say is never said of buttons: clearing them, or reading them
again after downtime, leaves a chosen number as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.dialects import Insert, insert
from storage.errors import NotFound
from storage.statements import changes, moment
from storage.tables import CounterRow, RatingRow

HIGHEST = 5


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The current rating of one diagram by one person."""

    user_id: int
    diagram_id: int
    value: int
    rated_at: datetime


# A current rating in SQL: no row of the same person and diagram came later. Two of one instant
# are told apart by value, so that everybody who asks gets the same answer.
_later = aliased(RatingRow)
current = (
    ~select(_later.value)
    .where(
        _later.user_id == RatingRow.user_id,
        _later.diagram_id == RatingRow.diagram_id,
        (_later.rated_at > RatingRow.rated_at)
        | ((_later.rated_at == RatingRow.rated_at) & (_later.value > RatingRow.value)),
    )
    .exists()
)


async def rate(
    session: AsyncSession,
    user_id: int,
    diagram_id: int,
    value: int,
    *,
    at: datetime | None = None,
) -> bool:
    """Adds an emoji's number. One that is there already keeps its time: a repeat changes nothing.

    Returns:
        Whether anything changed.

    Raises:
        ValueError: the value is not 0–5.
        NotFound: there is no such diagram.
    """
    _check(value)
    statement = insert(session, RatingRow).values(
        user_id=user_id,
        diagram_id=diagram_id,
        value=value,
        rated_at=moment(at),
        reacted=True,
        pressed=False,
    )
    return await _put(
        session,
        statement.on_conflict_do_update(
            index_elements=_KEY,
            set_={"reacted": True, "rated_at": statement.excluded.rated_at},
            where=~RatingRow.reacted,
        ),
        diagram_id,
    )


async def set_rating(
    session: AsyncSession,
    user_id: int,
    diagram_id: int,
    value: int,
    *,
    at: datetime | None = None,
) -> None:
    """Makes this the number that a person chose by a button, in place of the one before.

    An emoji that comes later is current then, and when it is taken back this one is again.

    Raises:
        ValueError: the value is not 0–5.
        NotFound: there is no such diagram.
    """
    _check(value)
    before = (
        RatingRow.user_id == user_id,
        RatingRow.diagram_id == diagram_id,
        RatingRow.value != value,
        RatingRow.pressed,
    )
    await changes(
        session, update(RatingRow).where(*before, RatingRow.reacted).values(pressed=False)
    )
    await changes(session, delete(RatingRow).where(*before))
    statement = insert(session, RatingRow).values(
        user_id=user_id,
        diagram_id=diagram_id,
        value=value,
        rated_at=moment(at),
        reacted=False,
        pressed=True,
    )
    await _put(
        session,
        statement.on_conflict_do_update(
            index_elements=_KEY,
            set_={"pressed": True, "rated_at": statement.excluded.rated_at},
        ),
        diagram_id,
    )


async def unrate(session: AsyncSession, user_id: int, diagram_id: int, value: int) -> bool:
    """Takes an emoji's number back; the one before it, if any, is the current rating again.

    Returns:
        Whether anything changed.
    """
    gone = await _take_back(
        session,
        RatingRow.user_id == user_id,
        RatingRow.diagram_id == diagram_id,
        RatingRow.value == value,
    )
    return gone > 0


async def clear_ratings(session: AsyncSession, diagram_id: int, value: int | None = None) -> int:
    """Takes back everybody's emojis on a diagram, or those of one number; how many there were."""
    which = [RatingRow.diagram_id == diagram_id]
    if value is not None:
        which.append(RatingRow.value == value)
    return await _take_back(session, *which)


async def replace_ratings(
    session: AsyncSession,
    diagram_id: int,
    numbers: Iterable[tuple[int, int]],
    *,
    at: datetime | None = None,
) -> int:
    """Makes the (user id, value) pairs the only emojis on a diagram.

    Those that were there keep their time; new ones come at `at`, now unless given.

    Returns:
        How many rows came or went.

    Raises:
        ValueError: a value is not 0–5.
        NotFound: there is no such diagram.
    """
    wanted = set(numbers)
    for _, value in wanted:
        _check(value)
    present = await numbers_on(session, diagram_id)
    for user_id, value in sorted(present - wanted):
        await unrate(session, user_id, diagram_id, value)
    came = moment(at)
    for user_id, value in sorted(wanted - present):
        await rate(session, user_id, diagram_id, value, at=came)
    return len(present ^ wanted)


async def numbers_on(session: AsyncSession, diagram_id: int) -> set[tuple[int, int]]:
    """The (user id, value) of every emoji, current or not; what `replace_ratings` replaces."""
    rows = await session.execute(
        select(RatingRow.user_id, RatingRow.value).where(
            RatingRow.diagram_id == diagram_id, RatingRow.reacted
        )
    )
    return {(user_id, value) for user_id, value in rows}


async def rating_of(session: AsyncSession, user_id: int, diagram_id: int) -> int | None:
    """A person's current rating of a diagram, or None."""
    return await session.scalar(
        select(RatingRow.value).where(
            RatingRow.user_id == user_id, RatingRow.diagram_id == diagram_id, current
        )
    )


async def current_ratings(
    session: AsyncSession, user_id: int, limit: int | None = None
) -> list[Rating]:
    """A person's current ratings, latest first, at most `limit` of them."""
    rows = await session.scalars(
        select(RatingRow)
        .where(RatingRow.user_id == user_id, current)
        .order_by(RatingRow.rated_at.desc(), RatingRow.diagram_id.desc())
        .limit(limit)
    )
    return [
        Rating(
            user_id=row.user_id, diagram_id=row.diagram_id, value=row.value, rated_at=row.rated_at
        )
        for row in rows
    ]


async def count_ratings(session: AsyncSession) -> int:
    """How many current ratings there are: pairs of a person and a diagram."""
    pairs = select(RatingRow.user_id, RatingRow.diagram_id).distinct().subquery()
    return await session.scalar(select(func.count()).select_from(pairs)) or 0


async def mark_changed(session: AsyncSession) -> None:
    """Says that ratings changed; for who deletes diagrams or people and so ratings with them."""
    await _count(session, True)


async def last_change(session: AsyncSession) -> int:
    """A number that grows with every change of the ratings; equal means nothing changed.

    A time would not do: taking a rating back deletes a row and leaves no time behind.
    """
    value = await session.scalar(select(CounterRow.value).where(CounterRow.name == _COUNTER))
    return value or 0


_COUNTER = "ratings"
_KEY = [RatingRow.user_id, RatingRow.diagram_id, RatingRow.value]


async def _put(session: AsyncSession, statement: Insert, diagram_id: int) -> bool:
    try:
        changed = await changes(session, statement) > 0
    except IntegrityError as error:
        raise NotFound(f"there is no diagram {diagram_id}") from error
    await _count(session, changed)
    return changed


async def _take_back(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    """Takes these emojis back; a number that was also chosen by a button stays for that."""
    emojis = (*which, RatingRow.reacted)
    both = update(RatingRow).where(*emojis, RatingRow.pressed).values(reacted=False)
    gone = await changes(session, both)
    gone += await changes(session, delete(RatingRow).where(*emojis))
    await _count(session, gone > 0)
    return gone


async def _count(session: AsyncSession, changed: bool) -> None:
    if not changed:
        return
    statement = insert(session, CounterRow).values(name=_COUNTER, value=1)
    await changes(
        session,
        statement.on_conflict_do_update(
            index_elements=[CounterRow.name], set_={"value": CounterRow.value + 1}
        ),
    )


def _check(value: int) -> None:
    if not 0 <= value <= HIGHEST:
        raise ValueError(f"a rating is 0–{HIGHEST}, not {value}")
