import math

import cv2
import numpy as np
import pytest

from ml.drawing.layout import place
from ml.drawing.render import Image, draw, encode_png
from ml.spec.model import Line
from ml.spec.scene import Form, Route, Scene, Shape, Text
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL

RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)


def one_shape(form: Form, *, x: float = 500, y: float = 300) -> Scene:
    shape = Shape(node=0, x=x, y=y, width=200, height=100, form=form, fill=RED, stroke=BLUE)
    return Scene(shapes=(shape,), routes=())


def pixel(image: Image, x: float, y: float, scale: float = 2.0) -> tuple[int, ...]:
    return tuple(int(part) for part in image[round(y * scale), round(x * scale)])


@pytest.mark.parametrize("scale", [0.256, 1.0, 2.0])
def test_the_image_has_the_size_of_the_scaled_canvas(scale: float) -> None:
    image = draw(one_shape(Form.ELLIPSE), scale=scale)
    assert image.shape == (round(600 * scale), round(1000 * scale), 3)
    assert image.dtype == np.uint8


@pytest.mark.parametrize(
    "form", [Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.ELLIPSE, Form.DIAMOND, Form.CYLINDER]
)
def test_a_shape_is_drawn_exactly_where_it_stands(form: Form) -> None:
    image = draw(one_shape(form))
    assert pixel(image, 500, 310) == RED
    assert pixel(image, 397, 300) == WHITE
    assert pixel(image, 500, 352) == WHITE
    inked = np.argwhere((image != 255).any(axis=2))
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
    assert left / 2 == pytest.approx(400, abs=1.5)
    assert right / 2 == pytest.approx(600, abs=1.5)
    assert top / 2 == pytest.approx(250, abs=1.5)
    assert bottom / 2 == pytest.approx(350, abs=1.5)


def test_corners_tell_the_forms_apart() -> None:
    corner = (402.5, 252.5)
    assert pixel(draw(one_shape(Form.RECTANGLE)), *corner) == RED
    for form in (Form.ROUND_RECTANGLE, Form.ELLIPSE, Form.DIAMOND, Form.CYLINDER):
        assert pixel(draw(one_shape(form)), *corner) != RED


def test_edges_of_shapes_are_smooth() -> None:
    image = draw(one_shape(Form.ELLIPSE))
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 30


def _line(line: Line) -> Image:
    route = Route(source=0, target=0, points=((100, 300), (300, 300)), line=line, colour=(0, 0, 0))
    return draw(Scene(shapes=(), routes=(route,)))


def test_an_arrow_has_a_head_and_a_line_has_none() -> None:
    head = (slice(590, 611), slice(580, 600))
    assert (_line(Line.ARROW)[head] < 128).sum() > 1.5 * (_line(Line.LINE)[head] < 128).sum()


def test_a_dashed_line_has_gaps() -> None:
    row = _line(Line.DASHED)[600, 220:560, 0] < 128
    assert 10 < np.abs(np.diff(row.astype(int))).sum() < 80
    assert (_line(Line.LINE)[600, 220:560, 0] < 128).all()


def test_text_is_centred_by_its_ink() -> None:
    text = Text(x=500, y=300, width=120, height=20, lines=("HHHH",), size=16, colour=(0, 0, 0))
    image = draw(Scene(shapes=(), routes=(), captions=(text,)))
    rows, columns = np.nonzero(image[..., 0] < 128)
    assert (columns.min() + columns.max()) / 4 == pytest.approx(500, abs=1)
    assert (rows.min() + rows.max()) / 4 == pytest.approx(300, abs=1)


def test_hangul_is_drawn_as_hangul() -> None:
    def ink(words: str) -> int:
        text = Text(x=500, y=300, width=90, height=20, lines=(words,), size=20, colour=(0, 0, 0))
        return int((draw(Scene(shapes=(), routes=(), captions=(text,)))[..., 0] < 128).sum())

    assert ink("한글") != ink("??")
    assert ink("한글") > 200


def test_a_label_on_its_line_is_not_struck_out() -> None:
    label = Text(x=200, y=300, width=60, height=14, lines=(" ",), size=12, colour=(0, 0, 0))
    route = Route(
        source=0,
        target=0,
        points=((100, 300), (300, 300)),
        line=Line.LINE,
        colour=(0, 0, 0),
        label=label,
    )
    image = draw(Scene(shapes=(), routes=(route,)))
    assert pixel(image, 200, 300) == WHITE
    assert pixel(image, 120, 300) != WHITE


@pytest.mark.parametrize("value", [math.nan, math.inf, -1e300, 1e5, -3.0, 0.0])
def test_untrusted_numbers_draw_something_and_never_fail(value: float) -> None:
    text = Text(x=value, y=300, width=10, height=10, lines=("x",), size=12, colour=(0, 0, 0))
    shapes = tuple(
        Shape(
            node=0,
            x=value,
            y=10,
            width=value,
            height=20,
            form=form,
            fill=RED,
            stroke=BLUE,
            label=text,
        )
        for form in Form
    )
    route = Route(
        source=9,
        target=-4,
        points=((0, 0), (value, value), (5, 5)),
        line=Line.DASHED,
        colour=(0, 0, 0),
        label=text,
    )
    image = draw(Scene(shapes=shapes, routes=(route, route)), scale=1.0)
    assert image.shape == (600, 1000, 3)


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
def test_a_png_holds_the_very_image(text: str) -> None:
    image = draw(place(parse_spec(text)))
    data = encode_png(image)
    decoded = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert (cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB) == image).all()


def test_a_small_image_shows_what_a_reduced_large_one_does() -> None:
    scene = place(parse_spec(ALL["flow"]))
    small = draw(scene, scale=0.25).astype(int)
    reduced = cv2.resize(draw(scene, scale=2.0), (250, 150), interpolation=cv2.INTER_AREA)
    assert np.abs(small - reduced).mean() < 4
