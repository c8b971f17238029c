"""Which candidate is shown first, and why.

`final = readability + taste`, each 0–5, so 0–10. Before that number come the rules: a candidate
without geometry violations stands before one with any, a finished text before one that was cut
off, and a picture that is the same as a better placed one waits behind all the different ones.
Ties keep the order in which the candidates were sampled. Pure: same input, same ranks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ml.candidate import Candidate
from ml.scoring.taste import Basis, Taste

_WORDS = {1: "one", 2: "two", 3: "three"}


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A candidate at its place. `rank` starts at 1; `final` is 0–10; `reasons` are for people."""

    rank: int
    candidate: Candidate
    taste: Taste
    final: float
    reasons: tuple[str, ...]


def rank(
    candidates: Sequence[Candidate], tastes: Sequence[Taste], *, top: int | None = None
) -> tuple[Ranked, ...]:
    """The candidates from best to worst, the best `top` of them when that is given.

    `tastes[i]` is what the person would rate `candidates[i]`. A score that is not a number
    counts as 0.

    Raises:
        ValueError: the two have different lengths, or `top` is negative.
    """
    if len(candidates) != len(tastes):
        raise ValueError(f"{len(candidates)} candidates, but {len(tastes)} tastes")
    if top is not None and top < 0:
        raise ValueError("top is negative")
    finals = [
        _number(candidate.readability) + _number(taste.value)
        for candidate, taste in zip(candidates, tastes, strict=True)
    ]

    def fitness(index: int) -> tuple[bool, bool, float, int]:
        candidate = candidates[index]
        flawed = candidate.violations.total > 0
        return flawed, not candidate.finished, -finals[index], index

    best_first = sorted(range(len(candidates)), key=fitness)
    seen = set()
    repeated = set()
    for index in best_first:
        scene = candidates[index].scene
        if scene in seen:
            repeated.add(index)
        seen.add(scene)
    order = sorted(best_first, key=lambda i: (*fitness(i)[:1], i in repeated, *fitness(i)[1:]))
    return tuple(
        Ranked(
            rank=place,
            candidate=candidates[index],
            taste=tastes[index],
            final=finals[index],
            reasons=reasons(candidates[index], tastes[index]),
        )
        for place, index in enumerate(order[:top], start=1)
    )


def reasons(candidate: Candidate, taste: Taste) -> tuple[str, ...]:
    """Why a candidate got its scores, in a few words each."""
    return (_readable(candidate), _liked(taste))


def _readable(candidate: Candidate) -> str:
    violations = candidate.violations
    problems = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (violations.overlaps, "overlap", "overlaps"),
            (violations.outside, "part off the canvas", "parts off the canvas"),
            (violations.edges_through_nodes, "edge through a shape", "edges through shapes"),
        )
        if count
    ]
    if problems:
        return "flawed: " + ", ".join(problems)
    if candidate.readability >= 4:
        return "easy to read: no overlaps, nothing cut off"
    return "readable" if candidate.readability >= 2.5 else "hard to read"


def _liked(taste: Taste) -> str:
    if taste.basis is Basis.NONE:
        return "nobody has rated yet"
    if taste.basis is Basis.TEAM:
        return "what the team likes, you have not rated yet"
    if not taste.neighbours:
        return "your usual rating"
    ratings = [round(neighbour.rating) for neighbour in taste.neighbours]
    usual = max(set(ratings), key=lambda rating: (ratings.count(rating), rating))
    return f"like {_WORDS[ratings.count(usual)]} you gave {usual}"


def _number(score: float) -> float:
    return score if math.isfinite(score) else 0.0
