"""Exact geometry of a Scene, as the numbers that the readability rubric weighs.

Everything is computed from places and sizes, never from pixels. Fractions are of the shapes or
of the routes unless a line says otherwise; all are 0 for a faultless picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.scoring.flags import flags, texts_of
from ml.scoring.passages import crossings
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Colour, Form, Scene

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SMALL_SHAPE = 14.0  # px; thinner than this, a shape reads as a mark
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
    found = flags(scene)
    boxes, hit, inner = found.boxes, found.hit, found.inner
    areas = 4 * boxes[:, 2] * boxes[:, 3]
    visible = np.array([s.form is not Form.ELLIPSIS for s in shapes])
    way = found.lines.stops - found.lines.starts
    lengths = np.bincount(
        found.lines.owner, np.hypot(*way.T) if len(way) else [], minlength=len(routes)
    )
    thin = np.minimum(boxes[:, 2], boxes[:, 3]) * 2 < SMALL_SHAPE
    extent = (boxes[:, :2] + boxes[:, 2:]).max(0) - (boxes[:, :2] - boxes[:, 2:]).min(0)
    return Measures(
        overlapped=_mean((hit & ~inner).any(axis=1)),
        nested=_mean((hit & inner).any(axis=1)),
        covered=float(np.minimum((found.overlap * hit).sum(1) / areas, 1).mean()),
        touching=_mean((_near(boxes) & ~hit).any(axis=1)),
        cut=_mean(found.cut),
        outside=_off_canvas(scene),
        through=_mean(found.through),
        crossings=crossings(found.lines, found.ends) / max(len(routes), 1),
        against=_mean(found.against),
        stray=_mean(found.stray),
        parts=max(0, found.pieces - 1) / len(shapes),
        length=_mean(lengths) / float(np.hypot(CANVAS_WIDTH, CANVAS_HEIGHT)),
        unaligned=_unaligned(boxes),
        slanted=_mean(found.slanted),
        uneven=float(np.log(areas[visible]).std()) if visible.any() else 0.0,
        small=_mean(thin & visible),
        crowd=max(0.0, len(shapes) / 25 - 1),
        squeezed=1 - min(1.0, float((extent / (CANVAS_WIDTH, CANVAS_HEIGHT)).max()))
        if len(shapes) > 1
        else 0.0,
        filled=float(areas.sum() / (CANVAS_WIDTH * CANVAS_HEIGHT)),
        tiny_text=_mean(found.tiny),
        spilling=_mean(found.spilling[: sum(1 for s in shapes if s.label)]),
        text_clash=_mean(found.clash),
        faint=_faint(scene),
    )


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else 0.0


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
    blocks += [(t.x, t.y, t.width, t.height) for t in texts_of(scene)]
    x, y, width, height = np.maximum(np.array(blocks, float), (-1e6, -1e6, 1, 1)).T
    inside = np.clip(
        np.minimum(x + width / 2, CANVAS_WIDTH) - np.maximum(x - width / 2, 0), 0, None
    ) * np.clip(np.minimum(y + height / 2, CANVAS_HEIGHT) - np.maximum(y - height / 2, 0), 0, None)
    return float(np.mean(np.maximum(1 - inside / (width * height) - 1e-9, 0)))


def _unaligned(boxes: Floats) -> float:
    count = len(boxes)
    rows, columns = (len(np.unique(np.round(boxes[:, axis] / 4))) for axis in (1, 0))
    return float(max(0.0, min(rows, columns) - np.ceil(np.sqrt(count))) / count)


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
