"""Diagrams for the tests of this folder: a few of each sort, and any valid one by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from ml.spec.model import (
    MAX_COUNT,
    MAX_LABEL,
    MAX_TARGETS,
    Density,
    Detail,
    Direction,
    Edge,
    Kind,
    Line,
    Node,
    Outline,
    Palette,
    Spec,
    Style,
)

PERCEPTRON = """right blue round arrow spacious nodes
0 input x4 Input
1 dense x16 Hidden 1
2 dense x16 Hidden 2
3 output x3 Output"""

FLOW = """down green round arrow spacious nodes
0 start
1 process Read sensor
2 decision Temperature > 30? ->3 yes,4 no
3 process Turn on fan ->5
4 process Turn off fan ->5
5 process Wait 10 s
6 decision Stop? ->7 yes,1 no
7 end"""

UNET = """down vivid round arrow spacious layers
0 input Image
1 conv Encoder 1 ->2,~5 skip
2 conv Encoder 2 ->3,~4 skip
3 conv Bottleneck
4 conv Decoder 2
5 conv Decoder 1
6 output Mask"""

ARCHITECTURE = """right teal box dashed compact nodes
0 person Web client ->2
1 person 모바일 앱 ->2
2 service API Gateway ->3,4,5
3 service Auth ->6
4 service x3 Worker ->7 writes
5 model LLM ->5 retries,8
6 store Users DB ->
7 store Orders DB ->
8 document Report ->"""

ALL = {"perceptron": PERCEPTRON, "flow": FLOW, "unet": UNET, "architecture": ARCHITECTURE}

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
_LABELS = st.one_of(
    st.sampled_from(
        (
            "Conv 3x3",
            "Supercalifragilisticexpialidociousmodels",
            "데이터베이스에서 관련 문서를 검색하는 단계입니다",
            "これは四十文字に近いとても長い日本語のラベルですから折り返します",
            "a b c d e f g h i j k l m n o p q r s t",
            "W" * MAX_LABEL,
        )
    ),
    st.text(_LETTERS, min_size=1, max_size=MAX_LABEL),
)


@st.composite
def any_spec(draw: st.DrawFn, *, most: int = 60) -> Spec:
    """Any valid Spec of up to `most` nodes with up to MAX_TARGETS edges from each."""
    count = draw(st.integers(1, most))
    nodes = tuple(
        Node(
            id=id,
            kind=draw(st.sampled_from(Kind)),
            count=draw(st.sampled_from((1, 1, 1, 2, 5, 12, 300, MAX_COUNT))),
            label=draw(_LABELS),
        )
        for id in range(count)
    )
    edges: dict[tuple[int, int], Edge] = {}
    ids = st.integers(0, count - 1)
    chain = draw(st.booleans())
    for node in nodes:
        targets = draw(st.lists(ids, max_size=draw(st.sampled_from((0, 1, 3, MAX_TARGETS - 1)))))
        if chain and node.id + 1 < count:
            targets.insert(0, node.id + 1)
        for target in targets[:MAX_TARGETS]:
            label = draw(st.sampled_from(("", "", "", "yes", "otherwise another way round")))
            edges[node.id, target] = Edge(
                source=node.id, target=target, label=label, dashed=draw(st.booleans())
            )
    style = Style(
        direction=draw(st.sampled_from(Direction)),
        palette=draw(st.sampled_from(Palette)),
        outline=draw(st.sampled_from(Outline)),
        line=draw(st.sampled_from(Line)),
        density=draw(st.sampled_from(Density)),
        detail=draw(st.sampled_from(Detail)),
    )
    return Spec(style=style, nodes=nodes, edges=tuple(edges.values()))
