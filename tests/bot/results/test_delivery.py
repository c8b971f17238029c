from __future__ import annotations

import re

import pytest

from bot.results import delivery
from bot.results.delivery import MAX_ALT_TEXT
from ml.scoring.taste import Basis
from ml.spec.model import MAX_LABEL, MAX_NODES, Direction, Edge, Kind, Node, Spec, Style


def test_a_caption_has_rank_final_and_both_parts() -> None:
    said = delivery.caption(rank=1, final=8.72, readability=4.51, taste=4.21, basis=Basis.OWN)
    assert said == "#1 · 8.7 / 10 · readability 4.5 · for you 4.2"


def test_a_caption_says_whose_taste_it_is() -> None:
    team = delivery.caption(rank=2, final=7.9, readability=4.0, taste=3.9, basis=Basis.TEAM)
    assert team == "#2 · 7.9 / 10 · readability 4.0 · team 3.9"
    nobody = delivery.caption(rank=3, final=6.5, readability=4.0, taste=2.5, basis=Basis.NONE)
    assert nobody.endswith("taste 2.5, nobody has rated yet")


def test_alt_text_tells_the_structure() -> None:
    spec = Spec(
        style=Style(direction=Direction.DOWN),
        nodes=(
            Node(id=0, kind=Kind.INPUT, count=4, label="Input"),
            Node(id=1, kind=Kind.DECISION, label="Good?"),
            Node(id=2, kind=Kind.END, label="End"),
        ),
        edges=(
            Edge(source=0, target=1),
            Edge(source=1, target=2, label="yes"),
            Edge(source=1, target=0, label="no", dashed=True),
        ),
    )
    assert delivery.alt_text(spec) == (
        "Diagram of 3 parts, top to bottom: Input × 4, Good?, End. "
        "Connections: Input → Good?; Good? → End (yes); Good? → Input (no, dashed)."
    )


def test_alt_text_of_the_largest_diagram_fits() -> None:
    nodes = tuple(Node(id=n, kind=Kind.PROCESS, label="w" * MAX_LABEL) for n in range(MAX_NODES))
    edges = tuple(Edge(source=n, target=n + 1) for n in range(MAX_NODES - 1))
    assert len(delivery.alt_text(Spec(style=Style(), nodes=nodes, edges=edges))) == MAX_ALT_TEXT


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("A CNN with 2 layers!", "a-cnn-with-2-layers-1.png"),
        ("합성곱 신경망", "diagram-1.png"),
        ("../../etc/passwd", "etc-passwd-1.png"),
        ("Überprüfung", "uberprufung-1.png"),
    ],
)
def test_file_names_are_plain(description: str, name: str) -> None:
    assert delivery.file_name(description, 1) == name


def test_file_names_are_short() -> None:
    assert len(delivery.file_name("word " * 100, 10)) < 60


def test_a_quote_formats_links_and_mentions_nothing() -> None:
    said = delivery.quoted("@everyone <@123> **bold** `code` [x](https://evil.example) ||s||")
    unescaped = re.sub(r"\\.", "", said)
    assert unescaped.startswith("> ")
    assert not re.search(r"[@*`\[\]()<|]|://", unescaped[2:])
    assert delivery.quoted("# big") == "> \\# big"
    assert delivery.quoted("login: a-b") == "> login: a-b"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("x\n# BIG", "x\n\\# BIG"),
        ("x\n  - item", "x\n  \\- item"),
        ("x\n-# small", "x\n\\-# small"),
        ("x\n\n> quote", "x\n\n\\> quote"),
        ("12. twelfth\n1. first", "12\\. twelfth\n1\\. first"),
        ("a # b - c 1. d", "a # b - c 1. d"),
    ],
)
def test_no_line_becomes_a_heading_a_list_or_a_quote(text: str, safe: str) -> None:
    assert delivery.escaped(text) == safe


def test_a_quote_is_short_and_one_line() -> None:
    assert len(delivery.quoted("word " * 200)) < 250
    assert "\n" not in delivery.quoted("a b")
