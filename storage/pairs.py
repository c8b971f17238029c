"""What preference tuning may learn from: rated diagram texts of people who share.

Both have to share: who rated, and who asked. The description is the one's, the rating the other's.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.purge import FORGOTTEN
from storage.ratings import current
from storage.requests import RequestKind
from storage.sharing import learnable, shared_by
from storage.tables import DiagramRow, RatingRow, RequestRow


@dataclass(frozen=True, kw_only=True)
class RatedText:
    """A diagram text for a description, and the current rating, 0–5, that somebody gave it."""

    user_id: int
    description: str
    text: str
    value: int


async def rated_texts(session: AsyncSession) -> list[RatedText]:
    """Every current rating, by somebody who shares, of what a model wrote for somebody who does.

    In a fixed order. Edits and restyled diagrams are not in it: nobody's model wrote them for
    their description. Neither are diagrams that were deleted or whose description was, nor what
    was asked for privately, which trains nothing.
    """
    rows = await session.execute(
        select(RatingRow.user_id, RequestRow.description, DiagramRow.text, RatingRow.value)
        .select_from(RatingRow)
        .join(DiagramRow, DiagramRow.id == RatingRow.diagram_id)
        .where(
            current,
            shared_by(RatingRow.user_id),
            *learnable(DiagramRow),
            RequestRow.kind == RequestKind.DESCRIBE.value,
            RequestRow.description != FORGOTTEN,
        )
        .order_by(RatingRow.user_id, RatingRow.diagram_id)
    )
    return [
        RatedText(user_id=user_id, description=description, text=text, value=value)
        for user_id, description, text, value in rows
    ]
