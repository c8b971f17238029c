"""What the bot holds: an async client of the worker's process.

The queue is bounded; a full one refuses politely. When the process dies it is started again and
every request it held is tried once more.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from ml.candidate import DrawJob, DrawResult, Progress, Versions
from ml.errors import Cancelled, DeadlinePassed, WorkerBusy, WorkerDied
from ml.spec.scene import Scene
from ml.worker.interface import WorkerConfig, WorkerStatus, ignore
from ml.worker.life import Life
from ml.worker.messages import (
    Answer,
    Began,
    Cancel,
    Draw,
    Encode,
    Failure,
    FromWorker,
    Logged,
    News,
    Picture,
    Ready,
    Reload,
    Score,
    Task,
)

log = logging.getLogger(__name__)

TRIES = 2
"""How often a task is given to a process before it is held to be the cause of its death."""
LONGEST_PAUSE = 60.0
"""Seconds between two starts of a process that keeps dying."""

Value = TypeVar("Value")


@dataclass
class _Pending:
    """A task that somebody waits for. `job_id` is None for all but drawing requests."""

    task: Task
    answer: asyncio.Future[Any]
    progress: Callable[[Progress], None]
    job_id: str | None
    tries: int = 1


class Worker:
    """One per bot; every method is for the loop in which it was started."""

    def __init__(self, *, config: WorkerConfig) -> None:
        self._config = config
        self._ids = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._life: Life | None = None
        self._ready: asyncio.Future[Ready] | None = None
        self._restart: asyncio.Task[None] | None = None
        self._running: set[int] = set()  # ids of tasks, also of those given up meanwhile
        self._restarts = 0
        self._deaths_in_a_row = 0
        self._memory: int | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Starts the process; `ready` says when it has loaded its models."""
        self._ready = asyncio.get_running_loop().create_future()
        self._life = await Life.begin(self._config.models, received=self._received, lost=self._lost)

    async def stop(self) -> None:
        """Ends the process; whoever still waits gets WorkerDied."""
        life, self._life = self._life, None
        if self._restart is not None:
            self._restart.cancel()
            await asyncio.gather(self._restart, return_exceptions=True)
        stopped = WorkerDied("the worker is being stopped")
        for pending in self._pending.values():
            _fail(pending.answer, stopped)
        if self._ready is not None:
            _fail(self._ready, stopped)
        if life is not None:
            await life.end(grace=self._config.grace_seconds / 4)

    async def ready(self) -> Versions:
        """The versions that serve, once the models are loaded.

        Raises:
            ModelError: they cannot be loaded.
            WorkerDied: the worker is not running.
        """
        if self._ready is None:
            raise WorkerDied("the worker is not running")
        return (await asyncio.shield(self._ready)).versions

    async def draw(
        self, job: DrawJob, *, progress: Callable[[Progress], None] = ignore
    ) -> DrawResult:
        """Writes, draws and scores the candidates of one request.

        Raises:
            WorkerBusy: the queue is full.
            DeadlinePassed: it took longer than the config allows.
            Cancelled: `cancel` was called.
            WorkerDied: the process died twice while it held this request.
            ModelError: the models cannot be loaded, or cannot deal with the description.
        """
        in_hand = len(self._drawing())
        if in_hand >= self._config.queue_size:
            raise WorkerBusy(f"{in_hand} requests are in hand already")
        pending = self._new(Draw(id=next(self._ids), job=job), progress, job_id=job.id)
        try:
            async with asyncio.timeout(self._config.deadline_seconds):
                return await self._result(pending, DrawResult)
        except TimeoutError:
            self._abandon(pending)
            seconds = self._config.deadline_seconds
            raise DeadlinePassed(f"not done after {seconds:.0f} seconds") from None
        except (asyncio.CancelledError, Cancelled):
            self._abandon(pending)
            raise

    def cancel(self, job_id: str) -> bool:
        """Gives a request up, waiting or running; False when it is not in hand."""
        for pending in self._drawing():
            if pending.job_id == job_id:
                _fail(pending.answer, Cancelled("cancelled"))
                return True
        return False

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
        """The encoder's version and the latents float32[N, D] of N Scenes.

        Raises:
            WorkerDied: the process died twice over it.
            ModelError: it failed.
        """
        answer: tuple[str, NDArray[np.float32]] = await self._result(
            self._new(Encode(id=next(self._ids), scenes=tuple(scenes))), tuple
        )
        return answer

    async def score(self, scenes: Sequence[Scene]) -> NDArray[np.float32]:
        """The readability, 0–5, of N Scenes: float32[N]. Raises like `encode`."""
        return await self._result(
            self._new(Score(id=next(self._ids), scenes=tuple(scenes))), np.ndarray
        )

    async def picture(self, scene: Scene, *, scale: float, transparent: bool) -> bytes:
        """A Scene as a PNG file of 1000·scale × 600·scale pixels. Raises like `encode`."""
        task = Picture(id=next(self._ids), scene=scene, scale=scale, transparent=transparent)
        return await self._result(self._new(task), bytes)

    async def reload(self) -> Versions:
        """Takes up newly published versions between two batches; the versions that serve then.

        Raises:
            ModelError: the new ones cannot be loaded; the old ones go on serving.
        """
        return await self._result(self._new(Reload(id=next(self._ids))), Versions)

    @property
    def status(self) -> WorkerStatus:
        """How the worker is doing now."""
        drawing = self._drawing()
        running = sum(pending.task.id in self._running for pending in drawing)
        loaded = self._loaded()
        return WorkerStatus(
            alive=self._life is not None and self._life.alive,
            queued=len(drawing) - running,
            running=running,
            restarts=self._restarts,
            device=loaded.device if loaded else None,
            memory_bytes=self._memory,
            versions=loaded.versions if loaded else None,
        )

    def place_in_queue(self, job_id: str) -> int | None:
        """How many waiting requests are ahead; None when it runs already or is unknown."""
        waiting = [p.job_id for p in self._drawing() if p.task.id not in self._running]
        return waiting.index(job_id) if job_id in waiting else None

    def _drawing(self) -> list[_Pending]:
        return [p for p in self._pending.values() if p.job_id is not None]

    def _loaded(self) -> Ready | None:
        if self._ready is None or not self._ready.done() or self._ready.exception() is not None:
            return None
        return self._ready.result()

    def _new(
        self,
        task: Task,
        progress: Callable[[Progress], None] = ignore,
        *,
        job_id: str | None = None,
    ) -> _Pending:
        """Hands a task to the process, which may still be loading or starting anew."""
        if self._ready is None:
            raise WorkerDied("the worker is not running")
        if self._ready.done() and (error := self._ready.exception()) is not None:
            raise error
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        pending = _Pending(task=task, answer=answer, progress=progress, job_id=job_id)
        self._pending[task.id] = pending
        if self._life is not None:
            self._life.send(task)
        return pending

    async def _result(self, pending: _Pending, kind: type[Value]) -> Value:
        try:
            value = await pending.answer
        finally:
            del self._pending[pending.task.id]
        assert isinstance(value, kind)
        return value

    def _abandon(self, pending: _Pending) -> None:
        """Tells the process to drop a request, and ends it if it will not let go."""
        if (life := self._life) is not None and pending.job_id is not None:
            life.send(Cancel(job_id=pending.job_id))
            loop = asyncio.get_running_loop()
            loop.call_later(self._config.grace_seconds, self._end_if_stuck, life, pending.task.id)

    def _end_if_stuck(self, life: Life, id: int) -> None:
        if life is self._life and id in self._running:
            log.error("the worker does not let go of a request; it is ended")
            life.kill()

    def _received(self, life: Life, message: FromWorker) -> None:
        if life is not self._life:
            return
        match message:
            case Began():
                self._running.update(message.ids)
            case News(progress=news):
                for pending in self._drawing():
                    if pending.job_id == news.job_id and not pending.answer.done():
                        pending.progress(news)
            case Ready():
                self._memory = message.memory_bytes
                if self._ready is None or self._ready.done():
                    self._ready = asyncio.get_running_loop().create_future()
                self._ready.set_result(message)
                self._settle(message.id, message.versions)
            case Answer():
                self._memory = message.memory_bytes
                self._deaths_in_a_row = 0
                self._settle(message.id, message.value)
            case Logged():
                logging.getLogger(message.name).log(message.level, "%s", message.text)
            case Failure(id=0):
                self._cannot_load(message)
            case Failure():
                self._running.discard(message.id)
                if (failed := self._pending.get(message.id)) is not None:
                    _fail(failed.answer, message.error)

    def _settle(self, id: int, value: object) -> None:
        self._running.discard(id)
        pending = self._pending.get(id)
        if pending is not None and not pending.answer.done():
            pending.answer.set_result(value)

    def _cannot_load(self, failure: Failure) -> None:
        """Everybody is told why the models cannot be loaded; starting anew would not help."""
        self._life = None
        log.error("the models cannot be loaded: %s", failure.error)
        if self._ready is not None:
            _fail(self._ready, failure.error)
        for pending in self._pending.values():
            _fail(pending.answer, failure.error)

    def _lost(self, life: Life) -> None:
        """The process ended without being asked: start it again with what it held."""
        if life is not self._life:
            return
        self._life = None
        log.error("the worker process died; it is started again")
        for pending in self._pending.values():
            if pending.task.id in self._running:
                if pending.tries >= TRIES:
                    _fail(pending.answer, WorkerDied("the worker died twice over this request"))
                pending.tries += 1
        self._running.clear()
        self._restart = asyncio.get_running_loop().create_task(self._start_again())

    async def _start_again(self) -> None:
        await asyncio.sleep(min(LONGEST_PAUSE, 2.0**self._deaths_in_a_row - 1))
        self._deaths_in_a_row += 1
        self._restarts += 1
        self._ready = asyncio.get_running_loop().create_future()
        self._life = await Life.begin(self._config.models, received=self._received, lost=self._lost)
        for pending in self._pending.values():
            if pending.answer.done():
                continue
            if isinstance(pending.task, Draw) and pending.tries > 1:
                # It may be what killed the process: it does not take others with it again.
                pending.task = replace(pending.task, alone=True)
            self._life.send(pending.task)


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
        future.exception()  # seen: a future that nobody awaits is no reason to complain
