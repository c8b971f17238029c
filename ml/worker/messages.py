"""What the bot's process and the worker's process say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from ml.candidate import DrawJob, Progress, Versions
from ml.errors import MlError
from ml.spec.scene import Scene


@dataclass(frozen=True, kw_only=True)
class Draw:
    """`alone` keeps the job out of batches with others."""

    id: int
    job: DrawJob
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class Encode:
    id: int
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, kw_only=True)
class Score:
    id: int
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    id: int
    scene: Scene
    scale: float
    transparent: bool


@dataclass(frozen=True, kw_only=True)
class Reload:
    id: int


@dataclass(frozen=True, kw_only=True)
class Cancel:
    job_id: str


@dataclass(frozen=True, kw_only=True)
class Stop:
    pass


Task: TypeAlias = Draw | Encode | Score | Picture | Reload
ToWorker: TypeAlias = Task | Cancel | Stop


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Models are loaded; `id` is the Reload's, or 0 after the start."""

    id: int
    versions: Versions
    device: str
    memory_bytes: int | None


@dataclass(frozen=True, kw_only=True)
class Began:
    """These tasks are being worked on now."""

    ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class News:
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`value` is what the task's own function returns."""

    id: int
    value: Any
    memory_bytes: int | None


@dataclass(frozen=True, kw_only=True)
class Failure:
    """The task failed; with `id` 0 the worker itself could not start."""

    id: int
    error: MlError


@dataclass(frozen=True, kw_only=True)
class Logged:
    """What the worker has to log; the bot knows how and where, and what must not stand there."""

    name: str
    level: int
    text: str


FromWorker: TypeAlias = Ready | Began | News | Answer | Failure | Logged
