"""Errors in words: what a person is told when their request fails."""

from __future__ import annotations

from bot.errors import UserFacingError
from bot.results.delivery import shortened
from ml.errors import Cancelled, DeadlinePassed, ModelError, WorkerBusy, WorkerDied
from storage.errors import StorageError


def problem_of(error: Exception, request_id: str) -> str:
    """What a person is told about an error: what happened, and what to do."""
    match error:
        case UserFacingError():
            return str(error)
        case WorkerBusy():
            return (
                "Too many requests are waiting already. Yours is noted but not queued; please "
                "ask again in a minute."
            )
        case WorkerDied():
            return (
                "The drawing process stopped twice while it worked on this. It starts again by "
                "itself; please ask again in a minute."
            )
        case DeadlinePassed():
            return (
                "This took too long, so I stopped. Please ask again, perhaps with fewer "
                "candidates (`count`) or a shorter description."
            )
        case Cancelled():
            return "Cancelled."
        case ModelError():
            reason = shortened((str(error).splitlines() or ["no reason given"])[0], 200)
            return f"A model cannot be used: {reason} Please tell whoever runs this bot."
        case StorageError():
            return (
                "My storage is busy or full, so I could not keep the diagrams. The request is "
                "kept; please ask again in a minute, or tell whoever runs this bot."
            )
        case OSError():
            return (
                "I could not write the pictures to my disk; it may be full. The request is kept; "
                "please tell whoever runs this bot, and ask again later."
            )
        case _:
            return (
                "Something went wrong on my side. Please ask again; if it happens twice, tell "
                f"whoever runs this bot the id `{request_id}`."
            )
