"""What the scoring models may learn from: rated diagrams of people who share.

Both have to share: who rated, and who asked for the diagram. What was asked for privately trains
nothing, nor does what was deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.ratings import current
from storage.sharing import learnable, shared_by
from storage.tables import DiagramRow, RatingRow


@dataclass(frozen=True, kw_only=True)
class RatedScene:
    """A diagram, its Scene as JSON, and the mean of the current ratings, 0–5, of `people`."""

    diagram_id: int
    scene: str
    rating: float
    people: int


async def rated_scenes(session: AsyncSession) -> list[RatedScene]:
    """Every diagram that somebody who shares has rated, by its id."""
    rows = await session.execute(
        select(
            DiagramRow.id, DiagramRow.scene, func.avg(RatingRow.value), func.count(RatingRow.value)
        )
        .join(RatingRow, RatingRow.diagram_id == DiagramRow.id)
        .where(*_learnt_from())
        .group_by(DiagramRow.id, DiagramRow.scene)
        .order_by(DiagramRow.id)
    )
    return [
        RatedScene(diagram_id=id, scene=scene, rating=float(mean), people=people)
        for id, scene, mean, people in rows
    ]


async def count_new_ratings(session: AsyncSession, since: datetime | None) -> int:
    """How many current ratings that may be learnt from came after this time; all for None."""
    statement = (
        select(func.count())
        .select_from(RatingRow)
        .join(DiagramRow, DiagramRow.id == RatingRow.diagram_id)
        .where(*_learnt_from())
    )
    if since is not None:
        statement = statement.where(RatingRow.rated_at > since)
    return await session.scalar(statement) or 0


def _learnt_from() -> tuple[ColumnElement[bool], ...]:
    return (current, shared_by(RatingRow.user_id), *learnable(DiagramRow))
