"""What crosses the border between the bot's process and the worker's: plain values, no torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ml.spec.model import Spec
from ml.spec.scene import Scene


@dataclass(frozen=True, kw_only=True)
class Violations:
    """How often a Scene breaks each geometry rule, counted exactly."""

    overlaps: int
    outside: int
    edges_through_nodes: int

    @property
    def total(self) -> int:
        return self.overlaps + self.outside + self.edges_through_nodes


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One sampled diagram with everything the ranking needs.

    `png` is 2000 × 1200; `readability` is 0–5; `latent` is float32[D] of the encoder named in
    the result's versions; `finished` says that the model ended its text by itself, `copied` that
    its structure was taken over from another candidate.
    """

    text: str
    spec: Spec
    scene: Scene
    png: bytes
    readability: float
    latent: NDArray[np.float32]
    violations: Violations
    finished: bool
    copied: bool = False


@dataclass(frozen=True, kw_only=True)
class Versions:
    """Names of the model versions that made a result. That of the autoencoder names the latents,
    and so also says which looks stand beside what the autoencoder sees: `0001+looks1`."""

    language: str
    readability: str
    autoencoder: str


@dataclass(frozen=True, kw_only=True)
class DrawJob:
    """One person's request as the worker needs it. `seed` fixes every sample.

    With `texts`, `count` of them in the `spec` dialect, those are drawn and scored as they are,
    and no language model is asked. Words of the style in `style` replace those that it writes.
    With `present`, a diagram text in the `spec` dialect, the description is a wish about that
    diagram, and the first of the `count` answers that can be followed is the one candidate.
    """

    id: str
    description: str
    count: int
    seed: int
    texts: tuple[str, ...] = ()
    style: tuple[StrEnum, ...] = ()
    present: str | None = None


@dataclass(frozen=True, kw_only=True)
class DrawResult:
    """Candidates in the order they were sampled or given; `dropped` texts could not be used."""

    job: DrawJob
    candidates: tuple[Candidate, ...]
    dropped: int
    seconds: float
    versions: Versions


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a running job is: the stage in a word or two, and 0–1 within the whole job."""

    job_id: str
    stage: str
    fraction: float
