"""What a person would rate a diagram, from the diagrams they and their team rated before.

Three estimates, each correcting the one before by what is left unexplained, each held back
while there is little to go on:

1. **the team**: a ridge regression of everybody else's ratings on the latent, drawn towards the
   neutral 2.5 and to no slope;
2. **the person**: a ridge regression of what their ratings differ from the team's estimate,
   loose along the team's leaning: who shares it twice as much, or turns it round, shows soon;
3. **the neighbours**: a distance-weighted k-NN over what is still left of the person's own
   ratings, so that a favourite pulls its look-alikes.

The more likely a person's ratings are if all diagrams are the same to them, the closer the estimate
stays to their level alone. Both regressions are the posterior mean of a Gaussian prior (Rasmussen &
Williams, *Gaussian Processes for Machine Learning*, 2006, section 2.1), which is what "shrunk"
means here. Only numpy: the bot's own process answers from this.

Latents are expected with zero mean and unit variance an axis, as the encoder gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ml.errors import ModelError

NEUTRAL = 2.5
LOWEST, HIGHEST = 0.0, 5.0
NEIGHBOURS = 12
EXPLAINED_NEIGHBOURS = 3
HALF_LIFE = 100.0
"""Ratings after which an earlier one of the same person counts half. Chosen by simulated people on
another seed than the one that is reported: after 200 ratings the drifting are told 0.69 of pairs
with it and 0.66 without, and the others lose nothing; half as many tell the drifting 0.72, and
cost the others 0.01."""


class LatentMismatch(ModelError):
    """Latents of another encoder version, or of another size, than the index was built from."""


class Basis(StrEnum):
    """Whose ratings a prediction rests on."""

    OWN = "own"
    TEAM = "team"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A diagram the person rated: its rating, 0–5, and how far its latent is."""

    rating: float
    distance: float


@dataclass(frozen=True, kw_only=True)
class Taste:
    """A predicted rating: `value` 0–5, `confidence` 0–1, and the nearest own ratings."""

    value: float
    confidence: float
    basis: Basis
    neighbours: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TasteConfig:
    """How strongly each estimate is held back, in ratings' worth of evidence.

    A `level` of 5 means that five ratings count as much as the prior mean; `slope` is the ridge
    penalty of one latent axis; `neighbour` the weight of "no difference" in the k-NN, where a
    rating of the very same picture weighs 1; `reach` the distance at which a neighbour's weight
    is down to 0.6, in parts of the usual distance between rated diagrams. `agreement` is the
    penalty of following the team's leaning more, less or the other way round. `indifferent` are
    the odds, before any rating, that all diagrams are the same to a person, `noise` the variance
    of a rating, in squared points, that they are weighed by.
    """

    team_level: float = 2.0
    team_slope: float = 400.0
    own_level: float = 5.0
    own_slope: float = 60.0
    agreement: float = 1.0
    neighbour: float = 2.0
    reach: float = 0.4
    noise: float = 1.5
    indifferent: float = 0.3


class TasteIndex:
    """Everybody's ratings, ready to predict from. Immutable; a refresh builds a new one."""

    def __init__(
        self,
        *,
        encoder: str,
        people: NDArray[np.int64],
        starts: NDArray[np.int64],
        latents: NDArray[np.float16],
        ratings: NDArray[np.float32],
        weights: NDArray[np.float32],
        config: TasteConfig,
    ) -> None:
        self.encoder = encoder
        self.config = config
        self._people = people
        self._starts = starts  # int64[P + 1]: rows of person p are starts[p]:starts[p + 1]
        self._latents = latents
        self._ratings = ratings
        self._weights = weights
        size = latents.shape[1] + 1
        self._grams = np.zeros((len(people), size, size), np.float32)
        self._moments = np.zeros((len(people), size), np.float32)
        for person in range(len(people)):
            gram, moment = self._statistics(slice(starts[person], starts[person + 1]))
            self._grams[person], self._moments[person] = gram, moment
        self._gram = self._grams.sum(0, dtype=np.float64)
        self._moment = self._moments.sum(0, dtype=np.float64)
        self._spread = _usual_distance(latents)

    @classmethod
    def build(
        cls,
        user_ids: NDArray[np.int64],
        latents: NDArray[np.float32],
        ratings: NDArray[np.float32],
        encoder: str,
        *,
        weights: NDArray[np.float32] | None = None,
        config: TasteConfig | None = None,
    ) -> TasteIndex:
        """The index of N ratings: `user_ids` int64[N], `latents` float32[N, D], `ratings` 0–5.

        `weights` in 0–1 lets old ratings fade. Rows that are not finite are left out; ratings
        out of range are clipped. A million ratings take 2 s: build in a thread, not in the loop.

        Raises:
            ValueError: the arrays do not have the same length, or latents are not a matrix.
        """
        user_ids = np.asarray(user_ids, np.int64)
        ratings = np.asarray(ratings, np.float32)
        latents = np.asarray(latents, np.float32)
        given = np.ones_like(ratings) if weights is None else np.asarray(weights, np.float32)
        if latents.ndim != 2 or not len(user_ids) == len(latents) == len(ratings) == len(given):
            raise ValueError("user_ids, latents, ratings and weights do not belong together")
        usable = np.isfinite(latents).all(1) & np.isfinite(ratings) & (given > 0)
        order = np.flatnonzero(usable)
        order = order[np.argsort(user_ids[order], kind="stable")]
        people, starts = np.unique(user_ids[order], return_index=True)
        return cls(
            encoder=encoder,
            people=people,
            starts=np.append(starts, len(order)).astype(np.int64),
            latents=np.clip(latents[order], -60_000, 60_000).astype(np.float16),
            ratings=np.clip(ratings[order], LOWEST, HIGHEST),
            weights=given[order],
            config=config or TasteConfig(),
        )

    @classmethod
    def empty(cls, encoder: str = "", size: int = 0) -> TasteIndex:
        """The index before anybody has rated anything."""
        none = np.zeros(0, np.float32)
        return cls.build(none.astype(np.int64), np.zeros((0, size), np.float32), none, encoder)

    def __len__(self) -> int:
        return len(self._ratings)

    @property
    def memory(self) -> int:
        """Bytes that the index keeps."""
        return sum(part.nbytes for part in vars(self).values() if isinstance(part, np.ndarray))

    def count(self, user_id: int) -> int:
        """How many ratings of this person the index holds."""
        rows = self._rows(user_id)[1]
        return int(rows.stop - rows.start)

    def predict(
        self, user_id: int, latents: NDArray[np.float32], *, encoder: str | None = None
    ) -> tuple[Taste, ...]:
        """What this person would rate each diagram with latents float32[M, D].

        A latent that is not finite gets the estimate of the levels alone, without confidence.

        Raises:
            LatentMismatch: `encoder` is given and is not the index's, or D differs.
        """
        queries = np.atleast_2d(np.asarray(latents, np.float32))
        if not len(self):
            return tuple(Taste(value=NEUTRAL, confidence=0.0, basis=Basis.NONE) for _ in queries)
        if encoder is not None and encoder != self.encoder:
            raise LatentMismatch(f"latents of {encoder} cannot be compared with {self.encoder}")
        if queries.shape[1] != self._latents.shape[1]:
            raise LatentMismatch(
                f"latents have {queries.shape[1]} axes, the index {self._latents.shape[1]}"
            )
        known = np.logical_and.reduce(np.isfinite(queries), axis=1)
        features = _with_level(np.where(known[:, None], queries, 0.0))
        person, rows = self._rows(user_id)
        team = self._team(person)
        if rows.stop == rows.start:
            rated = len(self)
            confidence = 0.4 * rated / (rated + 10)
            return tuple(
                _taste(value, confidence if finite else 0.0, Basis.TEAM)
                for value, finite in zip(NEUTRAL + features @ team, known, strict=True)
            )
        return self._own(person, rows, team, features, known)

    def _own(
        self,
        person: int,
        rows: slice,
        team: NDArray[np.float64],
        features: NDArray[np.float64],
        known: NDArray[np.bool_],
    ) -> tuple[Taste, ...]:
        config = self.config
        gram, moment = self._grams[person].astype(np.float64), self._moments[person]
        held_back = _penalties(len(gram), config.own_level, config.own_slope)
        leaning = np.concatenate([[0.0], team[1:]])
        prior = np.diag(1 / held_back) + np.outer(leaning, leaning) / config.agreement
        inverse = np.linalg.inv(gram + np.linalg.inv(prior))
        pull = moment - gram @ team
        own = inverse @ pull
        rated = _with_level(self._latents[rows].astype(np.float32))
        unlike = self._ratings[rows] - NEUTRAL - rated @ team
        left = unlike - rated @ own

        distances = np.sqrt(
            np.maximum(
                (features[:, 1:] ** 2).sum(1)[:, None]
                + (rated[:, 1:] ** 2).sum(1)[None]
                - 2 * features[:, 1:] @ rated[:, 1:].T,
                0.0,
            )
        )
        near = np.argsort(distances, axis=1, kind="stable")[:, :NEIGHBOURS]
        near_distance = np.take_along_axis(distances, near, 1)
        closeness = np.exp(-0.5 * (near_distance / (config.reach * self._spread)) ** 2)
        closeness *= self._weights[rows][near]
        correction = (closeness * left[near]).sum(1) / (closeness.sum(1) + config.neighbour)
        values = NEUTRAL + features @ (team + own) + np.where(known, correction, 0.0)
        level, same = self._level(rows, team[0])
        tasted = self._likelihood(
            rows, unlike, pull @ own, np.linalg.slogdet(np.eye(len(gram)) + prior @ gram)[1]
        )
        odds = config.indifferent * np.exp(np.clip(same - tasted, -50, 50))
        values += odds / (1 + odds) * (level - values)

        before = np.einsum("md,de,me->m", features, prior, features)
        after = np.einsum("md,de,me->m", features, inverse, features)
        confidence = np.where(known, 1 - np.sqrt(np.clip(after / before, 0.0, 1.0)), 0.0)
        ratings = self._ratings[rows]
        return tuple(
            _taste(
                values[i],
                confidence[i],
                Basis.OWN,
                tuple(
                    Neighbour(rating=float(ratings[row]), distance=float(distances[i, row]))
                    for row in near[i, :EXPLAINED_NEIGHBOURS]
                )
                if known[i]
                else (),
            )
            for i in range(len(features))
        )

    def _level(self, rows: slice, team: float) -> tuple[float, float]:
        """The person's rating if all diagrams are the same to them, and how likely that is."""
        weights = self._weights[rows]
        above = self._ratings[rows] - NEUTRAL - team
        own = (weights * above).sum() / (weights.sum() + self.config.own_level)
        spread = np.log1p(weights.sum() / self.config.own_level)
        likelihood = self._likelihood(rows, above, own * (weights * above).sum(), spread)
        return NEUTRAL + team + own, likelihood

    def _likelihood(
        self, rows: slice, ratings: NDArray[np.floating], explained: float, spread: float
    ) -> float:
        """Logarithm of the marginal likelihood of centred ratings, but for a constant (Rasmussen
        & Williams, 5.4.1): `explained` of their squares, by what could have had any `spread`."""
        unexplained = (self._weights[rows] * ratings**2).sum() - explained
        return float(-0.5 * (unexplained / self.config.noise + spread))

    def _team(self, person: int) -> NDArray[np.float64]:
        """float64[1 + D]: level above neutral, and slopes, of everybody but this person."""
        gram, moment = self._gram, self._moment
        if person >= 0:
            gram = gram - self._grams[person]
            moment = moment - self._moments[person]
        held_back = _penalties(len(gram), self.config.team_level, self.config.team_slope)
        solution: NDArray[np.float64] = np.linalg.solve(gram + np.diag(held_back), moment)
        return solution

    def _rows(self, user_id: int) -> tuple[int, slice]:
        person = int(np.searchsorted(self._people, user_id))
        if person == len(self._people) or self._people[person] != user_id:
            return -1, slice(0, 0)
        return person, slice(int(self._starts[person]), int(self._starts[person + 1]))

    def _statistics(self, rows: slice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        features = _with_level(self._latents[rows].astype(np.float32))
        weighted = features * self._weights[rows][:, None]
        return weighted.T @ features, weighted.T @ (self._ratings[rows] - NEUTRAL)


class TasteStore:
    """Holds the index that requests answer from; the refresh job swaps it in one step."""

    def __init__(self, index: TasteIndex | None = None) -> None:
        self.current = TasteIndex.empty() if index is None else index
        self.mark: object = None  # what the refresh job built it from, to see that nothing changed


def faded(user_ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """The weights float32[N] of N ratings by these people, each person's oldest rating first.

    A person's latest counts 1, and half as much with every HALF_LIFE that they gave after it.
    """
    _, people, counts = np.unique(user_ids, return_inverse=True, return_counts=True)
    order = np.argsort(people, kind="stable")
    later = np.empty(len(order))
    later[order] = np.cumsum(counts)[people[order]] - 1 - np.arange(len(order))
    return np.asarray(0.5 ** (later / HALF_LIFE), np.float32)


def _with_level(latents: NDArray[np.float32]) -> NDArray[np.float64]:
    """float64[N, 1 + D]: a column of ones for the level, then the latents."""
    return np.hstack([np.ones((len(latents), 1)), latents])


def _penalties(size: int, level: float, slope: float) -> NDArray[np.float64]:
    return np.concatenate([[level], np.full(size - 1, slope)])


def _usual_distance(latents: NDArray[np.float16]) -> float:
    """The root mean square distance between two rated diagrams; 1 when there is none."""
    variance = latents[:20_000].astype(np.float32).var(0).sum() if len(latents) else 0.0
    return float(np.sqrt(2 * variance)) or 1.0


def _taste(
    value: float, confidence: float, basis: Basis, neighbours: tuple[Neighbour, ...] = ()
) -> Taste:
    return Taste(
        value=float(np.clip(value, LOWEST, HIGHEST)),
        confidence=float(np.clip(confidence, 0.0, 1.0)),
        basis=basis,
        neighbours=neighbours,
    )
