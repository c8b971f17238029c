"""Diagrams: the ranked candidates of a request, kept so that they can be drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.errors import NotFound
from storage.statements import changes, fresh, moment
from storage.tables import DiagramRow, MessageRow, RequestRow


@dataclass(frozen=True, kw_only=True)
class NewDiagram:
    """A candidate to store.

    `rank` counts from 1; `scene` is the Scene's JSON; `readability` and `taste` are 0–5, `final`
    0–10; `versions` names the model versions that made it; `png_path` is where its picture lies.
    """

    rank: int
    text: str
    scene: str
    readability: float
    taste: float
    final: float
    versions: Mapping[str, str]
    png_path: str | None = None


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """A stored candidate; `user_id` is who asked for it. Fields as in `NewDiagram`."""

    id: int
    request_id: str
    user_id: int
    rank: int
    text: str
    scene: str
    readability: float
    taste: float
    final: float
    versions: dict[str, str]
    png_path: str | None
    created_at: datetime


async def add_diagrams(
    session: AsyncSession,
    request_id: str,
    diagrams: Sequence[NewDiagram],
    *,
    at: datetime | None = None,
) -> list[Diagram]:
    """Stores the candidates of a request, in the order given.

    Raises:
        NotFound: there is no such request.
        Conflict: (when the transaction ends) the request has a diagram of one of these ranks.
    """
    user_id = await session.scalar(select(RequestRow.user_id).where(RequestRow.id == request_id))
    if user_id is None:
        raise NotFound(f"there is no request {request_id}")
    created_at = moment(at)
    rows = [
        DiagramRow(
            request_id=request_id,
            user_id=user_id,
            rank=new.rank,
            text=new.text,
            scene=new.scene,
            readability=new.readability,
            taste=new.taste,
            final=new.final,
            versions=dict(new.versions),
            png_path=new.png_path,
            created_at=created_at,
        )
        for new in diagrams
    ]
    session.add_all(rows)
    await session.flush()
    return [_diagram(row) for row in rows]


async def get_diagram(session: AsyncSession, id: int) -> Diagram:
    """The diagram of this id.

    Raises:
        NotFound: there is none.
    """
    row = await session.scalar(fresh(select(DiagramRow).where(DiagramRow.id == id)))
    if row is None:
        raise NotFound(f"there is no diagram {id}")
    return _diagram(row)


async def diagrams_of_request(session: AsyncSession, request_id: str) -> list[Diagram]:
    """The diagrams of a request, best first; none when there is no such request."""
    rows = await session.scalars(
        fresh(
            select(DiagramRow).where(DiagramRow.request_id == request_id).order_by(DiagramRow.rank)
        )
    )
    return [_diagram(row) for row in rows]


async def undelivered_diagrams(session: AsyncSession, request_id: str) -> list[Diagram]:
    """The diagrams of a request that no message ever showed, best first.

    For finishing a delivery after a restart. A message that was deleted did show its diagram.
    """
    posted = select(MessageRow.message_id).where(MessageRow.diagram_id == DiagramRow.id)
    rows = await session.scalars(
        fresh(
            select(DiagramRow)
            .where(DiagramRow.request_id == request_id, ~posted.exists())
            .order_by(DiagramRow.rank)
        )
    )
    return [_diagram(row) for row in rows]


async def count_diagrams(session: AsyncSession) -> int:
    """How many diagrams there are."""
    return await session.scalar(select(func.count()).select_from(DiagramRow)) or 0


async def png_paths(session: AsyncSession) -> set[str]:
    """Every picture that a diagram points to."""
    rows = await session.scalars(
        select(DiagramRow.png_path).where(DiagramRow.png_path.is_not(None))
    )
    return {path for path in rows if path is not None}


def _diagram(row: DiagramRow) -> Diagram:
    return Diagram(
        id=row.id,
        request_id=row.request_id,
        user_id=row.user_id,
        rank=row.rank,
        text=row.text,
        scene=row.scene,
        readability=row.readability,
        taste=row.taste,
        final=row.final,
        versions=dict(row.versions),
        png_path=row.png_path,
        created_at=row.created_at,
    )


async def hide_diagram(session: AsyncSession, id: int) -> None:
    """Lets go of a diagram's picture: nobody is shown it any more, and its ratings stay.

    For one that no message shows; what is posted is hidden by deleting its messages.
    """
    await changes(session, update(DiagramRow).where(DiagramRow.id == id).values(png_path=None))
