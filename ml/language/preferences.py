"""Preference pairs: for the same description, a diagram text that somebody likes better.

They come from ratings, or from whoever is asked “A or B?”. What is trained on is cleaned and
balanced first, so that nobody's taste is the team's.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from ml.errors import ModelError, SpecError
from ml.spec.text import parse_spec, write_answer

MARGIN = 2
"""How much better one rating, 0–5, is than another that it is preferred to."""
LARGEST_SHARE = 4
"""Nobody has more than one pair in so many; fewer people have equal shares."""
HELD_OUT = 5
"""The pairs of one description in so many are for comparing versions, never for training."""
FEWEST_PAIRS = 40
FEWEST_HELD_OUT = 5
"""Descriptions: pairs of the same one share texts and tell little more than one of them."""


class Rated(Protocol):
    """One person's rating, 0–5, of a diagram text for a description."""

    @property
    def user_id(self) -> int: ...

    @property
    def description(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def value(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """For this description one diagram text is better than the other.

    `free` are words of both first lines that carry no loss.
    """

    description: str
    chosen: str
    rejected: str
    free: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pair(Contrast):
    """A contrast that is one person's taste."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What one tuning learns from, and what it is judged by."""

    training: list[Pair]
    held_out: list[Pair]


def lesson_of(pairs: Iterable[Pair], *, at_least: int = FEWEST_PAIRS) -> Lesson:
    """Cleans, balances and splits what people prefer. The same pairs give the same lesson.

    Raises:
        ModelError: that leaves fewer pairs than `at_least` or FEWEST_PAIRS, or holds out those of
            fewer than FEWEST_HELD_OUT descriptions.
    """
    usable = balanced(cleaned(pairs), seed=0)
    training, held_out = split(usable)
    descriptions = len({pair.description for pair in held_out})
    needed = max(at_least, FEWEST_PAIRS)
    if len(usable) < needed or descriptions < FEWEST_HELD_OUT:
        raise ModelError(
            f"people who share prefer one diagram to another in {len(usable)} pairs, those of "
            f"{descriptions} descriptions held out; it takes {needed} and {FEWEST_HELD_OUT}"
        )
    return Lesson(training=training, held_out=held_out)


def pairs_of(ratings: Iterable[Rated]) -> list[Pair]:
    """Every two texts for the same description that one person rated `MARGIN` apart or more."""
    groups: dict[tuple[int, str], list[Rated]] = defaultdict(list)
    for rating in ratings:
        groups[rating.user_id, rating.description].append(rating)
    pairs = []
    for (user_id, description), group in groups.items():
        for one, other in combinations(group, 2):
            better, worse = (one, other) if one.value > other.value else (other, one)
            if better.value - worse.value >= MARGIN:
                pairs.append(
                    Pair(
                        user_id=user_id,
                        description=description,
                        chosen=better.text,
                        rejected=worse.text,
                    )
                )
    return pairs


def cleaned(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs in canonical texts, each once.

    Those with a text that is no Spec are left out, and so is what a person said both ways round.
    """
    unique = dict.fromkeys(pair for pair in map(_canonical, pairs) if pair is not None)
    return [pair for pair in unique if _turned(pair) not in unique]


def balanced(pairs: Sequence[Pair], *, seed: int) -> list[Pair]:
    """As many of the pairs as there can be when nobody has more than their share.

    Who has more pairs than that keeps those of as many descriptions as possible.
    """
    owners: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        owners[pair.user_id].append(pair)
    parts = min(LARGEST_SHARE, len(owners))
    counts = [len(own) for own in owners.values()]
    most = 0
    while any(count > most for count in counts):
        if (most + 1) * parts > sum(min(count, most + 1) for count in counts):
            break
        most += 1
    rng = random.Random(seed)
    kept = [pair for own in owners.values() for pair in _spread(own, rng)[:most]]
    rng.shuffle(kept)
    return kept


def split(pairs: Iterable[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs to train on and the held-out ones.

    The description alone decides, so a held-out one is held out in every later training too.
    """
    training: list[Pair] = []
    held_out: list[Pair] = []
    for pair in pairs:
        digest = hashlib.sha256(" ".join(pair.description.casefold().split()).encode()).digest()
        aside = int.from_bytes(digest[:8]) % HELD_OUT == 0
        (held_out if aside else training).append(pair)
    return training, held_out


def _canonical(pair: Pair) -> Pair | None:
    try:
        chosen, rejected = (write_answer(parse_spec(text)) for text in (pair.chosen, pair.rejected))
    except SpecError:
        return None
    if chosen == rejected:
        return None
    return Pair(
        user_id=pair.user_id, description=pair.description, chosen=chosen, rejected=rejected
    )


def _turned(pair: Pair) -> Pair:
    return Pair(
        user_id=pair.user_id,
        description=pair.description,
        chosen=pair.rejected,
        rejected=pair.chosen,
    )


def _spread(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """In random order, the first of every description before the second of any."""
    seen: Counter[str] = Counter()
    rounds = []
    for pair in rng.sample(pairs, k=len(pairs)):
        rounds.append((seen[pair.description], pair))
        seen[pair.description] += 1
    return [pair for _, pair in sorted(rounds, key=lambda entry: entry[0])]
