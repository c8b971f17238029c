"""One worker process from its start to its end, with the threads that talk to it."""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from ml.config import ModelConfig
from ml.worker.messages import FromWorker, Stop, ToWorker
from ml.worker.process import serve

END_SECONDS = 2.0
"""How long a process may take to die once it is told to, before it is killed."""


class Life:
    """A running process. Its loop must be the running one when it begins."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        # Sending can block while the process is busy importing, so it has a thread of its own.
        self._sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="to-worker")

    @classmethod
    async def begin(
        cls,
        models: ModelConfig,
        *,
        received: Callable[[Life, FromWorker], None],
        lost: Callable[[Life], None],
    ) -> Life:
        """Spawns the process. `received` and `lost` are called in this loop."""
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=serve, args=(there, models), name="diagram-worker", daemon=True
        )
        await asyncio.to_thread(process.start)
        there.close()
        life = cls(process, here)
        loop = asyncio.get_running_loop()
        threading.Thread(
            target=life._read, args=(loop, received, lost), name="from-worker", daemon=True
        ).start()
        return life

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def send(self, message: ToWorker) -> None:
        """Queues a message for the process; one that is dead already does not get it."""
        with suppress(RuntimeError):  # shut down
            self._sender.submit(self._send, message)

    def kill(self) -> None:
        """Ends the process at once; `lost` will be called."""
        self._process.kill()

    async def end(self, *, grace: float) -> None:
        """Asks the process to stop, gives it a moment, then makes it."""
        self.send(Stop())
        await asyncio.to_thread(self._join, grace)

    def _join(self, grace: float) -> None:
        for step, seconds in (
            (None, grace),
            (self._process.terminate, END_SECONDS),
            (self._process.kill, END_SECONDS),
        ):
            if step is not None:
                step()
            self._process.join(seconds)
            if not self._process.is_alive():
                return

    def _send(self, message: ToWorker) -> None:
        with suppress(OSError, ValueError):  # dead, or closed: the reader finds out and says so
            self._connection.send(message)

    def _read(
        self,
        loop: asyncio.AbstractEventLoop,
        received: Callable[[Life, FromWorker], None],
        lost: Callable[[Life], None],
    ) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            try:
                while True:
                    loop.call_soon_threadsafe(received, self, self._connection.recv())
            except (EOFError, OSError):
                self._process.join(END_SECONDS)
                loop.call_soon_threadsafe(lost, self)
            finally:
                self._sender.shutdown(wait=False, cancel_futures=True)
                self._connection.close()
