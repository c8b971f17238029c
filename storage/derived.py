"""What other people's requests took over from a person's, through any number of hands.

A description is typed in a request that comes from no diagram, and every request that somebody
draws on from there takes it over. A diagram text is typed in an EDIT, and words of one in the wish
of a REFINE; what is drawn on from that begins from such a text. So the requests above one say
whose words are in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.requests import RequestKind, RequestStatus
from storage.statements import changes, moment
from storage.tables import DiagramRow, RequestRow

_PART = 500  # ids in one statement: SQLite takes a limited number of values
_NOT_DRAWN = (RequestStatus.QUEUED.value, RequestStatus.RUNNING.value)

_TYPED = (RequestKind.EDIT.value, RequestKind.REFINE.value)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Derived:
    id: str
    user_id: int
    description: str
    parent_id: int


async def take_back(session: AsyncSession, user_id: int, *, instead: str) -> tuple[str, ...]:
    """Takes what a person typed out of everybody else's requests; before theirs are deleted.

    Below a request whose description they typed, that description becomes `instead`. Below that
    and below a text they typed, the text that a request began from goes; what was drawn from it
    stays, as do words that somebody else typed, also where they came by way of the person.
    Requests that lose something before they are drawn are cancelled. A request that drew on from
    a diagram of the person's comes from the one above it from now on, so that whose words are in
    it can still be told.

    Returns:
        The ids of the requests whose description was replaced.
    """
    own = (
        await session.execute(
            select(
                RequestRow.id, RequestRow.kind, RequestRow.description, RequestRow.parent_id
            ).where(RequestRow.user_id == user_id)
        )
    ).all()
    described = {row.id for row in own if row.parent_id is None}
    typed = described | {row.id for row in own if row.kind in _TYPED}
    words = {row.description for row in own if row.parent_id is None}
    drawn = (
        await session.execute(
            select(DiagramRow.id, DiagramRow.request_id).where(DiagramRow.user_id == user_id)
        )
    ).all()
    said = [
        row.id
        for row in await _below(session, [id for id, request in drawn if request in described])
        if row.user_id != user_id and row.description in words
    ]
    begun = [
        row.id
        for row in await _below(session, [id for id, request in drawn if request in typed])
        if row.user_id != user_id
    ]
    for ids in _parts(said):
        await changes(
            session,
            update(RequestRow).where(RequestRow.id.in_(ids)).values(description=instead),
        )
    for ids in _parts(begun):
        await changes(session, update(RequestRow).where(RequestRow.id.in_(ids)).values(text=None))
        await changes(
            session,
            update(RequestRow)
            .where(RequestRow.id.in_(ids), RequestRow.status.in_(_NOT_DRAWN))
            .values(
                status=RequestStatus.CANCELLED.value,
                problem="Somebody had the words forgotten.",
                finished_at=moment(None),
            ),
        )
    above = {row.id: row.parent_id for row in own}
    await _relink(session, user_id, {id: above[request] for id, request in drawn})
    return tuple(said)


async def _relink(session: AsyncSession, user_id: int, above: dict[int, int | None]) -> None:
    """Others' requests below the person's diagrams come from what those came from, if anything.

    `above` is, for each of the diagrams, the diagram that its request came from.
    """
    for parent in {row.parent_id for row in await _children(session, above)}:
        ancestor: int | None = parent
        while ancestor in above:
            ancestor = above[ancestor]
        if ancestor is not None:
            await changes(
                session,
                update(RequestRow)
                .where(RequestRow.parent_id == parent, RequestRow.user_id != user_id)
                .values(parent_id=ancestor),
            )


async def _below(session: AsyncSession, diagram_ids: Sequence[int]) -> list[_Derived]:
    """Everybody's requests that were drawn on from these diagrams, through any number of hands."""
    found: dict[str, _Derived] = {}
    parents: Collection[int] = diagram_ids
    while parents:
        new = [row for row in await _children(session, parents) if row.id not in found]
        found.update((row.id, row) for row in new)
        parents = [
            id
            for ids in _parts([row.id for row in new])
            for id in await session.scalars(
                select(DiagramRow.id).where(DiagramRow.request_id.in_(ids))
            )
        ]
    return list(found.values())


async def _children(session: AsyncSession, diagram_ids: Iterable[int]) -> list[_Derived]:
    columns = (RequestRow.id, RequestRow.user_id, RequestRow.description, RequestRow.parent_id)
    return [
        _Derived(id=row.id, user_id=row.user_id, description=row.description, parent_id=parent)
        for part in _parts(list(diagram_ids))
        for row in await session.execute(select(*columns).where(RequestRow.parent_id.in_(part)))
        if (parent := row.parent_id) is not None
    ]


def _parts(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(ids), _PART):
        yield ids[start : start + _PART]
