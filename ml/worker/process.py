"""The worker's own process: it alone imports torch and owns the accelerator.

One thread reads what the bot sends, and draws pictures right away: somebody waits for them, and
they need no model. The main thread takes what else has arrived and works. Requests that wait are
written in one batch. A request that fails is answered with its error and never ends the loop.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ml.config import ModelConfig
from ml.errors import MlError, ModelError
from ml.export.png import write_png
from ml.worker.interface import BATCH_ROWS
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
    Stop,
    ToWorker,
)

if TYPE_CHECKING:
    from ml.pipeline import Pipeline

_Work: TypeAlias = Draw | Encode | Score | Reload
"""What the main thread does."""

log = logging.getLogger(__name__)

LINGER = 0.02
"""Seconds to wait for requests that arrive together, so that they share a batch."""


def serve(connection: Connection, config: ModelConfig) -> None:
    """Load the models and work until told to stop or the bot is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C is for the bot, which then stops us
    outbox = _Outbox(connection)
    inbox = _Inbox(connection, outbox)
    logging.basicConfig(level=logging.INFO, handlers=[_Telling(outbox)], force=True)
    try:
        pipeline = _load(config)
        outbox.send(_ready(0, pipeline))
        while True:
            task = inbox.take()
            if task is None:
                return
            if isinstance(task, Draw):
                others = [] if task.alone else inbox.take_draws(BATCH_ROWS - task.job.count)
                _draw(pipeline, [task, *others], inbox, outbox)
            elif isinstance(task, Reload):
                pipeline = _reload(pipeline, task, config, outbox)
            else:
                _answer(pipeline, task, outbox)
    except MlError as error:
        outbox.send(Failure(id=0, error=error))
    except (BrokenPipeError, ConnectionResetError):
        return  # the bot is gone


class _Outbox:
    """The way back to the bot; both threads send, one message at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, message: FromWorker) -> None:
        with self._lock:
            self._connection.send(message)


class _Telling(logging.Handler):
    """Leaves to the bot what is to be logged."""

    def __init__(self, outbox: _Outbox) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(message)s"))
        self._outbox = outbox

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # the bot is gone
            text = self.format(record)
            self._outbox.send(Logged(name=record.name, level=record.levelno, text=text))


class _Inbox:
    """What the bot has sent and nobody has worked on yet."""

    def __init__(self, connection: Connection, outbox: _Outbox) -> None:
        self._connection = connection
        self._outbox = outbox
        self._tasks: queue.Queue[_Work | None] = queue.Queue()
        self._kept: list[_Work | None] = []
        self._cancelled: set[str] = set()
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def take(self) -> _Work | None:
        """The next task; None when there is nothing more to do, ever."""
        return self._kept.pop(0) if self._kept else self._tasks.get()

    def take_draws(self, rows: int) -> list[Draw]:
        """The requests waiting right behind the one just taken, up to so many candidates."""
        end = time.monotonic() + LINGER
        draws: list[Draw] = []
        while rows > 0 and not self._kept:
            try:
                task = self._tasks.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                break
            if isinstance(task, Draw) and not task.alone and task.job.count <= rows:
                draws.append(task)
                rows -= task.job.count
            else:
                self._kept.append(task)
        return draws

    def cancelled(self, job_id: str) -> bool:
        return job_id in self._cancelled

    def forget(self, job_id: str) -> None:
        self._cancelled.discard(job_id)

    def _read(self) -> None:
        while True:
            try:
                message: ToWorker = self._connection.recv()
                if isinstance(message, Picture):
                    _draw_picture(message, self._outbox)
                    continue
            except (EOFError, OSError):  # the bot is gone
                message = Stop()
            if isinstance(message, Stop):
                self._tasks.put(None)
                return
            if isinstance(message, Cancel):
                self._cancelled.add(message.job_id)
            else:
                self._tasks.put(message)


def _load(config: ModelConfig) -> Pipeline:
    """The models; whatever goes wrong is a ModelError, or the bot would start us for ever."""
    try:
        from ml.pipeline import Pipeline

        return Pipeline.load(config)
    except Exception as error:
        raise _sendable(error) from error


def _reload(pipeline: Pipeline, task: Reload, config: ModelConfig, outbox: _Outbox) -> Pipeline:
    """The pipeline to go on with: the new one, or the old one when that cannot be loaded."""
    outbox.send(Began(ids=(task.id,)))
    try:
        pipeline = _load(config)
        outbox.send(_ready(task.id, pipeline))
    except MlError as error:
        outbox.send(Failure(id=task.id, error=error))
    return pipeline


def _ready(id: int, pipeline: Pipeline) -> Ready:
    return Ready(
        id=id, versions=pipeline.versions, device=pipeline.device, memory_bytes=_memory_bytes()
    )


def _draw(pipeline: Pipeline, tasks: list[Draw], inbox: _Inbox, outbox: _Outbox) -> None:
    wanted = [task for task in tasks if not inbox.cancelled(task.job.id)]
    for task in tasks:
        if task not in wanted:
            inbox.forget(task.job.id)
    outbox.send(Began(ids=tuple(task.id for task in wanted)))
    # Texts that are there already take a moment: nobody waits for the model with them.
    for texts in (True, False):
        if batch := [task for task in wanted if bool(task.job.texts) is texts]:
            _draw_batch(pipeline, batch, inbox, outbox)


def _draw_batch(pipeline: Pipeline, tasks: list[Draw], inbox: _Inbox, outbox: _Outbox) -> None:
    try:
        results = pipeline.draw(
            [task.job for task in tasks],
            cancelled=inbox.cancelled,
            progress=lambda news: outbox.send(News(progress=news)),
        )
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        if len(tasks) == 1:
            outbox.send(Failure(id=tasks[0].id, error=_sendable(error)))
        else:
            for task in tasks:  # one of them is to blame; the others still get their result
                _draw(pipeline, [task], inbox, outbox)
        return
    memory = _memory_bytes()
    for task, result in zip(tasks, results, strict=True):
        outbox.send(Answer(id=task.id, value=result, memory_bytes=memory))
        inbox.forget(task.job.id)


def _answer(pipeline: Pipeline, task: Encode | Score, outbox: _Outbox) -> None:
    outbox.send(Began(ids=(task.id,)))
    try:
        scenes = task.scenes
        value = pipeline.encode(scenes) if isinstance(task, Encode) else pipeline.score(scenes)
    except Exception as error:
        outbox.send(Failure(id=task.id, error=_sendable(error)))
    else:
        outbox.send(Answer(id=task.id, value=value, memory_bytes=_memory_bytes()))


def _draw_picture(task: Picture, outbox: _Outbox) -> None:
    outbox.send(Began(ids=(task.id,)))
    try:
        png = write_png(task.scene, scale=task.scale, transparent=task.transparent)
    except Exception as error:
        outbox.send(Failure(id=task.id, error=_sendable(error)))
    else:
        outbox.send(Answer(id=task.id, value=png, memory_bytes=_memory_bytes()))


def _sendable(error: Exception) -> MlError:
    """An error that survives the journey to the bot's process."""
    if isinstance(error, MlError):
        return error
    log.error("the worker failed", exc_info=error)
    return ModelError(
        "the worker failed: {reason}", reason=f"{type(error).__name__}: {str(error)[:200]}"
    )


def _memory_bytes() -> int | None:
    """Resident memory of this process; None where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return None
