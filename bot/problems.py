"""Errors in words: what a person is told when their request fails."""

from __future__ import annotations

from bot.errors import UserFacingError
from bot.results.delivery import shortened
from bot.texts import gettext as _
from ml.errors import Cancelled, DeadlinePassed, ModelError, WorkerBusy, WorkerDied
from storage.errors import StorageError


def problem_of(error: Exception, request_id: str) -> str:
    """What a person is told about an error: what happened, and what to do."""
    match error:
        case UserFacingError():
            return str(error)
        case WorkerBusy():
            return _(
                "Too many requests are waiting already. Yours is noted but not queued; please "
                "ask again in a minute."
            )
        case WorkerDied():
            return _(
                "The drawing process stopped twice while it worked on this. It starts again by "
                "itself; please ask again in a minute."
            )
        case DeadlinePassed():
            return _(
                "This took too long, so I stopped. Please ask again, perhaps with fewer "
                "candidates (`count`) or a shorter description."
            )
        case Cancelled():
            return _("Cancelled.")
        case ModelError():
            reason = shortened((error.worded(_).splitlines() or [_("no reason given")])[0], 200)
            return _("A model cannot be used: {reason}. Please tell whoever runs this bot.").format(
                reason=reason.rstrip(".")
            )
        case StorageError():
            return _(
                "My storage is busy or full, so I could not keep the diagrams. The request is "
                "kept; please ask again in a minute, or tell whoever runs this bot."
            )
        case OSError():
            return _(
                "I could not write the pictures to my disk; it may be full. The request is kept; "
                "please tell whoever runs this bot, and ask again later."
            )
        case _:
            return _(
                "Something went wrong on my side. Please ask again; if it happens twice, tell "
                "whoever runs this bot the id `{request_id}`."
            ).format(request_id=request_id)
