"""draw.io (diagrams.net): one page whose shapes and edges stand as they were drawn.

Written uncompressed, so that it can be read, compared and merged. Edges are tied to their
shapes: moving one takes its edges along.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ml.drawing.outlines import corner_radius, cylinder_rim, stroke_width
from ml.drawing.paths import length, towards, without_repeats
from ml.drawing.strokes import finite, weight
from ml.export.words import hexadecimal, plain, title
from ml.spec.model import Line, Spec
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Form, Point, Route, Scene, Shape, Text

_FONT = "Helvetica"
# Words alone. draw.io has a named style for it; programs built on mxGraph may have not, so what
# it stands for is said as well, here and for the other outlines.
_BARE: dict[str, str | None] = {
    "text": None,
    "align": "center",
    "verticalAlign": "middle",
    "fillColor": "none",
    "strokeColor": "none",
}


def write_drawio(spec: Spec, scene: Scene) -> str:
    """The Scene as an `mxfile` document."""
    root = Element("mxfile", {"host": "diagram-bot", "compressed": "false"})
    page = SubElement(root, "diagram", {"id": "diagram", "name": title(spec)})
    model = SubElement(
        page,
        "mxGraphModel",
        {
            "grid": "0",
            "page": "1",
            "pageWidth": str(CANVAS_WIDTH),
            "pageHeight": str(CANVAS_HEIGHT),
            "background": f"#{hexadecimal(scene.background)}",
            "math": "0",
            "shadow": "0",
        },
    )
    cells = SubElement(model, "root")
    SubElement(cells, "mxCell", {"id": "0"})
    SubElement(cells, "mxCell", {"id": "1", "parent": "0"})
    wide = weight(scene)
    for number, route in enumerate(scene.routes):
        _edge(cells, number, route, scene, wide)
    for number, shape in enumerate(scene.shapes):
        if finite(shape.x, shape.y, shape.width, shape.height):
            _vertex(cells, f"s{number}", _value(shape), _style_of(shape), shape)
    for number, caption in enumerate(scene.captions):
        _vertex(cells, f"c{number}", _lines(caption), {**_BARE, **_font(caption)}, caption)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _vertex(
    parent: Element, id: str, value: str, style: dict[str, str | None], place: Shape | Text
) -> None:
    cell = SubElement(
        parent,
        "mxCell",
        {"id": id, "value": value, "style": _style(style), "vertex": "1", "parent": "1"},
    )
    width, height = abs(place.width), abs(place.height)
    SubElement(
        cell,
        "mxGeometry",
        {
            "x": _number(place.x - width / 2),
            "y": _number(place.y - height / 2),
            "width": _number(width),
            "height": _number(height),
            "as": "geometry",
        },
    )


def _value(shape: Shape) -> str:
    if shape.form is Form.ELLIPSIS:
        return "⋯" if abs(shape.width) > abs(shape.height) else "⋮"
    return _lines(shape.label)


def _style_of(shape: Shape) -> dict[str, str | None]:
    width, height = abs(shape.width), abs(shape.height)
    style: dict[str, str | None]
    if shape.form is Form.ELLIPSE:
        style = {"ellipse": None, "shape": "ellipse", "perimeter": "ellipsePerimeter"}
    elif shape.form is Form.DIAMOND:
        style = {"rhombus": None, "shape": "rhombus", "perimeter": "rhombusPerimeter"}
    elif shape.form is Form.CYLINDER:
        rim = _number(cylinder_rim(width, height))
        style = {"shape": "cylinder3", "boundedLbl": "1", "backgroundOutline": "1", "size": rim}
    elif shape.form is Form.ROUND_RECTANGLE:
        # arcSize is the diameter when it is absolute.
        arc = _number(2 * corner_radius(width, height))
        style = {"rounded": "1", "absoluteArcSize": "1", "arcSize": arc}
    elif shape.form is Form.ELLIPSIS:
        size = _number(0.9 * max(width, height))
        ink = f"#{hexadecimal(shape.stroke)}"
        return {**_BARE, "fontSize": size, "fontColor": ink}
    else:
        style = {"rounded": "0"}
    style["fillColor"] = f"#{hexadecimal(shape.fill)}"
    style["strokeColor"] = f"#{hexadecimal(shape.stroke)}"
    style["strokeWidth"] = _number(stroke_width(width, height))
    if shape.label is not None:
        style |= _font(shape.label)
    return style


def _edge(parent: Element, number: int, route: Route, scene: Scene, wide: float) -> None:
    path = without_repeats([p for p in route.points if finite(*p)] or [(0.0, 0.0)])
    style: dict[str, str | None] = {
        "edgeStyle": "none",
        "rounded": "1",
        "endArrow": "none" if route.line is Line.LINE else "classic",
        "endSize": "5",
        "strokeColor": f"#{hexadecimal(route.colour)}",
        "strokeWidth": _number(wide),
        **_end("exit", scene.shapes[route.source], path[0]),
        **_end("entry", scene.shapes[route.target], path[-1]),
    }
    if route.line is Line.DASHED:
        style |= {"dashed": "1", "dashPattern": "5 3"}
    if route.label is not None:
        style |= _font(route.label)
        style["labelBackgroundColor"] = f"#{hexadecimal(scene.background)}"
    cell = SubElement(
        parent,
        "mxCell",
        {
            "id": f"e{number}",
            "value": _lines(route.label),
            "style": _style(style),
            "edge": "1",
            "parent": "1",
            "source": f"s{route.source}",
            "target": f"s{route.target}",
        },
    )
    geometry = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    if len(path) > 2:
        points = SubElement(geometry, "Array", {"as": "points"})
        for x, y in path[1:-1]:
            SubElement(points, "mxPoint", {"x": _number(x), "y": _number(y)})
    if route.label is not None:
        x, y = _middle(path)
        away = {"x": _number(route.label.x - x), "y": _number(route.label.y - y)}
        SubElement(geometry, "mxPoint", {**away, "as": "offset"})


def _end(name: str, shape: Shape, point: Point) -> dict[str, str]:
    """Where an edge meets a shape, as a share of the shape's width and height."""
    across = (point[0] - shape.x) / max(abs(shape.width), 1e-6) + 0.5
    down = (point[1] - shape.y) / max(abs(shape.height), 1e-6) + 0.5
    return {
        f"{name}X": f"{min(1.0, max(0.0, across)):.4f}",
        f"{name}Y": f"{min(1.0, max(0.0, down)):.4f}",
        f"{name}Dx": "0",
        f"{name}Dy": "0",
        f"{name}Perimeter": "0",
    }


def _middle(path: list[Point]) -> Point:
    """The point half-way along a polyline, from which draw.io measures a label's place."""
    rest = length(path) / 2
    for one, other in itertools.pairwise(path):
        far = math.dist(one, other)
        if far >= rest and far > 0:
            return towards(one, other, rest / far)
        rest -= far
    return path[-1]


def _font(text: Text) -> dict[str, str | None]:
    return {
        "fontFamily": _FONT,
        "fontSize": _number(text.size),
        "fontColor": f"#{hexadecimal(text.colour)}",
    }


def _lines(text: Text | None) -> str:
    return "" if text is None else "\n".join(plain(line) for line in text.lines)


def _style(parts: dict[str, str | None]) -> str:
    """draw.io's own spelling; `html=0` keeps words from being read as markup."""
    every: Iterable[tuple[str, str | None]] = [*parts.items(), ("html", "0")]
    return "".join(f"{key};" if value is None else f"{key}={value};" for key, value in every)


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
