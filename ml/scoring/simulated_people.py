"""Simulated people with hidden tastes, to see what predicted ratings are worth.

A taste is a number for every attribute of a picture: the words of its style, as far as they show.
People live in one server of PEOPLE. Most of them share a **team**'s leaning, one turns it round
(**contrarian**), and the others have tastes of their own: **additive** over the attributes;
**interacting**, where mostly pairs of attributes count (green only with ovals); **drifting**,
which turns into another taste over DRIFT ratings; and **indifferent**, the same for every picture.

A rating is the hidden liking, 0–5, as people give it: rounded, and a fifth of them at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.int64]

NOISE = 0.2
"""The share of ratings that say nothing."""
WAVERING = 0.4
"""Standard deviation of what is added to a liking before it is rounded to a rating."""
STRENGTH = 1.3
"""Standard deviation, in points of the rating, of a person's liking over pictures."""
DRIFT = 200


class Kind(StrEnum):
    """How a simulated person's taste is built."""

    TEAM = "team"
    CONTRARIAN = "contrarian"
    ADDITIVE = "additive"
    INTERACTING = "interacting"
    DRIFTING = "drifting"
    INDIFFERENT = "indifferent"


PEOPLE = (
    *[Kind.TEAM] * 5,
    Kind.CONTRARIAN,
    *[Kind.ADDITIVE] * 2,
    *[Kind.INTERACTING] * 2,
    Kind.DRIFTING,
    Kind.INDIFFERENT,
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Likings of N pictures, float64[N] with 0–5, now (`before`) and after DRIFT ratings."""

    kind: Kind
    before: Floats
    after: Floats

    def liking(self, given: int) -> Floats:
        """What this person thinks of each picture once they have given that many ratings."""
        done = min(given / DRIFT, 1.0)
        return (1 - done) * self.before + done * self.after

    def ratings(self, pictures: Words, random: np.random.Generator) -> Floats:
        """float64[R]: whole numbers 0–5 for these pictures, in the order they are rated in."""
        liked = np.array([self.liking(given)[row] for given, row in enumerate(pictures)])
        said = np.rint(np.clip(liked + random.normal(0, WAVERING, liked.shape), 0, 5))
        return np.where(random.random(liked.shape) < NOISE, random.integers(0, 6, said.shape), said)


def server(words: Words, random: np.random.Generator) -> list[Person]:
    """The people of one server; `words` int64[N, F] numbers each picture's attributes."""
    shared = _additive(words, random)
    return [_person(kind, words, shared, random) for kind in PEOPLE]


def one_hot(words: Words) -> Floats:
    """float64[N, Σ words] of int64[N, F]: 1 where a picture has the word."""
    return np.hstack([np.eye(int(column.max()) + 1)[column] for column in words.T])


def _person(kind: Kind, words: Words, shared: Floats, random: np.random.Generator) -> Person:
    own = _additive(words, random)
    level = random.uniform(2.0, 3.0)
    if kind is Kind.TEAM:
        own = 0.85 * shared + 0.5 * own
    elif kind is Kind.CONTRARIAN:
        own = -0.85 * shared + 0.5 * own
    elif kind is Kind.INTERACTING:
        own = 0.5 * own + 0.6 * _pairs(words, random) + 0.6 * _pairs(words, random)
    elif kind is Kind.INDIFFERENT:
        own = np.zeros(len(words))
    before = after = _points(own, level)
    if kind is Kind.DRIFTING:
        after = _points(_additive(words, random), level)
    return Person(kind=kind, before=before, after=after)


def _additive(words: Words, random: np.random.Generator) -> Floats:
    attributes = one_hot(words)
    return _standard(attributes @ random.normal(size=attributes.shape[1]))


def _pairs(words: Words, random: np.random.Generator) -> Floats:
    """A number for every pair of words of two attributes."""
    one, other = words[:, random.permutation(words.shape[1])[:2]].T
    return _standard(random.normal(size=(one.max() + 1, other.max() + 1))[one, other])


def _standard(liking: Floats) -> Floats:
    """With mean 0 and standard deviation 1; constants become 0."""
    centred = liking - liking.mean()
    return np.asarray(centred / (centred.std() or 1.0))


def _points(liking: Floats, level: float) -> Floats:
    return np.clip(level + STRENGTH * _standard(liking), 0, 5)
