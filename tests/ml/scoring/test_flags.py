"""Which parts of a Scene are wrong, and in which cells that shows."""

from __future__ import annotations

import random

import numpy as np

from ml.scoring.flags import GRID, MAPS, fault_maps, flags
from ml.scoring.plain import plain_scene
from ml.scoring.rearrange import moved, with_shapes, without
from ml.spec.scene import Scene
from tests.ml.scoring.scenes import box, chain, link, worded


def shown(scene: Scene) -> set[str]:
    return {name for name, cells in zip(MAPS, fault_maps(scene), strict=True) if cells.any()}


def test_a_faultless_scene_shows_its_shapes_alone() -> None:
    assert shown(worded(chain())) == {"shapes"}
    assert shown(Scene(shapes=(), routes=())) == set()


def test_an_overlap_shows_where_the_two_meet() -> None:
    scene = chain()
    second, third = scene.shapes[1:3]
    pushed = with_shapes(scene, {1: moved(second, third.x - third.width / 2, third.y)})
    cells = fault_maps(pushed)[MAPS.index("overlapped")]
    row, column = (round(float(place.mean())) for place in np.nonzero(cells))
    assert abs(row - third.y / 600 * GRID[0]) < 2
    assert abs(column - (third.x - third.width / 4) / 1000 * GRID[1]) < 2
    assert "nested" not in shown(pushed)


def test_shapes_outside_the_largest_piece_are_apart_and_those_without_links_stray() -> None:
    broken = without(chain(), {1})  # 0 stands alone, 2 – 4 hang together
    assert flags(broken).stray.tolist() == [True, False, False, False]
    assert not flags(broken).apart.any()
    two = without(chain(7), {2})
    assert flags(two).apart.tolist() == [True, True, False, False, False, False]
    assert {"apart"} < shown(two)


def test_an_edge_through_a_shape_shows_along_the_edge() -> None:
    shapes = (box(100, 300), box(500, 300), box(900, 300))
    scene = Scene(shapes=shapes, routes=(link(shapes, 0, 2), link(shapes, 1, 2)))
    assert flags(scene).through.tolist() == [True, False]
    cells = fault_maps(scene)[MAPS.index("through")]
    assert cells[:, GRID[1] // 2].any()
    assert not cells[0].any()


def test_words_too_small_and_beside_their_shape_show() -> None:
    assert "tiny_text" in shown(worded(chain(), size=5))
    assert "loose_text" in shown(worded(chain(), width=140))


def test_good_plain_scenes_leave_no_shape_alone() -> None:
    scenes = [plain_scene(random.Random(seed)) for seed in range(120)]
    assert not any(flags(scene).stray.any() for scene in scenes)
