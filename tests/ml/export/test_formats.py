import io
import json
import xml.etree.ElementTree as ElementTree
from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from ml.drawing.layout import place
from ml.drawing.render import draw, draw_transparent
from ml.export.formats import Format, export
from ml.spec.model import Spec
from ml.spec.rows import parse_rows
from ml.spec.scene import Scene
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL, any_spec
from tests.ml.export.diagrams import NASTY, nasty


@cache
def scene_of(text: str) -> Scene:
    return place(parse_spec(text))


def exported(text: str, format: Format) -> bytes:
    return export(parse_spec(text), scene_of(text), format)


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("name", ALL)
def test_the_same_diagram_gives_the_same_bytes(name: str, format: Format) -> None:
    assert exported(ALL[name], format) == exported(ALL[name], format)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_spec(most=12))
def test_any_diagram_can_be_taken_away_in_every_format(spec: Spec) -> None:
    scene = place(spec)
    for format in Format:
        if not format.needs_opencv:
            assert export(spec, scene, format)
    for format in (Format.SVG, Format.DRAWIO):
        ElementTree.fromstring(export(spec, scene, format))


def test_labels_with_every_forbidden_letter_can_be_taken_away() -> None:
    spec = nasty("\x00\x0b\ud800\ufffe\ufdd0 \n\t ok")
    scene = place(spec)
    for format in Format:
        assert export(spec, scene, format)


def test_every_format_has_a_file_name_and_a_media_type() -> None:
    for format in Format:
        assert format.extension.startswith(".")
        assert "/" in format.media_type


@pytest.mark.parametrize(
    ("format", "size"), [(Format.PNG, (600, 1000, 3)), (Format.PNG_2X, (1200, 2000, 3))]
)
def test_a_png_is_the_picture_in_its_size(format: Format, size: tuple[int, ...]) -> None:
    image = cv2.imdecode(
        np.frombuffer(exported(ALL["flow"], format), np.uint8), cv2.IMREAD_UNCHANGED
    )
    assert image.shape == size
    wanted = draw(scene_of(ALL["flow"]), scale=size[0] / 600)
    assert np.array_equal(image[..., ::-1], wanted)


@pytest.mark.parametrize("name", ALL)
def test_the_transparent_picture_on_its_background_is_the_picture(name: str) -> None:
    scene = scene_of(ALL[name])
    image = draw_transparent(scene).astype(np.float64)
    share = image[..., 3:] / 255
    laid = image[..., :3] * share + np.array(scene.background) * (1 - share)
    off = np.abs(laid - draw(scene))
    assert off.max() <= 16  # where many lines cross, roundings add up
    assert off.mean() < 0.2
    assert (image[0, 0] == 0).all()  # nothing stands in the corner


def test_a_transparent_png_keeps_its_transparency() -> None:
    data = np.frombuffer(exported(ALL["flow"], Format.PNG_TRANSPARENT), np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    assert image.shape == (1200, 2000, 4)
    assert image[..., 3].min() == 0
    assert image[..., 3].max() == 255


@pytest.mark.parametrize("label", NASTY)
def test_json_gives_the_diagram_back(label: str) -> None:
    spec = nasty(label)
    scene = place(spec)
    facts = json.loads(export(spec, scene, Format.JSON))
    assert facts["version"] == 1
    assert [node["label"] for node in facts["nodes"]] == [node.label for node in spec.nodes]
    assert Scene.from_json(json.dumps(facts["scene"])) == scene


def test_the_text_in_json_can_be_drawn_again() -> None:
    facts = json.loads(exported(ALL["unet"], Format.JSON))
    assert parse_spec(facts["text"]) == parse_spec(ALL["unet"])
    assert facts["style"]["palette"] == "vivid"
    assert {"source": 1, "target": 5, "label": "skip", "dashed": True} in facts["edges"]


def test_rows_can_be_read_back() -> None:
    rows = parse_rows(exported(ALL["architecture"], Format.ROWS).decode())
    scene = scene_of(ALL["architecture"])
    assert [round(shape.x) for shape in scene.shapes] == [shape.x for shape in rows.shapes]
    assert io.StringIO(exported(ALL["flow"], Format.ROWS).decode()).readline().startswith("[0, ")
