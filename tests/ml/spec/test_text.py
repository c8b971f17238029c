"""The `spec` dialect: what is written is read, and what is wrong is named with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.errors import SpecError
from ml.spec.model import (
    MAX_COUNT,
    MAX_LABEL,
    MAX_NODES,
    MAX_TARGETS,
    Density,
    Direction,
    Edge,
    Hue,
    Kind,
    Line,
    Node,
    Palette,
    Spec,
    Style,
)
from ml.spec.text import MAX_TEXT, STYLE_WORDS, parse_spec, write_answer, write_spec
from tests.ml.spec.specs import TRICKY, largest, specs

EXAMPLE = """right blue round arrow spacious nodes
0 input x4
1 dense x16 Hidden
2 decision score > 0.5? ->3 yes,4 no
3 output Accept ->
4 process Ask a person ->2,~0 retry
"""

ANSWER = """right blue round arrow spacious nodes
0 input x4
1 dense x16 Hidden
2 decision score > 0.5?
3 output Accept <-2 yes
4 process Ask a person <-2 no ->2,~0 retry
"""


def edges(text: str) -> list[tuple[int, int]]:
    return [(edge.source, edge.target) for edge in parse_spec(text).edges]


# What is written is read


@given(specs())
def test_a_spec_survives_being_answered_and_parsed(spec: Spec) -> None:
    again = parse_spec(write_answer(spec))
    assert (again.style, again.nodes) == (spec.style, spec.nodes)
    assert set(again.edges) == set(spec.edges)


def test_an_answer_states_every_edge_where_the_later_node_stands() -> None:
    assert write_answer(parse_spec(EXAMPLE)) == ANSWER
    assert parse_spec(ANSWER) == parse_spec(EXAMPLE)


@given(specs(numbered=True))
def test_an_answer_names_no_node_that_is_yet_to_be_written(spec: Spec) -> None:
    lines = write_answer(spec).splitlines()[1:]
    for length in range(1, len(lines) + 1):
        assert len(parse_spec("\n".join(lines[:length])).nodes) == length


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 input\n1 dense\n2 end", [(0, 1), (1, 2)]),
        ("0 input\n1 input <-\n2 add <-0,1", [(0, 2), (1, 2)]),
        ("0 input ->\n1 end", []),
        ("0 process\n1 process ->0\n2 end", [(0, 1), (1, 0)]),
        ("0 process\n1 process ->0\n2 end <-1", [(0, 1), (1, 0), (1, 2)]),
        ("0 input ->1\n1 end <-0", [(0, 1)]),
        ("0 end <-1\n1 input", [(0, 1), (1, 0)]),
        ("0 input\n1 end <- 0 ,", None),
    ],
)
def test_the_next_line_follows_where_neither_says_otherwise(
    text: str, expected: list[tuple[int, int]] | None
) -> None:
    if expected is None:
        with pytest.raises(SpecError, match="is no node number"):
            parse_spec(text)
    else:
        assert edges(text) == expected


def test_a_label_may_hold_a_back_arrow_that_leads_to_no_number() -> None:
    spec = parse_spec("0 process x <- f(x)\n1 end")
    assert spec.nodes[0].label == "x <- f(x)"
    assert parse_spec(write_spec(spec)).nodes[0].label == "x ← f(x)"


@given(specs())
def test_a_spec_survives_writing_and_parsing(spec: Spec) -> None:
    assert parse_spec(write_spec(spec)) == spec


@given(specs())
def test_the_canonical_text_is_written_again_letter_for_letter(spec: Spec) -> None:
    text = write_spec(spec)
    assert write_spec(parse_spec(text)) == text
    assert text == text.strip() + "\n"


@pytest.mark.parametrize("label", TRICKY)
@pytest.mark.parametrize("count", [1, 7])
def test_a_tricky_label_survives_on_a_node_and_on_an_edge(label: str, count: int) -> None:
    nodes = (
        Node(id=0, kind=Kind.DENSE, count=count, label=label),
        Node(id=1, kind=Kind.INPUT, label=label),
    )
    edge = Edge(source=1, target=0, label=label.replace(",", ";"), dashed=True)
    spec = Spec(style=Style(), nodes=nodes, edges=(Edge(source=0, target=1), edge))
    assert parse_spec(write_spec(spec)) == spec


def test_the_longest_spec_can_be_written_and_read() -> None:
    spec = largest()
    assert len(write_spec(spec)) <= MAX_TEXT
    assert parse_spec(write_spec(spec)) == spec


def test_edges_come_back_grouped_by_their_source() -> None:
    nodes = tuple(Node(id=id, kind=Kind.PROCESS, label="Step") for id in (5, 3))
    first, second = Edge(source=3, target=5), Edge(source=5, target=3, label="go")
    spec = Spec(style=Style(), nodes=nodes, edges=(first, second))
    assert parse_spec(write_spec(spec)).edges == (second, first)


@given(
    st.text(min_size=1, max_size=MAX_LABEL),
    st.text(max_size=MAX_LABEL),
)
def test_what_has_no_spelling_is_replaced_and_nothing_else_changes(
    label: str, edge_label: str
) -> None:
    nodes = (Node(id=0, kind=Kind.DATA, label=label), Node(id=1, kind=Kind.END, label="Z"))
    edge = Edge(source=0, target=1, label=edge_label)
    got = parse_spec(write_spec(Spec(style=Style(), nodes=nodes, edges=(edge,))))
    plain = " ".join(label.replace("->", "→").split())
    plain_edge = " ".join(edge_label.replace("->", "→").replace(",", ";").split())
    assert got.nodes == (Node(id=0, kind=Kind.DATA, label=plain or "Data"), nodes[1])
    assert got.edges == (Edge(source=0, target=1, label=plain_edge),)


def test_what_follows_from_context_is_not_written() -> None:
    assert write_spec(parse_spec(EXAMPLE)) == EXAMPLE
    assert write_spec(parse_spec("0 input x1 Input -> 1\n1 output Output ->")) == (
        "right blue round arrow spacious nodes\n0 input\n1 output\n"
    )


# How texts are read


def test_the_example_says_what_it_seems_to_say() -> None:
    spec = parse_spec(EXAMPLE)
    assert spec.style == Style()
    assert spec.nodes == (
        Node(id=0, kind=Kind.INPUT, count=4, label="Input"),
        Node(id=1, kind=Kind.DENSE, count=16, label="Hidden"),
        Node(id=2, kind=Kind.DECISION, label="score > 0.5?"),
        Node(id=3, kind=Kind.OUTPUT, label="Accept"),
        Node(id=4, kind=Kind.PROCESS, label="Ask a person"),
    )
    assert spec.edges == (
        Edge(source=0, target=1),
        Edge(source=1, target=2),
        Edge(source=2, target=3, label="yes"),
        Edge(source=2, target=4, label="no"),
        Edge(source=4, target=2),
        Edge(source=4, target=0, label="retry", dashed=True),
    )


@given(st.permutations([*STYLE_WORDS]), st.data())
def test_style_words_come_in_any_order_and_case_and_the_missing_ones_are_default(
    order: list[str], data: st.DataObject
) -> None:
    chosen = {name: data.draw(st.sampled_from(list(STYLE_WORDS[name]))) for name in order}
    kept = {name: chosen[name] for name in order[: data.draw(st.integers(1, len(order)))]}
    line = " ".join(data.draw(st.sampled_from((word, word.upper()))) for word in kept.values())
    assert parse_spec(f"{line}\n0 input").style == Style(**kept)  # type: ignore[arg-type]


def test_a_text_without_a_style_line_has_the_default_style() -> None:
    assert parse_spec("0 input").style == Style()
    assert parse_spec("dashed down\n0 input").style == Style(
        direction=Direction.DOWN, line=Line.DASHED
    )


def test_blank_lines_and_spare_spaces_do_not_matter() -> None:
    text = (
        "\n\n  down   gray compact \n\n"
        " 0  input   x4   My   label  ->  1  yes  sir , ~ 0 \n1 end\n\n"
    )
    spec = parse_spec(text)
    assert spec.style == Style(
        direction=Direction.DOWN, palette=Palette.GRAY, density=Density.COMPACT
    )
    assert spec.nodes[0] == Node(id=0, kind=Kind.INPUT, count=4, label="My label")
    assert spec.edges == (
        Edge(source=0, target=1, label="yes sir"),
        Edge(source=0, target=0, dashed=True),
    )


def test_a_node_without_an_arrow_points_to_the_next_line_and_the_last_one_nowhere() -> None:
    assert edges("7 start\n3 process\n5 end") == [(7, 3), (3, 5)]


def test_a_bare_arrow_points_nowhere() -> None:
    assert edges("0 start ->\n1 end") == []


def test_a_node_may_point_to_itself() -> None:
    assert edges("0 process Wait ->0,1\n1 end") == [(0, 0), (0, 1)]


def test_an_edge_that_is_stated_twice_counts_once_and_the_first_one_stands() -> None:
    spec = parse_spec("0 decision ->1 yes,1 no,~1\n1 end")
    assert spec.edges == (Edge(source=0, target=1, label="yes"),)


def test_a_label_may_hold_anything_but_an_arrow() -> None:
    (node, _) = parse_spec("0 store users, 3 - 4 > 2 ~5 ->1\n1 end").nodes
    assert node.label == "users, 3 - 4 > 2 ~5"


# What is wrong, and where


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", None, "empty"),
        ("\n \n\t\n", None, "empty"),
        ("x" * (MAX_TEXT + 1), None, f"at most {MAX_TEXT}"),
        ("right blue", 1, "no node after the style line"),
        ("\n\nright blue\n\n", 3, "no node after the style line"),
        ("right lila\n0 input", 1, "“lila” is no style word"),
        ("right blue down\n0 input", 1, "“right” and “down” cannot both hold"),
        ("right\nright\n0 input", 2, "number kind label"),
        ("0 input\ninput Image", 2, "number kind label"),
        ("0 input\n-1 output", 2, "number kind label"),
        ("0 input\n1", 2, "number kind label"),
        ("0 input\n1 Output", 2, "number kind label"),
        ("0 input\n1 banana", 2, "“banana” is no kind of node"),
        ("0 input\n\n1000 output", 3, "1000 is not between 0 and 999"),
        ("0 input\n99999999999999999999 output", 2, "is not between 0 and 999"),
        ("0 input x0", 1, "0 is not between 1 and 9999"),
        ("0 input x10000", 1, "10000 is not between"),
        ("0 input\n1 dense " + "x" * (MAX_LABEL + 1), 2, "longer than 40"),
        ("0 input ->1 " + "x" * (MAX_LABEL + 1) + "\n1 end", 1, "longer than 40"),
        ("0 input\n1 dense\n0 output", 3, "node 0 is already on line 1"),
        ("0 input ->1\n1 dense ->7", 2, "no node 7 to point to"),
        ("0 input ->1,\n1 end", 1, "“” is no node number"),
        ("0 input ->Output\n1 end", 1, "“Output” is no node number"),
        ("0 input ->-1\n1 end", 1, "“-1” is no node number"),
        ("0 input ->~~1\n1 end", 1, "“~~1” is no node number"),
        ("0 input ->1000\n1 end", 1, "1000 is not between"),
        (
            "0 input\n" + "".join(f"{id} end <-0\n" for id in range(1, MAX_TARGETS + 2)),
            1,
            "at most 12 targets, here are 13",
        ),
        ("0 input ->" + ",".join("0" * (MAX_NODES + 1)), 1, "at most 60 edges on a line"),
        ("0 input\n1 end <-7", 2, "no node 7 to point to"),
        ("0 input\n1 end <-0,~x", 2, "“~x” is no node number"),
        ("0 input\n1 end <-1000", 2, "1000 is not between"),
        ("right\n" + "\n".join(f"{id} input" for id in range(MAX_NODES + 1)), 62, "more than 60"),
    ],
)
def test_an_error_says_what_is_wrong_and_on_which_line(
    text: str, line: int | None, reason: str
) -> None:
    with pytest.raises(SpecError, match=reason) as caught:
        parse_spec(text)
    assert caught.value.line == line
    assert len(str(caught.value)) < 400


def test_limits_themselves_are_valid() -> None:
    targets = ",".join(str(id) for id in range(MAX_TARGETS))
    lines = [f"{id} dense x{MAX_COUNT} {'y' * MAX_LABEL} ->{targets}" for id in range(MAX_NODES)]
    assert len(parse_spec("\n".join(lines)).edges) == MAX_NODES * MAX_TARGETS


def valid_or_refused(text: str) -> None:
    """Whatever a text is, it is a Spec that can be written, or a SpecError."""
    try:
        spec = parse_spec(text)
    except SpecError as error:
        assert error.line is None or 1 <= error.line <= len(text.splitlines())  # noqa: PT017
    else:
        assert parse_spec(write_spec(spec)).nodes == spec.nodes


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    valid_or_refused(text)


PIECES = st.sampled_from(
    ("0", "1", "2", "٣", "²", "input", "dense", "x4", "x٣", "->", ",", "~", " ", " ", "\n", "\n",
     "\r", "\x0b", "\x1c", "\x85", "\u2028", "\x00", "right", "BLUE", "Ⅷ", "ﬁ", "한", "-", ">")
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_that_is_nearly_a_diagram_is_read_or_refused(text: str) -> None:
    valid_or_refused(text)


@settings(max_examples=200)
@given(specs(most=5), st.data())
def test_any_text_that_was_cut_or_torn_is_read_or_refused(spec: Spec, data: st.DataObject) -> None:
    text = write_spec(spec)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    valid_or_refused(text[:start])
    valid_or_refused(text[:start] + text[end:])


@pytest.mark.parametrize("piece", ["0", " ", "0 ", "x4 ", "->", ",", "~0", "\n", "0 input "])
@pytest.mark.parametrize("head", ["", "0 ", "0 input ", "0 input ->", "0 input ->0 "])
def test_endless_repetition_is_read_or_refused_at_once(head: str, piece: str) -> None:
    valid_or_refused((head + piece * MAX_TEXT)[:MAX_TEXT])


def test_a_node_may_have_a_colour_of_its_own() -> None:
    spec = parse_spec("0 input x4 #red Pixels\n1 model #blue\n2 output # red\n3 end #redder")
    assert [node.hue for node in spec.nodes] == [Hue.RED, Hue.BLUE, None, None]
    assert [node.label for node in spec.nodes] == ["Pixels", "Model", "# red", "#redder"]
    assert write_spec(spec).splitlines()[1:3] == ["0 input x4 #red Pixels", "1 model #blue"]


def test_a_label_that_would_be_read_as_a_colour_loses_its_sign() -> None:
    label = "#red" + " x" * ((MAX_LABEL - 4) // 2)
    spec = Spec(style=Style(), nodes=(Node(id=0, kind=Kind.END, label=label),), edges=())
    (node,) = parse_spec(write_spec(spec)).nodes
    assert (node.hue, node.label) == (None, label[1:])
