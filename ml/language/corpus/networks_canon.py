"""Architectures that people ask for by name alone: one fixed diagram for each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from ml.language.corpus.draft import Draft
from ml.language.corpus.networks_canon_other import OTHER
from ml.language.corpus.networks_canon_sequences import SEQUENCES
from ml.language.corpus.networks_canon_vision import VISION
from ml.language.corpus.networks_wording import a, ask, say
from ml.spec.model import Spec
from ml.spec.text import parse_spec


@dataclass(frozen=True, kw_only=True)
class Canon:
    """Ways to name an architecture and its diagram."""

    names: tuple[str, ...]
    spec: Spec


@cache
def canon() -> tuple[Canon, ...]:
    """Every named architecture with its one diagram."""
    return tuple(
        Canon(names=tuple(names.split("|")), spec=parse_spec(text))
        for names, text in VISION + SEQUENCES + OTHER
    )


def by_name(rng: random.Random) -> Draft:
    """“Draw a U-Net”."""
    chosen = rng.choice(canon())
    name = rng.choice(chosen.names)
    text = say(
        rng,
        "[{n}|{n}|{a}|{a}|{n} architecture|the {n} architecture|{a} diagram|the structure of {a}|"
        "{n} model|a basic {n}|a typical {n}|{n} overview|the {n}|a simple {n}|a standard {n}|"
        "{n} structure|the main parts of {a}|how {a} works|{n} in one picture|{n} high level]",
        n=name, a=a(name) if name[0] not in "t" or not name.startswith("the ") else name,
    )  # fmt: skip
    return Draft(description=ask(rng, text), nodes=chosen.spec.nodes, edges=chosen.spec.edges)
