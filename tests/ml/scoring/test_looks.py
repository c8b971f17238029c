"""What looks say of a Scene, and that they stand beside the latents that are served."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from ml.drawing.layout import place
from ml.language.corpus.examples import training_examples
from ml.language.corpus.styles import random_style
from ml.scoring.looks import LOOKS, encoder_name, looks, measured, with_looks
from ml.spec.model import Direction, Edge, Kind, Line, Node, Outline, Spec, Style
from ml.spec.rows import parse_rows, write_rows
from ml.spec.scene import Form, Scene
from tests.ml.scoring.scenes import box, chain


def drawn(**style: object) -> Scene:
    """Three steps in a row."""
    nodes = tuple(Node(id=n, kind=Kind.PROCESS, label=f"Step {n}") for n in range(3))
    edges = (Edge(source=0, target=1), Edge(source=1, target=2))
    return place(Spec(style=replace(Style(), **style), nodes=nodes, edges=edges))  # type: ignore[arg-type]


def look(scene: Scene, name: str) -> float:
    return float(measured(scene)[LOOKS.index(name)])


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ({"line": Line.ARROW}, "arrows"),
        ({"line": Line.LINE}, "lines"),
        ({"line": Line.DASHED}, "dashes"),
        ({"outline": Outline.BOX}, "boxes"),
        ({"outline": Outline.ROUND}, "round"),
        ({"outline": Outline.OVAL}, "ovals"),
    ],
)
def test_lines_and_outlines_are_told_exactly(style: dict[str, object], name: str) -> None:
    field = LOOKS[:3] if "line" in style else LOOKS[3:6]
    scene = drawn(**style)
    assert {other: look(scene, other) for other in field} == {
        other: float(other == name) for other in field
    }


def test_the_flow_is_told() -> None:
    assert look(drawn(direction=Direction.RIGHT), "flow") > 0.9
    assert look(drawn(direction=Direction.DOWN), "flow") < -0.9


def test_units_of_a_layer_are_no_ovals() -> None:
    layer = Node(id=0, kind=Kind.DENSE, count=4, label="Hidden")
    last = Node(id=1, kind=Kind.DENSE, count=2, label="Last")
    edges = (Edge(source=0, target=1),)
    scene = place(Spec(style=Style(outline=Outline.BOX), nodes=(layer, last), edges=edges))
    assert {shape.form for shape in scene.shapes} == {Form.ELLIPSE}
    assert look(scene, "units") == 1
    assert np.isnan(look(scene, "ovals"))


def test_rows_have_looks_too() -> None:
    scene = parse_rows(write_rows(chain()))
    assert look(scene, "arrows") == look(scene, "boxes") == 1


def test_what_a_scene_has_none_of_is_as_in_the_average_diagram() -> None:
    alone = Scene(shapes=(box(500, 300),), routes=())
    (found,) = looks([alone])
    assert found[LOOKS.index("arrows")] == found[LOOKS.index("flow")] == 0
    assert found[LOOKS.index("boxes")] > 0
    assert np.isfinite(looks([Scene(shapes=(), routes=())])).all()


def test_looks_of_our_own_diagrams_are_standardised() -> None:
    rng = random.Random(7)
    scenes = [
        place(replace(example.spec, style=random_style(rng)))
        for example in islice(training_examples(7), 40)
    ]
    found = looks(scenes)
    assert np.abs(found.mean(0)).max() < 1
    assert found[:, :7].std(0).min() > 1.4
    assert found.std(0).max() < 3


def test_looks_stand_beside_the_latents() -> None:
    latents = np.arange(6, dtype=np.float32).reshape(2, 3)
    scenes = [chain(2), chain(3)]
    joined = with_looks(latents, scenes)
    assert joined.dtype == np.float32
    assert np.array_equal(joined[:, :3], latents)
    assert np.array_equal(joined[:, 3:], looks(scenes))
    assert with_looks(latents[:0], []).shape == (0, 3 + len(LOOKS))
    assert encoder_name("0003") != "0003"
