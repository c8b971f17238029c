"""What a person has rated, with the diagrams themselves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.messages import not_withdrawn
from storage.ratings import current
from storage.tables import DiagramRow, RatingRow


@dataclass(frozen=True, kw_only=True)
class RatedDiagram:
    """A diagram and somebody's current rating of it, 0–5.

    `predicted` is what the ranking thought they would rate it, None where somebody else asked
    for it. `shown`: there is still a picture of it.
    """

    id: int
    text: str
    scene: str
    rating: int
    predicted: float | None
    shown: bool


async def rated_diagrams(session: AsyncSession, user_id: int, limit: int) -> list[RatedDiagram]:
    """The diagrams that a person rated last, at most `limit` of them, the oldest rating first.

    Those that were deleted in Discord are not among them.
    """
    rows = await session.execute(
        select(RatingRow.value, DiagramRow)
        .join(DiagramRow, DiagramRow.id == RatingRow.diagram_id)
        .where(RatingRow.user_id == user_id, current, not_withdrawn(DiagramRow))
        .order_by(RatingRow.rated_at.desc(), RatingRow.diagram_id.desc())
        .limit(limit)
    )
    found = [
        RatedDiagram(
            id=row.id,
            text=row.text,
            scene=row.scene,
            rating=value,
            predicted=row.taste if row.user_id == user_id else None,
            shown=row.png_path is not None,
        )
        for value, row in rows
    ]
    return found[::-1]
