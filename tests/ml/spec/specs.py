"""Specs that the dialect can spell, for the tests of this folder."""

from __future__ import annotations

from hypothesis import strategies as st

from ml.spec.model import (
    MAX_COUNT,
    MAX_LABEL,
    MAX_NODES,
    MAX_TARGETS,
    Density,
    Detail,
    Direction,
    Edge,
    Hue,
    Kind,
    Line,
    Node,
    Outline,
    Palette,
    Spec,
    Style,
)

TRICKY = (
    "x12",
    "x4 heads",
    "x0",
    "x12 x12",
    "3 of 5",
    "0",
    "- > -",
    "a ← f(b)",
    "a - b --",
    "-",
    ">",
    "~",
    "~3",
    "a, b,, c",
    "데이터베이스 검색",
    "学習済みモデル → 推論",
    "score > 0.5?",
    "[0, 'x'] {} \\ \" %s",
    "🙂 ok",
    "Input",
    "input",
    "W" * MAX_LABEL,
    "層" * MAX_LABEL,
)

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=12
)


def tidy(label: str) -> str:
    """The label as every Spec that came from a text has it."""
    return " ".join(label.replace("->", "→").replace("<-", "←").split())[:MAX_LABEL].strip()


LABELS = st.one_of(
    st.sampled_from(TRICKY),
    st.lists(_WORDS, min_size=1, max_size=4).map(lambda words: tidy(" ".join(words))),
).filter(bool)
EDGE_LABELS = st.one_of(st.just(""), LABELS.map(lambda label: label.replace(",", ";")))
STYLES = st.builds(
    Style,
    direction=st.sampled_from(Direction),
    palette=st.sampled_from(Palette),
    outline=st.sampled_from(Outline),
    line=st.sampled_from(Line),
    density=st.sampled_from(Density),
    detail=st.sampled_from(Detail),
)


@st.composite
def specs(draw: st.DrawFn, *, most: int = 12, numbered: bool = False) -> Spec:
    """Any Spec of up to `most` nodes that a text can say; `numbered` 0, 1, 2 … or anyhow."""
    ids = range(draw(st.integers(1, most)))
    if not numbered:
        ids = draw(st.lists(st.integers(0, 999), min_size=1, max_size=most, unique=True))
    nodes = tuple(
        Node(
            id=id,
            kind=draw(st.sampled_from(Kind)),
            count=draw(st.sampled_from((1, 1, 1, 2, 12, MAX_COUNT))),
            label=draw(LABELS),
            hue=draw(st.sampled_from((None, None, *Hue))),
        )
        for id in ids
    )
    edges = tuple(
        Edge(source=id, target=target, label=draw(EDGE_LABELS), dashed=draw(st.booleans()))
        for id in ids
        for target in draw(
            st.lists(st.sampled_from(list(ids)), max_size=min(4, MAX_TARGETS), unique=True)
        )
    )
    return Spec(style=draw(STYLES), nodes=nodes, edges=edges)


def largest() -> Spec:
    """Every limit reached at once: the longest text there is."""
    ids = range(1000 - MAX_NODES, 1000)
    label = "層" * MAX_LABEL
    nodes = tuple(
        Node(id=id, kind=Kind.ACTIVATION, count=MAX_COUNT, label=label, hue=Hue.YELLOW)
        for id in ids
    )
    edges = tuple(
        Edge(source=source, target=target, label=label, dashed=True)
        for source in ids
        for target in ids[:MAX_TARGETS]
    )
    style = Style(direction=Direction.RIGHT, palette=Palette.PURPLE, density=Density.SPACIOUS)
    return Spec(style=style, nodes=nodes, edges=edges)
