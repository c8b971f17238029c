"""Changes do what their lines say, and what no line names stays letter for letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.errors import SpecError
from ml.spec.changes import apply_changes, as_wished
from ml.spec.model import MAX_NODES, MAX_TARGETS, Hue, Spec
from ml.spec.text import parse_spec, write_spec
from tests.ml.spec.specs import specs

PRESENT = """right blue round arrow spacious nodes
0 input Image
1 conv Stem
2 decision Good? ->3 yes,1 no
3 dense x8 #red Head
4 output Label
"""


def after(changes: str, present: str = PRESENT) -> list[str]:
    """The node lines of a diagram after changes."""
    return write_spec(apply_changes(parse_spec(present), changes)).splitlines()[1:]


def same_but(*lines: str) -> list[str]:
    """The node lines with these in the places of those with the same numbers."""
    new = {line.split()[0]: line for line in lines}
    return [new.get(line.split()[0], line) for line in PRESENT.splitlines()[1:]]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ("rename 1|Réseau 3x3", ["1 conv Réseau 3x3"]),
        ("count 3|64", ["3 dense x64 #red Head"]),
        ("kind 1|store", ["1 store Stem"]),
        ("replace 3|attention", ["3 attention"]),
        ("paint 4|green", ["4 output #green Label"]),
        ("paint 3|none", ["3 dense x8 Head"]),
        ("swap 0|1", ["0 conv Stem", "1 input Image"]),
        ("link 0|4", ["0 input Image ->1,4"]),
        ("link 3|0|try again", ["3 dense x8 #red Head ->4,0 try again"]),
        ("link 2|3|ok", ["2 decision Good? ->3 ok,1 no"]),
        ("link 2|3", ["2 decision Good? ->3,1 no"]),
        ("unlink 2|1", ["2 decision Good? ->3 yes"]),
        ("dash 0|1", ["0 input Image ->~1"]),
        ("dash 0|1\nsolid 0|1", []),
        ("double 3", ["3 dense x16 #red Head"]),
        ("halve 3", ["3 dense x4 #red Head"]),
        ("count 1|4\nsize 3|1", ["1 conv x4 Stem", "3 dense x4 #red Head"]),
        ("label 2|3|ok", ["2 decision Good? ->3 ok,1 no"]),
        ("label 2|3", ["2 decision Good? ->3,1 no"]),
        ("label any|3|ok", ["2 decision Good? ->3 ok,1 no"]),
        ("relabel Yes|ok", ["2 decision Good? ->3 ok,1 no"]),
        ("relabel no", ["2 decision Good? ->3 yes,1"]),
        ("way Good?|yes|ok", ["2 decision Good? ->3 ok,1 no"]),
        ("redirect 2|3|4", ["2 decision Good? ->4 yes,1 no"]),
        ("turn 3|4", ["3 dense x8 #red Head ->", "4 output Label ->3"]),
        ("dash 2|any", ["2 decision Good? ->~3 yes,~1 no"]),
        ("unlink any|4", ["3 dense x8 #red Head ->"]),
    ],
)
def test_one_change_touches_one_line(change: str, lines: list[str]) -> None:
    assert after(change) == same_but(*lines)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        # The only way out of a node goes through what is put behind it …
        ("after 0|pool", ["0 input Image", "5 pool", *PRESENT.splitlines()[2:]]),
        # … and several leave what is put behind it, each with its label.
        (
            "after 2|pool",
            ["0 input Image", "1 conv Stem", "2 decision Good?", "5 pool ->3 yes,1 no",
             "3 dense x8 #red Head", "4 output Label"],
        ),
        (
            "before 1|pool",
            ["0 input Image", "5 pool", "1 conv Stem", "2 decision Good? ->3 yes,5 no",
             "3 dense x8 #red Head", "4 output Label"],
        ),
        (
            "between 2|1|person Ask",
            ["0 input Image", "1 conv Stem", "2 decision Good? ->3 yes,5 no", "5 person Ask ->1",
             "3 dense x8 #red Head", "4 output Label"],
        ),
        (
            "from 3|store Log",
            ["0 input Image", "1 conv Stem", "2 decision Good? ->3 yes,1 no",
             "3 dense x8 #red Head ->4,5", "4 output Label ->", "5 store Log"],
        ),
        (
            "to 3|data Prior",
            ["0 input Image", "1 conv Stem", "2 decision Good? ->3 yes,1 no", "5 data Prior",
             "3 dense x8 #red Head", "4 output Label"],
        ),
        (
            "remove 2",
            ["0 input Image", "1 conv Stem ->3", "3 dense x8 #red Head", "4 output Label"],
        ),
        (
            "move 1|3",
            ["0 input Image ->2", "2 decision Good? ->3 yes", "3 dense x8 #red Head",
             "1 conv Stem", "4 output Label"],
        ),
    ],
)  # fmt: skip
def test_what_comes_goes_and_moves_takes_the_edges_along(change: str, lines: list[str]) -> None:
    got = after(change)
    assert got == write_spec(parse_spec("\n".join(lines))).splitlines()[1:]


def test_changes_follow_each_other_and_a_new_node_can_be_named() -> None:
    got = after("style down green\n\nafter 1|pool\nrename 5|Pool 2x2\nremove 0\n")
    assert got[:2] == ["1 conv Stem", "5 pool Pool 2x2"]
    style = apply_changes(parse_spec(PRESENT), "style down green").style
    assert (style.direction, style.palette, style.outline) == ("down", "green", "round")


@pytest.mark.parametrize("name", ["3", "Head", "head", "HEAD", "Heads"])
def test_a_node_is_called_by_its_number_or_nearly_its_label(name: str) -> None:
    assert after(f"paint {name}|green") == same_but("3 dense x8 #green Head")


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("Encoder", ("Decoder", "Input")),
        ("Conv 5x5", ("Conv 3x3", "Pool")),
        ("Layer 1", ("Layer 10", "Layer 2")),
        ("Dense 256", ("Dense 128", "Output")),
        ("Disapprove", ("Approve", "End")),
        ("Server C", ("Server A", "Server B")),
        ("Conv 3", ("Conv 1", "Conv 3x3")),
        ("the", ("then", "they")),
        ("staging", ("Deploy to staging", "Test on staging")),
        ("Dense 256", ("Dense", "Output")),
        ("Layer", ("Layer 10", "Output")),
        ("Not approved", ("Approved", "End")),
        ("the step", ("Step one", "Output")),
        ("Validate order", ("Validates order", "Validated order")),  # it could be either
    ],
)
def test_a_name_is_not_taken_for_that_of_another_node(name: str, labels: tuple[str, str]) -> None:
    spec = parse_spec("".join(f"{id} process {label}\n" for id, label in enumerate(labels)))
    with pytest.raises(SpecError, match=r"there is no node|can be 0, 1"):
        apply_changes(spec, f"remove {name}")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("heads", "Head"), ("conv3x3", "Conv 3x3"), ("user servce", "User service"),
        ("validate ordr", "Validate order"), ("STRASSE", "Straße"), ("512", "512"),
        ("staging", "Deploy to staging"), ("the waiting step", "Waiting"), ("the block", "Block"),
    ],
)  # fmt: skip
def test_a_slip_in_a_name_is_understood(name: str, label: str) -> None:
    spec = parse_spec(f"0 input\n1 process {label}\n2 output\n")
    assert apply_changes(spec, f"paint {name}|red").node(1).hue is Hue.RED


def test_a_node_called_any_is_that_node_alone() -> None:
    spec = parse_spec("0 input any\n1 dense Head\n2 output")
    assert write_spec(apply_changes(spec, "unlink any|Head\n")).splitlines()[1:] == [
        "0 input any ->", "1 dense Head", "2 output",
    ]  # fmt: skip
    with pytest.raises(SpecError, match="does not lead"):
        apply_changes(spec, "unlink any|2\n")


def test_of_two_words_for_the_same_the_later_one_counts() -> None:
    style = apply_changes(parse_spec(PRESENT), "style green down blue").style
    assert (style.palette, style.direction) == ("blue", "down")


def test_a_node_on_a_dashed_edge_has_dashes_on_both_sides() -> None:
    for change in ("between 0|1|pool", "after 0|pool"):
        spec = apply_changes(parse_spec("0 input ->~1 skip\n1 output"), change)
        assert [(edge.label, edge.dashed) for edge in spec.edges] == [("skip", True), ("", True)]


def test_a_node_is_added_whatever_the_highest_number() -> None:
    spec = apply_changes(parse_spec("0 input\n999 output"), "after 0|pool")
    assert [node.id for node in spec.nodes] == [0, 1, 999]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("make the stem red", "paint Stem|red\nlink Stem|Label|skip\n"),
        ("make node 1 red", "paint 1|red\nlink 1|Label|skip\n"),
        ("make 1 to 4 …", "paint 1|red\nlink 1|4|skip\n"),
        ("make 12 red", "paint Stem|red\nlink Stem|Label|skip\n"),
    ],
)
def test_changes_call_a_node_as_the_wish_does(wish: str, said: str) -> None:
    assert as_wished(parse_spec(PRESENT), "paint 1|red\nlink 1|4|skip\n", wish) == said


def test_nodes_of_one_name_and_names_like_numbers_are_told_by_number() -> None:
    twins = parse_spec("0 conv\n1 conv\n2 process 3\n3 process a|b")
    text = "remove 0\nrename 2|x|y\nremove 3\n"
    assert as_wished(twins, "swap 0|2\n", "…") == "swap 0|2\n"
    assert as_wished(twins, text, "…") == text
    with pytest.raises(SpecError, match="can be 0, 1: say which"):
        apply_changes(twins, "move Conv|2")


@given(specs(most=6, numbered=True), st.integers(0, 5))
def test_a_node_called_as_wished_is_that_node(spec: Spec, id: int) -> None:
    spec = parse_spec(write_spec(spec))
    if id >= len(spec.nodes):
        return
    changes = f"paint {id}|red\n"
    assert apply_changes(spec, as_wished(spec, changes, "red")) == apply_changes(spec, changes)


@pytest.mark.parametrize(
    ("changes", "line", "problem"),
    [
        ("", None, "no change"),
        ("remove 9", 1, "no node “9”"),
        ("paint 1|red\n\nunlink 0|4", 3, "does not lead"),
        ("explode 1", 1, "is no change"),
        ("paint 1|beige", 1, "no colour"),
        ("after 1|banana", 1, "no kind"),
        ("after 1|pool ->3", 1, "no place"),
        ("style blue beige", 1, "no style word"),
        ("count 3|0", 1, "1 to"),
        ("count 3|" + "9" * 5_000, 1, "1 to"),
        ("rename 1|" + "x" * 99, 1, "longer"),
        ("swap 1|1", 1, "twice"),
        ("relabel maybe|ok", 1, "says “maybe”"),
        ("way 0|yes|ok", 1, "says “yes”"),
        ("label 0|3|ok", 1, "does not lead"),
        ("unlink any|0", 1, "does not lead"),
        ("halve 1", 1, "1 to"),
        ("remove 1\nremove 0\nremove 2\nremove 3\nremove 4", 5, "last node"),
    ],
)
def test_a_change_that_cannot_be_made_is_named(
    changes: str, line: int | None, problem: str
) -> None:
    with pytest.raises(SpecError, match=problem) as caught:
        after(changes)
    assert caught.value.line == line


def test_a_diagram_stays_within_what_can_be_drawn_and_written() -> None:
    full = "\n".join(f"{id} process Step {id}" for id in range(MAX_NODES))
    with pytest.raises(SpecError, match="fit a diagram"):
        after("from 0|end", full)
    with pytest.raises(SpecError, match=f"more than {MAX_TARGETS}"):
        after("\n".join(f"link 0|{id}" for id in range(2, MAX_TARGETS + 2)), full)


VERBS = ("remove", "swap", "move", "paint", "unlink", "link", "after", "before", "to", "dash")
WORDS = st.sampled_from(("0", "1", "2", "3", "red", "pool", "dense x4 Name"))


@given(specs(most=6, numbered=True), st.sampled_from(VERBS), st.lists(WORDS, max_size=3))
def test_any_change_makes_a_diagram_that_can_be_written_or_is_refused(
    spec: Spec, verb: str, words: list[str]
) -> None:
    spec = parse_spec(write_spec(spec))
    try:
        changed = apply_changes(spec, f"{verb} {'|'.join(words)}")
    except SpecError:
        return
    assert parse_spec(write_spec(changed)).renumbered() == changed.renumbered()


@given(specs(most=6, numbered=True))
def test_painting_touches_nothing_but_the_colour(spec: Spec) -> None:
    painted = apply_changes(spec, "paint 0|red")
    assert painted.nodes[0] == replace(spec.nodes[0], hue=Hue.RED)
    assert (painted.nodes[1:], painted.edges) == (spec.nodes[1:], spec.edges)
