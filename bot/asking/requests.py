"""The use case: a description becomes a stored request, then ranked diagrams, then messages.

    QUEUED ──claim──▶ RUNNING ──drawn, ranked, kept──▶ DELIVERING ──all posted──▶ DONE
       ▲                 │                                  │
       └── restart ──────┘            any failure ──▶ FAILED with what the person was told

CANCELLED is a way out of QUEUED and RUNNING; whichever of it and DELIVERING is stored first wins.

Whatever a request needs is in the database before anything is said about it, so a restart goes
on where the last run stopped: a RUNNING request is drawn again, a DELIVERING one posts what is
missing. Nothing here knows Discord; news go to whatever `Delivers`.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Protocol

import numpy as np

from bot.asking.asked import Asked, begun, is_same, job_of
from bot.asking.ending import give_up, keep_failure
from bot.asking.line import Line
from bot.errors import AlreadyRunning, UserFacingError
from bot.problems import problem_of
from bot.results import delivery
from bot.results.delivery import Post
from bot.results.keeping import keep, rest
from ml.candidate import DrawResult
from ml.errors import Cancelled, ModelError, WorkerError
from ml.scoring.ranking import Ranked, rank
from ml.scoring.taste import Basis, LatentMismatch, TasteIndex, TasteStore
from ml.worker import Draws
from storage.database import Database
from storage.errors import StorageError
from storage.messages import add_message
from storage.requests import (
    Request,
    RequestStatus,
    add_request,
    claim,
    requeue_stale,
    set_status,
    set_status_message,
    unfinished,
)
from storage.standing import Standing, standing

log = logging.getLogger(__name__)

__all__ = ["MAX_ATTEMPTS", "Asked", "Delivers", "Requests", "random_seed"]

MAX_ATTEMPTS = 3


class Delivers(Protocol):
    """Where the news of one request goes."""

    def say(self, text: str) -> None:
        """Replace the status soon. Cheap, never raises; a later text may overtake this one."""

    async def post(self, post: Post) -> int:
        """Show one diagram; the id of its message.

        Raises:
            CannotPost: it cannot be shown there.
        """

    async def finish(self, text: str, *, awaited: bool = True) -> None:
        """Replace the status for good. Never raises. `awaited` is False for what somebody did."""


def random_seed() -> int:
    """A seed that nobody can guess."""
    return secrets.randbelow(2**31)


class Requests:
    """Takes requests in and fulfils them.

    `images` is the folder of the posted PNGs; `new_seed` gives each request what fixes its draws.
    """

    def __init__(
        self,
        *,
        database: Database,
        worker: Draws,
        tastes: TasteStore,
        images: Path,
        new_seed: Callable[[], int] = random_seed,
    ) -> None:
        self._database = database
        self._worker = worker
        self._tastes = tastes
        self._images = images
        self._new_seed = new_seed
        self._line = Line(place=worker.place_in_queue)
        self._in_hand: dict[str, Request] = {}
        self._given_up: dict[str, str] = {}  # what is said about who did it

    def checked(self, asked: Asked) -> Asked:
        """The wish as it can be stored. Takes microseconds and changes nothing.

        Raises:
            UserFacingError: the description or the text cannot be drawn, or the same is under
                way already.
        """
        asked = begun(asked)
        for request in self._in_hand.values():
            if is_same(asked, request):
                raise AlreadyRunning(delivery.already(request))
        return asked

    async def accept(
        self, asked: Asked, may: Callable[[Standing], None] = lambda _: None
    ) -> Request:
        """Check and store a request; `fulfil` does the rest.

        `may` raises when a rule of the server is against it. It looks in the transaction that
        stores the request, as does `checked`: of two at the same time, the second one sees the
        first.

        Raises:
            UserFacingError: like `checked`, or nothing can be stored now.
        """
        id = uuid.uuid4().hex
        try:
            async with self._database.transaction() as session:
                asked = self.checked(asked)
                if asked.guild_id is not None:
                    may(await standing(session, asked.guild_id, asked.user_id))
                request = await add_request(
                    session,
                    id=id,
                    user_id=asked.user_id,
                    guild_id=asked.guild_id,
                    channel_id=asked.channel_id,
                    description=asked.description,
                    count=asked.count,
                    top=min(asked.top, asked.count),
                    seed=self._new_seed(),
                    kind=asked.kind,
                    text=asked.text,
                    parent_id=asked.parent_id,
                )
                self._in_hand[id] = request
        except StorageError as error:
            self._in_hand.pop(id, None)
            log.error("a request could not be stored: %s", error, extra={"action": "accept"})
            raise UserFacingError(
                "I could not note down your request, because my storage is busy or full. "
                "Nothing was started; please try again in a minute."
            ) from error
        log.info("request accepted", extra={"action": "accept", "request_id": request.id})
        return request

    async def status_shown_in(self, request: Request, message_id: int) -> None:
        """Note which message shows the status, so that a restart finds it again."""
        try:
            async with self._database.transaction() as session:
                await set_status_message(session, request.id, message_id)
        except StorageError as error:  # only a restart would miss it
            log.warning("status message not stored: %s", error, extra={"request_id": request.id})

    async def cancel(self, id: str, *, by: int, manages: bool) -> Request:
        """Give a request up that waits or runs. `by` is who wants that; `manages` lets them.

        Raises:
            UserFacingError: it is not theirs, or it is too late.
            StorageError: the database failed.
        """
        request = await give_up(self._database, id, by=by, manages=manages)
        self._given_up[id] = delivery.cancelled(by)
        self._worker.cancel(id)
        return request

    def in_hand(self, id: str) -> bool:
        """Whether `fulfil` has it, or gets it, and will have the last word in its status."""
        return id in self._in_hand

    async def take_up(self) -> list[Request]:
        """What an earlier run left unfinished, oldest first. Call once, before `fulfil`.

        Raises:
            StorageError: the database failed.
        """
        async with self._database.transaction() as session:
            await requeue_stale(session)
            return await unfinished(session)

    async def fulfil(self, request: Request, to: Delivers) -> None:
        """Draw, rank, keep and post. Failures are told and kept; only cancelling gets out."""
        self._in_hand[request.id] = request
        try:
            if request.status is RequestStatus.DELIVERING:
                await self._deliver_the_rest(request, to)
            else:
                await self._draw_and_deliver(request, to)
        except Cancelled:
            said = self._given_up.get(request.id, delivery.CANCELLED)
            await to.finish(said, awaited=False)
        except Exception as error:
            problem = problem_of(error, request.id)
            expected = isinstance(
                error, UserFacingError | StorageError | ModelError | WorkerError | OSError
            )
            log.log(
                logging.WARNING if expected else logging.ERROR,
                "request failed: %s",
                type(error).__name__,
                exc_info=None if expected else error,
                extra={"action": "fulfil", "request_id": request.id},
            )
            await keep_failure(self._database, request, problem)
            await to.finish(delivery.failed(problem))
        finally:
            self._in_hand.pop(request.id, None)
            self._given_up.pop(request.id, None)

    async def _draw_and_deliver(self, request: Request, to: Delivers) -> None:
        started = perf_counter()
        if request.attempts >= MAX_ATTEMPTS:
            raise UserFacingError(
                f"I tried this {request.attempts} times and had to stop each time. "
                "Please ask again in other words."
            )
        async with self._database.transaction() as session:
            if not await claim(session, request.id):
                raise Cancelled("in the queue")
        result = await self._draw(request, to)
        if not result.candidates:
            raise UserFacingError(delivery.unusable(request.kind))
        ranked = self._rank(request, result)
        posts = await keep(self._database, self._images, request, result, ranked)
        await self._deliver(request, to, posts)
        seconds = perf_counter() - started
        log.info("done in %.1f s", seconds, extra={"action": "fulfil", "request_id": request.id})
        await to.finish(
            delivery.done(
                shown=len(posts),
                drawn=len(ranked),
                dropped=result.dropped,
                seconds=seconds,
                kind=request.kind,
            )
        )

    async def _draw(self, request: Request, to: Delivers) -> DrawResult:
        job = job_of(request)
        if request.id in self._given_up:  # between the claim and here
            raise Cancelled("before it was handed on")
        self._line.join(job, to.say)
        drawing = asyncio.ensure_future(
            self._worker.draw(job, progress=lambda news: self._line.news(job, news, to.say))
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
        await to.finish("✅ Here is the rest, after a restart.")
