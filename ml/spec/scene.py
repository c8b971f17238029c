"""Where everything stands: shapes, routes and texts with places, sizes and colours.

Units are pixels of a 1000 × 600 canvas whose origin is the top left corner; x grows to the
right and y downwards. Places of shapes and texts are their centres. A Scene holds nothing but
numbers and words, so it is kept as JSON and drawn again, years later, to the same picture.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import isfinite
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
            shapes = tuple(_shape(shape) for shape in raw["shapes"])
            return cls(
                shapes=shapes,
                routes=tuple(_route(route, len(shapes)) for route in raw["routes"]),
                captions=tuple(_text(caption) for caption in raw["captions"]),
                background=_colour(raw["background"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise SpecError(f"not a Scene: {error}") from error


def _shape(raw: Any) -> Shape:
    return Shape(
        **{
            **raw,
            **_numbers(raw, "x", "y", "width", "height"),
            "node": int(raw["node"]),
            "form": Form(raw["form"]),
            "fill": _colour(raw["fill"]),
            "stroke": _colour(raw["stroke"]),
            "label": _text_or_none(raw["label"]),
        }
    )


def _route(raw: Any, shapes: int) -> Route:
    for end in (raw["source"], raw["target"]):
        if not (isinstance(end, int) and 0 <= end < shapes):
            raise ValueError(f"a route ends at shape {end} of {shapes}")
    return Route(
        **{
            **raw,
            "points": tuple((_number(x), _number(y)) for x, y in raw["points"]),
            "line": Line(raw["line"]),
            "colour": _colour(raw["colour"]),
            "label": _text_or_none(raw["label"]),
        }
    )


def _text(raw: Any) -> Text:
    if not all(isinstance(line, str) for line in raw["lines"]):
        raise ValueError("a text that is no text")
    return Text(
        **{
            **raw,
            **_numbers(raw, "x", "y", "width", "height", "size"),
            "lines": tuple(raw["lines"]),
            "colour": _colour(raw["colour"]),
        }
    )


def _text_or_none(raw: Any) -> Text | None:
    return None if raw is None else _text(raw)


def _numbers(raw: Any, *names: str) -> dict[str, float]:
    return {name: _number(raw[name]) for name in names}


def _number(raw: Any) -> float:
    if not isfinite(value := float(raw)):
        raise ValueError(f"{value} is no place on a canvas")
    return value


def _colour(raw: Any) -> Colour:
    red, green, blue = (int(part) for part in raw)
    if not all(0 <= part <= 255 for part in (red, green, blue)):
        raise ValueError(f"{raw} is no colour")
    return red, green, blue
