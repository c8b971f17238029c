"""Exact geometry of a Scene, as the numbers that the readability rubric weighs.

Everything is computed from places and sizes, never from pixels. Fractions are of the shapes or
of the routes unless a line says otherwise; all are 0 for a faultless picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Colour, Form, Scene, Text

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SMALL_SHAPE = 14.0  # px; thinner than this, a shape reads as a mark
SMALL_TEXT = 8.0  # px font size, on a canvas 1000 px wide
READABLE_CONTRAST = 4.5  # WCAG 2.2, AA
VISIBLE_CONTRAST = 1.6
NEAR = 6.0  # px; closer shapes look as if they touched


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What is wrong with a picture, each 0 when nothing is."""

    overlapped: float  # shapes that partly cover another one
    nested: float  # shapes that lie on, or under, another one altogether
    covered: float  # mean over shapes of the covered part of their area
    touching: float  # shapes closer than NEAR to another one
    cut: float  # shapes that reach over the edge of the canvas
    outside: float  # mean over shapes and labels of the part off the canvas
    through: float  # routes that run through a shape they do not belong to
    crossings: float  # crossings per route, without those inside two fully linked layers
    against: float  # straight slanted routes against the main direction; led round, it is meant
    stray: float  # shapes without any route
    parts: float  # separate pieces, beyond the first, over shapes
    length: float  # mean route length over the canvas diagonal
    unaligned: (
        float  # rows or columns in use, the fewer, beyond those of a square grid; over shapes
    )
    slanted: float  # routes with a piece that is neither level nor upright
    uneven: float  # spread of sizes: standard deviation of log area
    small: float  # shapes thinner than SMALL_SHAPE
    tiny_text: float  # texts below SMALL_TEXT
    spilling: float  # mean over labels of the part that lies beside their shape
    faint: float  # texts, outlines and routes that hardly stand out
    text_clash: float  # texts that lie on other texts or on shapes they do not label
    crowd: float  # shapes beyond 25, over 25
    squeezed: float  # 1 - extent of the drawing over the canvas, in the better filled direction
    filled: float  # area of all shapes over the canvas


def measure(scene: Scene) -> Measures:
    """The measures of a Scene; all 0 for an empty one."""
    shapes, routes = scene.shapes, scene.routes
    if not shapes:
        return Measures(**dict.fromkeys(Measures.__dataclass_fields__, 0.0))
    boxes = np.array([[s.x, s.y, s.width / 2, s.height / 2] for s in shapes], float)
    boxes[:, 2:] = np.maximum(boxes[:, 2:], 0.5)
    kinds = np.array([_FAMILY.get(s.form, 0) for s in shapes])
    ends = np.array([[r.source, r.target] for r in routes], int).reshape(-1, 2)
    overlap = _overlap(boxes)
    areas = 4 * boxes[:, 2] * boxes[:, 3]
    hit = overlap > 0.02 * np.minimum(areas[:, None], areas[None])
    inner = overlap > 0.95 * np.minimum(areas[:, None], areas[None])
    lows, highs = boxes[:, :2] - boxes[:, 2:], boxes[:, :2] + boxes[:, 2:]
    cut = ((lows < -2) | (highs > (CANVAS_WIDTH + 2, CANVAS_HEIGHT + 2))).any(axis=1)
    starts, stops, owner = _segments(scene)
    degree = np.bincount(ends.ravel(), minlength=len(shapes))
    visible = np.array([s.form is not Form.ELLIPSIS for s in shapes])
    alone = (degree == 0) & visible & (len(shapes) > 1)
    lengths = np.bincount(
        owner, np.hypot(*(stops - starts).T) if len(owner) else [], minlength=len(routes)
    )
    thin = np.minimum(boxes[:, 2], boxes[:, 3]) * 2 < SMALL_SHAPE
    extent = (highs.max(0) - lows.min(0)) / (CANVAS_WIDTH, CANVAS_HEIGHT)
    slanted = np.isin(np.arange(len(routes)), owner[np.abs(stops - starts).min(1) > 6])
    straight = np.array([len(route.points) == 2 for route in routes], bool)
    return Measures(
        overlapped=_mean((hit & ~inner).any(axis=1)),
        nested=_mean((hit & inner).any(axis=1)),
        covered=float(np.minimum((overlap * hit).sum(1) / areas, 1).mean()),
        touching=_mean((_near(boxes) & ~hit).any(axis=1)),
        cut=_mean(cut),
        outside=_off_canvas(scene),
        through=_mean(_through(boxes, kinds, starts, stops, owner, ends)),
        crossings=_crossings(starts, stops, owner, ends) / max(len(routes), 1),
        against=_mean((_flow(boxes, ends) < -0.3) & straight & slanted),
        stray=_mean(alone),
        parts=max(0, _components(len(shapes), ends) - int((~visible).sum()) - 1) / len(shapes),
        length=_mean(lengths) / float(np.hypot(CANVAS_WIDTH, CANVAS_HEIGHT)),
        unaligned=_unaligned(boxes),
        slanted=_mean(slanted),
        uneven=float(np.log(areas[visible]).std()) if visible.any() else 0.0,
        small=_mean(thin & visible),
        crowd=max(0.0, len(shapes) / 25 - 1),
        squeezed=1 - min(1.0, float(extent.max())) if len(shapes) > 1 else 0.0,
        filled=float(areas.sum() / (CANVAS_WIDTH * CANVAS_HEIGHT)),
        **_words(scene, boxes),
        faint=_faint(scene),
    )


_FAMILY = {Form.ELLIPSE: 1, Form.DIAMOND: 2}


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _overlap(boxes: Floats) -> Floats:
    """float[N, N]: shared area of bounding boxes, px²."""
    low = np.maximum((boxes[:, :2] - boxes[:, 2:])[:, None], (boxes[:, :2] - boxes[:, 2:])[None])
    high = np.minimum((boxes[:, :2] + boxes[:, 2:])[:, None], (boxes[:, :2] + boxes[:, 2:])[None])
    shared: Floats = np.maximum(high - low, 0).prod(2)
    np.fill_diagonal(shared, 0)
    return shared


def _near(boxes: Floats) -> Flags:
    """bool[N, N]: boxes that are closer than NEAR in both directions."""
    gap = np.abs(boxes[:, None, :2] - boxes[None, :, :2]) - (
        boxes[:, None, 2:] + boxes[None, :, 2:]
    )
    near = np.asarray(gap.max(2) < NEAR)
    np.fill_diagonal(near, False)
    return near


def _off_canvas(scene: Scene) -> float:
    blocks = [(s.x, s.y, s.width, s.height) for s in scene.shapes]
    blocks += [(t.x, t.y, t.width, t.height) for t in _texts(scene)]
    x, y, width, height = np.maximum(np.array(blocks, float), (-1e6, -1e6, 1, 1)).T
    inside = np.clip(
        np.minimum(x + width / 2, CANVAS_WIDTH) - np.maximum(x - width / 2, 0), 0, None
    ) * np.clip(np.minimum(y + height / 2, CANVAS_HEIGHT) - np.maximum(y - height / 2, 0), 0, None)
    return float(np.mean(np.maximum(1 - inside / (width * height) - 1e-9, 0)))


def _texts(scene: Scene) -> list[Text]:
    return [*_labels(scene), *scene.captions]


def _labels(scene: Scene) -> list[Text]:
    on_shapes = [shape.label for shape in scene.shapes if shape.label]
    return on_shapes + [route.label for route in scene.routes if route.label]


def _segments(scene: Scene) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Starts float[S, 2], stops float[S, 2] of all straight pieces, and each one's route int[S]."""
    pieces = [
        (*a, *b, number)
        for number, route in enumerate(scene.routes)
        for a, b in zip(route.points, route.points[1:], strict=False)
    ]
    table = np.array(pieces, float).reshape(-1, 5)
    return table[:, :2], table[:, 2:4], table[:, 4].astype(np.int64)


def _through(
    boxes: Floats,
    kinds: NDArray[np.int64],
    starts: Floats,
    stops: Floats,
    owner: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> Flags:
    """bool[R]: routes that cross a shape other than their ends."""
    if not len(owner):
        return np.zeros(len(ends), bool)
    size = np.maximum(boxes[:, 2:] - 1.0, 0.25)
    a = (starts[:, None] - boxes[None, :, :2]) / size  # every shape becomes a unit shape
    step = (stops - starts)[:, None] / size
    hit = np.zeros(a.shape[:2], bool)
    box, oval, diamond = (kinds == family for family in (0, 1, 2))
    hit[:, box] = _meets_square(a[:, box], step[:, box])
    squared = (step**2).sum(2)
    nearest = np.clip(-(a * step).sum(2) / np.maximum(squared, 1e-12), 0, 1)[..., None]
    hit[:, oval] = (((a + nearest * step) ** 2).sum(2) < 1)[:, oval]
    turned = np.array([[1.0, 1.0], [1.0, -1.0]])
    hit[:, diamond] = _meets_square(a[:, diamond] @ turned, step[:, diamond] @ turned)
    hit[
        (ends[owner][:, :1] == np.arange(len(boxes)))
        | (ends[owner][:, 1:] == np.arange(len(boxes)))
    ] = False
    through = np.zeros(len(ends), bool)
    np.logical_or.at(through, owner, hit.any(1))
    return through


def _meets_square(start: Floats, step: Floats) -> Flags:
    """Whether start + t·step, 0 ≤ t ≤ 1, enters the square from -1 to 1 (Liang–Barsky)."""
    safe = np.where(np.abs(step) < 1e-9, 1e-9, step)
    one, other = (-1 - start) / safe, (1 - start) / safe
    enter = np.maximum(np.minimum(one, other).max(2), 0)
    leave = np.minimum(np.maximum(one, other).min(2), 1)
    return np.asarray(enter < leave)


def _crossings(
    starts: Floats, stops: Floats, owner: NDArray[np.int64], ends: NDArray[np.int64]
) -> float:
    """Proper crossings of routes that share no end and do not belong to two linked layers."""
    if len(owner) < 2:
        return 0.0
    step = stops - starts

    def side(points: Floats) -> Floats:  # float[S, S]: which side of piece i point j lies on
        offset = points[None] - starts[:, None]
        return np.asarray(step[:, None, 0] * offset[..., 1] - step[:, None, 1] * offset[..., 0])

    first, second = side(starts), side(stops)
    apart = (first * second < -1e-6) & ((first * second).T < -1e-6)
    one, other = np.nonzero(np.triu(apart, 1))
    one, other = owner[one], owner[other]
    linked = {(int(a), int(b)) for a, b in ends}
    count = 0
    for i, j in {(int(i), int(j)) for i, j in zip(one, other, strict=True) if i != j}:
        (a, b), (c, d) = ends[i], ends[j]
        shared = len({int(a), int(b), int(c), int(d)}) < 4
        if not shared and not ((int(a), int(d)) in linked and (int(c), int(b)) in linked):
            count += 1
    return float(count)


def _flow(boxes: Floats, ends: NDArray[np.int64]) -> Floats:
    """float[R] from -1 to 1: how far each route follows the main direction of them all."""
    if not len(ends):
        return np.zeros(0)
    way = boxes[ends[:, 1], :2] - boxes[ends[:, 0], :2]
    way = way / np.maximum(np.hypot(*way.T)[:, None], 1e-9)
    total = np.abs(way.sum(0))
    axis = int(total.argmax())
    return np.asarray(way[:, axis] * np.sign(way[:, axis].sum() or 1.0))


def _components(count: int, ends: NDArray[np.int64]) -> int:
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in ends:
        parent[root(int(a))] = root(int(b))
    return len({root(i) for i in range(count)})


def _unaligned(boxes: Floats) -> float:
    count = len(boxes)
    rows, columns = (len(np.unique(np.round(boxes[:, axis] / 4))) for axis in (1, 0))
    return float(max(0.0, min(rows, columns) - np.ceil(np.sqrt(count))) / count)


def _words(scene: Scene, boxes: Floats) -> dict[str, float]:
    texts = _texts(scene)
    if not texts:
        return {"tiny_text": 0.0, "spilling": 0.0, "text_clash": 0.0}
    home = [i for i, shape in enumerate(scene.shapes) if shape.label]
    blocks = np.array([[t.x, t.y, t.width / 2, t.height / 2] for t in texts])
    areas = np.maximum(4 * blocks[:, 2] * blocks[:, 3], 1.0)
    shared = _overlap(np.vstack([blocks, boxes]))
    at_home = shared[np.arange(len(home)), [len(blocks) + i for i in home]] / areas[: len(home)]
    on_text = shared[: len(blocks), : len(blocks)] > 0.05 * areas[:, None]
    on_shape = shared[: len(blocks), len(blocks) :] > 0.05 * areas[:, None]
    on_shape[np.arange(len(home)), home] = False
    return {
        "tiny_text": float(np.mean([text.size < SMALL_TEXT for text in texts])),
        "spilling": _mean(np.maximum(1 - at_home - 1e-9, 0)),
        "text_clash": _mean(on_text.any(axis=1) | on_shape.any(axis=1)),
    }


def _faint(scene: Scene) -> float:
    """The part of texts, outlines and routes whose contrast is too low to see them well."""
    parts = [
        max(contrast(s.stroke, scene.background), contrast(s.fill, scene.background))
        < VISIBLE_CONTRAST
        for s in scene.shapes
    ]
    parts += [contrast(r.colour, scene.background) < VISIBLE_CONTRAST for r in scene.routes]
    parts += [
        contrast(s.label.colour, s.fill) < READABLE_CONTRAST * 0.6 for s in scene.shapes if s.label
    ]
    return float(np.mean(parts))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1–21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
