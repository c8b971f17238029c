"""Ratings: what each person thinks of each diagram, 0–5.

A row is a mark that a person has on a diagram right now: an emoji that is there, or the button
they chose last; and the number that it stood for when it came. The current rating is the mark
that came last. So the latest wins, taking it back restores the earlier one or none, two emojis of
one number are two marks, and events that arrive twice change nothing, all without further state.
What emojis say is never said of buttons: clearing them, or reading them again after downtime,
leaves a chosen number as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.dialects import Insert, insert
from storage.errors import NotFound
from storage.statements import changes, moment
from storage.tables import CounterRow, MessageRow, RatingRow

HIGHEST = 5

BUTTON = "button"
"""Stands for the emoji of a rating that was chosen by a button."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The current rating of one diagram by one person."""

    user_id: int
    diagram_id: int
    value: int
    rated_at: datetime


@dataclass(frozen=True, kw_only=True)
class Mark:
    """An emoji of a person on a diagram, and the number that it stands for.

    `emoji` is the character itself, or the id of a server's own emoji in digits.
    """

    user_id: int
    emoji: str
    value: int


# A current rating in SQL: no row of the same person and diagram came later. Two of one instant
# are told apart by value and emoji, so that everybody who asks gets the same answer.
_later = aliased(RatingRow)
current = (
    ~select(_later.value)
    .where(
        _later.user_id == RatingRow.user_id,
        _later.diagram_id == RatingRow.diagram_id,
        tuple_(_later.rated_at, _later.value, _later.emoji)
        > tuple_(RatingRow.rated_at, RatingRow.value, RatingRow.emoji),
    )
    .exists()
)


def number_emoji(value: int) -> str:
    """The emoji that shows a number: 0️⃣ … 5️⃣."""
    return f"{value}\ufe0f\u20e3"


async def rate(
    session: AsyncSession,
    user_id: int,
    diagram_id: int,
    value: int,
    *,
    emoji: str | None = None,
    at: datetime | None = None,
) -> bool:
    """Adds an emoji that stands for a number, the number's own unless given.

    One that is there already keeps its number and its time: a repeat changes nothing.

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
        emoji=number_emoji(value) if emoji is None else emoji,
        value=value,
        rated_at=moment(at),
    )
    return await _put(session, statement.on_conflict_do_nothing(index_elements=_KEY), diagram_id)


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
    statement = insert(session, RatingRow).values(
        user_id=user_id, diagram_id=diagram_id, emoji=BUTTON, value=value, rated_at=moment(at)
    )
    chosen = statement.excluded
    await _put(
        session,
        statement.on_conflict_do_update(
            index_elements=_KEY, set_={"value": chosen.value, "rated_at": chosen.rated_at}
        ),
        diagram_id,
    )


async def unrate(session: AsyncSession, user_id: int, diagram_id: int, emoji: str) -> bool:
    """Takes an emoji back; the mark before it, if any, is the current rating again.

    Returns:
        Whether anything changed.
    """
    gone = await changes(
        session,
        delete(RatingRow).where(
            RatingRow.user_id == user_id,
            RatingRow.diagram_id == diagram_id,
            RatingRow.emoji == emoji,
        ),
    )
    await _count(session, gone > 0)
    return gone > 0


async def clear_ratings(session: AsyncSession, diagram_id: int, emoji: str | None = None) -> int:
    """Takes back everybody's emojis on a diagram, or those of one kind; how many there were."""
    statement = delete(RatingRow).where(
        RatingRow.diagram_id == diagram_id, RatingRow.emoji != BUTTON
    )
    if emoji is not None:
        statement = statement.where(RatingRow.emoji == emoji)
    gone = await changes(session, statement)
    await _count(session, gone > 0)
    return gone


async def replace_ratings(
    session: AsyncSession,
    diagram_id: int,
    marks: Iterable[Mark],
    *,
    at: datetime | None = None,
) -> int:
    """Makes these, which its messages show, the only emojis on a diagram.

    Those that were there keep their number and time; new ones come at `at`, now unless given.
    One that came while a message was there that is deleted now may have been on that one, so it
    stays: deleting a message takes no rating back.

    Returns:
        How many rows came or went.

    Raises:
        ValueError: a value is not 0–5.
        NotFound: there is no such diagram.
    """
    wanted = {(mark.user_id, mark.emoji): mark.value for mark in marks}
    for value in wanted.values():
        _check(value)
    present = {(mark.user_id, mark.emoji) for mark in await marks_on(session, diagram_id)}
    gone = present - wanted.keys() - await _perhaps_deleted(session, diagram_id)
    for user_id, emoji in sorted(gone):
        await unrate(session, user_id, diagram_id, emoji)
    came = moment(at)
    new = wanted.keys() - present
    for user_id, emoji in sorted(new):
        await rate(session, user_id, diagram_id, wanted[user_id, emoji], emoji=emoji, at=came)
    return len(gone) + len(new)


async def marks_on(session: AsyncSession, diagram_id: int) -> set[Mark]:
    """Every emoji on a diagram, current or not; what `replace_ratings` replaces."""
    rows = await session.execute(
        select(RatingRow.user_id, RatingRow.emoji, RatingRow.value).where(
            RatingRow.diagram_id == diagram_id, RatingRow.emoji != BUTTON
        )
    )
    return {Mark(user_id=user_id, emoji=emoji, value=value) for user_id, emoji, value in rows}


async def _perhaps_deleted(session: AsyncSession, diagram_id: int) -> set[tuple[int, str]]:
    """The person and emoji of marks that came between posting and deletion of some message."""
    rows = await session.execute(
        select(RatingRow.user_id, RatingRow.emoji)
        .join(MessageRow, MessageRow.diagram_id == RatingRow.diagram_id)
        .where(
            RatingRow.diagram_id == diagram_id,
            RatingRow.rated_at.between(MessageRow.posted_at, MessageRow.deleted_at),
        )
    )
    return {(user_id, emoji) for user_id, emoji in rows}


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
_KEY = [RatingRow.user_id, RatingRow.diagram_id, RatingRow.emoji]


async def _put(session: AsyncSession, statement: Insert, diagram_id: int) -> bool:
    try:
        changed = await changes(session, statement) > 0
    except IntegrityError as error:
        raise NotFound(f"there is no diagram {diagram_id}") from error
    await _count(session, changed)
    return changed


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
