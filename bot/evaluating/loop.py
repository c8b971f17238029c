"""A server where people ask, rate and ask again: what each part of the learning loop is worth.

The database, the ranking, the taste index and its refresh job are the real ones, on a virtual
clock; what the models draw comes from `bot.evaluating.candidates`, who asks and rates from
`bot.evaluating.crowd`. Each request draws DRAWN of a description's candidates, posts the best
TOP, and whoever asked rates these. All ways to rank meet the same people with the same requests,
the same candidates and the same dice, so that they can be compared in pairs.

What stays as it shipped: the language model, the CNN and the autoencoder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from bot.evaluating.crowd import Crowd, Pictures
from jobs.refresh import refresh
from ml.candidate import Candidate, Versions
from ml.errors import ModelError
from ml.scoring.ranking import Ranked, rank
from ml.scoring.taste import TasteStore
from ml.spec.scene import Scene
from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.ratings import rate
from storage.requests import RequestStatus, add_request, claim, set_status

DRAWN, TOP = 5, 3
"""How many candidates a request draws, and how many of them are posted and rated."""
EVERY = timedelta(minutes=1)
"""How often the refresh job runs."""
FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
MORNING, EVENING = 8 * 60, 22 * 60
"""The minutes of a day between which people ask."""


class Way(StrEnum):
    """Which part of the loop is switched off."""

    ALL = "everything on"
    NO_READABILITY = "no readability"
    NO_TASTE = "no taste"
    UNRANKED = "first sampled, no ranking"


LEARNING = (Way.ALL, Way.NO_READABILITY)
"""The ways that taste counts in; in the others nobody would look at what was stored."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The candidates of each description, with their pictures or without, and what drew them."""

    choices: Sequence[Sequence[Candidate]]
    versions: Versions


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What people felt, 0–5, on one server: float64[days], each a mean over a day's requests.

    `first` is about the first picture, `best` about the best of all that were drawn.
    """

    way: Way
    server: int
    first: NDArray[np.float64]
    best: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class _Ask:
    """`dice` seeds what is random about the ratings."""

    at: datetime
    user: int
    description: str
    candidates: tuple[Candidate, ...]
    dice: int


async def live(
    drawn: Drawn,
    *,
    servers: int,
    people: int,
    days: int,
    requests: int,
    seed: int,
    done: Callable[[], object] = lambda: None,
) -> list[Lived]:
    """Lets each server live through its days once for each way to rank.

    `people` are on each server and `requests` are made a day; `done` is called after each life.
    The same seed gives the same numbers.

    Raises:
        ModelError: no description has DRAWN candidates.
        DatabaseUnavailable: there is no room for a temporary database.
    """
    drawn = replace(drawn, choices=[group for group in drawn.choices if len(group) >= DRAWN])
    if not drawn.choices:
        raise ModelError(f"the models drew {DRAWN} candidates for none of the descriptions")
    worker, pictures, lives = _Remembers(drawn), Pictures(drawn.choices), []
    for server in range(servers):
        random = np.random.default_rng((seed, server, 0))
        asks = list(_asks(drawn.choices, people, days, requests, random))
        for way in Way:
            crowd = Crowd(pictures, people, np.random.default_rng((seed, server, 1)))
            if way in LEARNING:
                with TemporaryDirectory() as folder:
                    async with Database(f"sqlite:///{Path(folder) / 'loop.db'}") as database:
                        felt = await _life(way, asks, crowd, worker, database)
            else:
                felt = await _life(way, asks, crowd, worker)
            first, best = felt.reshape(days, requests, 2).mean(1).T
            lives.append(Lived(way=way, server=server, first=first, best=best))
            done()
    return lives


async def _life(
    way: Way,
    asks: Sequence[_Ask],
    crowd: Crowd,
    worker: _Remembers,
    database: Database | None = None,
) -> NDArray[np.float64]:
    """float64[requests, 2]: what was felt about the first picture and the best one of each.

    Without a database nothing is learned.
    """
    tastes, refreshed, felt = TasteStore(), FIRST_DAY, []
    for ask in asks:
        if database is not None and ask.at - refreshed >= EVERY:
            await refresh(database, worker, tastes)
            refreshed = ask.at
        ranked = _ranked(way, ask, tastes)
        feelings = [crowd.feeling(ask.user, one.candidate) for one in ranked]
        felt.append((feelings[0], max(feelings)))
        dice = np.random.default_rng(ask.dice)
        ratings = [crowd.rating(ask.user, one.candidate, dice) for one in ranked[:TOP]]
        if database is not None:
            await _keep(database, ask, ranked, ratings, worker)
    return np.array(felt)


def _asks(
    choices: Sequence[Sequence[Candidate]],
    people: int,
    days: int,
    requests: int,
    random: np.random.Generator,
) -> Iterator[_Ask]:
    """All requests in the order of time."""
    for day in range(days):
        for minute in np.sort(random.integers(MORNING, EVENING, requests)):
            number = int(random.integers(len(choices)))
            group = choices[number]
            yield _Ask(
                at=FIRST_DAY + timedelta(days=day, minutes=int(minute)),
                user=int(random.integers(people)),
                description=f"description {number}",
                candidates=tuple(group[i] for i in random.permutation(len(group))[:DRAWN]),
                dice=int(random.integers(2**31)),
            )


def _ranked(way: Way, ask: _Ask, tastes: TasteStore) -> Sequence[Ranked]:
    """The candidates in the order in which they are posted."""
    candidates = ask.candidates
    latents = np.stack([candidate.latent for candidate in candidates])
    taste = tastes.current.predict(ask.user, latents)
    if way is Way.UNRANKED:
        return [rank([one], [its])[0] for one, its in zip(candidates, taste, strict=True)]
    if way is Way.NO_READABILITY:
        candidates = tuple(replace(candidate, readability=0.0) for candidate in candidates)
    return rank(candidates, taste)


async def _keep(
    database: Database,
    ask: _Ask,
    ranked: Sequence[Ranked],
    ratings: Sequence[int],
    worker: _Remembers,
) -> None:
    """Stores a request, its diagrams and what the person said of the best of them."""
    async with database.transaction() as session:
        request = await add_request(
            session,
            user_id=ask.user,
            guild_id=1,
            channel_id=1,
            description=ask.description,
            count=DRAWN,
            top=TOP,
            seed=ask.dice,
            at=ask.at,
        )
        await claim(session, request.id)
        diagrams = await add_diagrams(
            session,
            request.id,
            [
                NewDiagram(
                    rank=place,
                    text=one.candidate.text,
                    scene=worker.texts[one.candidate.scene],
                    readability=one.candidate.readability,
                    taste=one.taste.value,
                    final=one.final,
                    versions=asdict(worker.versions),
                )
                for place, one in enumerate(ranked, start=1)
            ],
            at=ask.at,
        )
        await set_status(session, request.id, RequestStatus.DONE, at=ask.at)
    async with database.transaction() as session:
        for diagram, rating in zip(diagrams, ratings, strict=False):
            await rate(session, ask.user, diagram.id, rating, at=ask.at)


class _Remembers:
    """The worker as the refresh job sees it: every Scene has been encoded before.

    `texts` are the Scenes as they are stored.
    """

    def __init__(self, drawn: Drawn) -> None:
        every = [candidate for group in drawn.choices for candidate in group]
        self.versions = drawn.versions
        self.texts = {one.scene: one.scene.to_json() for one in every}
        self._latents = {one.scene: one.latent for one in every}

    async def ready(self) -> Versions:
        return self.versions

    async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
        return self.versions.autoencoder, np.stack([self._latents[scene] for scene in scenes])
