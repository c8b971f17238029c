"""Training pictures that the project makes itself, and what is known about each.

The same seed always makes the same pictures; `data_hash` names them in a manifest.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.drawing.layout import place
from ml.drawing.render import draw
from ml.errors import LayoutError
from ml.language.corpus import flows, networks
from ml.language.corpus.styles import random_style
from ml.scoring.damage import damage
from ml.scoring.flags import GRID, MAPS, fault_maps
from ml.scoring.images import HEIGHT, WIDTH, prepare
from ml.scoring.measures import Measures, measure
from ml.scoring.plain import plain_scene
from ml.scoring.rubric import score
from ml.spec.model import Spec
from ml.spec.scene import Scene
from ml.spec.text import STYLE_WORDS

Report = Callable[[str, float], None]
MEASURED = (
    "overlapped", "nested", "covered", "touching", "cut", "outside", "through", "crossings",
    "against", "stray", "parts", "unaligned", "small", "tiny_text", "spilling", "text_clash",
    "faint", "squeezed",
)  # fmt: skip
"""What the networks learn to estimate beside the score."""
SCALES = (0.5, 0.5, 0.5, 2.0)
"""Pictures are scored as they are posted, or drawn small for that alone."""
STATES = 4
"""Pictures of one diagram: the good one and worse ones."""
_FAMILIES = (*networks.FAMILIES, *flows.FAMILIES)


@dataclass(frozen=True, kw_only=True)
class Rated:
    """Pictures uint8[N, 144, 240, 3] with their readability float32[N], 0–5.

    `measures` float32[N, M] are the square roots of MEASURED, `maps` bool[N, F, 18, 30] say in
    which cells each of MAPS shows. `groups` int64[N]: pictures with one number are the same
    diagram in better and worse states.
    """

    pictures: NDArray[np.uint8]
    scores: NDArray[np.float32]
    measures: NDArray[np.float32]
    maps: NDArray[np.bool_]
    groups: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, kw_only=True)
class Styled:
    """Pictures uint8[N, 144, 240, 3] with their style int64[N, 6]: the number of each word.

    Columns are the style fields in the order of STYLE_WORDS.
    """

    pictures: NDArray[np.uint8]
    styles: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.styles)


def quiet(stage: str, fraction: float) -> None:
    """A report that nobody reads."""


def placed_spec(rng: random.Random) -> tuple[Spec, Scene]:
    """A Spec of a random family and style, and its Scene."""
    families, weights = zip(*_FAMILIES, strict=True)
    while True:
        draft = rng.choices(families, weights=weights)[0](rng)
        spec = Spec(style=random_style(rng), nodes=draft.nodes, edges=draft.edges)
        try:
            return spec, place(spec)
        except LayoutError:
            continue


def better_and_worse(rng: random.Random) -> list[Scene]:
    """One diagram, of ours or in the look of `rows`: as it should be and in worse states."""
    good = placed_spec(rng)[1] if rng.random() < 0.55 else plain_scene(rng)
    states = [good]
    for _ in range(STATES - 1):
        faults = rng.choices((1, 2, 3, 4), weights=(5, 3, 2, 1))[0]
        start = states[-1] if rng.random() < 0.3 else good
        states.append(damage(start, rng, faults=faults, degree=rng.random() ** 1.3))
    return states


def rated_pictures(count: int, seed: int, report: Report = quiet) -> Rated:
    """About `count` pictures, a quarter of them good, with the rubric's score."""
    rng = random.Random(seed)
    diagrams = max(1, count // STATES)
    scenes: list[Scene] = []
    pictures = np.empty((STATES * diagrams, HEIGHT, WIDTH, 3), np.uint8)
    for number in range(diagrams):
        scale = rng.choice(SCALES)
        for scene in better_and_worse(rng):
            pictures[len(scenes)] = prepare(draw(scene, scale=scale))
            scenes.append(scene)
        if number % 20 == 0:
            report("drawing", number / diagrams)
    measured = [measure(scene) for scene in scenes]
    return Rated(
        pictures=pictures,
        scores=np.array([score(found) for found in measured], np.float32),
        measures=_measures(measured),
        maps=_maps(scenes),
        groups=np.repeat(np.arange(diagrams), STATES),
    )


def rated_by_people(ratings: Sequence[tuple[Scene, float]]) -> Rated:
    """Scenes with the readability that people gave them, 0–5."""
    scenes = [scene for scene, _ in ratings]
    return Rated(
        pictures=np.array([picture(scene) for scene in scenes], np.uint8).reshape(
            -1, HEIGHT, WIDTH, 3
        ),
        scores=np.array([rating for _, rating in ratings], np.float32),
        measures=_measures([measure(scene) for scene in scenes]),
        maps=_maps(scenes),
        groups=-1 - np.arange(len(scenes)),
    )


def _measures(measured: Sequence[Measures]) -> NDArray[np.float32]:
    values = [[getattr(found, name) for name in MEASURED] for found in measured]
    table = np.array(values, np.float32).reshape(-1, len(MEASURED))
    return np.asarray(np.sqrt(table.clip(0, 2)), np.float32)


def _maps(scenes: Sequence[Scene]) -> NDArray[np.bool_]:
    return np.array([fault_maps(scene) for scene in scenes], bool).reshape(-1, len(MAPS), *GRID)


def styled_pictures(count: int, seed: int, report: Report = quiet) -> Styled:
    """`count` good pictures of ours in evenly drawn styles."""
    rng = random.Random(seed)
    pictures = np.empty((count, HEIGHT, WIDTH, 3), np.uint8)
    styles = np.empty((count, len(STYLE_WORDS)), np.int64)
    words = [list(kinds) for kinds in STYLE_WORDS.values()]
    for number in range(count):
        spec, scene = placed_spec(rng)
        pictures[number] = picture(scene)
        for column, (name, kinds) in enumerate(zip(STYLE_WORDS, words, strict=True)):
            styles[number, column] = kinds.index(getattr(spec.style, name))
        if number % 50 == 0:
            report("drawing", number / count)
    return Styled(pictures=pictures, styles=styles)


def picture(scene: Scene) -> NDArray[np.uint8]:
    """The Scene as the networks see it: drawn as it is posted, then reduced."""
    return prepare(draw(scene))


def data_hash(*arrays: NDArray[np.generic]) -> str:
    """SHA-256 over the bytes of arrays, in hexadecimal."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
