"""Explanations: what they say of the usual structures, and that they never fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.results.explaining import MAX_EXPLANATION, explain
from ml.spec.model import MAX_NODES, Edge, Kind, Node, Spec, Style
from ml.spec.text import parse_spec
from tests.ml.spec.specs import largest, specs


def test_a_network_has_its_path_its_sizes_and_its_connections() -> None:
    text = explain(parse_spec("down blue\n0 input x4 Pixels\n1 dense x16 Hidden\n2 output x3\n"))
    assert text.splitlines() == [
        "A fully connected neural network of 3 parts, drawn top to bottom.",
        "It begins with Pixels and ends with Output.",
        "The main path: Pixels → Hidden → Output.",
        "Layer sizes: Pixels 4, Hidden 16, Output 3; 23 nodes in 3 layers; "
        "112 connections between fully connected layers.",
    ]


def test_a_decision_has_its_ways_and_its_loop() -> None:
    text = explain(
        parse_spec(
            "0 start Ask\n1 decision Sure?->2 yes,3 no\n2 end Done ->\n3 process Think->~0 again\n"
        )
    )
    assert text.splitlines() == [
        "A flowchart of 4 parts, drawn left to right.",
        "It begins with Ask and ends with Done.",
        "The main path: Ask → Sure? → Done.",
        "Decision at Sure?: yes → Done; no → Think.",
        "From Think it goes back to Ask (again).",
    ]


def test_branches_joins_and_skips_are_said() -> None:
    text = explain(
        parse_spec("0 data In->1,2\n1 conv A->3\n2 conv B->3\n3 add Sum\n4 pool P->5\n5 output O->")
    )
    assert "In branches into A and B." in text
    assert "A and B are added in Sum." in text
    text = explain(parse_spec("0 data In->1,3\n1 conv A\n2 conv B\n3 add Sum->"))
    assert "From In a connection skips 2 parts and leads to Sum." in text


def test_only_fully_connected_layers_have_their_connections_counted() -> None:
    text = explain(parse_spec("0 input x28\n1 conv x32\n2 dense x8\n3 output"))
    assert "Layer sizes: Input 28, Conv 32, Dense 8; 8 connections" in text


def test_equal_labels_are_numbered() -> None:
    text = explain(parse_spec("0 data In->1,2\n1 conv ->3\n2 conv ->3\n3 add Sum->"))
    assert "In branches into Conv (1) and Conv (2)." in text
    assert "Conv (1) and Conv (2) are added in Sum." in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 data Read ->", "A data flow of 1 part, drawn left to right.\nIt shows Read."),
        (
            "0 process Read->0 more",
            "A diagram of 1 part, drawn left to right.\nRead leads to itself (more).",
        ),
        (
            "0 process A->1\n1 process B->0",
            "A diagram of 2 parts, drawn left to right.\n"
            "It begins with A and has no end: every part leads on.\n"
            "The main path: A → B.\n"
            "From B it goes back to A.",
        ),
        (
            "0 service A ->\n1 service B ->",
            "A system of 2 parts, drawn left to right. They are not connected.\nThey are A and B.",
        ),
        (
            "0 process A->1\n1 process B->\n2 process C->",
            "A diagram of 3 parts, drawn left to right. It falls into 2 pieces that are not "
            "connected to each other.\n"
            "It begins with A and ends with B.\n"
            "The main path: A → B.\n"
            "Besides, there is C.",
        ),
    ],
)
def test_small_and_odd_diagrams_read_well(text: str, expected: str) -> None:
    assert explain(parse_spec(text)) == expected


def test_a_label_inside_another_one_is_named_too() -> None:
    text = explain(parse_spec("0 process Data base->1\n1 process Out->\n2 process Data->"))
    assert "Besides, there is Data." in text


def test_sixty_parts_fit() -> None:
    text = explain(largest())
    assert 200 < len(text) <= MAX_EXPLANATION
    chain = Spec(
        style=Style(),
        nodes=tuple(Node(id=n, kind=Kind.PROCESS, label=f"Step {n}") for n in range(MAX_NODES)),
        edges=tuple(Edge(source=n, target=n + 1) for n in range(MAX_NODES - 1)),
    )
    assert "Step 6 → … 47 more … → Step 54" in explain(chain)


@given(specs())
def test_it_never_fails_and_always_fits(spec: Spec) -> None:
    text = explain(spec)
    assert 0 < len(text) <= MAX_EXPLANATION
    assert text == explain(spec)
    assert all(line.strip() for line in text.split("\n"))


@given(specs(most=4))
def test_every_label_of_a_small_diagram_is_in_it(spec: Spec) -> None:
    text = explain(spec)
    for node in spec.nodes:
        assert " ".join(node.label.split()) in text


@given(st.data())
def test_the_largest_ones_fit_too(data: st.DataObject) -> None:
    ids = range(MAX_NODES)
    pairs = data.draw(
        st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=120, unique=True)
    )
    spec = Spec(
        style=Style(),
        nodes=tuple(Node(id=n, kind=Kind.DENSE, count=n + 1, label=f"{n} " * 10) for n in ids),
        edges=tuple(Edge(source=source, target=target) for source, target in pairs),
    )
    assert len(explain(spec)) <= MAX_EXPLANATION
