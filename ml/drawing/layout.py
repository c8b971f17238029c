"""A Spec placed on the canvas: several ways are tried, the best valid one wins."""

from __future__ import annotations

import graphlay

from ml.drawing.compose import Drawing, compose, fitting
from ml.drawing.geometry import violations
from ml.drawing.quality import promise, quality
from ml.drawing.tags import hides_shapes
from ml.drawing.ways import liked, sure
from ml.errors import LayoutError
from ml.spec.model import Spec
from ml.spec.scene import Scene

_GOOD = 1.18
"""Above this a drawing is taken without looking further."""
_PASSABLE = 0.35
"""Below this the ways that work for every graph are tried as well."""


def place(spec: Spec) -> Scene:
    """The Scene of a Spec: no shapes overlap, nothing leaves the canvas, no route runs through
    a shape it does not touch.

    Raises:
        LayoutError: no way to draw it was found; a bug for any Spec of at most MAX_NODES.
    """
    best: tuple[float, Drawing] | None = None
    for attempts in (liked(spec), sure(spec)):
        for worth, plan, arrange in attempts:
            if best is not None and best[0] > _GOOD + worth:
                continue
            try:
                arrangement = arrange()
            except graphlay.GraphlayError:
                continue
            for stretch in (True, False):
                fitted = fitting(plan, arrangement, stretch=stretch)
                if best is not None and promise(fitted) + worth <= best[0]:
                    break
                drawing = compose(plan, fitted)
                if violations(drawing.scene).total == 0 and not hides_shapes(drawing.scene):
                    score = quality(drawing) + worth
                    if best is None or score > best[0]:
                        best = (score, drawing)
                    break
        if best is not None and best[0] > _PASSABLE:
            break
    if best is None:
        raise LayoutError(f"no layout was found for {len(spec.nodes)} nodes")
    return best[1].scene
