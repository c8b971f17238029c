import xml.etree.ElementTree as ElementTree

import pytest

from ml.drawing.layout import place
from ml.export.drawio import write_drawio
from ml.spec.model import Spec
from ml.spec.scene import Form, Scene
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL
from tests.ml.export.diagrams import NASTY, nasty


def opened(spec: Spec) -> tuple[Scene, dict[str, ElementTree.Element]]:
    """The Scene, and the cells of the page by their ids."""
    scene = place(spec)
    root = ElementTree.fromstring(write_drawio(spec, scene))
    assert root.tag == "mxfile"
    cells = root.findall("./diagram/mxGraphModel/root/mxCell")
    ids = [cell.get("id", "") for cell in cells]
    assert len(set(ids)) == len(ids)
    return scene, dict(zip(ids, cells, strict=True))


def styles(cell: ElementTree.Element) -> dict[str, str]:
    parts = (part.partition("=") for part in cell.get("style", "").split(";") if part)
    return {key: value for key, _, value in parts}


@pytest.mark.parametrize("name", ALL)
def test_every_shape_is_a_vertex_where_it_was_drawn(name: str) -> None:
    scene, cells = opened(parse_spec(ALL[name]))
    for number, shape in enumerate(scene.shapes):
        cell = cells[f"s{number}"]
        box = cell.find("mxGeometry")
        assert box is not None
        assert cell.get("vertex") == "1"
        assert cell.get("parent") == "1"
        left, width = float(box.get("x", "")), float(box.get("width", ""))
        assert left + width / 2 == pytest.approx(shape.x, abs=0.02)
        if shape.form is not Form.ELLIPSIS:
            assert cell.get("value") == ("\n".join(shape.label.lines) if shape.label else "")
            assert styles(cell)["fillColor"] == "#{:02X}{:02X}{:02X}".format(*shape.fill)


@pytest.mark.parametrize("name", ALL)
def test_every_edge_is_tied_to_its_shapes_and_goes_its_way(name: str) -> None:
    scene, cells = opened(parse_spec(ALL[name]))
    for number, route in enumerate(scene.routes):
        cell = cells[f"e{number}"]
        assert cell.get("edge") == "1"
        assert (cell.get("source"), cell.get("target")) == (f"s{route.source}", f"s{route.target}")
        assert cells[cell.get("source", "")].get("vertex") == "1"
        style = styles(cell)
        for end, shape, point in (
            ("exit", scene.shapes[route.source], route.points[0]),
            ("entry", scene.shapes[route.target], route.points[-1]),
        ):
            x = shape.x + (float(style[f"{end}X"]) - 0.5) * shape.width
            y = shape.y + (float(style[f"{end}Y"]) - 0.5) * shape.height
            assert (x, y) == pytest.approx(point, abs=2.0)
        bends = [
            (float(p.get("x", "")), float(p.get("y", "")))
            for p in cell.findall("./mxGeometry/Array/mxPoint")
        ]
        for bend, point in zip(bends, route.points[1:-1], strict=True):
            assert bend == pytest.approx(point, abs=0.02)


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_words_and_never_markup(label: str) -> None:
    scene, cells = opened(nasty(label))
    for number, shape in enumerate(scene.shapes):
        assert shape.label is not None
        assert cells[f"s{number}"].get("value") == "\n".join(shape.label.lines)
        assert styles(cells[f"s{number}"])["html"] == "0"
