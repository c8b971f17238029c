"""What a language model is trained on: descriptions to draw and, among them, edits to make."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Protocol

from ml.language.corpus.edits import edits
from ml.language.corpus.examples import training_examples

EDIT_SHARE = 0.3


class Exercise(Protocol):
    """One training pair. `present` is the text of the diagram that is to be changed, if any."""

    @property
    def description(self) -> str: ...

    @property
    def present(self) -> str | None: ...

    @property
    def text(self) -> str: ...

    @property
    def free(self) -> tuple[str, ...]:
        """The words of the text's first line that nobody asked for."""


def exercises(seed: int) -> Iterator[Exercise]:
    """Descriptions and edits of other diagrams, mixed. The same seed gives the same sequence."""
    rng = random.Random(seed)
    descriptions: Iterator[Exercise] = training_examples(seed)
    changes: Iterator[Exercise] = edits(
        seed, (example.spec for example in training_examples(seed + 1_000_000))
    )
    while True:
        yield next(changes if rng.random() < EDIT_SHARE else descriptions)
