import io
import math
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ml.drawing.layout import place
from ml.export.connectors import site
from ml.export.pptx import EMU, write_pptx
from ml.spec.model import Line, Spec
from ml.spec.scene import Form, Point, Scene, Shape
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL, any_spec
from tests.ml.export.diagrams import NASTY, nasty

LOOPS = """right teal oval line spacious nodes
0 data
1 process x3 Work ->2
2 store DB ->1 again,3
3 decision Good? ->0 no,4 yes
4 end"""
DIAGRAMS = {**ALL, "loops": LOOPS, "crowd": "right\n0 input x300\n1 dense x40\n2 output x3"}
ATTRIBUTE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(spec: Spec, scene: Scene) -> Any:
    deck = Presentation(io.BytesIO(write_pptx(spec, scene)))
    assert len(deck.slides) == 1
    return deck


@cache
def diagram(name: str) -> tuple[Scene, Any]:
    spec = parse_spec(DIAGRAMS[name])
    scene = place(spec)
    return scene, opened(spec, scene)


def parted(deck: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """The connectors, the shapes and the text boxes of the slide."""
    every = list(deck.slides[0].shapes)
    connectors = [s for s in every if s._element.tag.endswith("}cxnSp")]
    boxes = [s for s in every if s.shape_type == MSO_SHAPE_TYPE.TEXT_BOX]
    return connectors, [s for s in every if s not in connectors and s not in boxes], boxes


def px(emu: int) -> float:
    return emu / EMU


def way_of(connector: Any) -> list[Point]:
    """The points of a connector, by the definitions of the presets it is made of."""
    looks = connector._element.spPr
    frame = looks.find(f"{ATTRIBUTE}xfrm")
    wide, high = px(connector.width), px(connector.height)
    middle = px(connector.left) + wide / 2, px(connector.top) + high / 2
    own = looks.find(f"{ATTRIBUTE}custGeom")
    if own is not None:
        return [
            (px(connector.left) + px(int(pt.get("x"))), px(connector.top) + px(int(pt.get("y"))))
            for pt in own.iter(f"{ATTRIBUTE}pt")
        ]
    preset = looks.find(f"{ATTRIBUTE}prstGeom")
    a = [int(gd.get("fmla").split()[1]) / 100_000 for gd in preset.iter(f"{ATTRIBUTE}gd")]
    ways: dict[str, Any] = {
        "straightConnector1": lambda: [(0, 0), (1, 1)],
        "bentConnector2": lambda: [(0, 0), (1, 0), (1, 1)],
        "bentConnector3": lambda: [(0, 0), (a[0], 0), (a[0], 1), (1, 1)],
        "bentConnector4": lambda: [(0, 0), (a[0], 0), (a[0], a[1]), (1, a[1]), (1, 1)],
        "bentConnector5": lambda: [
            (0, 0), (a[0], 0), (a[0], a[1]), (a[2], a[1]), (a[2], 1), (1, 1),
        ],
    }  # fmt: skip
    points = []
    for u, v in ways[preset.get("prst")]():
        x, y = (u - 0.5) * wide, (v - 0.5) * high
        x = -x if frame.get("flipH") else x
        y = -y if frame.get("flipV") else y
        if frame.get("rot"):
            assert frame.get("rot") == "5400000"
            x, y = -y, x
        points.append((middle[0] + x, middle[1] + y))
    return points


def off_the_way(point: Point, path: list[Point]) -> float:
    """How far a point is from a polyline."""
    best = math.inf
    for (ax, ay), (bx, by) in pairwise(path):
        far = (bx - ax) ** 2 + (by - ay) ** 2
        share = 0.0
        if far:
            share = max(
                0.0, min(1.0, ((point[0] - ax) * (bx - ax) + (point[1] - ay) * (by - ay)) / far)
            )
        spot = ax + share * (bx - ax), ay + share * (by - ay)
        best = min(best, math.dist(point, spot))
    return best


@pytest.mark.parametrize("name", DIAGRAMS)
def test_every_shape_stands_where_it_was_drawn(name: str) -> None:
    scene, deck = diagram(name)
    _, shapes, _ = parted(deck)
    assert len(shapes) == len(scene.shapes)
    for made, shape in zip(shapes, scene.shapes, strict=True):
        assert px(made.left) + px(made.width) / 2 == pytest.approx(shape.x, abs=0.1)
        assert px(made.top) + px(made.height) / 2 == pytest.approx(shape.y, abs=0.1)
        if shape.form is not Form.ELLIPSIS:
            assert px(made.width) == pytest.approx(shape.width, abs=0.1)
            assert str(made.fill.fore_color.rgb) == "{:02X}{:02X}{:02X}".format(*shape.fill)


@pytest.mark.parametrize("name", DIAGRAMS)
def test_shapes_hold_their_words_line_by_line(name: str) -> None:
    scene, deck = diagram(name)
    _, shapes, boxes = parted(deck)
    for made, shape in zip(shapes, scene.shapes, strict=True):
        lines = shape.label.lines if shape.label else ("",)
        assert made.text_frame.text.split("\v") == list(lines)
        assert not made.text_frame.word_wrap
    words = [route.label for route in scene.routes if route.label] + list(scene.captions)
    assert [box.text_frame.text.split("\v") for box in boxes] == [list(w.lines) for w in words]


@pytest.mark.parametrize("name", DIAGRAMS)
def test_every_edge_is_glued_to_both_its_shapes(name: str) -> None:
    scene, deck = diagram(name)
    connectors, shapes, _ = parted(deck)
    assert len(connectors) == len(scene.routes)
    for made, route in zip(connectors, scene.routes, strict=True):
        glue = made._element.nvCxnSpPr.cNvCxnSpPr
        assert glue.stCxn.id == shapes[route.source].shape_id
        assert glue.endCxn.id == shapes[route.target].shape_id
        arrows = made._element.spPr.findall(f".//{ATTRIBUTE}tailEnd")
        assert len(arrows) == (0 if route.line is Line.LINE else 1)
        dashed = made._element.spPr.findall(f".//{ATTRIBUTE}prstDash")
        assert len(dashed) == (1 if route.line is Line.DASHED else 0)


@pytest.mark.parametrize("name", ["flow", "unet", "architecture", "loops"])
def test_connectors_go_the_way_that_was_drawn(name: str) -> None:
    scene, deck = diagram(name)
    connectors, _, _ = parted(deck)
    for made, route in zip(connectors, scene.routes, strict=True):
        way = way_of(made)
        assert math.dist(way[0], route.points[0]) < 1.0
        assert math.dist(way[-1], route.points[-1]) < 1.0
        assert max(off_the_way(point, way) for point in route.points) < 1.0
        assert max(off_the_way(point, list(route.points)) for point in way) < 1.0


def test_bent_edges_are_bent_connectors() -> None:
    _, deck = diagram("flow")
    connectors, _, _ = parted(deck)
    kinds = {made._element.spPr.find(f"{ATTRIBUTE}prstGeom").get("prst") for made in connectors}
    assert {"straightConnector1", "bentConnector2", "bentConnector3"} <= kinds


def test_edges_lie_below_shapes_and_words_above() -> None:
    _, deck = diagram("architecture")
    connectors, shapes, boxes = parted(deck)
    assert list(deck.slides[0].shapes) == [*connectors, *shapes, *boxes]


@pytest.mark.parametrize("name", DIAGRAMS)
def test_nothing_leaves_the_slide_and_no_number_comes_twice(name: str) -> None:
    _, deck = diagram(name)
    every = list(deck.slides[0].shapes)
    assert len({made.shape_id for made in every}) == len(every)
    assert (deck.slide_width, deck.slide_height) == (1000 * EMU, 600 * EMU)
    _, shapes, boxes = parted(deck)
    for made in (*shapes, *boxes):
        assert made.left >= 0
        assert made.top >= 0
        assert made.left + made.width <= deck.slide_width
        assert made.top + made.height <= deck.slide_height


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_words_and_never_markup(label: str) -> None:
    spec = nasty(label)
    scene = place(spec)
    _, shapes, _ = parted(opened(spec, scene))
    drawn = [shape.label.lines for shape in scene.shapes if shape.label]
    assert [tuple(made.text_frame.text.split("\v")) for made in shapes] == drawn


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_spec(most=10))
def test_any_diagram_opens_with_all_its_parts(spec: Spec) -> None:
    scene = place(spec)
    connectors, shapes, _ = parted(opened(spec, scene))
    assert (len(connectors), len(shapes)) == (len(scene.routes), len(scene.shapes))
    for made, route in zip(connectors, scene.routes, strict=True):
        way = way_of(made)
        assert math.dist(way[0], route.points[0]) < 1.0
        assert math.dist(way[-1], route.points[-1]) < 1.0


def test_an_edge_is_glued_to_the_side_that_it_leaves() -> None:
    box = Shape(
        node=0,
        x=100,
        y=100,
        width=80,
        height=40,
        form=Form.RECTANGLE,
        fill=(0, 0, 0),
        stroke=(0, 0, 0),
    )
    assert site(box, (70, 80), (70, 20)) == 0
    assert site(box, (60, 90), (0, 90)) == 1
    assert site(box, (70, 120), (70, 180)) == 2
    assert site(box, (140, 115), (200, 115)) == 3
