"""What a Scene says exactly about how it looks, and a small picture of it only blurs.

The autoencoder sees 240 × 144 pixels: whether lines end in arrowheads or corners are round is
lost there. So a latent is the autoencoder's, and beside it the numbers of LOOKS, read off places,
forms and lines alone. They need no Spec: a Scene from the `rows` dialect has them too.

Whoever changes what `looks` returns changes NAME too: it is part of the encoder's name, so that
every diagram gets a new latent and none is compared with an old one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ml.spec.model import Line
from ml.spec.scene import Form, Scene

NAME = "looks1"

LOOKS = ("arrows", "lines", "dashes", "boxes", "round", "ovals", "flow", "units")
"""The shares of links that are arrows, plain and dashed; of nodes that are boxes, round boxes and
ovals; how far links run across (1) or down (-1); the share of nodes that are drawn unit by unit.

How many shapes there are, how much they fill and how far apart they stand was tried too: latents
know it, and drawings are stretched to their canvas, so that nobody's taste was told better."""

_MEANS = np.array([0.315, 0.358, 0.327, 0.312, 0.312, 0.376, 0.076, 0.063])
_DEVIATIONS = np.array([0.465, 0.479, 0.469, 0.441, 0.450, 0.459, 0.786, 0.205])
"""Of `measured`, over the first 600 of `training_examples(1)` in styles at random."""

_WEIGHT = 2.0
"""Against an axis of the latent, which has unit variance: the best of 1, 1.5, 2 and 3 for simulated
people (`ml.scoring.evaluate_taste`) on another seed than the one that is reported."""

_FARTHEST = 3.0  # deviations; what somebody wrote as rows can be anywhere
_OUTLINES = (Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.ELLIPSE)


def encoder_name(autoencoder: str) -> str:
    """The name of the latents that this version of the autoencoder makes together with looks."""
    return f"{autoencoder}+{NAME}"


def with_looks(latents: NDArray[np.float32], scenes: Sequence[Scene]) -> NDArray[np.float32]:
    """float32[N, D + K]: the latents float32[N, D] of N Scenes, and their looks."""
    return np.concatenate([latents, looks(scenes)], axis=1)


def looks(scenes: Sequence[Scene]) -> NDArray[np.float32]:
    """float32[N, K] for the K LOOKS of N Scenes, ready to stand beside latents of unit variance.

    Over diagrams of the project's own each has zero mean, and _WEIGHT as standard deviation.
    What a Scene has none of (a link, an ordinary outline) is as in the average diagram: 0.
    """
    found = np.array([measured(scene) for scene in scenes]).reshape(-1, len(LOOKS))
    standard = np.clip((found - _MEANS) / _DEVIATIONS, -_FARTHEST, _FARTHEST)
    return np.asarray(_WEIGHT * np.nan_to_num(standard), np.float32)


def measured(scene: Scene) -> NDArray[np.float64]:
    """float64[K]: the LOOKS of one Scene as they are; not a number where it has none."""
    lines = {
        (scene.shapes[route.source].node, scene.shapes[route.target].node): route.line
        for route in scene.routes
    }
    forms: dict[int, list[Form]] = {}
    for shape in scene.shapes:
        forms.setdefault(shape.node, []).append(shape.form)
    outlines = [drawn[0] for drawn in forms.values() if len(drawn) == 1 and drawn[0] in _OUTLINES]
    return np.array(
        [
            *(_mean([line is kind for line in lines.values()]) for kind in Line),
            *(_mean([form is kind for form in outlines]) for kind in _OUTLINES),
            _flow(scene),
            _mean([len(drawn) > 1 for drawn in forms.values()]),
        ]
    )


def _flow(scene: Scene) -> float:
    ends = [(scene.shapes[route.source], scene.shapes[route.target]) for route in scene.routes]
    steps = [(abs(one.x - other.x), abs(one.y - other.y)) for one, other in ends]
    return _mean([(across - down) / max(across + down, 1.0) for across, down in steps])


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else np.nan
