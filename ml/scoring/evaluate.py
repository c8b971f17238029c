"""Scores against ratings in a file: what `diagram-bot eval readability` prints.

A file of ratings has one JSON object a line with `image` (a name), `rating` (0–5) and `rows`
(the diagram in the `rows` dialect). Names that start with `base/` were drawn by an algorithm
and count as 5; the others were rated by people one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.drawing.render import draw
from ml.errors import SpecError
from ml.scoring.images import Image, prepare
from ml.scoring.metrics import Agreement, agreement
from ml.spec.rows import parse_rows
from ml.spec.scene import Scene

ALGORITHMIC = "base/"
PARTS = ("all", "rated one by one")


@dataclass(frozen=True, kw_only=True)
class RatedScene:
    """One line of a file of ratings."""

    image: str
    rating: float
    scene: Scene


def read_ratings(path: Path) -> tuple[RatedScene, ...]:
    """The ratings of a file.

    Raises:
        SpecError: with the line that is wrong.
        OSError: the file cannot be read.
    """
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                rated = RatedScene(
                    image=str(raw["image"]),
                    rating=float(raw["rating"]),
                    scene=parse_rows(raw["rows"]),
                )
            except (KeyError, TypeError, ValueError, SpecError) as error:
                raise SpecError(f"{path.name} has no rating here: {error}", line=number) from error
            found.append(rated)
    return tuple(found)


def pictures_of(ratings: Iterable[RatedScene]) -> Image:
    """uint8[N, 144, 240, 3]: the diagrams as the networks see them."""
    return np.stack([prepare(draw(rated.scene)) for rated in ratings])


def by_people(ratings: Sequence[RatedScene]) -> NDArray[np.bool_]:
    """bool[N]: which ratings people gave one by one."""
    return np.array([not rated.image.startswith(ALGORITHMIC) for rated in ratings], bool)


def compare(ratings: Sequence[RatedScene], predicted: NDArray[np.float32]) -> dict[str, Agreement]:
    """Agreement of predicted scores float32[N] with the ratings.

    Once over all and once over those that people rated one by one, where there are any.
    """
    given = np.array([rated.rating for rated in ratings])
    single = by_people(ratings)
    parts = {}
    for name, rows in zip(PARTS, (np.ones_like(single), single), strict=True):
        if rows.any():
            parts[name] = agreement(predicted[rows], given[rows])
    return parts


def table(parts: dict[str, Agreement]) -> str:
    """The agreement as lines of text, the constant predictor beside each error."""
    lines = [
        f"{'':18} {'n':>5} {'MAE':>6} {'const':>6} {'RMSE':>6} {'const':>6} "
        f"{'Spearman':>8} {'pairs':>6}"
    ]
    for name, part in parts.items():
        lines.append(
            f"{name:18} {part.count:5} {part.mae:6.3f} {part.constant_mae:6.3f} {part.rmse:6.3f} "
            f"{part.constant_rmse:6.3f} {part.spearman:8.3f} {part.pairwise:6.3f}"
        )
    return "\n".join(lines)


def as_json(parts: dict[str, Agreement]) -> str:
    """The agreement as one JSON object."""
    return json.dumps({name: asdict(part) for name, part in parts.items()}, indent=2)
