import math
import time

import pytest

from ml.candidate import Violations
from ml.drawing.geometry import overlapping, passing_through, violations
from ml.drawing.layout import place
from ml.spec.model import Line
from ml.spec.scene import Form, Point, Route, Scene, Shape, Text
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import PERCEPTRON


def shape(
    x: float, y: float, width: float = 40, height: float = 40, form: Form = Form.RECTANGLE
) -> Shape:
    return Shape(
        node=0, x=x, y=y, width=width, height=height, form=form, fill=(0, 0, 0), stroke=(0, 0, 0)
    )


def route(*points: Point, source: int = 0, target: int = 1) -> Route:
    return Route(source=source, target=target, points=points, line=Line.ARROW, colour=(0, 0, 0))


def scene(*shapes: Shape, routes: tuple[Route, ...] = ()) -> Scene:
    return Scene(shapes=shapes, routes=routes)


def test_shapes_that_share_area_overlap_and_shapes_that_touch_do_not() -> None:
    assert overlapping([shape(100, 100), shape(139, 100)]) == [(0, 1)]
    assert overlapping([shape(100, 100), shape(140, 100)]) == []


@pytest.mark.parametrize("form", [Form.ELLIPSE, Form.DIAMOND])
def test_forms_count_without_the_corners_of_their_boxes(form: Form) -> None:
    apart = [shape(100, 100, form=form), shape(136, 136, form=form)]
    assert overlapping(apart) == []
    assert overlapping([apart[0], shape(124, 100, form=form)]) == [(0, 1)]


def test_a_shape_inside_another_overlaps() -> None:
    assert overlapping([shape(100, 100, 200, 150), shape(100, 100, 10, 10)]) == [(0, 1)]


def test_circles_are_exact_to_a_fraction_of_a_pixel() -> None:
    near = [shape(100, 100, form=Form.ELLIPSE), shape(100 + 28.4, 100 + 28.4, form=Form.ELLIPSE)]
    assert overlapping(near) == []
    assert overlapping([near[0], shape(128, 128, form=Form.ELLIPSE)]) == [(0, 1)]


def test_a_route_may_touch_its_ends_and_graze_others_but_not_run_through_them() -> None:
    shapes = [shape(100, 100), shape(400, 100), shape(250, 100)]
    assert passing_through(shapes, [route((120, 100), (380, 100))]) == [(0, 2)]
    assert passing_through(shapes, [route((120, 80), (380, 80))]) == []
    assert passing_through(shapes, [route((120, 100), (380, 100), target=2)]) == []
    around = route((100, 80), (100, 60), (400, 60), (400, 80))
    assert passing_through(shapes, [around]) == []


def test_a_diagonal_past_the_corner_of_an_ellipse_is_clean() -> None:
    corner = [(221.0, 79.0), (229.0, 71.0)]
    box = [shape(100, 100), shape(400, 100), shape(240, 90, 40, 40)]
    oval = [*box[:2], shape(240, 90, 40, 40, Form.ELLIPSE)]
    assert passing_through(box, [route(*corner)]) == [(0, 2)]
    assert passing_through(oval, [route(*corner)]) == []


def test_a_route_is_counted_once_for_each_shape_it_runs_through() -> None:
    shapes = [shape(50, 50), shape(900, 50), shape(300, 100), shape(500, 100)]
    zigzag = route((50, 70), (50, 100), (600, 100), (600, 105), (250, 105), (900, 70))
    assert passing_through(shapes, [zigzag]) == [(0, 2), (0, 3)]


def test_everything_that_leaves_the_canvas_counts_once() -> None:
    label = Text(x=5, y=300, width=30, height=10, lines=("out",), size=10, colour=(0, 0, 0))
    outside = Scene(
        shapes=(shape(990, 300), shape(20, 20), shape(980, 580)),
        routes=(route((20, 20), (20, -1), (30, -1)), route((20, 20), (40, 20))),
        captions=(label,),
    )
    assert violations(outside) == Violations(overlaps=0, outside=3, edges_through_nodes=0)


def test_untrusted_numbers_are_counted_and_never_an_error() -> None:
    odd = scene(
        shape(100, 100, -40, -40),
        shape(110, 100, 40, 40),
        shape(math.nan, 0),
        shape(1e300, 50, 10, 10),
        shape(50, 50, 0, 0),
        shape(500, 300, 5e5, 5e5),
        routes=(
            route((math.inf, 0), (5, 5)),
            route(),
            route((1, 1)),
            route((0, 0), (1000, 600), source=99, target=-5),
        ),
    )
    found = violations(odd)
    assert found.overlaps == 3
    assert found.outside == 4
    assert found.edges_through_nodes == 1


def test_an_empty_scene_is_clean() -> None:
    assert violations(scene()).total == 0


def test_a_large_scene_is_checked_in_milliseconds() -> None:
    placed = place(parse_spec(PERCEPTRON))
    violations(placed)
    best = min(_seconds(placed) for _ in range(5))
    assert best < 0.1


def _seconds(placed: Scene) -> float:
    start = time.perf_counter()
    violations(placed)
    return time.perf_counter() - start
