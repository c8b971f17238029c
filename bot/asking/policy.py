"""The installation's own content policy: a Python function that may refuse what people ask for.

    POLICY=package.module:function

    def function(words: str) -> str | None: ...

The function gets the words that people wrote, a piece a line (the description, the labels of an
edited text, a wish), and returns why that is refused, which the person who asks reads, or None.
It is plain, and then called in a thread of its own, or async.
What it does not decide in `PATIENCE` seconds, or fails at, is refused too: “cannot check now”.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib import import_module
from inspect import iscoroutinefunction
from threading import Thread
from typing import TypeAlias

from bot.asking.asked import Asked, words_of
from bot.errors import AgainstPolicy, StartupError, UserFacingError
from bot.texts import gettext as _

log = logging.getLogger(__name__)

Function: TypeAlias = Callable[[str], str | Awaitable[str | None] | None]

PATIENCE = 5.0
"""Seconds that the function has."""
MAX_REASON = 1_000
"""So many characters of a reason are shown."""
_AT_ONCE = 4
"""Calls of a plain function. One that hangs stays one of them."""


class Policy:
    """Asks the function. `patience` is in seconds."""

    def __init__(self, function: Function, *, patience: float = PATIENCE) -> None:
        self._function = function
        self._patience = patience
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def check(self, asked: Asked) -> None:
        """Let a request of `begun` pass, or say why not.

        Raises:
            AgainstPolicy: the function refuses it.
            UserFacingError: the function failed, or took too long.
        """
        words = words_of(asked)
        try:
            async with asyncio.timeout(self._patience):
                reason = await self._reason(words)
            if not isinstance(reason, str | None):
                raise TypeError("neither a reason nor None")
        except Exception as error:
            # Its name alone: what the function raises may have the description in it.
            log.error("POLICY failed: %s", type(error).__name__, extra={"action": "policy"})
            raise UserFacingError(
                _(
                    "I cannot check now whether this may be drawn, so I did not begin. Please try "
                    "again in a minute; if it stays like this, tell whoever runs this bot."
                )
            ) from None
        if reason is not None:
            said = _("The policy of this bot does not allow this request: {reason}")
            raise AgainstPolicy(said.format(reason=reason[:MAX_REASON]))

    async def _reason(self, words: str) -> object:
        if iscoroutinefunction(self._function):
            return await self._function(words)
        await self._free.acquire()  # released when the function returns, also if nobody waits
        loop = asyncio.get_running_loop()
        answer: Future[object] = Future()
        answer.set_running_or_notify_cancel()  # so that giving up does not count as its end

        def ask() -> None:
            try:
                answer.set_result(self._function(words))
            except Exception as error:
                answer.set_exception(error)
            finally:
                with suppress(RuntimeError):  # the bot has ended meanwhile
                    loop.call_soon_threadsafe(self._free.release)

        # A daemon: the program ends without waiting for one that hangs.
        Thread(target=ask, name="policy", daemon=True).start()
        return await asyncio.wrap_future(answer)


def load_policy(name: str) -> Policy:
    """The policy of this name, `package.module:function`.

    Raises:
        StartupError: there is none; the message is one line.
    """
    module, _colon, function = name.partition(":")
    try:
        found = getattr(import_module(module), function)
    except Exception as error:  # whatever the module does when it is imported
        problem = " ".join(f"{type(error).__name__}: {error}".split())
        raise StartupError(
            f"POLICY={name} cannot be imported ({problem}). It names a function as "
            "package.module:function, in a place that PYTHONPATH has."
        ) from error
    if not callable(found):
        raise StartupError(f"POLICY={name} is no function.")
    return Policy(found)
