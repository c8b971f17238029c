"""What a person likes as a picture: a Scene, drawn where OpenCV is.

Bars say what words of the style are worth to the person, a curve how far predictions were from
their ratings, and below are the diagrams they rated best, made smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from bot.results.words import CALLED
from bot.texts import gettext as _
from ml.errors import SpecError
from ml.scoring.leanings import Leaning, leanings
from ml.spec.model import Detail, Line
from ml.spec.scene import CANVAS_WIDTH, Colour, Form, Point, Route, Scene, Shape, Text
from ml.spec.text import STYLE_WORDS, parse_spec
from storage.rated import RatedDiagram

FAVOURITES = 3
_WELL = 3
"""The lowest rating of a favourite."""
_BARS = 4  # liked, and as many disliked
_SURE = 0.75
"""How probable it must be that a word is liked, or is not, for anything to be said of it."""
_PARTS = 5  # points of the curve
_ENOUGH = 3 * _PARTS

_INK: Colour = (45, 50, 60)
_QUIET: Colour = (120, 126, 136)
_FAINT: Colour = (222, 226, 232)
_WHITE: Colour = (255, 255, 255)
_LIKED: Colour = (40, 150, 110)
_DISLIKED: Colour = (215, 105, 75)
_CURVE: Colour = (30, 90, 200)

_SMALLER = 0.285
_SHELF = 400.0
"""How large favourites are, and the upper edge of the first, in canvas px."""


def leanings_of(rated: Iterable[RatedDiagram]) -> list[Leaning]:
    """What stands out of a person's ratings, best first: no more than fits the picture."""
    styles, ratings = [], []
    for diagram in rated:
        try:
            spec, scene = parse_spec(diagram.text), Scene.from_json(diagram.scene)
        except SpecError:  # another dialect, which has no words
            continue
        style = {name: getattr(spec.style, name) for name in STYLE_WORDS}
        if len(scene.shapes) <= len(spec.nodes):
            style["detail"] = Detail.LAYERS  # there was nothing to draw unit by unit
        styles.append(list(style.values()))
        ratings.append(diagram.rating)
    sure = [one for one in leanings(styles, ratings) if one.confidence >= _SURE]
    liked = [one for one in sure if one.effect > 0][:_BARS]
    return liked + [one for one in sure if one.effect < 0][-_BARS:]


def in_words(found: Sequence[Leaning]) -> str:
    """The same as the bars, for who cannot see them."""
    liked = ", ".join(_(CALLED[one.word]) for one in found if one.effect > 0)
    disliked = ", ".join(_(CALLED[one.word]) for one in reversed(found) if one.effect < 0)
    parts = [
        _("You like: {words}.").format(words=liked) if liked else "",
        _("You like less: {words}.").format(words=disliked) if disliked else "",
    ]
    return " ".join(filter(None, parts)) or _("Nothing stands out yet: you like all kinds alike.")


def favourites_of(rated: Sequence[RatedDiagram]) -> list[RatedDiagram]:
    """The diagrams rated well that there still is a picture of, best first, then the latest."""
    there = [one for one in reversed(rated) if one.shown and one.rating >= _WELL]
    return sorted(there, key=lambda one: -one.rating)[:FAVOURITES]


def portrait(rated: Sequence[RatedDiagram], found: Sequence[Leaning]) -> Scene:
    """The picture for somebody with these ratings, the oldest first."""
    bars = _bars(found)
    curve = _curve([abs(one.predicted - one.rating) for one in rated if one.predicted is not None])
    shelf = [
        _small(Scene.from_json(one.scene), place, one)
        for place, one in enumerate(favourites_of(rated))
    ]
    return _together([bars, curve, *shelf, Scene(shapes=(), routes=(), captions=_heads(shelf))])


def _heads(shelf: Sequence[object]) -> tuple[Text, ...]:
    heads = [_text(_("What you like"), 290, 40, size=22)]
    if shelf:
        heads.append(_text(_("Your favourites"), CANVAS_WIDTH / 2, _SHELF - 32, size=18))
    return tuple(heads)


def _bars(found: Sequence[Leaning]) -> Scene:
    axis, longest, top, step = 310.0, 150.0, 98.0, 30.0
    widest = max([1.0, *(abs(one.effect) for one in found)])
    shapes, captions = [], []
    for number, one in enumerate(found):
        y, length = top + step * number, max(longest * abs(one.effect) / widest, 3.0)
        side = 1 if one.effect > 0 else -1
        told = 2 * one.confidence - 1  # 0 when either sign is as probable as the other
        fill = _paler(_LIKED if side > 0 else _DISLIKED, told)
        shapes.append(
            Shape(
                node=number,
                x=axis + side * length / 2,
                y=y,
                width=length,
                height=18,
                form=Form.RECTANGLE,
                fill=fill,
                stroke=fill,
            )
        )
        captions.append(_text(_(CALLED[one.word]), axis - side * 82, y))
        points = f"{one.effect:+.1f}"
        captions.append(_text(points, axis + side * (length + 24), y, size=12, colour=_QUIET))
    if not found:
        captions.append(_text(_("Nothing stands out yet."), axis - 20, 180, colour=_QUIET))
        return Scene(shapes=(), routes=(), captions=tuple(captions))
    about = _("points more or less than others · pale: not sure yet")
    captions.append(_text(about, 290, 66, size=12, colour=_QUIET))
    middle = _line([(axis, top - 14), (axis, top + step * (len(found) - 1) + 14)], _QUIET)
    return Scene(shapes=tuple(shapes), routes=(middle,), captions=tuple(captions))


def _curve(errors: Sequence[float]) -> Scene:
    left, right, top, bottom = 640.0, 930.0, 98.0, 308.0
    captions = [
        _text(_("How far off I was"), 780, 40, size=22),
        _text(_("points between my guess and your rating"), 780, 66, size=12, colour=_QUIET),
    ]
    if len(errors) < _ENOUGH:
        waits = _("Rate {count} of your own diagrams to see it.").format(count=_ENOUGH)
        captions.append(_text(waits, 780, 180, colour=_QUIET))
        return Scene(shapes=(), routes=(), captions=tuple(captions))
    means = [float(np.mean(part)) for part in np.array_split(np.array(errors), _PARTS)]
    high = max(2.0, float(np.ceil(max(means))))

    def at(step: float, error: float) -> Point:
        return left + (right - left) * step / (_PARTS - 1), bottom - (bottom - top) * error / high

    routes = []
    for value in np.arange(high + 1):
        routes.append(_line([at(0, value), at(_PARTS - 1, value)], _FAINT))
        captions.append(_text(f"{value:.0f}", left - 18, at(0, value)[1], size=12, colour=_QUIET))
    routes += [
        _line([(x, y + shift) for x, y in map(at, range(_PARTS), means)], _CURVE)
        for shift in (-0.7, 0.0, 0.7)
    ]
    for step, beside in ((0, 1), (_PARTS - 1, _PARTS - 2)):
        x, y = at(step, means[step])
        aside = 16 if means[beside] > means[step] else -16  # where the curve is not
        captions.append(_text(f"{means[step]:.1f}", x, y + aside, colour=_CURVE))
    captions.append(_text(_("at first"), left, bottom + 20, size=12, colour=_QUIET))
    captions.append(_text(_("lately"), right, bottom + 20, size=12, colour=_QUIET))
    return Scene(shapes=(), routes=tuple(routes), captions=tuple(captions))


def _small(scene: Scene, place: int, diagram: RatedDiagram) -> Scene:
    """A diagram made smaller, in its place on the shelf, with a frame and its rating."""
    wide, tall = 1000 * _SMALLER, 600 * _SMALLER
    left, top = 40 + place * (wide + 32.5), _SHELF - 12

    def at(point: Point) -> Point:
        return left + point[0] * _SMALLER, top + point[1] * _SMALLER

    def text(one: Text | None) -> Text | None:
        if one is None:
            return None
        x, y = at((one.x, one.y))
        size = {name: getattr(one, name) * _SMALLER for name in ("width", "height", "size")}
        return replace(one, x=x, y=y, **size)

    shapes = []
    for shape in scene.shapes:
        x, y = at((shape.x, shape.y))
        width, height = shape.width * _SMALLER, shape.height * _SMALLER
        shapes.append(replace(shape, x=x, y=y, width=width, height=height, label=text(shape.label)))
    routes = [
        replace(route, points=tuple(map(at, route.points)), label=text(route.label))
        for route in scene.routes
    ]
    corners = [(500.0, 0.0), (1000.0, 0.0), (1000.0, 600.0), (0.0, 600.0), (0.0, 0.0), (500.0, 0.0)]
    frame = _line(list(map(at, corners)), _FAINT)  # from a middle, so that all corners are round
    said = _("{rating} of 5 · diagram {id}").format(rating=diagram.rating, id=diagram.id)
    name = _text(said, left + wide / 2, top + tall + 14, size=12, colour=_QUIET)
    captions = [small for one in scene.captions if (small := text(one)) is not None]
    return Scene(shapes=tuple(shapes), routes=(frame, *routes), captions=(*captions, name))


def _together(parts: Iterable[Scene]) -> Scene:
    """All of them on one canvas; routes keep the shapes that they lead to."""
    shapes: list[Shape] = []
    routes: list[Route] = []
    captions: list[Text] = []
    for part in parts:
        before = len(shapes)
        shapes += part.shapes
        routes += [
            replace(route, source=route.source + before, target=route.target + before)
            for route in part.routes
        ]
        captions += part.captions
    return Scene(shapes=tuple(shapes), routes=tuple(routes), captions=tuple(captions))


def _paler(colour: Colour, share: float) -> Colour:
    red, green, blue = (
        round(white + (part - white) * share) for part, white in zip(colour, _WHITE, strict=True)
    )
    return red, green, blue


def _line(points: Sequence[Point], colour: Colour) -> Route:
    return Route(source=0, target=0, points=tuple(points), line=Line.LINE, colour=colour)


def _text(words: str, x: float, y: float, *, size: float = 14, colour: Colour = _INK) -> Text:
    return Text(x=x, y=y, width=0.0, height=size, lines=(words,), size=size, colour=colour)
