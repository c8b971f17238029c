"""Every flow family makes valid, copyable, varied descriptions."""

from __future__ import annotations

import random
import re

import pytest

from ml.language.corpus import networks_canon
from ml.language.corpus.draft import Draft, Family
from ml.language.corpus.flows import FAMILIES, HELD_OUT
from ml.language.corpus.flows_arrow_labels import calls_over, labelled_chain, labelled_pairs
from ml.language.corpus.flows_canon import canon, flow_by_name
from ml.language.corpus.flows_lines import in_and_out
from ml.spec.model import Kind, Spec, Style
from ml.spec.text import parse_spec, write_spec

EVERY: tuple[Family, ...] = (*(family for family, _ in FAMILIES), *HELD_OUT)
COPYING = [family for family in EVERY if family is not flow_by_name]
"""The families whose labels stand in the description; of what is asked for by name alone, the
parts are ours."""
SEEDS = 200
CANONICAL = {"start", "end", "yes", "no"}


def name(family: Family) -> str:
    return family.__name__


def drafts(family: Family, count: int) -> list[Draft]:
    return [family(random.Random(seed)) for seed in range(count)]


@pytest.mark.parametrize("family", EVERY, ids=name)
def test_a_family_makes_specs_that_survive_writing_and_parsing(family: Family) -> None:
    for draft in drafts(family, SEEDS):
        spec = Spec(style=Style(), nodes=draft.nodes, edges=draft.edges)
        assert spec.edges, draft.description
        again = parse_spec(write_spec(spec))
        assert again.nodes == spec.nodes, draft.description
        order = {node.id: position for position, node in enumerate(spec.nodes)}
        assert again.edges == tuple(sorted(spec.edges, key=lambda e: order[e.source]))


@pytest.mark.parametrize("family", COPYING, ids=name)
def test_labels_are_copied_from_the_description(family: Family) -> None:
    for draft in drafts(family, SEEDS):
        text = draft.description.lower()
        for node in draft.nodes:
            words = node.label.lower().rstrip("?")
            assert words in text or words in CANONICAL, (node.label, draft.description)
        for edge in draft.edges:
            assert edge.label.lower() in text or edge.label in CANONICAL, draft.description


@pytest.mark.parametrize("family", COPYING, ids=name)
def test_nodes_are_numbered_in_the_order_in_which_they_are_named(family: Family) -> None:
    for draft in drafts(family, 100):
        assert [node.id for node in draft.nodes] == list(range(len(draft.nodes)))
        text, at = draft.description.lower(), 0
        for node in draft.nodes:
            # A label may also occur earlier, within another one or in a title.
            found = text.find(node.label.lower().rstrip("?"), at)
            assert found >= 0, (node.label, draft.description)
            at = found


@pytest.mark.parametrize("family", EVERY, ids=name)
def test_labels_are_unique_and_tidy(family: Family) -> None:
    for draft in drafts(family, SEEDS):
        labels = [node.label.lower() for node in draft.nodes]
        if family is not in_and_out:  # two pictures may be two things there
            assert len(set(labels)) == len(labels), draft.description
        for node in draft.nodes:
            assert node.label[0] == node.label[0].upper()
            assert not re.match(r"(the|a|our) ", node.label, re.IGNORECASE), node.label
            assert not node.label.endswith((".", ",", ";", ":", "!"))
            assert (node.kind is Kind.DECISION) == node.label.endswith("?")


@pytest.mark.parametrize("family", EVERY, ids=name)
def test_the_same_seed_makes_the_same_draft(family: Family) -> None:
    assert drafts(family, 20) == drafts(family, 20)


@pytest.mark.parametrize("family", EVERY, ids=name)
def test_descriptions_seldom_repeat(family: Family) -> None:
    descriptions = {draft.description for draft in drafts(family, 500)}
    assert len(descriptions) >= 475


@pytest.mark.parametrize("family", EVERY, ids=name)
def test_every_node_hangs_together_with_the_rest(family: Family) -> None:
    for draft in drafts(family, 100):
        reached, frontier = {0}, [0]
        while frontier:
            here = frontier.pop()
            for edge in draft.edges:
                for a, b in ((edge.source, edge.target), (edge.target, edge.source)):
                    if a == here and b not in reached:
                        reached.add(b)
                        frontier.append(b)
        assert len(reached) == len(draft.nodes), draft.description


@pytest.mark.parametrize("family", [labelled_chain, labelled_pairs, calls_over], ids=name)
def test_what_stands_on_an_arrow_is_no_node(family: Family) -> None:
    for draft in drafts(family, SEEDS):
        labels = {edge.label.lower() for edge in draft.edges} - {""}
        assert labels, draft.description
        assert labels.isdisjoint(node.label.lower() for node in draft.nodes), draft.description


def test_every_name_of_a_flow_is_its_own() -> None:
    owners: dict[str, int] = {}
    for number, flow in enumerate(canon()):
        for known in (*flow.things, *flow.topics):
            assert owners.setdefault(known.lower(), number) == number, known
    networks = {known.lower() for network in networks_canon.canon() for known in network.names}
    assert not networks & set(owners)


def test_families_have_positive_shares_and_distinct_names() -> None:
    assert all(weight > 0 for _, weight in FAMILIES)
    assert len({name(family) for family in EVERY}) == len(EVERY)
