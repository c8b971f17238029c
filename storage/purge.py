"""Forgetting a person: every row of theirs goes; what else is to be removed is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.ratings import mark_changed
from storage.requests import RequestStatus
from storage.statements import changes
from storage.tables import DiagramRow, MessageRow, PersonRow, RatingRow, RequestRow

FORGOTTEN = "a diagram of somebody who is forgotten"
"""What stands in other people's requests for a description that came from the person."""

_PART = 500  # ids in one statement: SQLite takes a limited number of values

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A message in Discord; `guild_id` is None in direct messages."""

    channel_id: int
    guild_id: int | None
    message_id: int


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """What was deleted, and what hangs on it outside the database.

    `request_ids` name the deleted requests, `pictures` the files of their diagrams, relative to
    the folder of images. `posts` are the messages that show the diagrams, `statuses` those that
    quote the descriptions. `rated` are the messages of other people's diagrams under which the
    person's numbers are, each with the number. `ratings` counts the person's numbers on diagrams
    of anybody.
    """

    request_ids: tuple[str, ...]
    diagrams: int
    ratings: int
    pictures: tuple[str, ...]
    posts: tuple[Place, ...]
    statuses: tuple[Place, ...]
    rated: tuple[tuple[Place, int], ...]


async def unfinished_of(session: AsyncSession, user_id: int) -> list[str]:
    """The ids of a person's requests that wait, run or are being delivered."""
    finished = [status.value for status in RequestStatus if status.finished]
    return list(
        await session.scalars(
            select(RequestRow.id).where(
                RequestRow.user_id == user_id, RequestRow.status.not_in(finished)
            )
        )
    )


async def forget_person(session: AsyncSession, user_id: int) -> Forgotten:
    """Deletes everything that is kept about a person, for good.

    Their requests go with the diagrams, messages, latents and everybody's ratings of them; then
    their ratings of other people's diagrams and what they decided. Blocks and the audit log are
    the servers' and stay: else forgetting would lift a block. Where somebody drew on from a
    diagram of theirs, that request stays with its owner, and the description that it took over
    from the person becomes `FORGOTTEN`. A request that runs meanwhile cannot store anything any
    more: its row is gone.
    """
    requests = (
        await session.execute(
            select(
                RequestRow.id,
                RequestRow.channel_id,
                RequestRow.guild_id,
                RequestRow.status_message_id,
            ).where(RequestRow.user_id == user_id)
        )
    ).all()
    diagrams = (
        await session.execute(
            select(DiagramRow.id, DiagramRow.png_path).where(DiagramRow.user_id == user_id)
        )
    ).all()
    posts = (
        await session.execute(
            select(MessageRow.channel_id, MessageRow.guild_id, MessageRow.message_id)
            .join(DiagramRow, DiagramRow.id == MessageRow.diagram_id)
            .where(DiagramRow.user_id == user_id, MessageRow.deleted_at.is_(None))
        )
    ).all()
    rated = (
        await session.execute(
            select(
                MessageRow.channel_id, MessageRow.guild_id, MessageRow.message_id, RatingRow.value
            )
            .join(RatingRow, RatingRow.diagram_id == MessageRow.diagram_id)
            .join(DiagramRow, DiagramRow.id == MessageRow.diagram_id)
            .where(
                RatingRow.user_id == user_id,
                DiagramRow.user_id != user_id,
                MessageRow.deleted_at.is_(None),
            )
        )
    ).all()
    ratings = await session.scalar(
        select(func.count()).select_from(RatingRow).where(RatingRow.user_id == user_id)
    )
    await _take_descriptions_back(session, user_id, [id for id, _ in diagrams])
    await changes(session, delete(RatingRow).where(RatingRow.user_id == user_id))
    await changes(session, delete(RequestRow).where(RequestRow.user_id == user_id))
    await changes(session, delete(PersonRow).where(PersonRow.user_id == user_id))
    await mark_changed(session)
    return Forgotten(
        request_ids=tuple(row.id for row in requests),
        diagrams=len(diagrams),
        ratings=ratings or 0,
        pictures=tuple(path for _, path in diagrams if path is not None),
        posts=tuple(
            Place(channel_id=channel, guild_id=guild, message_id=message)
            for channel, guild, message in posts
        ),
        statuses=tuple(
            Place(channel_id=channel, guild_id=guild, message_id=message)
            for _, channel, guild, message in requests
            if message is not None
        ),
        rated=tuple(
            (Place(channel_id=channel, guild_id=guild, message_id=message), value)
            for channel, guild, message, value in rated
        ),
    )


async def _take_descriptions_back(
    session: AsyncSession, user_id: int, diagram_ids: Sequence[int]
) -> None:
    """Blank what others' requests took over from the person's, through any number of hands."""
    descriptions = set(
        await session.scalars(select(RequestRow.description).where(RequestRow.user_id == user_id))
    )
    seen: set[str] = set()
    parents = list(diagram_ids)
    while parents:
        drawn_on: list[str] = []
        for part in _parts(parents):
            rows = await session.execute(
                select(RequestRow.id, RequestRow.user_id, RequestRow.description).where(
                    RequestRow.parent_id.in_(part)
                )
            )
            drawn_on += [
                id
                for id, owner, description in rows
                if id not in seen and owner != user_id and description in descriptions
            ]
        seen.update(drawn_on)
        parents = []
        for ids in _parts(drawn_on):
            await changes(
                session,
                update(RequestRow).where(RequestRow.id.in_(ids)).values(description=FORGOTTEN),
            )
            parents += await session.scalars(
                select(DiagramRow.id).where(DiagramRow.request_id.in_(ids))
            )


def _parts(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(ids), _PART):
        yield ids[start : start + _PART]
