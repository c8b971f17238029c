import xml.etree.ElementTree as ElementTree

import pytest

from ml.drawing.layout import place
from ml.export.svg import write_svg
from ml.spec.model import Spec
from ml.spec.scene import Form, Scene
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL
from tests.ml.export.diagrams import NASTY, nasty

SVG = "{http://www.w3.org/2000/svg}"


def opened(spec: Spec) -> tuple[Scene, ElementTree.Element]:
    scene = place(spec)
    return scene, ElementTree.fromstring(write_svg(spec, scene))


def group(root: ElementTree.Element, id: str) -> ElementTree.Element:
    found = root.find(f"{SVG}g[@id='{id}']")
    assert found is not None
    return found


@pytest.mark.parametrize("name", ALL)
def test_every_shape_edge_and_line_of_words_is_there(name: str) -> None:
    scene, root = opened(parse_spec(ALL[name]))
    assert root.get("viewBox") == "0 0 1000 600"
    nodes = list(group(root, "nodes"))
    assert [int(node.get("data-node", "")) for node in nodes] == [s.node for s in scene.shapes]
    for node, shape in zip(nodes, scene.shapes, strict=True):
        if shape.form is Form.ELLIPSE:
            assert float(node[0].get("cx", "")) == pytest.approx(shape.x, abs=0.01)
            assert float(node[0].get("ry", "")) == pytest.approx(shape.height / 2, abs=0.01)
    edges = list(group(root, "edges"))
    assert [(e.get("data-source"), e.get("data-target")) for e in edges] == [
        (str(route.source), str(route.target)) for route in scene.routes
    ]
    texts = [r.label for r in scene.routes] + [s.label for s in scene.shapes] + [*scene.captions]
    drawn = ["".join(text.itertext()).split() for text in root.iter(f"{SVG}text")]
    assert [" ".join(words).split() for words in map(list, drawn)] == drawn
    assert ["".join("".join(words) for words in drawn)] == [
        "".join("".join("".join(t.lines).split()) for t in texts if t is not None)
    ]


@pytest.mark.parametrize("label", NASTY)
def test_words_stay_words(label: str) -> None:
    spec = nasty(label)
    scene, root = opened(spec)
    first = scene.shapes[0].label
    assert first is not None
    texts = ["".join(text.itertext()).split() for text in root.iter(f"{SVG}text")]
    assert "".join(first.lines).split() in texts or len(first.lines) > 1
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == f"{label} → {label}"


def test_the_description_says_what_is_connected() -> None:
    _, root = opened(parse_spec(ALL["flow"]))
    words = root.findtext(f"{SVG}desc")
    assert words is not None
    assert "Temperature > 30? → Turn on fan (yes)" in words
    assert words.startswith("8 nodes: Start, ")


def test_dashed_edges_are_dashed_and_plain_lines_have_no_heads() -> None:
    _, root = opened(parse_spec("right line\n0 input ->~1,2\n1 dense ->2\n2 output"))
    edges = list(group(root, "edges"))
    dashed = [edge.find(f"{SVG}path[@stroke-dasharray]") is not None for edge in edges]
    heads = [edge.find(f"{SVG}polygon") is not None for edge in edges]
    assert dashed == [True, False, False]
    assert heads == dashed
