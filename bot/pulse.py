"""Measures how long the event loop is ever kept from running: a bot that pauses is not there."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Self

BEAT = 0.005


class Pulse:
    """`async with Pulse() as pulse`: `pulse.longest` is the longest pause so far, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._beating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._beating = asyncio.create_task(self._beat(), name="pulse")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._beating is not None
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)

    async def _beat(self) -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, perf_counter() - before - BEAT)
