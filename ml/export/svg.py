"""SVG: the picture that the renderer draws, of shapes and real text.

Follows SVG 1.1, so that browsers, Inkscape, Figma and office programs all read it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ml.drawing.outlines import corner_radius, cylinder_rim, stroke_width
from ml.drawing.paths import BEND, dash_lengths, rounded, towards
from ml.drawing.strokes import Stroke, finite, strokes, weight
from ml.export.dots import dots
from ml.export.words import description, hexadecimal, plain, title
from ml.spec.model import Line, Spec
from ml.spec.scene import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    Colour,
    Form,
    Point,
    Route,
    Scene,
    Shape,
    Text,
)

_FONTS = "Rubik, 'Noto Sans', Arial, 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"
_CAPITAL = 0.70
"""Height of a capital letter as a share of the font size."""
_PLATE = 3.0


def write_svg(spec: Spec, scene: Scene) -> str:
    """The Scene as an SVG document of 1000 × 600 user units."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(CANVAS_WIDTH),
            "height": str(CANVAS_HEIGHT),
            "viewBox": f"0 0 {CANVAS_WIDTH} {CANVAS_HEIGHT}",
            "role": "img",
            "font-family": _FONTS,
            "font-weight": "450",
            "text-anchor": "middle",
        },
    )
    SubElement(root, "title").text = title(spec)
    SubElement(root, "desc").text = description(spec)
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": _hex(scene.background)})
    edges = SubElement(root, "g", {"id": "edges", "fill": "none", "stroke-linejoin": "round"})
    edges.set("stroke-width", _number(weight(scene)))
    for route, stroke in zip(scene.routes, strokes(scene), strict=True):
        _edge(edges, route, stroke)
    nodes = SubElement(root, "g", {"id": "nodes"})
    for shape in scene.shapes:
        if finite(shape.x, shape.y, shape.width, shape.height):
            _node(nodes, shape)
    words = SubElement(root, "g", {"id": "labels"})
    for route in scene.routes:
        if route.label is not None:
            _plate(words, route.label, scene.background)
            _text(words, route.label)
    for shape in scene.shapes:
        if shape.label is not None:
            _text(words, shape.label)
    for caption in scene.captions:
        _text(words, caption)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _edge(parent: Element, route: Route, stroke: Stroke) -> None:
    colour = _hex(route.colour)
    group = SubElement(parent, "g", {"class": "edge", "stroke": colour})
    group.set("data-source", str(route.source))
    group.set("data-target", str(route.target))
    for piece in stroke.pieces:
        path = SubElement(group, "path", {"d": _curve(piece)})
        if route.line is Line.DASHED:
            _, on, off = dash_lengths(rounded(piece))
            path.set("stroke-dasharray", f"{_number(on)} {_number(off)}")
    if stroke.head:
        SubElement(
            group, "polygon", {"points": _points(stroke.head), "fill": colour, "stroke": "none"}
        )


def _curve(path: Sequence[Point]) -> str:
    """A polyline as path data, its bends quadratic Bézier curves as in the picture."""
    return " ".join(_commands(path))


def _commands(path: Sequence[Point]) -> Iterator[str]:
    yield f"M{_pair(path[0])}"
    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        arm_in, arm_out = math.dist(before, corner), math.dist(corner, after)
        radius = min(BEND, arm_in / 2, arm_out / 2)
        yield f"L{_pair(towards(corner, before, radius / arm_in))}"
        yield f"Q{_pair(corner)} {_pair(towards(corner, after, radius / arm_out))}"
    yield f"L{_pair(path[-1])}"


def _node(parent: Element, shape: Shape) -> None:
    width, height = abs(shape.width), abs(shape.height)
    left, top = shape.x - width / 2, shape.y - height / 2
    group = SubElement(parent, "g", {"class": "node", "data-node": str(shape.node)})
    if shape.form is Form.ELLIPSIS:
        group.set("fill", _hex(shape.stroke))
        for (x, y), radius in dots(shape):
            SubElement(group, "circle", _attributes(cx=x, cy=y, r=radius))
        return
    group.set("fill", _hex(shape.fill))
    group.set("stroke", _hex(shape.stroke))
    group.set("stroke-width", _number(stroke_width(width, height)))
    if shape.form is Form.ELLIPSE:
        SubElement(
            group, "ellipse", _attributes(cx=shape.x, cy=shape.y, rx=width / 2, ry=height / 2)
        )
    elif shape.form is Form.DIAMOND:
        corners = (
            (shape.x, top),
            (left + width, shape.y),
            (shape.x, top + height),
            (left, shape.y),
        )
        SubElement(group, "polygon", {"points": _points(corners)})
    elif shape.form is Form.CYLINDER:
        _cylinder(group, left, top, width, height)
    else:
        box = SubElement(group, "rect", _attributes(x=left, y=top, width=width, height=height))
        if shape.form is Form.ROUND_RECTANGLE:
            box.set("rx", _number(corner_radius(width, height)))


def _cylinder(parent: Element, left: float, top: float, width: float, height: float) -> None:
    rim = cylinder_rim(width, height)
    right, high, low = left + width, top + rim, top + height - rim
    arc = f"A{_number(width / 2)} {_number(rim)} 0 0"
    body = (
        f"M{_pair((left, high))} {arc} 1 {_pair((right, high))} "
        f"V{_number(low)} {arc} 1 {_pair((left, low))} Z"
    )
    SubElement(parent, "path", {"d": body})
    lid = f"M{_pair((left, high))} {arc} 0 {_pair((right, high))}"
    SubElement(parent, "path", {"d": lid, "fill": "none"})


def _plate(parent: Element, text: Text, background: Colour) -> None:
    """Background under the words of a line, so that the line does not strike them out."""
    width, height = text.width + 2 * _PLATE, text.height - 1
    box = _attributes(x=text.x - width / 2, y=text.y - height / 2, width=width, height=height)
    SubElement(parent, "rect", box | {"fill": _hex(background)})


def _text(parent: Element, text: Text) -> None:
    if not finite(text.x, text.y, text.size):
        return
    step = text.height / max(1, len(text.lines))
    first = text.y - step * (len(text.lines) - 1) / 2 + text.size * _CAPITAL / 2
    element = SubElement(parent, "text", _attributes(x=text.x, y=first))
    element.set("font-size", _number(text.size))
    element.set("fill", _hex(text.colour))
    if len(text.lines) == 1:
        element.text = plain(text.lines[0])
        return
    for number, line in enumerate(text.lines):
        place = _attributes(x=text.x, y=first + number * step)
        SubElement(element, "tspan", place).text = plain(line)


def _attributes(**numbers: float) -> dict[str, str]:
    return {name: _number(number) for name, number in numbers.items()}


def _points(points: Sequence[Point]) -> str:
    return " ".join(_pair(point) for point in points)


def _pair(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    """At most two decimals, none that say nothing."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _hex(colour: Colour) -> str:
    return f"#{hexadecimal(colour)}"
