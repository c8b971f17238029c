"""Which words of a style a person likes, from the diagrams they rated.

A linear model of the ratings over the words of the style: the posterior of a Gaussian prior
(Rasmussen & Williams, *Gaussian Processes for Machine Learning*, 2006, section 2.1), so that a
few ratings say little. It explains; what is ranked by is `ml.scoring.taste`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erf, sqrt

import numpy as np

_NOISE = 1.5
_PRIOR = 0.6
"""Variances, in squared points: of a rating, and of what a word is worth before any."""
_SEEN = 2
"""Diagrams a word must stand in before anything is said of it."""


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """`effect`, in points of the rating, of a word against the others of its field as they are
    mixed in what was rated; `confidence`, 0.5–1, is the probability that its sign is right."""

    word: StrEnum
    effect: float
    confidence: float


def leanings(styles: Sequence[Sequence[StrEnum]], ratings: Sequence[float]) -> list[Leaning]:
    """What each word is worth to a person, best first, from N rated diagrams.

    `styles[i]` has one word of each field, in the same order of fields everywhere. Words of a
    field that never varied are left out.
    """
    found: list[Leaning] = []
    if not styles:
        return found
    words = list(dict.fromkeys(word for style in styles for word in style))
    there = np.array([[word in style for word in words] for style in styles], float)
    above = np.array(ratings, float) - np.mean(ratings)
    centred = there - there.mean(0)
    covariance = np.linalg.inv(centred.T @ centred / _NOISE + np.eye(len(words)) / _PRIOR)
    worth = covariance @ centred.T @ above / _NOISE
    for field in zip(*styles, strict=True):
        counts = Counter(field)
        for word, count in counts.items():
            if count < _SEEN or len(counts) < 2:
                continue
            against = np.zeros(len(words))
            for other, times in counts.items():
                against[words.index(other)] = -times / (len(field) - count)
            against[words.index(word)] = 1.0
            effect = float(against @ worth)
            doubt = sqrt(float(against @ covariance @ against))
            confidence = (1 + erf(abs(effect) / (sqrt(2) * doubt))) / 2
            found.append(Leaning(word=word, effect=effect, confidence=confidence))
    return sorted(found, key=lambda leaning: -leaning.effect)
