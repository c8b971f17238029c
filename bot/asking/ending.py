"""How a request ends before its time, in the database: given up by a person, or failed."""

from __future__ import annotations

import logging

from bot.errors import UserFacingError
from bot.texts import gettext as _
from storage.database import Database
from storage.errors import NotFound, StorageError
from storage.requests import Request, RequestStatus, get_request, set_status

log = logging.getLogger(__name__)


async def give_up(database: Database, id: str, *, by: int, manages: bool) -> Request:
    """Move a request that waits or runs to CANCELLED. Who wanted that is not kept.

    Raises:
        UserFacingError: it is not theirs and they do not manage the place, or it is too late.
        StorageError: the database failed.
    """
    async with database.transaction() as session:
        try:
            request = await get_request(session, id)
        except NotFound as error:
            raise UserFacingError(_("I do not know this request any more.")) from error
        if request.user_id != by and not manages:
            raise UserFacingError(
                _(
                    "Only <@{owner}>, who asked for this, and people who may manage messages or "
                    "the server can cancel it."
                ).format(owner=request.user_id)
            )
        if request.status is RequestStatus.CANCELLED:
            raise UserFacingError(_("This is cancelled already."))
        if request.status not in (RequestStatus.QUEUED, RequestStatus.RUNNING):
            raise UserFacingError(_("It is too late to cancel this: it is done."))
        await set_status(session, id, RequestStatus.CANCELLED, problem="Cancelled.")
    log.info("request cancelled", extra={"action": "cancel", "request_id": id})
    return request


async def keep_failure(database: Database, request: Request, problem: str) -> None:
    """Move a request to FAILED, unless it was cancelled meanwhile. Never raises."""
    try:
        async with database.transaction() as session:
            await set_status(session, request.id, RequestStatus.FAILED, problem=problem)
    except StorageError as error:  # it stays unfinished, and the next start takes it up
        log.error("failure not stored: %s", error, extra={"request_id": request.id})
