"""Every network family: valid structures, labels from the words, the same again for a seed."""

from __future__ import annotations

import random
import re

import pytest

from ml.language.corpus import networks
from ml.language.corpus.draft import Draft, Family
from ml.spec.model import Spec, Style
from ml.spec.text import parse_spec, write_spec

ALL = tuple(family for family, _ in networks.FAMILIES) + networks.HELD_OUT
NAMES = [f"{family.__module__.rsplit('.', 1)[1]}.{family.__name__}" for family in ALL]
every_family = pytest.mark.parametrize("family", ALL, ids=NAMES)


def spec_of(draft: Draft) -> Spec:
    return Spec(style=Style(), nodes=draft.nodes, edges=draft.edges)


@every_family
def test_structures_survive_writing_and_parsing(family: Family) -> None:
    for seed in range(200):
        spec = spec_of(family(random.Random(seed)))
        assert set(parse_spec(write_spec(spec)).edges) == set(spec.edges)
        assert parse_spec(write_spec(spec)).nodes == spec.nodes


@every_family
def test_nodes_are_numbered_from_zero_and_all_connected(family: Family) -> None:
    for seed in range(200):
        draft = family(random.Random(seed))
        assert [node.id for node in draft.nodes] == list(range(len(draft.nodes)))
        linked = {end for edge in draft.edges for end in (edge.source, edge.target)}
        assert linked == {node.id for node in draft.nodes}, draft.description


@every_family
def test_the_same_seed_makes_the_same_draft(family: Family) -> None:
    assert all(family(random.Random(seed)) == family(random.Random(seed)) for seed in range(50))


@every_family
def test_descriptions_are_rarely_repeated(family: Family) -> None:
    rng = random.Random(0)
    descriptions = [family(rng).description for _ in range(500)]
    assert len(set(descriptions)) >= 0.95 * len(descriptions)


@every_family
def test_descriptions_have_no_leftovers_of_their_templates(family: Family) -> None:
    for seed in range(200):
        description = family(random.Random(seed)).description
        assert description == description.strip()
        assert not re.search(r"\{[a-zA-Z]\}|\[[^\]]*\|[^\[]*[a-z]\|", description), description
