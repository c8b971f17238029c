"""PowerPoint's connectors (ECMA-376, 20.1.10.56 and presetShapeDefinitions.xml).

A straight, or a way of up to five straights that turn by right angles, has a connector of its
own; any other way becomes a connector with its own geometry. All are glued at both ends to the
connection site nearest to where they were drawn.

LibreOffice (7.4) does not keep the ways of glued connectors: it leads bent ones anew, and knows
four of a can's five sites.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from ml.drawing.paths import length, without_repeats
from ml.export.words import hexadecimal, plain
from ml.spec.model import Line
from ml.spec.scene import Form, Point, Route, Shape

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_EMU = 9525
_STRAIGHT = 0.5
"""A way that leaves its straight by less than so many px is one."""
_DETOUR = 1.15
"""A slanting way that is longer than the straight by less than this becomes the straight."""
_THIN = 1.0
"""The least width and height in px of a bent connector, whose bends are shares of them."""


def connector_xml(
    route: Route,
    ends: tuple[Shape, Shape],
    *,
    id: int,
    ids: tuple[int, int],
    name: str,
    weight: int,
) -> Element:
    """The `p:cxnSp` of a route between two shapes, whose numbers on the slide are `ids`.

    `weight` is the line's width in EMU.
    """
    path = _straightened(route.points)
    element = Element("p:cxnSp", {"xmlns:p": _P, "xmlns:a": _A})
    about = _under(element, "p:nvCxnSpPr")
    _under(about, "p:cNvPr", id=str(id), name=plain(name))
    glue = _under(about, "p:cNvCxnSpPr")
    for tag, shape, number, (point, following) in (
        ("stCxn", ends[0], ids[0], (path[0], path[1])),
        ("endCxn", ends[1], ids[1], (path[-1], path[-2])),
    ):
        _under(glue, f"a:{tag}", id=str(number), idx=str(site(shape, point, following)))
    _under(about, "p:nvPr")
    looks = _under(element, "p:spPr")
    _geometry(looks, path)
    line = _under(looks, "a:ln", w=str(weight))
    _under(_under(line, "a:solidFill"), "a:srgbClr", val=hexadecimal(route.colour))
    if route.line is Line.DASHED:
        _under(line, "a:prstDash", val="dash")
    _under(line, "a:round")
    if route.line is not Line.LINE:
        _under(line, "a:tailEnd", type="triangle", w="med", len="med")
    return element


def site(shape: Shape, point: Point, following: Point) -> int:
    """The number of the connection site for an edge that leaves a shape at `point` and goes on
    to `following`: the nearest of those that look that way."""
    half_width, half_height = abs(shape.width) / 2, abs(shape.height) / 2
    top, left, bottom, right = (
        (0.0, -half_height),
        (-half_width, 0.0),
        (0.0, half_height),
        (half_width, 0.0),
    )
    if shape.form is Form.ELLIPSE:
        slant = math.sqrt(0.5)
        x, y = half_width * slant, half_height * slant
        sites = [top, (-x, -y), left, (-x, y), bottom, (x, y), right, (x, -y)]
    elif shape.form is Form.CYLINDER:
        # Its first site lies on the lid's near edge, where no edge is meant to end.
        sites = [(math.inf, math.inf), top, left, bottom, right]
    else:
        sites = [top, left, bottom, right]
    place = point[0] - shape.x, point[1] - shape.y
    way = following[0] - point[0], following[1] - point[1]
    far = max(math.hypot(*way), 1e-6)

    def cost(number: int) -> float:
        x, y = sites[number]
        if math.isinf(x):
            return x
        # 1 when the edge leaves along the site's outward direction, -1 against it.
        facing = (x * way[0] + y * way[1]) / (max(math.hypot(x, y), 1e-6) * far)
        return math.dist((x, y), place) + (1 - facing) * (half_width + half_height)

    return min(range(len(sites)), key=cost)


def _geometry(looks: Element, path: list[Point]) -> None:
    (x0, y0), (x1, y1) = path[0], path[-1]
    dx, dy = x1 - x0, y1 - y0
    if len(path) == 2 or (
        not _turns_squarely(path) and length(path) < _DETOUR * math.hypot(dx, dy)
    ):
        _frame(looks, (x0 + x1) / 2, (y0 + y1) / 2, abs(dx), abs(dy), flip=(dx < 0, dy < 0))
        _preset(looks, "straightConnector1", ())
    elif len(path) <= 6 and _turns_squarely(path):
        _bent(looks, path)
    else:
        _free(looks, path)


def _bent(looks: Element, path: list[Point]) -> None:
    """bentConnector2 to 5: their first straight is level, so upright ones are turned a quarter.

    The places of the inner straights are shares of the connector's width and height.
    """
    (x0, y0), (x1, y1) = path[0], path[-1]
    upright = abs(path[1][0] - x0) < abs(path[1][1] - y0)
    # A quarter turn to the right takes (u, v) to (-v, u).
    turned = [(y, -x) for x, y in path] if upright else path
    (u0, v0), (u1, v1) = turned[0], turned[-1]
    du, dv = u1 - u0, v1 - v0
    wide, high = max(abs(du), _THIN), max(abs(dv), _THIN)
    sign_u, sign_v = (-1 if du < 0 else 1), (-1 if dv < 0 else 1)
    shares = []
    for bend in range(1, len(path) - 2):
        u, v = turned[bend]
        share = (u - u0) * sign_u / wide if bend % 2 else (v - v0) * sign_v / high
        shares.append(round(share * 100_000))
    _frame(
        looks,
        (x0 + x1) / 2,
        (y0 + y1) / 2,
        wide,
        high,
        flip=(du < 0, dv < 0),
        turn=5_400_000 if upright else 0,
    )
    _preset(looks, f"bentConnector{len(path) - 1}", shares)


def _free(looks: Element, path: list[Point]) -> None:
    """Any polyline, as geometry of its own."""
    xs, ys = [x for x, _ in path], [y for _, y in path]
    left, top = min(xs), min(ys)
    wide, high = max(max(xs) - left, _THIN), max(max(ys) - top, _THIN)
    _frame(looks, left + wide / 2, top + high / 2, wide, high)
    own = _under(looks, "a:custGeom")
    for tag in ("avLst", "gdLst", "ahLst", "cxnLst"):
        _under(own, f"a:{tag}")
    _under(own, "a:rect", l="0", t="0", r="r", b="b")
    drawn = _under(_under(own, "a:pathLst"), "a:path", w=_emu(wide), h=_emu(high), fill="none")
    for number, (x, y) in enumerate(path):
        step = _under(drawn, "a:lnTo" if number else "a:moveTo")
        _under(step, "a:pt", x=_emu(x - left), y=_emu(y - top))


def _frame(
    looks: Element,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    flip: tuple[bool, bool] = (False, False),
    turn: int = 0,
) -> None:
    """Where the connector lies: around a centre, flipped, then turned by `turn` / 60,000°."""
    frame = _under(looks, "a:xfrm")
    if turn:
        frame.set("rot", str(turn))
    for name, flipped in zip(("flipH", "flipV"), flip, strict=True):
        if flipped:
            frame.set(name, "1")
    _under(frame, "a:off", x=_emu(x - width / 2), y=_emu(y - height / 2))
    _under(frame, "a:ext", cx=_emu(width), cy=_emu(height))


def _preset(looks: Element, name: str, shares: Sequence[int]) -> None:
    values = _under(_under(looks, "a:prstGeom", prst=name), "a:avLst")
    for number, share in enumerate(shares, start=1):
        _under(values, "a:gd", name=f"adj{number}", fmla=f"val {share}")


def _straightened(points: tuple[Point, ...]) -> list[Point]:
    """The way without points that do not bend it."""
    path = without_repeats(points)
    if len(path) < 2:
        return [points[0], points[-1]]
    kept = [path[0]]
    for point, following in pairwise(path[1:]):
        (ax, ay), (bx, by), (cx, cy) = kept[-1], point, following
        far = math.dist(kept[-1], following)
        area = abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
        inside = (bx - ax) * (cx - bx) + (by - ay) * (cy - by) > 0
        if not (inside and area <= _STRAIGHT * far):
            kept.append(point)
    return [*kept, path[-1]]


def _turns_squarely(path: list[Point]) -> bool:
    level = [abs(one[1] - other[1]) < _STRAIGHT for one, other in pairwise(path)]
    upright = [abs(one[0] - other[0]) < _STRAIGHT for one, other in pairwise(path)]
    first = level[0]
    return all(
        (level if first == (number % 2 == 0) else upright)[number] for number in range(len(level))
    )


def _under(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, tag, attributes)


def _emu(px: float) -> str:
    return str(round(px * _EMU))
