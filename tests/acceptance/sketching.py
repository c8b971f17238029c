"""A worker double: real diagrams, really placed and drawn, without a model or a process.

What it draws depends on the job's seed and description only. Palettes alternate, and a latent
says which palette and direction a diagram has, so that taste has something to learn.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.candidate import Candidate, DrawJob, DrawResult, Progress, Versions
from ml.drawing.geometry import violations
from ml.drawing.layout import place
from ml.drawing.render import draw, encode_png
from ml.errors import Cancelled, SpecError, WorkerBusy
from ml.export.png import write_png
from ml.spec.changes import apply_changes
from ml.spec.model import Direction, Edge, Kind, Node, Palette, Spec, Style
from ml.spec.scene import Scene
from ml.spec.text import parse_spec, write_spec
from ml.worker import WorkerStatus

VERSIONS = Versions(language="sketch-1", readability="sketch-1", autoencoder="sketch-1")
PALETTES = (Palette.BLUE, Palette.ORANGE, Palette.GREEN, Palette.PINK)
DIRECTIONS = (Direction.RIGHT, Direction.DOWN)

Gate = Callable[[DrawJob], Coroutine[Any, Any, None]]


class SketchWorker:
    """Implements `Draws`. Set `gate` to hold jobs back, append to `failures` to make one fail.

    Given texts are drawn as they are. A wish about a diagram is understood when it is written as
    `ml.spec.changes` reads it.
    """

    def __init__(self, *, size: int = 20) -> None:
        self.gate: Gate | None = None
        self.failures: deque[Exception] = deque()
        self.unusable = 0
        self.versions = VERSIONS
        self.jobs: list[DrawJob] = []
        self._size = size
        self._held: list[str] = []
        self._gates: dict[str, asyncio.Future[None]] = {}

    async def draw(
        self, job: DrawJob, *, progress: Callable[[Progress], None] = lambda _: None
    ) -> DrawResult:
        if len(self._held) >= self._size:
            raise WorkerBusy(f"{self._size} requests wait already")
        self.jobs.append(job)
        self._held.append(job.id)
        try:
            if self.gate is not None:
                held = self._gates[job.id] = asyncio.ensure_future(self.gate(job))
                await held
        except asyncio.CancelledError:
            if job.id in self._gates:
                raise
            raise Cancelled("cancelled") from None
        finally:
            self._gates.pop(job.id, None)
            self._held.remove(job.id)
        if self.failures:
            raise self.failures.popleft()
        progress(Progress(job_id=job.id, stage="writing", fraction=0.3))
        wanted = job.count
        if job.present is not None:
            texts = _changed(job.present, job.description)
            wanted = len(texts)
            candidates = tuple(_given(text, n) for n, text in enumerate(texts))
        elif job.texts:
            texts = job.texts[: max(0, wanted - self.unusable)]
            candidates = tuple(_given(text, n) for n, text in enumerate(texts))
        else:
            candidates = tuple(_candidate(job, n) for n in range(wanted - self.unusable))
        progress(Progress(job_id=job.id, stage="drawing", fraction=0.9))
        return DrawResult(
            job=job,
            candidates=candidates,
            dropped=wanted - len(candidates),
            seconds=0.1,
            versions=self.versions,
        )

    def cancel(self, job_id: str) -> bool:
        held = self._gates.pop(job_id, None)
        return held is not None and held.cancel()

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
        raise NotImplementedError("the double's diagrams come with their latents")

    async def score(self, scenes: Sequence[Scene]) -> NDArray[np.float32]:
        return np.full(len(scenes), 4.0, np.float32)

    async def picture(self, scene: Scene, *, scale: float, transparent: bool) -> bytes:
        return write_png(scene, scale=scale, transparent=transparent)

    async def reload(self) -> Versions:
        return self.versions

    async def ready(self) -> Versions:
        return self.versions

    @property
    def status(self) -> WorkerStatus:
        return WorkerStatus(
            alive=True,
            queued=len(self._held),
            running=0,
            restarts=0,
            device="cpu",
            memory_bytes=None,
            versions=self.versions,
        )

    def place_in_queue(self, job_id: str) -> int | None:
        return self._held.index(job_id) if job_id in self._held else None


def _candidate(job: DrawJob, index: int) -> Candidate:
    palette = PALETTES[(job.seed + index) % len(PALETTES)]
    direction = DIRECTIONS[(job.seed + index) % len(DIRECTIONS)]
    for wish in job.style:
        palette = wish if isinstance(wish, Palette) else palette
        direction = wish if isinstance(wish, Direction) else direction
    words = re.findall(r"\w+", job.description)[:4] or ["Thing"]
    spec, scene, png = _picture(tuple(word[:20] for word in words), palette, direction)
    return _scored(write_spec(spec), spec, scene, png, index)


def _changed(present: str, wish: str) -> tuple[str, ...]:
    try:
        return (write_spec(apply_changes(parse_spec(present), wish)),)
    except SpecError:
        return ()


def _given(text: str, index: int) -> Candidate:
    spec = parse_spec(text)
    scene = place(spec)
    return _scored(text, spec, scene, encode_png(draw(scene, scale=0.25)), index)


def _scored(text: str, spec: Spec, scene: Scene, png: bytes, index: int) -> Candidate:
    latent = np.zeros(len(PALETTES) + len(DIRECTIONS), np.float32)
    if spec.style.palette in PALETTES:
        latent[PALETTES.index(spec.style.palette)] = 3.0
    latent[len(PALETTES) + DIRECTIONS.index(spec.style.direction)] = 1.0
    return Candidate(
        text=text,
        spec=spec,
        scene=scene,
        png=png,
        readability=4.0 + 0.01 * index,
        latent=latent,
        violations=violations(scene),
        finished=True,
    )


@lru_cache(maxsize=256)
def _picture(
    words: tuple[str, ...], palette: Palette, direction: Direction
) -> tuple[Spec, Scene, bytes]:
    spec = Spec(
        style=Style(palette=palette, direction=direction),
        nodes=tuple(Node(id=n, kind=Kind.PROCESS, label=word) for n, word in enumerate(words)),
        edges=tuple(Edge(source=n, target=n + 1) for n in range(len(words) - 1)),
    )
    scene = place(spec)
    return spec, scene, encode_png(draw(scene, scale=0.25))


class Gates:
    """Holds jobs until they are released, one by one, without the simulation waiting for them.

    `wait` is SimCord's way of saying that somebody else will end this wait.
    """

    def __init__(self, wait: Callable[..., Awaitable[object]]) -> None:
        self._wait = wait
        self._events: dict[str, asyncio.Event] = {}

    async def __call__(self, job: DrawJob) -> None:
        event = self._events.setdefault(job.id, asyncio.Event())
        await self._wait(event.wait(), reason="the model is writing")

    def release(self, job_id: str) -> None:
        self._events.setdefault(job_id, asyncio.Event()).set()
