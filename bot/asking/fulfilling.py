"""One stored request on its way: claimed, drawn, ranked, kept and posted.

A RUNNING request is drawn again after a restart, a DELIVERING one posts what is missing. Nothing
here knows Discord; news go to whatever `Delivers`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from time import perf_counter
from typing import Protocol

import numpy as np

from bot.asking.asked import changes_of, job_of
from bot.asking.comparing import are_close
from bot.asking.line import Line
from bot.errors import UserFacingError
from bot.results import statuses
from bot.results.delivery import Post
from bot.results.keeping import keep, rest
from bot.texts import gettext as _
from ml.candidate import DrawResult
from ml.errors import Cancelled
from ml.scoring.ranking import Ranked, rank
from ml.scoring.taste import Basis, LatentMismatch, TasteIndex, TasteStore
from ml.worker import Draws
from storage.database import Database
from storage.messages import add_message
from storage.requests import Request, RequestStatus, claim, set_status

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class Delivers(Protocol):
    """Where the news of one request goes."""

    def say(self, text: str) -> None:
        """Replace the status soon. Cheap, never raises; a later text may overtake this one."""

    async def post(self, post: Post) -> int | None:
        """Show one diagram; the id of its message, None where nobody else can see it.

        Raises:
            CannotPost: it cannot be shown there.
        """

    async def finish(self, text: str, *, awaited: bool = True) -> None:
        """Replace the status for good. Never raises. `awaited` is False for what somebody did."""

    async def compare(self, a: int, b: int) -> None:
        """Ask which of two diagrams is better, by their ids. Never raises."""

    async def withdraw(self) -> None:
        """Delete the status and what was posted. Never raises."""


class Fulfilment:
    """Does what requests ask for; `images` is the folder of the posted PNGs."""

    def __init__(
        self, *, database: Database, worker: Draws, tastes: TasteStore, images: Path
    ) -> None:
        self._database = database
        self._worker = worker
        self._tastes = tastes
        self._images = images
        self._line = Line(place=worker.place_in_queue)

    async def run(self, request: Request, to: Delivers, *, given_up: Callable[[], bool]) -> None:
        """Take a request to its end. `given_up` says whether somebody cancelled it meanwhile.

        Raises:
            Cancelled: somebody did.
            UserFacingError: it cannot be drawn or posted.
            NotFound: its rows are gone, with the person who asked.
            ModelError, WorkerError, StorageError, OSError: that part failed.
        """
        if request.status is RequestStatus.DELIVERING:
            await self._deliver_the_rest(request, to)
        else:
            await self._draw_and_deliver(request, to, given_up)

    async def _draw_and_deliver(
        self, request: Request, to: Delivers, given_up: Callable[[], bool]
    ) -> None:
        started = perf_counter()
        if request.attempts >= MAX_ATTEMPTS:
            raise UserFacingError(
                _(
                    "I tried this {attempts} times and had to stop each time. Please ask again in "
                    "other words."
                ).format(attempts=request.attempts)
            )
        async with self._database.transaction() as session:
            if not await claim(session, request.id):
                raise Cancelled("in the queue")
        result = await self._draw(request, to, given_up)
        if not result.candidates:
            raise UserFacingError(statuses.unusable(request.kind))
        ranked = self._rank(request, result)
        posts = await keep(self._database, self._images, request, result, ranked)
        await self._deliver(request, to, posts)
        seconds = perf_counter() - started
        log.info("done in %.1f s", seconds, extra={"action": "fulfil", "request_id": request.id})
        await to.finish(
            statuses.done(
                shown=len(posts),
                drawn=len(ranked),
                dropped=result.dropped,
                seconds=seconds,
                kind=request.kind,
                changes=changes_of(request, ranked[0].candidate.spec),
                pressed=request.private or request.outside,
                description=request.description,
            )
        )
        if are_close(request, ranked):
            await to.compare(posts[0].diagram_id, posts[1].diagram_id)

    async def _draw(
        self, request: Request, to: Delivers, given_up: Callable[[], bool]
    ) -> DrawResult:
        job = job_of(request)
        if given_up():  # between the claim and here
            raise Cancelled("before it was handed on")
        self._line.join(job, to.say)
        here = copy_context()  # the worker calls from elsewhere, where another language is spoken
        drawing = asyncio.ensure_future(
            self._worker.draw(
                job, progress=lambda news: here.run(self._line.news, job, news, to.say)
            )
        )
        done = False
        try:
            await asyncio.sleep(0)  # the worker takes the job in, so that it has a place
            self._line.tell()
            result = await drawing
            done = True
            return result
        finally:
            drawing.cancel()
            self._line.leave(request.id, done=done)

    def _rank(self, request: Request, result: DrawResult) -> tuple[Ranked, ...]:
        latents = np.stack([candidate.latent for candidate in result.candidates])
        try:
            tastes = self._tastes.current.predict(
                request.user_id, latents, encoder=result.versions.autoencoder
            )
        except LatentMismatch as error:
            # A new encoder serves already; the refresh job has yet to see the ratings with it.
            log.warning("taste is not up to date: %s", error, extra={"request_id": request.id})
            tastes = TasteIndex.empty().predict(request.user_id, latents)
        return rank(result.candidates, tastes)

    async def _deliver(self, request: Request, to: Delivers, posts: Sequence[Post]) -> None:
        for post in posts:
            message_id = await to.post(post)
            if message_id is None:
                continue
            async with self._database.transaction() as session:
                await add_message(
                    session,
                    message_id=message_id,
                    channel_id=request.channel_id,
                    guild_id=request.guild_id,
                    diagram_id=post.diagram_id,
                )
        async with self._database.transaction() as session:
            await set_status(session, request.id, RequestStatus.DONE)

    async def _deliver_the_rest(self, request: Request, to: Delivers) -> None:
        """Post what a restart kept from being posted."""
        tastes = self._tastes.current
        team = Basis.TEAM if len(tastes) else Basis.NONE
        basis = Basis.OWN if tastes.count(request.user_id) else team
        posts = await rest(self._database, self._images, request, basis)
        await self._deliver(request, to, posts)
        await to.finish(_("✅ Here is the rest, after a restart."))
