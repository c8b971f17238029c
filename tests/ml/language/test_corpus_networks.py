"""Every network family: valid structures, labels from the words, the same again for a seed."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from ml.language.corpus import networks, networks_canon, networks_korean_rows, networks_repeated
from ml.language.corpus.draft import Draft, Family
from ml.language.corpus.network_terms import ACTIVATIONS, NUMBER_WORDS
from ml.spec.model import Kind, Spec, Style
from ml.spec.text import parse_spec, write_spec

ALL = tuple(family for family, _ in networks.FAMILIES) + networks.HELD_OUT
NAMES = [f"{family.__module__.rsplit('.', 1)[1]}.{family.__name__}" for family in ALL]
every_family = pytest.mark.parametrize("family", ALL, ids=NAMES)


@cache
def drafts(family: Family) -> tuple[Draft, ...]:
    """What a family makes of 200 seeds."""
    return tuple(family(random.Random(seed)) for seed in range(200))


def spec_of(draft: Draft) -> Spec:
    return Spec(style=Style(), nodes=draft.nodes, edges=draft.edges)


@every_family
def test_structures_survive_writing_and_parsing(family: Family) -> None:
    for draft in drafts(family):
        spec = spec_of(draft)
        assert set(parse_spec(write_spec(spec)).edges) == set(spec.edges)
        assert parse_spec(write_spec(spec)).nodes == spec.nodes


@every_family
def test_nodes_are_numbered_from_zero_and_all_connected(family: Family) -> None:
    for draft in drafts(family):
        assert [node.id for node in draft.nodes] == list(range(len(draft.nodes)))
        linked = {end for edge in draft.edges for end in (edge.source, edge.target)}
        assert linked == {node.id for node in draft.nodes}, draft.description


@every_family
def test_the_same_seed_makes_the_same_draft(family: Family) -> None:
    assert all(family(random.Random(seed)) == draft for seed, draft in enumerate(drafts(family)))


@every_family
def test_descriptions_are_rarely_repeated(family: Family) -> None:
    rng = random.Random(0)
    descriptions = [family(rng).description for _ in range(500)]
    assert len(set(descriptions)) >= 0.95 * len(descriptions)


@every_family
def test_descriptions_have_no_leftovers_of_their_templates(family: Family) -> None:
    for description in (draft.description for draft in drafts(family)):
        assert description == description.strip()
        assert not re.search(r"\{[a-zA-Z]\}|\[[^\]]*\|[^\[]*[a-z]\|", description), description


CANONICAL = {"by_name", "what_is", "adapted", "unet"}  # asked for by name alone: the parts are ours
RULE_WORDS = {
    word.lower()
    for label in (
        *(kind.default_label for kind in Kind),
        *ACTIVATIONS,
        "Hidden Image Max pool Avg Global Softmax Batch norm Layer Concat Conv x D",
        "Multi head attention Self Layer Positional encoding Flatten Dropout Transposed",
    )
    for word in re.findall(r"[^\W\d_]+", label)
}


def words(text: str) -> set[str]:
    """Letters and numbers apart: “3x3” → 3, x."""
    return set(re.findall(r"[^\W\d_]+|\d+(?:\.\d+)?", text.lower()))


@every_family
def test_labels_are_made_of_the_words_of_the_description(family: Family) -> None:
    if family.__name__ in CANONICAL:
        pytest.skip("its parts are canonical")
    for draft in drafts(family):
        said = words(draft.description)
        said |= {str(number) for number, word in enumerate(NUMBER_WORDS) if word in said}
        for node in draft.nodes:
            unsaid = words(node.label) - said - RULE_WORDS
            if family.__name__ == "experts":
                unsaid = {word for word in unsaid if not word.isdigit()}  # Expert 1, Expert 2 …
            unsaid = {word for word in unsaid if f"{word}s" not in said or not word.isalpha()}
            assert not unsaid, (draft.description, node.label)
        for edge in draft.edges:
            assert words(edge.label) <= said, (draft.description, edge.label)


@every_family
def test_counts_are_numbers_of_the_description(family: Family) -> None:
    if family.__name__ in CANONICAL:
        pytest.skip("its parts are canonical")
    for draft in drafts(family):
        said = words(draft.description)
        said |= {str(number) for number, word in enumerate(NUMBER_WORDS) if word in said}
        for node in draft.nodes:
            assert node.count == 1 or str(node.count) in said, draft.description


def test_as_many_equal_layers_are_drawn_as_are_said() -> None:
    for family in (networks_repeated.equal_hidden, networks_korean_rows.korean_deep):
        for draft in drafts(family):
            number = sum(node.kind is Kind.DENSE for node in draft.nodes)
            spelt = {NUMBER_WORDS[number], networks_korean_rows.NUMBERS.get(number, "")}
            assert words(draft.description) & {str(number), *spelt}, draft.description


def test_drafts_stay_small_enough_to_draw() -> None:
    for family in ALL:
        assert max(len(draft.nodes) for draft in drafts(family)) <= 40


def test_an_architecture_keeps_its_middle_when_its_ends_are_changed() -> None:
    specs = [entry.spec for entry in networks_canon.canon()]
    for draft in drafts(networks_canon.adapted):
        (own,) = [spec for spec in specs if spec.edges == draft.edges and _near(spec, draft)]
        changed = [new for old, new in zip(own.nodes, draft.nodes, strict=True) if old != new]
        said = words(draft.description)
        assert changed
        assert all(str(node.count) in said for node in changed if node.count > 1)


def _near(spec: Spec, draft: Draft) -> bool:
    middle = [node for node in spec.nodes if node.kind not in (Kind.INPUT, Kind.OUTPUT)]
    return len(spec.nodes) == len(draft.nodes) and all(node in draft.nodes for node in middle)


def test_every_name_of_an_architecture_is_its_own() -> None:
    owners: dict[str, int] = {}
    for number, entry in enumerate(networks_canon.canon()):
        for name in entry.names:
            assert owners.setdefault(name.lower(), number) == number, name


def test_held_out_phrasings_are_not_in_the_corpus() -> None:
    assert not {family for family, _ in networks.FAMILIES} & set(networks.HELD_OUT)
    rng = random.Random(7)
    seen = {shape(family(rng).description) for family, _ in networks.FAMILIES for _ in range(300)}
    for family in networks.HELD_OUT:
        assert not {shape(draft.description) for draft in drafts(family)} & seen


def shape(description: str) -> str:
    """A description without its numbers."""
    return re.sub(r"\d+", "#", description.lower())
