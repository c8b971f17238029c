"""Edits change what their words say and leave everything else as it was."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from ml.language.corpus import edits_links, edits_nodes, edits_places
from ml.language.corpus.edits import CHANGES, MAX_NODES, Edit, edits, restyle
from ml.language.corpus.examples import training_examples
from ml.language.corpus.mix import EDIT_SHARE, exercises
from ml.spec.changes import apply_changes
from ml.spec.model import Hue, Kind, Spec
from ml.spec.text import parse_spec, write_spec

COUNT = 1_500
CHAIN = parse_spec("0 input Image\n1 conv Stem\n2 dense x8 Head\n3 output Label")


@cache
def some() -> tuple[Edit, ...]:
    diagrams = (example.spec for example in training_examples(2))
    return tuple(itertools.islice(edits(1, diagrams), COUNT))


def changed(change: object, spec: Spec, **wanted: object) -> Spec:
    """The first result of a change whose words hold what is wanted."""
    for seed in range(2_000):
        made = change(random.Random(seed), spec)  # type: ignore[operator]
        if made is not None and all(str(word) in made.wish.lower() for word in wanted.values()):
            return parse_spec(write_spec(apply_changes(spec, made.lines)))
    raise AssertionError(wanted)


def test_the_same_seed_gives_the_same_edits() -> None:
    diagrams = (example.spec for example in training_examples(2))
    assert tuple(itertools.islice(edits(1, diagrams), 100)) == some()[:100]


def test_every_edit_changes_something_and_can_be_written_and_read() -> None:
    for edit in some():
        assert edit.before != edit.after
        assert parse_spec(edit.present) == edit.before
        assert parse_spec(write_spec(apply_changes(edit.before, edit.text))) == edit.after
        assert len(edit.before.nodes) <= MAX_NODES


def test_diagrams_that_were_edited_before_are_edited_again() -> None:
    again = [edit for edit in some() if edit.before.renumbered() != edit.before]
    assert 0.1 < len(again) / COUNT < 0.4


def test_every_change_occurs_alone_and_with_others() -> None:
    seen = Counter(edit.family for edit in some())
    for change, _ in CHANGES:
        assert seen[change.__name__] >= 5, change.__name__
    assert sum(count for name, count in seen.items() if " + " in name) > COUNT / 10


def test_an_answer_is_short_however_long_the_diagram() -> None:
    long = [edit for edit in some() if len(edit.before.nodes) > 8 and " + " not in edit.family]
    assert len(long) > 50
    assert sum(edit.text.count("\n") for edit in long) / len(long) < 2


def test_what_is_added_stands_on_the_way() -> None:
    after = changed(edits_places.add_after, CHAIN, node="stem")
    new = after.nodes[2]
    assert new.id == 4
    assert {(edge.source, edge.target) for edge in after.edges} == {(0, 1), (1, 4), (4, 2), (2, 3)}


def test_a_removed_node_leaves_no_gap() -> None:
    after = changed(edits_places.remove, CHAIN, wish="we don't need stem")
    assert [node.id for node in after.nodes] == [0, 2, 3]
    assert {(edge.source, edge.target) for edge in after.edges} == {(0, 2), (2, 3)}


def test_swapped_nodes_keep_the_edges_where_they_are() -> None:
    after = changed(edits_nodes.swap, CHAIN, one="stem", other="head")
    assert [node.label for node in after.nodes] == ["Image", "Head", "Stem", "Label"]
    assert after.nodes[1].count == 8
    assert after.edges == CHAIN.edges


def test_a_painted_node_has_the_colour_that_was_named() -> None:
    after = changed(edits_nodes.paint, CHAIN, node="head", colour="red")
    assert after.node(2).hue is Hue.RED
    assert replace(after.node(2), hue=None) == CHAIN.node(2)


def test_resizing_and_kinds_and_names_change_one_thing_only() -> None:
    wide = changed(edits_nodes.resize, CHAIN, node="head", count="64").node(2)
    assert wide == replace(CHAIN.node(2), count=64)
    store = changed(edits_nodes.become, CHAIN, node="stem", kind="database").node(1)
    assert store == replace(CHAIN.node(1), kind=Kind.STORE)
    named = changed(edits_nodes.rename, CHAIN, node="stem").node(1)
    assert named == replace(CHAIN.node(1), label=named.label)


def test_links_come_and_go() -> None:
    for start, goal in ((0, 2), (3, 1)):
        a, b = (CHAIN.node(id).label.lower() for id in (start, goal))
        more = changed(edits_links.link, CHAIN, words=f"add an arrow from {a} to {b}")
        assert set(more.edges) > set(CHAIN.edges)
        assert {(edge.source, edge.target) for edge in more.edges} >= {(start, goal)}
    fewer = changed(edits_links.unlink, CHAIN, a="image", b="stem")
    assert {(edge.source, edge.target) for edge in fewer.edges} == {(1, 2), (2, 3)}


def test_a_new_style_leaves_the_structure_alone() -> None:
    after = changed(restyle, CHAIN, wish="top to bottom")
    assert (after.nodes, after.edges) == (CHAIN.nodes, CHAIN.edges)
    assert after.style != CHAIN.style


def test_nodes_of_the_same_name_are_told_apart_by_number_or_place() -> None:
    twins = parse_spec("0 conv\n1 conv\n2 conv")
    told = (*"012", "first", "second", "third", "last", "1st", "2nd", "3rd")
    for seed in range(300):
        change = edits_nodes.rename(random.Random(seed), twins)
        if change is not None:
            assert any(word in change.wish for word in told), change.wish


def test_the_place_that_is_named_is_the_node_that_changes() -> None:
    twins = parse_spec("0 input\n1 conv\n2 conv\n3 conv\n4 output")
    made = [edits_nodes.paint(random.Random(seed), twins) for seed in range(500)]
    alone = [change for change in made if change is not None and "\n" not in change.lines]
    for word, id in (("second conv", 2), ("last conv", 3), ("last box", 4), ("first box", 0)):
        painted = {change.lines.split()[1] for change in alone if word in change.wish}
        assert painted == {str(id)}, word


def test_all_of_a_kind_change_together() -> None:
    twins = parse_spec("0 input\n1 conv\n2 dense\n3 conv\n4 output")
    painted = changed(edits_nodes.paint_all, twins, word="conv", colour="green")
    assert [node.id for node in painted.nodes if node.hue is Hue.GREEN] == [1, 3]
    fewer = changed(edits_places.remove_all, twins, word="conv")
    assert [node.id for node in fewer.nodes] == [0, 2, 4]


@pytest.mark.parametrize("seed", [1, 2])
def test_training_mixes_edits_among_descriptions(seed: int) -> None:
    mixed = list(itertools.islice(exercises(seed), 2_000))
    share = sum(exercise.present is not None for exercise in mixed) / len(mixed)
    assert share == pytest.approx(EDIT_SHARE, abs=0.05)
    assert [e.text for e in mixed[:50]] == [e.text for e in itertools.islice(exercises(seed), 50)]
