"""Edits change what their words say and leave everything else as it was."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from ml.language.corpus import edits_links, edits_many, edits_nodes, edits_places
from ml.language.corpus.edits import CHANGES, KOREAN_SHARE, MAX_NODES, Edit, edits, restyle
from ml.language.corpus.edits_korean import CHANGES as CHANGES_KO
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
    for seed in range(5_000):
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


def test_some_wishes_are_korean_and_those_wholly() -> None:
    korean = [edit for edit in some() if edit.family == "korean"]
    assert len(korean) / COUNT == pytest.approx(KOREAN_SHARE, abs=0.03)
    assert all(re.search("[가-힣]", edit.description) for edit in korean)
    assert {line.split()[0] for edit in korean for line in edit.text.splitlines()} >= {
        "after", "before", "between", "remove", "rename", "count", "paint", "link", "unlink",
        "swap", "style",
    }  # fmt: skip


def test_korean_particles_follow_the_last_syllable() -> None:
    spec = parse_spec("0 process 데이터 수집\n1 store 서버\n2 process 배달")
    made = [change(random.Random(seed), spec) for change, _ in CHANGES_KO for seed in range(200)]
    wishes = [change.wish for change in made if change is not None]
    assert any("수집으로" in wish for wish in wishes)
    assert any("서버로" in wish for wish in wishes)
    assert any("배달로" in wish for wish in wishes)
    assert not any(re.search("수집(로|랑|와|를|는)|서버(으로|이랑|과|을|은)|배달으로", wish)
                   for wish in wishes)  # fmt: skip


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


def test_every_node_of_a_name_is_renamed() -> None:
    twins = parse_spec("0 input\n1 activation ReLU\n2 dense\n3 activation ReLU\n4 output")
    after = changed(edits_many.rename_alike, twins, old="relu", new="gelu")
    assert [node.label for node in after.nodes] == ["Input", "GELU", "Dense", "GELU", "Output"]


def test_one_layer_becomes_as_wide_as_another_or_twice_as_wide() -> None:
    net = parse_spec("0 input x4\n1 dense x8 Wide\n2 dense x6 Deep\n3 output x2")
    assert changed(edits_many.resize_like, net, wish="wide as big as deep").node(1).count == 6
    assert changed(edits_many.resize_like, net, wish="twice as", node="deep").node(2).count == 12
    assert changed(edits_many.resize_ends, net, wish="5 classes").node(3).count == 5


def test_all_colours_or_those_of_a_colour_go() -> None:
    bright = parse_spec("0 input\n1 conv #red\n2 conv #blue\n3 output")
    hues = {id: changed(edits_many.unpaint, bright, word=word).node(id).hue
            for id, word in ((1, "no more red"), (2, "every colour"))}  # fmt: skip
    assert hues == {1: None, 2: None}
    each = changed(edits_many.paint_each, CHAIN, one="stem red", other="head pink")
    assert [node.hue for node in each.nodes] == [None, Hue.RED, Hue.PINK, None]


def test_ways_out_of_a_decision_are_named_anew_and_dashed() -> None:
    asked = parse_spec("0 decision Good? ->1 yes,2 no\n1 end A ->\n2 end B")
    named = changed(edits_many.rename_ways, asked, words="pass/fail instead of yes/no")
    assert [(edge.target, edge.label) for edge in named.edges] == [(1, "pass"), (2, "fail")]
    one = changed(edits_links.relabel, asked, old="yes", new="retry")
    assert [edge.label for edge in one.edges] == ["retry", "no"]
    assert all(edge.dashed for edge in changed(edits_many.dash_ways, asked, w="both").edges)


def test_an_edge_leads_elsewhere_with_its_label() -> None:
    asked = parse_spec("0 decision Good? ->1 yes,2 no\n1 end A ->\n2 end B ->\n3 end C")
    after = changed(edits_links.redirect, asked, words="to c instead of b")
    assert {(edge.target, edge.label) for edge in after.edges} == {(1, "yes"), (3, "no")}


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
        painted = {
            change.lines.split()[1].partition("|")[0] for change in alone if word in change.wish
        }
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
