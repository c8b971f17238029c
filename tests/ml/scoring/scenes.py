"""Small Scenes for the tests of this folder."""

from __future__ import annotations

from dataclasses import replace

from ml.scoring.rearrange import tie
from ml.spec.model import Line
from ml.spec.scene import Form, Route, Scene, Shape, Text


def box(x: float, y: float, *, width: float = 80, height: float = 50, node: int = 0) -> Shape:
    return Shape(
        node=node, x=x, y=y, width=width, height=height,
        form=Form.RECTANGLE, fill=(230, 240, 255), stroke=(20, 40, 90),
    )  # fmt: skip


def link(shapes: tuple[Shape, ...], source: int, target: int) -> Route:
    return Route(
        source=source,
        target=target,
        points=tie(shapes[source], shapes[target]),
        line=Line.ARROW,
        colour=(20, 40, 90),
    )


def chain(count: int = 5, y: float = 300) -> Scene:
    """Boxes in a row over the whole canvas, each linked to the next: a faultless picture."""
    pitch = 1000 / (count + 1)
    shapes = tuple(box(pitch * (i + 1), y, node=i) for i in range(count))
    return Scene(shapes=shapes, routes=tuple(link(shapes, i, i + 1) for i in range(count - 1)))


def worded(scene: Scene, *, size: float = 14, width: float = 40) -> Scene:
    """The Scene with a label on every shape."""
    return replace(
        scene,
        shapes=tuple(
            replace(
                shape,
                label=Text(
                    x=shape.x, y=shape.y, width=width, height=size * 1.2,
                    lines=("Label",), size=size, colour=(0, 0, 0),
                ),
            )
            for shape in scene.shapes
        ),
    )  # fmt: skip
