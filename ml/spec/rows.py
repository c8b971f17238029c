"""The `rows` dialect: shapes placed by hand or by the reference project's models.

    [0, 232, 120, 'circle', 62, 75, 'solid arrow', (192, 192, 224), (0, 0, 0), [6, 7, 8]]

One shape a row: its number, the centre's x and y, the outline, width and height, the line of
its edges, its fill, the colour of its edges, and the numbers of the shapes it points to.

Models write this almost right: other quotes, numbers in quotes, missing colours or brackets,
prose around the rows. So rows are found wherever they stand in a text, each is read as far as
it goes, and nothing is ever evaluated.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ml.errors import SpecError
from ml.spec.model import Line
from ml.spec.scene import Colour, Form, Point, Route, Scene, Shape

MAX_TEXT = 100_000
MAX_ROWS = 300
MAX_TARGETS = 60
MAX_PLACE = 100_000.0
MAX_SIZE = 20_000.0

# White space is taken possessively (`\s*+`): giving it back would take quadratic time.
_QUOTES = "'\"‘’“”`"
_QUOTE = f"[{_QUOTES}]"
_HEAD_NUMBER = rf"{_QUOTE}?\s*+(-?\d{{1,9}}(?:\.\d{{0,9}})?)\s*+{_QUOTE}?\s*+,\s*+"
_HEAD_WORDS = rf"{_QUOTE}([^{_QUOTES}\[\]\n]{{0,40}}){_QUOTE}\s*+"
_HEAD = re.compile(
    r"\[\s*+" + _HEAD_NUMBER * 3 + _HEAD_WORDS + r",\s*+" + _HEAD_NUMBER * 2 + _HEAD_WORDS
)
_PART = r"\s*+(\d{1,4})\s*+"
_COLOUR = re.compile(rf"[(\[]{_PART},{_PART},{_PART}[)\]]")
_NAMED = re.compile(rf"{_QUOTE}([a-z]{{3,10}}){_QUOTE}")
_TARGETS = re.compile(rf"\[([\d\s,.{_QUOTES}]*+)(?:\]|$)")
_INTEGER = re.compile(r"(\d+)(?:\.\d*)?")
_NAMES: dict[str, Colour] = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "red": (220, 40, 40),
    "green": (40, 160, 60),
    "blue": (40, 80, 220),
    "yellow": (240, 210, 60),
    "orange": (240, 150, 50),
    "purple": (140, 80, 190),
    "pink": (240, 150, 190),
    "brown": (140, 90, 50),
}
_FILL: Colour = (240, 240, 240)
_INK: Colour = (64, 64, 64)

_LINE_WORDS = {Line.ARROW: "solid arrow", Line.LINE: "solid line", Line.DASHED: "dashed line"}
_FORM_WORDS = {
    Form.RECTANGLE: "rectangle",
    Form.ROUND_RECTANGLE: "round rectangle",
    Form.ELLIPSE: "circle",
    Form.DIAMOND: "rectangle",
    Form.CYLINDER: "round rectangle",
    Form.ELLIPSIS: "rectangle",
}


def parse_rows(text: str) -> Scene:
    """The Scene that the rows in a text describe, drawn exactly where they say.

    A number that comes twice counts once; targets that are not there are dropped. Places and
    sizes are kept as written within ±100,000 px, so a Scene from rows may break every rule of
    geometry.

    Raises:
        SpecError: there is no row in the text, or far too much of it.
    """
    if len(text) > MAX_TEXT:
        raise SpecError(f"the text has {len(text)} characters; at most {MAX_TEXT} are read")
    heads = list(_HEAD.finditer(text))
    if not heads:
        raise SpecError("there is no row like [0, 500, 300, 'rectangle', 80, 60, …]")
    if len(heads) > MAX_ROWS:
        raise SpecError(f"{len(heads)} rows; at most {MAX_ROWS} are drawn")
    ends = [*(following.start() for _, following in pairwise(heads)), len(text)]

    positions: dict[int, int] = {}
    shapes: list[Shape] = []
    edges: list[tuple[Line, Colour, list[int]]] = []
    for head, end in zip(heads, ends, strict=True):
        number = int(float(head[1]))
        if number in positions:
            continue
        positions[number] = len(shapes)
        fill, ink, targets = _tail(text[head.end() : end])
        shapes.append(
            Shape(
                node=number,
                x=_bounded(head[2], -MAX_PLACE, MAX_PLACE),
                y=_bounded(head[3], -MAX_PLACE, MAX_PLACE),
                width=_bounded(head[5], 1.0, MAX_SIZE),
                height=_bounded(head[6], 1.0, MAX_SIZE),
                form=_form(head[4]),
                fill=fill,
                stroke=ink,
            )
        )
        edges.append((_line(head[7]), ink, targets))
    routes = [
        _straight(shapes, source, positions[target], line, colour)
        for source, (line, colour, targets) in enumerate(edges)
        for target in dict.fromkeys(targets)
        if target in positions and positions[target] != source
    ]
    return Scene(shapes=tuple(shapes), routes=tuple(routes))


def write_rows(scene: Scene) -> str:
    """Any Scene as rows: places, sizes and colours are kept, texts have no spelling here.

    Forms that the dialect lacks become the nearest it has, and a shape's edges share the line
    and colour of its first one.
    """
    lines = []
    for number, shape in enumerate(scene.shapes):
        routes = [route for route in scene.routes if route.source == number]
        line = _LINE_WORDS[routes[0].line if routes else Line.ARROW]
        colour = routes[0].colour if routes else shape.stroke
        targets = [route.target for route in routes]
        lines.append(
            f"[{number}, {shape.x:.0f}, {shape.y:.0f}, '{_FORM_WORDS[shape.form]}', "
            f"{shape.width:.0f}, {shape.height:.0f}, '{line}', {shape.fill}, {colour}, {targets}]"
        )
    return "\n".join(lines) + "\n"


def _tail(text: str) -> tuple[Colour, Colour, list[int]]:
    """Fill, edge colour and targets: what stands behind a row's second word."""
    found = [(m.start(), m.end(), _clamped(m)) for m in _COLOUR.finditer(text)][:2]
    found += [(m.start(), m.end(), _NAMES[m[1]]) for m in _NAMED.finditer(text) if m[1] in _NAMES]
    colours = sorted(found)[:2]
    if colours and text[colours[-1][0]] == "[" and not _TARGETS.search(text, colours[-1][1]):
        colours.pop()  # the last brackets of a row are its targets, even three of them
    fill = colours[0][2] if colours else _FILL
    ink = colours[1][2] if len(colours) > 1 else _INK
    match = _TARGETS.search(text, colours[-1][1] if colours else 0)
    numbers = _INTEGER.findall(match[1]) if match else []
    targets = [int(digits) for digits in numbers if len(digits) <= 9]
    return fill, ink, targets[:MAX_TARGETS]


def _clamped(match: re.Match[str]) -> Colour:
    red, green, blue = (min(int(part), 255) for part in match.groups())
    return red, green, blue


def _bounded(digits: str, low: float, high: float) -> float:
    return min(max(float(digits), low), high)


def _form(words: str) -> Form:
    words = words.lower()
    if "circle" in words or "ellipse" in words or "oval" in words:
        return Form.ELLIPSE
    if "diamond" in words:
        return Form.DIAMOND
    return Form.ROUND_RECTANGLE if "round" in words else Form.RECTANGLE


def _line(words: str) -> Line:
    words = words.lower()
    if "dash" in words or "dot" in words:
        return Line.DASHED
    return Line.ARROW if "arrow" in words else Line.LINE


def _straight(shapes: list[Shape], source: int, target: int, line: Line, colour: Colour) -> Route:
    start, end = shapes[source], shapes[target]
    points = (_border(start, (end.x, end.y)), _border(end, (start.x, start.y)))
    return Route(source=source, target=target, points=points, line=line, colour=colour)


def _border(shape: Shape, towards: Point) -> Point:
    """Where the straight line from a shape's centre leaves its outline."""
    dx, dy = towards[0] - shape.x, towards[1] - shape.y
    if dx == 0 and dy == 0:
        return shape.x, shape.y
    across, along = abs(dx) / (shape.width / 2), abs(dy) / (shape.height / 2)
    if shape.form is Form.ELLIPSE:
        share = 1 / (across**2 + along**2) ** 0.5
    elif shape.form is Form.DIAMOND:
        share = 1 / (across + along)
    else:
        share = 1 / max(across, along)
    return shape.x + dx * share, shape.y + dy * share
