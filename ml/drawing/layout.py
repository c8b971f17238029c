"""A Spec placed on the canvas."""

from __future__ import annotations

from ml.drawing.compose import Drawing, compose
from ml.drawing.engine import Tactic, arrange
from ml.drawing.geometry import violations
from ml.drawing.parts import Sizing, plan
from ml.errors import LayoutError
from ml.spec.model import Spec
from ml.spec.scene import Scene


def place(spec: Spec) -> Scene:
    """The Scene of a Spec: no shapes overlap, nothing leaves the canvas, no route runs through
    a shape it does not touch.

    Raises:
        LayoutError: no way to draw it was found; a bug for any Spec of at most MAX_NODES.
    """
    best: Drawing | None = None
    for units in (16, 9, 0):
        for wrap in (118.0, 84.0):
            sketch = plan(spec, Sizing(wrap=wrap, units=units))
            for aspect in (0.0, 1.67):
                tactic = Tactic(direction=spec.style.direction, aspect=aspect)
                drawing = compose(sketch, arrange(sketch, tactic))
                if violations(drawing.scene).total == 0 and (
                    best is None or drawing.score > best.score
                ):
                    best = drawing
        if best is not None:
            return best.scene
    raise LayoutError(f"no layout found for {len(spec.nodes)} nodes")
