import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from ml.drawing.geometry import violations
from ml.drawing.layout import place
from ml.drawing.tags import covering
from ml.spec.model import Direction, Line, Spec
from ml.spec.scene import Form, Scene, Text
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL, ARCHITECTURE, FLOW, PERCEPTRON, UNET, any_spec


def texts_beside_shapes(scene: Scene) -> list[Text]:
    return [*scene.captions, *(route.label for route in scene.routes if route.label is not None)]


def assert_tells_the_whole_spec(scene: Scene, spec: Spec) -> None:
    assert {shape.node for shape in scene.shapes} == {node.id for node in spec.nodes}
    drawn = {
        (scene.shapes[route.source].node, scene.shapes[route.target].node) for route in scene.routes
    }
    assert drawn == {(edge.source, edge.target) for edge in spec.edges}


@given(spec=any_spec())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_valid_spec_breaks_no_geometry_rule(spec: Spec) -> None:
    scene = place(spec)
    assert violations(scene).total == 0
    assert_tells_the_whole_spec(scene, spec)


@given(spec=any_spec(most=12))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_captions_and_edge_labels_cover_no_shape(spec: Spec) -> None:
    scene = place(spec)
    for text in texts_beside_shapes(scene):
        half = np.array((text.width / 2, text.height / 2))
        centre = np.array((text.x, text.y))
        low, high = (centre - half)[None], (centre + half)[None]
        assert not covering(scene.shapes, low, high).any()
    for shape in scene.shapes:
        assert shape.label is None or shape.label.size >= 8


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
def test_ordinary_diagrams_have_text_of_at_least_11_px(text: str) -> None:
    spec = parse_spec(text)
    scene = place(spec)
    assert_tells_the_whole_spec(scene, spec)
    labels = [shape.label for shape in scene.shapes if shape.label is not None]
    assert min((label.size for label in [*labels, *scene.captions]), default=11) >= 11
    assert not any("…" in line for label in labels for line in label.lines)


def test_the_same_spec_is_placed_alike_twice() -> None:
    spec = parse_spec(ARCHITECTURE)
    assert place(spec) == place(spec)


def test_layers_are_drawn_node_by_node_and_fully_connected() -> None:
    scene = place(parse_spec(PERCEPTRON))
    assert [sum(shape.node == id for shape in scene.shapes) for id in range(4)] == [4, 16, 16, 3]
    assert all(shape.form is Form.ELLIPSE for shape in scene.shapes)
    assert len(scene.routes) == 4 * 16 + 16 * 16 + 16 * 3
    assert scene.captions[1].lines == ("Hidden 1 · 16",)


def test_units_of_a_layer_stand_at_equal_distances() -> None:
    scene = place(parse_spec(PERCEPTRON))
    for id in range(4):
        places = np.array([shape.y for shape in scene.shapes if shape.node == id])
        steps = np.diff(places)
        assert np.allclose(steps, steps[0])


def test_a_layer_too_large_to_draw_shows_dots_and_its_count() -> None:
    scene = place(parse_spec("right nodes\n0 input x784 Pixels\n1 output x10"))
    pixels = [shape for shape in scene.shapes if shape.node == 0]
    assert sum(shape.form is Form.ELLIPSIS for shape in pixels) == 1
    assert len(pixels) < 20
    assert "Pixels · 784" in {" ".join(caption.lines) for caption in scene.captions}


def test_layers_detail_draws_one_block_with_its_count() -> None:
    scene = place(parse_spec("right layers\n0 input x784 Pixels\n1 output x10"))
    assert len(scene.shapes) == 2
    assert scene.shapes[0].label is not None
    assert " ".join(scene.shapes[0].label.lines).replace("\u00a0", " ") == "Pixels × 784"


def test_a_few_equal_services_are_drawn_apart() -> None:
    scene = place(parse_spec(ARCHITECTURE))
    workers = [shape for shape in scene.shapes if shape.node == 4]
    assert [" ".join(shape.label.lines) for shape in workers if shape.label] == [
        "Worker 1",
        "Worker 2",
        "Worker 3",
    ]


def test_a_flow_runs_in_its_direction() -> None:
    down = place(parse_spec(FLOW))
    assert down.shapes[0].y < down.shapes[1].y < down.shapes[2].y < down.shapes[7].y
    right = place(parse_spec(FLOW.replace("down", "right")))
    assert right.shapes[0].x < right.shapes[1].x < right.shapes[2].x < right.shapes[7].x


def test_nested_skips_become_a_valley_with_level_skips() -> None:
    scene = place(parse_spec(UNET))
    for upper, lower in ((1, 5), (2, 4)):
        assert scene.shapes[upper].y == pytest.approx(scene.shapes[lower].y)
    assert scene.shapes[3].y > scene.shapes[2].y > scene.shapes[1].y


def test_kinds_have_their_forms() -> None:
    scene = place(parse_spec("right box\n0 start\n1 decision Ok?\n2 store DB\n3 process Work"))
    assert [shape.form for shape in scene.shapes] == [
        Form.ELLIPSE,
        Form.DIAMOND,
        Form.CYLINDER,
        Form.RECTANGLE,
    ]


def test_the_line_style_and_a_dashed_edge_reach_the_routes() -> None:
    scene = place(parse_spec("right line\n0 input\n1 dense ->~0,2\n2 output"))
    lines = {(route.source, route.target): route.line for route in scene.routes}
    assert lines == {(0, 1): Line.LINE, (1, 0): Line.DASHED, (1, 2): Line.LINE}


def test_a_long_chain_folds_so_that_it_stays_readable() -> None:
    steps = "\n".join(f"{id} process Step number {id}" for id in range(25))
    for direction in Direction:
        scene = place(parse_spec(f"{direction} round\n{steps}"))
        assert min(shape.label.size for shape in scene.shapes if shape.label) >= 12


def test_a_chain_is_recognised_in_any_order_of_its_nodes() -> None:
    scene = place(parse_spec("right box\n0 end ->\n1 start ->2\n2 process ->3\n3 process ->0"))
    places = {shape.node: (shape.x, shape.y) for shape in scene.shapes}
    assert places[1][0] < places[2][0] < places[3][0] < places[0][0]
    assert len({y for _, y in places.values()}) == 1


def test_a_scene_survives_json() -> None:
    scene = place(parse_spec(ARCHITECTURE))
    assert Scene.from_json(scene.to_json()) == scene
