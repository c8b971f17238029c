"""Keeps what taste rests on up to date: latents of every diagram, and the index over ratings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from jobs.summary import Summary
from ml.candidate import Versions
from ml.errors import MlError, SpecError, WorkerBusy, WorkerError
from ml.scoring.taste import TasteIndex, TasteStore, faded
from ml.spec.scene import Scene
from storage.database import Database
from storage.job_runs import RunOutcome
from storage.latents import count_rated_latents, missing_latents, put_latents, rated_latents
from storage.ratings import last_change

logger = logging.getLogger(__name__)

REFRESH = "refresh"  # the id of this job in the schedule
BATCH = 16  # Scenes a call: small, so that people's requests get in between


class Encodes(Protocol):
    """The part of the worker that this needs."""

    async def ready(self) -> Versions: ...

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]: ...


@dataclass(frozen=True, kw_only=True)
class LatentsRefreshed(Summary):
    """`encoded` diagrams got a latent of `encoder`; `failed` ones cannot be encoded.

    Not `complete`: the worker was busy with people's requests, the rest follows next time.
    """

    encoder: str
    encoded: int
    failed: int
    complete: bool = True


@dataclass(frozen=True, kw_only=True)
class TasteRefreshed(Summary):
    """The index now rests on `ratings` ratings."""

    ratings: int


async def refresh_latents(
    database: Database, worker: Encodes, *, batch: int = BATCH
) -> LatentsRefreshed:
    """Gives every diagram that lacks one a latent of the serving encoder.

    Each batch is stored before the next begins, and what is stored is not done again: killing
    this anywhere loses one batch of work and nothing else. When the worker takes up a new
    encoder meanwhile, this starts over with that one.

    Raises:
        WorkerError: the worker died; what was encoded before stays.
        DatabaseUnavailable: the database failed.
    """
    encoder = (await worker.ready()).autoencoder
    after = encoded = failed = 0
    complete = True
    while True:
        async with database.reading() as session:
            missing = await missing_latents(session, encoder, batch, after=after)
        if not missing:
            break
        after = missing[-1][0]
        scenes = await asyncio.to_thread(_scenes, missing)
        try:
            answer = await _encode(worker, scenes)
        except WorkerBusy as error:
            logger.info("The refresh waits: %s", error, extra={"action": "refresh"})
            complete = False
            break
        failed += len(missing) - sum(len(latents) for _, latents in answer)
        for served, latents in answer:
            async with database.transaction() as session:
                encoded += await put_latents(session, served, latents)
            if served != encoder:
                encoder, after, failed = served, 0, 0
    nothing = not encoded and not failed
    return LatentsRefreshed(
        detail=f"{encoded} diagrams encoded with {encoder}"
        + (f", {failed} cannot be encoded" if failed else "")
        + ("" if complete else ", the rest waits for the worker"),
        outcome=RunOutcome.SKIPPED if nothing else RunOutcome.OK,
        encoder=encoder,
        encoded=encoded,
        failed=failed,
        complete=complete,
    )


async def refresh_taste(database: Database, tastes: TasteStore, encoder: str) -> TasteRefreshed:
    """Builds the index anew from everybody's current ratings, when there is something new.

    Raises:
        DatabaseUnavailable: the database failed; the index stays as it was.
    """
    async with database.reading() as session:
        mark = (encoder, await last_change(session), await count_rated_latents(session, encoder))
        if mark == tastes.mark:
            return TasteRefreshed(
                detail="nothing changed", outcome=RunOutcome.SKIPPED, ratings=len(tastes.current)
            )
        user_ids, latents, ratings = await rated_latents(session, encoder)
    index = await asyncio.to_thread(_index, user_ids, latents, ratings, encoder)
    tastes.current, tastes.mark = index, mark
    return TasteRefreshed(detail=f"{len(ratings)} ratings of {encoder}", ratings=len(ratings))


async def refresh(database: Database, worker: Encodes, tastes: TasteStore) -> Summary:
    """Latents first, then the index: after a new encoder taste switches once it is complete.

    Until then the index of the old encoder stays; what a new one knows half of is no taste.
    """
    latents = await refresh_latents(database, worker)
    if not latents.complete and len(tastes.current) and tastes.current.encoder != latents.encoder:
        return Summary(detail=f"{latents.detail}; taste: still of {tastes.current.encoder}")
    taste = await refresh_taste(database, tastes, latents.encoder)
    skipped = latents.outcome is taste.outcome is RunOutcome.SKIPPED
    return Summary(
        detail=f"{latents.detail}; taste: {taste.detail}",
        outcome=RunOutcome.SKIPPED if skipped else RunOutcome.OK,
    )


def _index(
    user_ids: NDArray[np.int64],
    latents: NDArray[np.float32],
    ratings: NDArray[np.float32],
    encoder: str,
) -> TasteIndex:
    return TasteIndex.build(user_ids, latents, ratings, encoder, weights=faded(user_ids))


def _scenes(missing: Sequence[tuple[int, str]]) -> list[tuple[int, Scene]]:
    scenes = []
    for diagram_id, text in missing:
        try:
            scenes.append((diagram_id, Scene.from_json(text)))
        except SpecError as error:
            logger.warning("Diagram %s cannot be encoded: %s", diagram_id, error)
    return scenes


async def _encode(
    worker: Encodes, scenes: Sequence[tuple[int, Scene]]
) -> list[tuple[str, list[tuple[int, NDArray[np.float32]]]]]:
    """(encoder, latents by diagram) of the Scenes; one that fails does not spoil the others."""
    if not scenes:
        return []
    try:
        encoder, latents = await worker.encode([scene for _, scene in scenes])
    except WorkerError:
        raise
    except MlError as error:
        if len(scenes) == 1:
            logger.warning("Diagram %s cannot be encoded: %s", scenes[0][0], error)
            return []
        return [part for one in scenes for part in await _encode(worker, [one])]
    ids = [diagram_id for diagram_id, _ in scenes]
    return [(encoder, list(zip(ids, latents, strict=True)))]
