"""What a Scene's readability is worth, 0–5, from its exact geometry.

    score = 5 - flaw · (STEP + Σ COVERING · √measure) - Σ LOSS · √excess

People take a picture with any shape overlapping, cut off, left alone or running backwards for
a bad one and then look how bad: `flaw` runs from 0 to 1 within the first few hundredths of such
shapes, and what follows scales with it. STEP, COVERING and the losses marked below follow a fit
to 722 diagrams without words that people, or the algorithm that drew them, rated 0–5
(`python -m ml.scoring.calibrate FILE` does it again); the others stand for what those diagrams
cannot show (words, contrast) and are set by judgement, in points lost when it is at its worst.

Agreement with those ratings: mean absolute error 0.13 over all (the best constant: 0.69) and
0.53 on the 156 that people rated one by one (0.60), with Spearman 0.62 and 0.81 of the pairs in
order. Weights fitted to five sixths reach on the last sixth 0.13, 0.55, 0.58 and 0.79.
"""

from __future__ import annotations

import math

from ml.scoring.measures import Measures, measure
from ml.spec.scene import Scene

HIGHEST = 5.0
FLAWS = ("overlapped", "nested", "cut", "stray", "parts", "against")
FLAW_SCALE = 0.04
STEP = 2.4
COVERING = {"overlapped": 0.85, "filled": 0.4, "cut": 0.2}
LOSS = {
    "through": 0.3,  # fitted: 0.1; a rule of ours, so it counts for more
    "crossings": 0.15,  # fitted
    "against": 0.3,
    "stray": 0.2,
    "outside": 0.8,
    "touching": 0.5,
    "unaligned": 0.2,
    "length": 0.8,
    "small": 0.8,
    "tiny_text": 1.2,
    "spilling": 1.2,
    "text_clash": 1.2,
    "faint": 1.5,
    "squeezed": 1.0,
    "crowd": 0.2,
}
EXCESS = {"length": 0.25, "squeezed": 0.35, "unaligned": 0.1, "tiny_text": 0.05, "text_clash": 0.02}
"""How much of a measure costs nothing: good diagrams have that much of it."""


def readability(scene: Scene) -> float:
    """The rubric's score of a Scene, 0–5."""
    return score(measure(scene))


def score(measures: Measures) -> float:
    """The rubric's score of measured geometry, 0–5."""
    flaw = 1 - math.exp(-sum(getattr(measures, name) for name in FLAWS) / FLAW_SCALE)
    lost = flaw * (STEP + sum(w * math.sqrt(getattr(measures, n)) for n, w in COVERING.items()))
    for name, weight in LOSS.items():
        lost += weight * math.sqrt(max(0.0, getattr(measures, name) - EXCESS.get(name, 0.0)))
    return max(0.0, HIGHEST - lost)
