"""The outcomes of simulated people as a table, as JSON and as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from ml.drawing.labels import LINE_HEIGHT, width
from ml.drawing.render import draw
from ml.scoring.evaluate_taste import BEST, MEAN, OURS, Outcome
from ml.scoring.simulated_people import Kind
from ml.spec.model import Line
from ml.spec.scene import Colour, Point, Route, Scene, Text

TASTES = tuple(kind for kind in Kind if kind is not Kind.INDIFFERENT)

_LEFT, _RIGHT, _TOP, _BOTTOM = 80.0, 740.0, 70.0, 540.0
_INK: Colour = (45, 50, 60)
_FAINT: Colour = (222, 226, 232)
_COLOURS: tuple[Colour, ...] = (
    (150, 155, 165), (214, 160, 60), (200, 105, 60), (150, 95, 190), (60, 140, 90),
    (30, 90, 200), (120, 170, 230),
)  # fmt: skip


def average(
    outcomes: Iterable[Outcome], measure: str, way: str, ratings: int, kinds: Sequence[Kind]
) -> float:
    """The mean of a measure over all people of these kinds."""
    chosen = [
        (getattr(outcome, measure), outcome.people)
        for outcome in outcomes
        if (outcome.way, outcome.ratings) == (way, ratings) and outcome.kind in kinds
    ]
    values, people = zip(*chosen, strict=True)
    return float(np.average(values, weights=people))


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as lines of text: over all tastes, then kind by kind."""
    sizes, ways = _sizes(outcomes), _ways(outcomes)
    parts: list[tuple[str, str, list[tuple[str, str, tuple[Kind, ...]]]]] = [
        ("pairs in the right order, all tastes", "pairwise", [(way, way, TASTES) for way in ways]),
        ("top-3 regret in points, all tastes", "regret", [(way, way, TASTES) for way in ways]),
        ("error in points, all tastes", "error", [(way, way, TASTES) for way in ways]),
        (
            "pairs in the right order, by taste",
            "pairwise",
            [
                (f"{kind}: {way}", way, (kind,))
                for kind in TASTES
                for way in (BEST, OURS, "taste, true attributes")
            ],
        ),
        (
            "error in points, indifferent",
            "error",
            [(way, way, (Kind.INDIFFERENT,)) for way in (MEAN, OURS)],
        ),
    ]
    lines = []
    for title, measure, rows in parts:
        lines += ["", f"{title:38}" + "".join(f"{size:7}" for size in sizes)]
        for name, way, kinds in rows:
            values = [average(outcomes, measure, way, size, kinds) for size in sizes]
            lines.append(f"{name:38}" + "".join(f"{value:7.3f}" for value in values))
    return "\n".join(lines[1:])


def recovery_table(recovered: Mapping[str, Mapping[str, float]]) -> str:
    """How often each attribute is told, a line for each way."""
    fields = list(next(iter(recovered.values())))
    lines = [f"{'attributes told from a picture':38}" + "".join(f"{name:>11}" for name in fields)]
    for way, shares in recovered.items():
        lines.append(f"{way:38}" + "".join(f"{shares[name]:11.3f}" for name in fields))
    return "\n".join(lines)


def as_json(outcomes: Sequence[Outcome], recovered: Mapping[str, Mapping[str, float]]) -> str:
    """Both as one JSON object: `recovery` as it is, and `outcomes` as a list."""
    rows = [asdict(outcome) for outcome in outcomes]
    return json.dumps({"recovery": recovered, "outcomes": rows}, indent=2)


def picture(outcomes: Sequence[Outcome]) -> NDArray[np.uint8]:
    """The pairwise accuracy of each way over the number of ratings: uint8[1200, 2000, 3], RGB."""
    sizes, ways = _sizes(outcomes), _ways(outcomes)
    curves = {
        way: [average(outcomes, "pairwise", way, size, TASTES) for size in sizes] for way in ways
    }
    low = np.floor(20 * min(min(values) for values in curves.values())) / 20
    high = np.ceil(20 * max(max(values) for values in curves.values())) / 20
    ends = max(len(sizes) - 1, 1), max(high - low, 0.05)

    def at(step: float, value: float) -> Point:
        return (
            _LEFT + (_RIGHT - _LEFT) * step / ends[0],
            _BOTTOM - (_BOTTOM - _TOP) * (value - low) / ends[1],
        )

    routes, captions = [], [_text("Pairs put in the right order", (_LEFT, 34), size=20)]
    for value in np.arange(low, high + 1e-6, 0.05):
        routes.append(_route([at(0, value), at(ends[0], value)], _FAINT))
        captions.append(_text(f"{value:.2f}", (_LEFT - 46, at(0, value)[1])))
    for step, size in enumerate(sizes):
        x = at(step, low)[0]
        captions.append(_text(str(size), (x - width(str(size), 14) / 2, _BOTTOM + 18)))
    captions.append(_text("ratings of one's own", (_LEFT, _BOTTOM + 42)))
    names = sorted(ways, key=lambda way: -curves[way][-1])
    places = np.array([at(0, curves[way][-1])[1] for way in names])
    for number in range(1, len(places)):  # names do not stand on one another
        places[number] = max(places[number], places[number - 1] + 20)
    for way, y in zip(names, places, strict=True):
        colour = _COLOURS[ways.index(way) % len(_COLOURS)]
        points = [at(step, value) for step, value in enumerate(curves[way])]
        strong = way == OURS
        for shift in (-1.0, 0.0, 1.0) if strong else (0.0,):
            routes.append(_route([(x, y + shift) for x, y in points], colour))
        captions.append(_text(f"{way}  {curves[way][-1]:.2f}", (_RIGHT + 14, y), colour=colour))
    return draw(Scene(shapes=(), routes=tuple(routes), captions=tuple(captions)))


def _sizes(outcomes: Iterable[Outcome]) -> list[int]:
    return sorted({outcome.ratings for outcome in outcomes})


def _ways(outcomes: Iterable[Outcome]) -> list[str]:
    return list(dict.fromkeys(outcome.way for outcome in outcomes))


def _route(points: Sequence[Point], colour: Colour) -> Route:
    return Route(source=0, target=0, points=tuple(points), line=Line.LINE, colour=colour)


def _text(words: str, left: Point, *, size: float = 14, colour: Colour = _INK) -> Text:
    wide = width(words, size)
    return Text(
        x=left[0] + wide / 2, y=left[1], width=wide, height=size * LINE_HEIGHT, lines=(words,),
        size=size, colour=colour,
    )  # fmt: skip
