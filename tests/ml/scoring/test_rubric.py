"""The rubric: faultless pictures get 5, and every fault costs."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.scoring.measures import contrast, measure
from ml.scoring.plain import plain_scene
from ml.scoring.rearrange import moved, with_shapes, without
from ml.scoring.rubric import readability
from ml.spec.scene import Scene
from tests.ml.scoring.scenes import box, chain, link, worded


def test_a_row_of_linked_boxes_is_faultless() -> None:
    assert readability(chain()) == 5.0
    assert readability(worded(chain())) == 5.0


def test_an_empty_scene_has_nothing_wrong() -> None:
    assert readability(Scene(shapes=(), routes=())) == 5.0


def test_overlap_is_measured_and_costs_more_than_half() -> None:
    scene = chain()
    pushed = with_shapes(scene, {1: moved(scene.shapes[1], scene.shapes[2].x - 30, 300)})
    assert measure(pushed).overlapped == pytest.approx(2 / 5)
    assert readability(pushed) < 2.5


def test_a_shape_over_the_edge_is_cut() -> None:
    scene = chain()
    over = with_shapes(scene, {4: moved(scene.shapes[4], 990, 300)})
    assert measure(over).cut == pytest.approx(1 / 5)
    assert readability(over) < 3


def test_an_edge_through_a_shape_is_seen_and_one_past_its_corner_is_not() -> None:
    shapes = (box(100, 300), box(500, 300), box(900, 300))
    through = Scene(shapes=shapes, routes=(link(shapes, 0, 2), link(shapes, 1, 2)))
    assert measure(through).through == pytest.approx(1 / 2)
    past = with_shapes(through, {1: moved(shapes[1], 500, 400)})
    assert measure(past).through == 0


def test_crossings_inside_two_fully_linked_layers_are_not_counted() -> None:
    shapes = (box(200, 200), box(200, 400), box(600, 200), box(600, 400))
    full = Scene(shapes=shapes, routes=tuple(link(shapes, a, b) for a in (0, 1) for b in (2, 3)))
    assert measure(full).crossings == 0
    crossed = Scene(shapes=shapes, routes=(link(shapes, 0, 3), link(shapes, 1, 2)))
    assert measure(crossed).crossings == pytest.approx(1 / 2)


def test_a_shape_without_edges_is_stray() -> None:
    scene = chain()
    alone = Scene(shapes=(*scene.shapes, box(500, 100)), routes=scene.routes)
    assert measure(alone).stray == pytest.approx(1 / 6)
    assert readability(alone) < 3


def test_a_single_shape_is_not_stray() -> None:
    assert readability(Scene(shapes=(box(500, 300),), routes=())) == 5.0


def test_a_missing_shape_leaves_two_parts() -> None:
    scene = chain()
    assert measure(without(scene, {2})).parts == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    "scene",
    [
        worded(chain(), size=5),
        worded(chain(), width=140),
        replace(
            chain(),
            shapes=tuple(
                replace(s, stroke=(250, 250, 250), fill=(252, 252, 252)) for s in chain().shapes
            ),
        ),
    ],
    ids=["tiny text", "text wider than its shape", "hardly any contrast"],
)
def test_words_and_contrast_count(scene: Scene) -> None:
    assert readability(scene) < 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(st.integers(0, 10_000))
def test_good_plain_scenes_score_well_and_within_the_canvas(seed: int) -> None:
    scene = plain_scene(random.Random(seed))
    measures = measure(scene)
    assert measures.cut == 0
    assert measures.nested == 0
    assert 0 <= readability(scene) <= 5


def test_almost_all_good_plain_scenes_score_above_four() -> None:
    scores = [readability(plain_scene(random.Random(seed))) for seed in range(150)]
    assert sum(score > 4 for score in scores) >= 140
