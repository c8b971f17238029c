"""Training examples without end: a description and the diagram it asks for, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ml.language.corpus import flows, networks
from ml.language.corpus.draft import Family
from ml.language.corpus.styles import with_style
from ml.spec.model import Spec
from ml.spec.text import STYLE_WORDS, write_answer

NETWORK_SHARE = 0.5


@dataclass(frozen=True, kw_only=True)
class Example:
    """One training pair; `family` is the name of the function that made it, `wished` names the
    fields of the style that the description is about."""

    family: str
    description: str
    spec: Spec
    wished: frozenset[str] = frozenset()

    @property
    def present(self) -> None:
        """There is no diagram yet."""

    @property
    def text(self) -> str:
        """The diagram text as the model is to write it."""
        return write_answer(self.spec)

    @property
    def free(self) -> tuple[str, ...]:
        """The words of the text's first line that anybody could have drawn."""
        words = {name: getattr(self.spec.style, name).value for name in STYLE_WORDS}
        return tuple(word for name, word in words.items() if name not in self.wished)


def training_examples(seed: int) -> Iterator[Example]:
    """Examples of every family, mixed, none twice. The same seed gives the same sequence."""
    yield from _examples(seed, _shared(networks.FAMILIES, flows.FAMILIES))


def held_out_examples(seed: int) -> Iterator[Example]:
    """Examples of the families and phrasings that training never sees."""
    families = (*networks.HELD_OUT, *flows.HELD_OUT)
    yield from _examples(seed, [(family, 1.0) for family in families])


def _shared(
    of_networks: Sequence[tuple[Family, float]], of_flows: Sequence[tuple[Family, float]]
) -> list[tuple[Family, float]]:
    """Both groups with weights that give networks their share."""
    result: list[tuple[Family, float]] = []
    for group, share in ((of_networks, NETWORK_SHARE), (of_flows, 1 - NETWORK_SHARE)):
        total = sum(weight for _, weight in group)
        result.extend((family, share * weight / total) for family, weight in group)
    return result


def _examples(seed: int, families: Sequence[tuple[Family, float]]) -> Iterator[Example]:
    rng = random.Random(seed)
    functions = [family for family, _ in families]
    weights = [weight for _, weight in families]
    seen: set[str] = set()
    while True:
        family = rng.choices(functions, weights)[0]
        draft = family(rng)
        description, style, wished = with_style(rng, draft.description)
        if description in seen:
            continue
        seen.add(description)
        yield Example(
            family=family.__name__,
            description=description,
            spec=Spec(style=style, nodes=draft.nodes, edges=draft.edges),
            wished=wished,
        )
