"""Where everything stands: shapes, routes and texts with places, sizes and colours.

Units are pixels of a 1000 × 600 canvas whose origin is the top left corner; x grows to the
right and y downwards. Places of shapes and texts are their centres. A Scene holds nothing but
numbers and words, so it is kept as JSON and drawn again, years later, to the same picture.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from ml.errors import SpecError
from ml.spec.model import Line

CANVAS_WIDTH = 1000
CANVAS_HEIGHT = 600

Colour: TypeAlias = tuple[int, int, int]  # red, green, blue; 0–255
Point: TypeAlias = tuple[float, float]


class Form(StrEnum):
    """The outline that is drawn."""

    RECTANGLE = "rectangle"
    ROUND_RECTANGLE = "round rectangle"
    ELLIPSE = "ellipse"
    DIAMOND = "diamond"
    CYLINDER = "cylinder"
    ELLIPSIS = "ellipsis"  # three dots: the nodes of a layer that are left out


@dataclass(frozen=True, kw_only=True)
class Text:
    """Lines of text, already wrapped and sized, centred on (x, y).

    `size` is the font size in px; `width` and `height` are the extent of the whole block.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    size: float
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One outline. `node` is the Spec node it stands for, a layer's shapes share it."""

    node: int
    x: float
    y: float
    width: float
    height: float
    form: Form
    fill: Colour
    stroke: Colour
    label: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Route:
    """An edge as it is drawn: a polyline from border to border.

    `source` and `target` are positions in `Scene.shapes`.
    """

    source: int
    target: int
    points: tuple[Point, ...]
    line: Line
    colour: Colour
    label: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything on the canvas, in drawing order: routes below shapes below captions."""

    shapes: tuple[Shape, ...]
    routes: tuple[Route, ...]
    captions: tuple[Text, ...] = ()
    background: Colour = (255, 255, 255)

    def to_json(self) -> str:
        """The Scene as JSON, for keeping."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Scene:
        """The Scene that `to_json` wrote.

        Raises:
            SpecError: the text is not such a Scene.
        """
        try:
            raw = json.loads(text)
            return cls(
                shapes=tuple(
                    Shape(
                        **{
                            **shape,
                            "form": Form(shape["form"]),
                            "fill": _colour(shape["fill"]),
                            "stroke": _colour(shape["stroke"]),
                            "label": _text(shape["label"]),
                        }
                    )
                    for shape in raw["shapes"]
                ),
                routes=tuple(
                    Route(
                        **{
                            **route,
                            "points": tuple((float(x), float(y)) for x, y in route["points"]),
                            "line": Line(route["line"]),
                            "colour": _colour(route["colour"]),
                            "label": _text(route["label"]),
                        }
                    )
                    for route in raw["routes"]
                ),
                captions=tuple(_present(_text(caption)) for caption in raw["captions"]),
                background=_colour(raw["background"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise SpecError(f"not a Scene: {error}") from error


def _colour(raw: Any) -> Colour:
    red, green, blue = (int(part) for part in raw)
    return red, green, blue


def _text(raw: Any) -> Text | None:
    if raw is None:
        return None
    return Text(**{**raw, "lines": tuple(raw["lines"]), "colour": _colour(raw["colour"])})


def _present(text: Text | None) -> Text:
    if text is None:
        raise ValueError("a caption is missing")
    return text
