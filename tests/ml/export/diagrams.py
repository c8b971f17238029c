"""Diagrams whose words mean something to one format or another."""

from __future__ import annotations

from ml.spec.model import Direction, Edge, Kind, Node, Spec, Style

NASTY = (
    "say \"hi\" & 'bye'",
    "<b>bold</b> &amp; &lt;",
    "a --> b ---|x| c",
    "x ] y [ z } { ) (",
    "back\\slash \\n \\N \\G",
    "#35; #quot; # %% ;",
    "1. first",
    "- item *bold* _it_ `code`",
    "데이터베이스 검색 → 推論",
    "🙂 emoji",
    "end",
    "]]> <!-- x -->",
    "http://example.org/a?b=c&d",
    "$$x^2$$ @{ shape: cyl }",
    "subgraph click style",
)


def nasty(label: str) -> Spec:
    """A diagram that has this label in each of its outlines and on its edges."""
    kinds = (Kind.PROCESS, Kind.DECISION, Kind.STORE, Kind.DOCUMENT, Kind.PERSON)
    return Spec(
        style=Style(direction=Direction.DOWN),
        nodes=tuple(Node(id=id, kind=kind, label=label) for id, kind in enumerate(kinds)),
        edges=tuple(
            Edge(source=id, target=id + 1, label=label, dashed=id == 2)
            for id in range(len(kinds) - 1)
        ),
    )
