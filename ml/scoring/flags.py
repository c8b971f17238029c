"""Which shapes, routes and words of a Scene are wrong, and where on the canvas that shows.

`flags` judges every part by its exact geometry; `ml.scoring.measures` counts what it finds and
`fault_maps` draws it onto a coarse grid, so that the networks can learn where to look.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.scoring.passages import Segments, flow, segments, through
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Form, Scene, Text

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SMALL_TEXT = 8.0  # px font size, on a canvas 1000 px wide
GRID = (18, 30)
"""Rows and columns of a fault map: 33 px of the canvas a cell."""
MAPS = (
    "shapes", "overlapped", "nested", "cut", "stray", "apart", "through", "against",
    "tiny_text", "loose_text",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is wrong with each of N shapes, R routes and T texts.

    `boxes` float[N, 4] are centres and half sizes in px, `blocks` float[T, 4] those of the
    texts: labels of shapes, labels of routes, captions. `overlap` float[N, N] is the shared area,
    px². `hit` and `inner` bool[N, N] say which pairs share more than 2 %, and more than 95 %, of
    the smaller one. `apart` marks linked shapes outside the largest linked piece.
    """

    boxes: Floats
    blocks: Floats
    ends: NDArray[np.int64]
    lines: Segments
    overlap: Floats
    hit: Flags
    inner: Flags
    cut: Flags
    stray: Flags
    apart: Flags
    pieces: int
    through: Flags
    against: Flags
    slanted: Flags
    tiny: Flags
    spilling: Floats
    clash: Flags


def flags(scene: Scene) -> Found:
    """Judges every part of a Scene that has shapes."""
    shapes, routes = scene.shapes, scene.routes
    boxes = np.array([[s.x, s.y, s.width / 2, s.height / 2] for s in shapes], float)
    boxes[:, 2:] = np.maximum(boxes[:, 2:], 0.5)
    ends = np.array([[r.source, r.target] for r in routes], int).reshape(-1, 2)
    lines = segments(routes)
    overlap = shared_area(boxes)
    areas = 4 * boxes[:, 2] * boxes[:, 3]
    smaller = np.minimum(areas[:, None], areas[None])
    hit, inner = overlap > 0.02 * smaller, overlap > 0.95 * smaller
    lows, highs = boxes[:, :2] - boxes[:, 2:], boxes[:, :2] + boxes[:, 2:]
    visible = np.array([s.form is not Form.ELLIPSIS for s in shapes])
    linked = np.bincount(ends.ravel(), minlength=len(shapes)) > 0
    piece = pieces(len(shapes), ends)
    names, sizes = np.unique(piece, return_counts=True)
    steep = np.abs(lines.stops - lines.starts).min(1) > 6
    slanted = np.isin(np.arange(len(routes)), lines.owner[steep])
    straight = np.array([len(route.points) == 2 for route in routes], bool)
    blocks, tiny, spilling, clash = _words(scene, boxes)
    return Found(
        boxes=boxes,
        blocks=blocks,
        ends=ends,
        lines=lines,
        overlap=overlap,
        hit=hit,
        inner=inner,
        cut=((lows < -2) | (highs > (CANVAS_WIDTH + 2, CANVAS_HEIGHT + 2))).any(axis=1),
        stray=~linked & visible & (len(shapes) > 1),
        apart=linked & (piece != names[sizes.argmax()]),
        pieces=len(names) - int((~visible).sum()),
        through=through(boxes, [s.form for s in shapes], lines, ends),
        against=(flow(boxes, ends) < -0.3) & straight & slanted,
        slanted=slanted,
        tiny=tiny,
        spilling=spilling,
        clash=clash,
    )


def fault_maps(scene: Scene) -> NDArray[np.bool_]:
    """bool[M, 18, 30]: the cells of the canvas where each of MAPS shows; none for no shapes."""
    maps = np.zeros((len(MAPS), *GRID), bool)
    if not scene.shapes:
        return maps
    found = flags(scene)
    bodies = _cells(found.boxes)
    maps[0] = bodies.any(0)
    for place, pairs in ((1, found.hit & ~found.inner), (2, found.hit & found.inner)):
        one, other = np.nonzero(np.triu(pairs, 1))
        low = np.maximum(
            found.boxes[one, :2] - found.boxes[one, 2:],
            found.boxes[other, :2] - found.boxes[other, 2:],
        )
        high = np.minimum(
            found.boxes[one, :2] + found.boxes[one, 2:],
            found.boxes[other, :2] + found.boxes[other, 2:],
        )
        maps[place] = _cells(np.hstack([(low + high) / 2, (high - low) / 2])).any(0)
    for place, hit in ((3, found.cut), (4, found.stray), (5, found.apart)):
        maps[place] = bodies[hit].any(0)
    for place, hit in ((6, found.through), (7, found.against)):
        maps[place] = _passed(found.lines, hit)
    words = _cells(found.blocks)
    maps[8] = words[found.tiny].any(0)
    maps[9] = words[found.clash | (found.spilling > 0.05)].any(0)
    return maps


def _cells(boxes: Floats) -> Flags:
    """bool[N, 18, 30]: the cells that each box touches."""
    size = np.array([CANVAS_WIDTH / GRID[1], CANVAS_HEIGHT / GRID[0]])
    low, high = (boxes[:, :2] - boxes[:, 2:]) / size, (boxes[:, :2] + boxes[:, 2:]) / size
    column, row = np.arange(GRID[1]), np.arange(GRID[0])
    across = (column < high[:, :1]) & (column + 1 > low[:, :1])
    down = (row < high[:, 1:]) & (row + 1 > low[:, 1:])
    return np.asarray(down[:, :, None] & across[:, None, :])


def _passed(lines: Segments, hit: Flags) -> Flags:
    """bool[18, 30]: the cells that marked routes pass."""
    use = hit[lines.owner]
    along = np.linspace(0, 1, 64)[:, None, None]
    points = lines.starts[use] + along * (lines.stops - lines.starts)[use]
    place = points.reshape(-1, 2) / (CANVAS_WIDTH / GRID[1], CANVAS_HEIGHT / GRID[0])
    place = place[((place >= 0) & (place < (GRID[1], GRID[0]))).all(1)].astype(int)
    passed = np.zeros(GRID, bool)
    passed[place[:, 1], place[:, 0]] = True
    return passed


def shared_area(boxes: Floats) -> Floats:
    """float[N, N]: shared area of bounding boxes, px²; 0 with itself."""
    lows, highs = boxes[:, :2] - boxes[:, 2:], boxes[:, :2] + boxes[:, 2:]
    low = np.maximum(lows[:, None], lows[None])
    high = np.minimum(highs[:, None], highs[None])
    shared: Floats = np.maximum(high - low, 0).prod(2)
    np.fill_diagonal(shared, 0)
    return shared


def pieces(count: int, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """int[N]: a number that linked shapes, directly or by others, have in common."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in ends:
        parent[root(int(a))] = root(int(b))
    return np.array([root(i) for i in range(count)], np.int64)


def texts_of(scene: Scene) -> list[Text]:
    """Labels of shapes, labels of routes, captions."""
    on_shapes = [shape.label for shape in scene.shapes if shape.label]
    on_routes = [route.label for route in scene.routes if route.label]
    return [*on_shapes, *on_routes, *scene.captions]


def _words(scene: Scene, boxes: Floats) -> tuple[Floats, Flags, Floats, Flags]:
    """Boxes of the texts, which are tiny, the part of each beside its shape, which clash."""
    texts = texts_of(scene)
    blocks = np.array([[t.x, t.y, t.width / 2, t.height / 2] for t in texts], float).reshape(-1, 4)
    home = [i for i, shape in enumerate(scene.shapes) if shape.label]
    areas = np.maximum(4 * blocks[:, 2] * blocks[:, 3], 1.0)
    shared = shared_area(np.vstack([blocks, boxes]))
    at_home = shared[np.arange(len(home)), [len(blocks) + i for i in home]] / areas[: len(home)]
    spilling = np.zeros(len(texts))
    spilling[: len(home)] = np.maximum(1 - at_home - 1e-9, 0)
    on_text = shared[: len(blocks), : len(blocks)] > 0.05 * areas[:, None]
    on_shape = shared[: len(blocks), len(blocks) :] > 0.05 * areas[:, None]
    on_shape[np.arange(len(home)), home] = False
    tiny = np.array([text.size < SMALL_TEXT for text in texts], bool)
    return blocks, tiny, spilling, np.asarray(on_text.any(axis=1) | on_shape.any(axis=1))
