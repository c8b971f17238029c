"""People: whether somebody lets their descriptions and ratings train models that others use.

Nobody does until they say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.statements import changes, fresh, moment
from storage.tables import PersonRow


@dataclass(frozen=True, kw_only=True)
class Person:
    """What somebody decided; `changed_at` is when they last said it."""

    user_id: int
    shares: bool
    changed_at: datetime


async def get_person(session: AsyncSession, user_id: int) -> Person | None:
    """What somebody decided; None for whoever never did."""
    row = await session.scalar(fresh(select(PersonRow).where(PersonRow.user_id == user_id)))
    if row is None:
        return None
    return Person(user_id=row.user_id, shares=row.shares, changed_at=row.changed_at)


async def set_consent(
    session: AsyncSession, user_id: int, shares: bool, *, at: datetime | None = None
) -> Person:
    """Stores what somebody decided, in place of what they said before."""
    changed_at = moment(at)
    statement = insert(session, PersonRow).values(
        user_id=user_id, shares=shares, changed_at=changed_at
    )
    await changes(
        session,
        statement.on_conflict_do_update(
            index_elements=[PersonRow.user_id], set_={"shares": shares, "changed_at": changed_at}
        ),
    )
    return Person(user_id=user_id, shares=shares, changed_at=changed_at)


async def consents(session: AsyncSession, user_id: int) -> bool:
    """Whether somebody shares for training; False for whoever never said so."""
    person = await get_person(session, user_id)
    return person is not None and person.shares


async def sharing_people(session: AsyncSession) -> set[int]:
    """The ids of everybody who shares for training."""
    return set(await session.scalars(select(PersonRow.user_id).where(PersonRow.shares)))
