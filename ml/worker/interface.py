"""What the rest of the project knows of the worker: its config, its status, what it can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ml.candidate import DrawJob, DrawResult, Progress, Versions
from ml.config import ModelConfig
from ml.spec.scene import Scene

BATCH_ROWS = 40
"""Candidates that are written at the same time, of one request or of several."""


@dataclass(frozen=True, kw_only=True)
class WorkerConfig:
    """How the worker is run.

    Attributes:
        models: which models to load.
        queue_size: how many drawing requests may be in hand, the running ones included.
        deadline_seconds: how long a request may take, waiting included.
        grace_seconds: how long the process may go on with what nobody waits for any more.
    """

    models: ModelConfig
    queue_size: int = 20
    deadline_seconds: float = 300.0
    grace_seconds: float = 20.0


@dataclass(frozen=True, kw_only=True)
class WorkerStatus:
    """`running` and `queued` count drawing requests; what is not known yet is None."""

    alive: bool
    queued: int
    running: int
    restarts: int
    device: str | None
    memory_bytes: int | None
    versions: Versions | None


class Draws(Protocol):
    """What the bot and its jobs need of a worker."""

    async def draw(
        self, job: DrawJob, *, progress: Callable[[Progress], None] = ...
    ) -> DrawResult: ...

    def cancel(self, job_id: str) -> bool: ...

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]: ...

    async def score(self, scenes: Sequence[Scene]) -> NDArray[np.float32]: ...

    async def picture(self, scene: Scene, *, scale: float, transparent: bool) -> bytes: ...

    async def reload(self) -> Versions: ...

    async def ready(self) -> Versions: ...

    @property
    def status(self) -> WorkerStatus: ...

    def place_in_queue(self, job_id: str) -> int | None: ...


def ignore(_: Progress) -> None:
    """For callers who do not watch."""
