"""Forgetting a person, or what is old: the rows go; what else is to be removed is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.derived import take_back
from storage.ratings import BUTTON, mark_changed
from storage.requests import RequestStatus
from storage.statements import changes
from storage.tables import ChoiceRow, DiagramRow, MessageRow, PersonRow, RatingRow, RequestRow

FORGOTTEN = "a diagram of somebody who is forgotten"
"""What stands in other people's requests for a description that came from the person."""


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
    person's emojis are, each with the emoji. `ratings` counts the person's emojis and buttons on
    diagrams of anybody. `requoted` are the requests of other people whose description was the
    person's.
    """

    request_ids: tuple[str, ...]
    requoted: tuple[str, ...]
    diagrams: int
    ratings: int
    pictures: tuple[str, ...]
    posts: tuple[Place, ...]
    statuses: tuple[Place, ...]
    rated: tuple[tuple[Place, str], ...]


@dataclass(frozen=True, kw_only=True)
class Expired:
    """The requests that were deleted, and the files of their diagrams, as in `Forgotten`."""

    request_ids: tuple[str, ...]
    pictures: tuple[str, ...]


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
    their ratings of other people's diagrams, their choices and what they decided. Blocks and the
    audit log are the servers' and stay: else forgetting would lift a block.

    What the person typed goes everywhere, what others typed stays. Where somebody drew on from a
    diagram of theirs, that request stays with its owner, its diagrams too; the description that
    it took over from the person becomes `FORGOTTEN`, and the text that it began from goes: see
    `storage/derived.py`. A request that runs meanwhile cannot store anything any more: its row is
    gone.
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
                MessageRow.channel_id, MessageRow.guild_id, MessageRow.message_id, RatingRow.emoji
            )
            .join(RatingRow, RatingRow.diagram_id == MessageRow.diagram_id)
            .join(DiagramRow, DiagramRow.id == MessageRow.diagram_id)
            .where(
                RatingRow.user_id == user_id,
                RatingRow.emoji != BUTTON,
                DiagramRow.user_id != user_id,
                MessageRow.deleted_at.is_(None),
            )
        )
    ).all()
    ratings = await session.scalar(
        select(func.count()).select_from(RatingRow).where(RatingRow.user_id == user_id)
    )
    requoted = await take_back(session, user_id, instead=FORGOTTEN)
    await changes(session, delete(RatingRow).where(RatingRow.user_id == user_id))
    await changes(session, delete(ChoiceRow).where(ChoiceRow.user_id == user_id))
    await changes(session, delete(RequestRow).where(RequestRow.user_id == user_id))
    await changes(session, delete(PersonRow).where(PersonRow.user_id == user_id))
    await mark_changed(session)
    return Forgotten(
        request_ids=tuple(row.id for row in requests),
        requoted=requoted,
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
            (Place(channel_id=channel, guild_id=guild, message_id=message), emoji)
            for channel, guild, message, emoji in rated
        ),
    )


async def forget_older(session: AsyncSession, guild_id: int, before: datetime) -> Expired:
    """Deletes what was asked for in a server before then, with all that hangs on it.

    A request from which somebody drew on stays as long as what they drew: else it could not be
    told any more whose words are in that, when the person wants to be forgotten.
    """
    child = aliased(RequestRow)
    # Not correlated: no index has parent_id, so a search for each request would read them all.
    drawn_on = select(DiagramRow.request_id).join(child, child.parent_id == DiagramRow.id)
    old = (
        RequestRow.guild_id == guild_id,
        RequestRow.created_at < before,
        RequestRow.status.in_([status.value for status in RequestStatus if status.finished]),
        RequestRow.id.not_in(drawn_on),
    )
    ids: list[str] = []
    pictures: list[str] = []
    while True:
        of_them = select(DiagramRow.request_id, DiagramRow.png_path).join(RequestRow).where(*old)
        paths = (await session.execute(of_them)).all()
        gone = set(
            await session.scalars(
                delete(RequestRow)
                .where(*old)
                .returning(RequestRow.id)
                .execution_options(synchronize_session=False)
            )
        )
        if not gone:
            break
        ids += sorted(gone)
        pictures += [path for id, path in paths if id in gone and path is not None]
    if ids:
        await mark_changed(session)
    return Expired(request_ids=tuple(ids), pictures=tuple(pictures))
