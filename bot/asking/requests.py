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
from collections.abc import Callable
from pathlib import Path

from bot.asking.asked import Asked, begun, is_same
from bot.asking.ending import give_up, keep_failure
from bot.asking.fulfilling import Delivers, Fulfilment
from bot.asking.limits import check_at_once
from bot.errors import AlreadyRunning, UserFacingError
from bot.problems import problem_of
from bot.results import statuses
from bot.texts import gettext as _
from bot.texts import language
from ml.errors import Cancelled, ModelError, WorkerError
from ml.scoring.taste import TasteStore
from ml.worker import Draws
from storage.database import Database
from storage.errors import NotFound, StorageError
from storage.requests import (
    Request,
    add_request,
    requeue_stale,
    set_status_message,
    unfinished,
)
from storage.standing import Standing, standing

log = logging.getLogger(__name__)

__all__ = ["Asked", "Requests", "random_seed"]


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
        self._fulfilment = Fulfilment(
            database=database, worker=worker, tastes=tastes, images=images
        )
        self._new_seed = new_seed
        self._in_hand: dict[str, Request] = {}
        self._ends: dict[str, asyncio.Event] = {}  # of those whose end somebody waits for
        self._given_up: dict[str, int] = {}  # by whom

    def checked(self, asked: Asked) -> Asked:
        """The wish as it can be stored. Takes microseconds and changes nothing.

        Raises:
            UserFacingError: the description or the text cannot be drawn, or the same, or as much
                as may be where no server's rules hold, is under way already.
        """
        asked = begun(asked)
        for request in self._in_hand.values():
            if is_same(asked, request):
                raise AlreadyRunning(statuses.already(request))
        check_at_once(asked, self._in_hand.values())
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
                    wish=asked.wish,
                    locale=language(),
                    private=asked.private,
                    outside=asked.outside,
                )
                self._in_hand[id] = request
        except StorageError as error:
            self._in_hand.pop(id, None)
            log.error("a request could not be stored: %s", error, extra={"action": "accept"})
            raise UserFacingError(
                _(
                    "I could not note down your request, because my storage is busy or full. "
                    "Nothing was started; please try again in a minute."
                )
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
        self._given_up[id] = by
        self._worker.cancel(id)
        return request

    async def ended(self, id: str) -> None:
        """Wait until `fulfil` has had the last word about a request, if it has it in hand."""
        if id in self._in_hand:
            await self._ends.setdefault(id, asyncio.Event()).wait()

    async def take_up(self) -> list[Request]:
        """What an earlier run left unfinished, oldest first. Call once, before `fulfil`.

        Raises:
            StorageError: the database failed.
        """
        async with self._database.transaction() as session:
            await requeue_stale(session)
            left = await unfinished(session)
        self._in_hand.update((request.id, request) for request in left)
        return left

    async def fulfil(self, request: Request, to: Delivers) -> None:
        """Draw, rank, keep and post. Failures are told and kept; only cancelling gets out."""
        self._in_hand[request.id] = request
        try:
            await self._fulfilment.run(request, to, given_up=lambda: request.id in self._given_up)
        except Cancelled:
            by = self._given_up.get(request.id)
            await to.finish(statuses.cancelled(by), awaited=False)
        except NotFound:
            log.info("request forgotten", extra={"action": "fulfil", "request_id": request.id})
            await to.withdraw()  # whoever asked is forgotten, and what it shows is theirs
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
            await to.finish(statuses.failed(problem))
        finally:
            self._in_hand.pop(request.id, None)
            if request.id in self._ends:
                self._ends.pop(request.id).set()
            self._given_up.pop(request.id, None)
