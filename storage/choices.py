"""Answers to “A or B?”: which of two diagrams a person finds better.

A person has one answer about two diagrams, the latest; who says “neither” has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.dialects import insert
from storage.errors import NotFound
from storage.purge import FORGOTTEN
from storage.requests import RequestKind
from storage.sharing import learnable, shared_by
from storage.statements import changes, moment
from storage.tables import ChoiceRow, DiagramRow, RequestRow


@dataclass(frozen=True, kw_only=True)
class ChosenText:
    """Of two diagram texts for a description, the one that somebody finds better."""

    user_id: int
    description: str
    chosen: str
    rejected: str


async def choose(
    session: AsyncSession,
    user_id: int,
    better_id: int,
    worse_id: int,
    *,
    at: datetime | None = None,
) -> None:
    """Makes this a person's answer about two diagrams, in place of the one before.

    Raises:
        NotFound: one of the diagrams is gone.
    """
    await unchoose(session, user_id, better_id, worse_id)
    statement = insert(session, ChoiceRow).values(
        user_id=user_id, better_id=better_id, worse_id=worse_id, at=moment(at)
    )
    try:
        await changes(session, statement)
    except IntegrityError as error:
        raise NotFound(f"there is no diagram {better_id} or {worse_id}") from error


async def unchoose(session: AsyncSession, user_id: int, first_id: int, second_id: int) -> None:
    """Takes back a person's answer about two diagrams, if there is one."""
    both = (first_id, second_id)
    await changes(
        session,
        delete(ChoiceRow).where(
            ChoiceRow.user_id == user_id,
            ChoiceRow.better_id.in_(both),
            ChoiceRow.worse_id.in_(both),
        ),
    )


async def choices_of(session: AsyncSession) -> list[ChosenText]:
    """Every answer, by somebody who shares, about what a model wrote for somebody who does.

    In a fixed order. Styles of one structure are not in it: nobody's model wrote them for their
    description. Neither are diagrams that were deleted or whose description was, nor what was
    asked for privately.
    """
    better, worse = aliased(DiagramRow), aliased(DiagramRow)
    rows = await session.execute(
        select(ChoiceRow.user_id, RequestRow.description, better.text, worse.text)
        .where(*_learnt_from(better, worse))
        .order_by(ChoiceRow.user_id, ChoiceRow.better_id, ChoiceRow.worse_id)
    )
    return [
        ChosenText(user_id=user_id, description=description, chosen=chosen, rejected=rejected)
        for user_id, description, chosen, rejected in rows
    ]


async def count_new_choices(session: AsyncSession, since: datetime | None) -> int:
    """How many answers that may be learnt from came after this time; all for None."""
    learnt_from = _learnt_from(aliased(DiagramRow), aliased(DiagramRow))
    statement = select(func.count()).select_from(ChoiceRow).where(*learnt_from)
    if since is not None:
        statement = statement.where(ChoiceRow.at > since)
    return await session.scalar(statement) or 0


def _learnt_from(
    better: type[DiagramRow], worse: type[DiagramRow]
) -> tuple[ColumnElement[bool], ...]:
    """Joins an answer with its diagrams and their request, if it is one of `choices_of`."""
    return (
        better.id == ChoiceRow.better_id,
        worse.id == ChoiceRow.worse_id,
        shared_by(ChoiceRow.user_id),
        *learnable(better, worse),
        RequestRow.kind == RequestKind.DESCRIBE.value,
        RequestRow.description != FORGOTTEN,
    )
