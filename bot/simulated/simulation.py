"""What the real bot needs to run inside SimCord, a simulated Discord in this process.

SimCord waits after every act until the bot has nothing left to do, and takes a wait for another
process for a bug. `Outside` tells it that the worker's waits are meant.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from simcord.env import Env

from ml.candidate import DrawJob, DrawResult, Progress, Versions
from ml.spec.scene import Scene
from ml.worker import Draws, WorkerStatus


class Outside:
    """A worker, seen from inside a simulation: every call goes to the real one.

    `env` is set once the simulation runs.
    """

    def __init__(self, worker: Draws) -> None:
        self.env: Env | None = None
        self._worker = worker
        self._drawing = 0

    async def draw(
        self, job: DrawJob, *, progress: Callable[[Progress], None] = lambda _: None
    ) -> DrawResult:
        assert self.env is not None
        # News come from a task outside the simulation; what they start belongs inside.
        inside = contextvars.copy_context()
        drawing = self._worker.draw(job, progress=lambda news: inside.run(progress, news))
        self._drawing += 1
        try:
            result: DrawResult = await self.env.external_wait(drawing, reason="the worker draws")
            return result
        finally:
            self._drawing -= 1

    async def settled(self, *, limit: float) -> None:
        """Wait until the worker has nothing left to draw and the bot has nothing left to do.

        Raises:
            TimeoutError: it took longer than `limit` seconds.
        """
        assert self.env is not None
        end = perf_counter() + limit
        await self.env.settle()
        while self._drawing:
            if perf_counter() > end:
                raise TimeoutError(f"the worker was not done after {limit:.0f} s")
            await asyncio.sleep(0.05)
            await self.env.settle()

    def cancel(self, job_id: str) -> bool:
        return self._worker.cancel(job_id)

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
        return await self._worker.encode(scenes)

    async def score(self, scenes: Sequence[Scene]) -> NDArray[np.float32]:
        return await self._worker.score(scenes)

    async def picture(self, scene: Scene, *, scale: float, transparent: bool) -> bytes:
        return await self._worker.picture(scene, scale=scale, transparent=transparent)

    async def reload(self) -> Versions:
        return await self._worker.reload()

    async def ready(self) -> Versions:
        return await self._worker.ready()

    @property
    def status(self) -> WorkerStatus:
        return self._worker.status

    def place_in_queue(self, job_id: str) -> int | None:
        return self._worker.place_in_queue(job_id)
