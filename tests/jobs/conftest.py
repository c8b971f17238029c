"""The same real database as storage's tests, and doubles of the worker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.candidate import Versions
from ml.spec.scene import Form, Scene, Shape
from tests.storage.conftest import database, new_diagrams, new_request, url

__all__ = ["database", "new_diagrams", "new_request", "url"]


def scene_of(width: float = 100.0) -> Scene:
    """One rectangle; its width is what the doubles see of it."""
    shape = Shape(
        node=0,
        x=500,
        y=300,
        width=width,
        height=50,
        form=Form.RECTANGLE,
        fill=(255, 255, 255),
        stroke=(0, 0, 0),
    )
    return Scene(shapes=(shape,), routes=())


class TinyWorker:
    """Encodes a Scene as (width, number of the encoder); counts what it was asked."""

    def __init__(self, encoder: str = "a1") -> None:
        self.encoder = encoder
        self.reloads = 0
        self.seen: list[list[float]] = []

    def versions(self) -> Versions:
        return Versions(language="l1", readability="r1", autoencoder=self.encoder)

    async def ready(self) -> Versions:
        return self.versions()

    async def reload(self) -> Versions:
        self.reloads += 1
        return self.versions()

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
        widths = [scene.shapes[0].width for scene in scenes]
        self.seen.append(widths)
        number = float(self.encoder[1:])
        return self.encoder, np.array([[width, number] for width in widths], np.float32)


@pytest.fixture
def worker() -> TinyWorker:
    return TinyWorker()


def enough(kind: str) -> None:
    """No training lacks anything, whatever the machine that tests has to spare."""
