"""The stream of training examples: deterministic, distinct, and apart from what is held out."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from functools import cache

import pytest

from ml.language.corpus import flows, networks
from ml.language.corpus.draft import Sketch
from ml.language.corpus.examples import (
    NETWORK_SHARE,
    Example,
    held_out_examples,
    training_examples,
)
from ml.language.publish import GATE_EXAMPLES, default_gate
from ml.spec.model import Edge, Kind, Node
from ml.spec.text import parse_spec

COUNT = 1_500


@cache
def training() -> tuple[Example, ...]:
    return tuple(itertools.islice(training_examples(1), COUNT))


@cache
def held_out() -> tuple[Example, ...]:
    return tuple(itertools.islice(held_out_examples(1), COUNT // 5))


def test_the_same_seed_gives_the_same_examples_and_another_one_others() -> None:
    assert tuple(itertools.islice(training_examples(1), 200)) == training()[:200]
    assert tuple(itertools.islice(held_out_examples(1), 50)) == held_out()[:50]
    assert tuple(itertools.islice(training_examples(2), 200)) != training()[:200]


@pytest.mark.parametrize("examples", [training, held_out])
def test_no_description_comes_twice(examples: object) -> None:
    descriptions = [example.description for example in examples()]  # type: ignore[operator]
    assert len(set(descriptions)) == len(descriptions)


@pytest.mark.parametrize("examples", [training, held_out])
def test_every_text_says_what_its_spec_is(examples: object) -> None:
    for example in examples():  # type: ignore[operator]
        again = parse_spec(example.text)
        assert (again.style, again.nodes) == (example.spec.style, example.spec.nodes)
        assert set(again.edges) == set(example.spec.edges)


def test_families_that_are_held_out_are_never_trained_on() -> None:
    trained = {family for family, _ in (*networks.FAMILIES, *flows.FAMILIES)}
    assert trained.isdisjoint((*networks.HELD_OUT, *flows.HELD_OUT))
    assert {one.family for one in training()}.isdisjoint({one.family for one in held_out()})
    assert {one.family for one in held_out()} == {
        family.__name__ for family in (*networks.HELD_OUT, *flows.HELD_OUT)
    }


def test_networks_and_flows_have_their_shares_and_every_family_its_weight() -> None:
    counts = Counter(example.family for example in training())
    of_networks = sum(counts[family.__name__] for family, _ in networks.FAMILIES)
    assert of_networks / COUNT == pytest.approx(NETWORK_SHARE, abs=0.05)
    for families in (networks.FAMILIES, flows.FAMILIES):
        assert sum(counts[family.__name__] > 0 for family, _ in families) > 0.8 * len(families)


def test_the_gate_is_half_known_families_and_half_unknown_ones() -> None:
    gate = default_gate().descriptions
    assert len(gate) == 2 * GATE_EXAMPLES
    unknown = {family.__name__ for family in (*networks.HELD_OUT, *flows.HELD_OUT)}
    assert [one.family in unknown for one in gate] == (
        [False] * GATE_EXAMPLES + [True] * GATE_EXAMPLES
    )
    assert gate == default_gate().descriptions


def test_a_sketch_numbers_its_nodes_and_links_each_pair_once() -> None:
    sketch = Sketch()
    first = sketch.add(Kind.INPUT)
    second = sketch.add(Kind.DENSE, "Hidden", count=4)
    sketch.link(first, second, "go")
    sketch.chain(first, second, first)
    draft = sketch.draft("a net")
    assert draft.description == "a net"
    assert draft.nodes == (
        Node(id=0, kind=Kind.INPUT, label="Input"),
        Node(id=1, kind=Kind.DENSE, label="Hidden", count=4),
    )
    assert draft.edges == (Edge(source=0, target=1, label="go"), Edge(source=1, target=0))


def test_a_stream_leaves_the_global_random_numbers_alone() -> None:
    random.seed(5)
    before = random.getstate()
    next(training_examples(3))
    assert random.getstate() == before
