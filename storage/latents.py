"""Latents: where the autoencoder sees each diagram, kept for each version of it.

A latent is float32[D]; D belongs to the version of the encoder.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.ratings import current
from storage.statements import changes, moment
from storage.tables import DiagramRow, LatentRow, RatingRow

Latents: TypeAlias = NDArray[np.float32]
_STORED = np.dtype("<f4")
_PART = 1000  # rows that are read in one go


async def put_latents(
    session: AsyncSession,
    encoder: str,
    latents: Iterable[tuple[int, Latents]],
    *,
    at: datetime | None = None,
) -> int:
    """Stores float32[D] for each diagram id, in place of an earlier one of the same encoder.

    A diagram that was deleted meanwhile is left out. Returns how many were stored.

    Raises:
        ValueError: a latent is not a vector of finite numbers.
    """
    rows = {diagram_id: _pack(latent) for diagram_id, latent in latents}
    if not rows:
        return 0
    alive = set(await session.scalars(select(DiagramRow.id).where(DiagramRow.id.in_(rows))))
    created_at = moment(at)
    statement = insert(session, LatentRow)
    statement = statement.on_conflict_do_update(
        index_elements=[LatentRow.diagram_id, LatentRow.encoder],
        set_={"vector": statement.excluded.vector, "created_at": statement.excluded.created_at},
    )
    for diagram_id in sorted(alive):
        await changes(
            session,
            statement.values(
                diagram_id=diagram_id,
                encoder=encoder,
                vector=rows[diagram_id],
                created_at=created_at,
            ),
        )
    return len(alive)


async def missing_latents(
    session: AsyncSession, encoder: str, limit: int, *, after: int = 0
) -> list[tuple[int, str]]:
    """Diagrams without a latent of this encoder, as (id, Scene JSON), ids ascending.

    Args:
        after: only diagrams with a greater id; to go on past those that cannot be encoded.
    """
    rows = await session.execute(
        select(DiagramRow.id, DiagramRow.scene)
        .where(DiagramRow.id > after, ~_latent_of_diagram(encoder).exists())
        .order_by(DiagramRow.id)
        .limit(limit)
    )
    return [(id, scene) for id, scene in rows]


async def count_missing_latents(session: AsyncSession, encoder: str) -> int:
    """How many diagrams have no latent of this encoder."""
    statement = select(func.count()).select_from(DiagramRow)
    return await session.scalar(statement.where(~_latent_of_diagram(encoder).exists())) or 0


async def rated_latents(
    session: AsyncSession, encoder: str
) -> tuple[NDArray[np.int64], Latents, NDArray[np.float32]]:
    """Every current rating of a diagram that this encoder has seen, each person's oldest first.

    Returns:
        user ids int64[N], latents float32[N, D], ratings float32[N] of 0–5. D is 0 when N is.
    """
    rows = await session.stream(
        select(RatingRow.user_id, RatingRow.value, LatentRow.vector)
        .join(LatentRow, LatentRow.diagram_id == RatingRow.diagram_id)
        .where(LatentRow.encoder == encoder, current)
        .order_by(RatingRow.user_id, RatingRow.rated_at, RatingRow.diagram_id)
    )
    user_ids, latents, ratings = [np.zeros(0, np.int64)], [], [np.zeros(0, np.float32)]
    async for part in rows.partitions(_PART):  # the event loop breathes in between
        user_ids.append(np.array([user_id for user_id, _, _ in part], np.int64))
        ratings.append(np.array([value for _, value, _ in part], np.float32))
        packed = np.frombuffer(b"".join(vector for _, _, vector in part), _STORED)
        latents.append(packed.astype(np.float32).reshape(len(part), -1))
    return (
        np.concatenate(user_ids),
        np.concatenate(latents) if latents else np.zeros((0, 0), np.float32),
        np.concatenate(ratings),
    )


async def count_rated_latents(session: AsyncSession, encoder: str) -> int:
    """How many rows `rated_latents` has, without reading the latents."""
    return (
        await session.scalar(
            select(func.count())
            .select_from(RatingRow)
            .join(LatentRow, LatentRow.diagram_id == RatingRow.diagram_id)
            .where(LatentRow.encoder == encoder, current)
        )
        or 0
    )


async def prune_latents(session: AsyncSession, keep: Iterable[str]) -> int:
    """Deletes the latents of every encoder that is not kept. Returns how many there were."""
    return await changes(session, delete(LatentRow).where(LatentRow.encoder.not_in(list(keep))))


def _latent_of_diagram(encoder: str) -> Select[Any]:
    return select(LatentRow.diagram_id).where(
        LatentRow.diagram_id == DiagramRow.id, LatentRow.encoder == encoder
    )


def _pack(latent: Latents) -> bytes:
    vector = np.asarray(latent, dtype=_STORED)
    if vector.ndim != 1 or not vector.size or not np.isfinite(vector).all():
        raise ValueError("a latent is a vector of finite numbers")
    return vector.tobytes()
