"""Which candidate is shown first.

`final = readability + taste`, each 0–5, so 0–10. Before that number come the rules: a candidate
without geometry violations stands before one with any, what most drafts agree on before one that
says something else, a finished text before one that was cut off, and a picture that is the same as
a better placed one waits behind all the different ones. Ties keep the order in which the candidates
were sampled. Pure: same input, same ranks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ml.candidate import Candidate
from ml.scoring.taste import Taste


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A candidate at its place. `rank` starts at 1; `final` is 0–10; what `dissents` says
    something else than most candidates do."""

    rank: int
    candidate: Candidate
    taste: Taste
    final: float
    dissents: bool


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

    dissenting = _dissenting(candidates)

    def fitness(index: int) -> tuple[bool, bool, bool, float, int]:
        candidate = candidates[index]
        flawed = candidate.violations.total > 0
        return flawed, index in dissenting, not candidate.finished, -finals[index], index

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
            dissents=index in dissenting,
        )
        for place, index in enumerate(order[:top], start=1)
    )


def _dissenting(candidates: Sequence[Candidate]) -> frozenset[int]:
    """Those that say something else than most drafts say, if most say the same: drafts that agree
    are right more often than one that does not. What was copied has no vote."""
    structures = [
        (same.nodes, frozenset(same.edges)) for same in (c.spec.renumbered() for c in candidates)
    ]
    votes = [
        structure
        for structure, candidate in zip(structures, candidates, strict=True)
        if not candidate.copied
    ]
    usual = next((vote for vote in votes if 2 * votes.count(vote) > len(votes)), None)
    return frozenset(
        index
        for index, structure in enumerate(structures)
        if usual is not None and structure != usual
    )


def _number(score: float) -> float:
    return score if math.isfinite(score) else 0.0
