"""Diagrams in the look of the `rows` dialect: shapes without words and straight edges.

What a model draws that places shapes by itself: bars whose length tells a layer's size, layers
of circles, flowcharts of small and large marks; pastel fills, dark outlines, any mixture. These
are the good ones, with nothing overlapping; `ml.scoring.damage` makes the bad ones.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TypeAlias

from ml.scoring.rearrange import tie
from ml.spec.model import Line
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Colour, Form, Route, Scene, Shape

_Box: TypeAlias = tuple[float, float, float, float]  # along, aside, depth, breadth
_FORMS = (Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.ELLIPSE)


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What all nodes of one sort in a diagram share."""

    form: Form
    fill: Colour
    stroke: Colour
    line: Line


def plain_scene(rng: random.Random) -> Scene:
    """A good diagram of 2 to about 40 shapes."""
    return rng.choices((_bars, _layers, _flow), weights=(3, 2, 4))[0](rng)


def _look(rng: random.Random, *forms: Form) -> _Look:
    light = rng.randint(186, 255)
    fill = (
        (light, light, light)
        if rng.random() < 0.3
        else tuple(min(255, max(176, light + rng.randint(-28, 28))) for _ in range(3))
    )
    dark = rng.randint(0, 100)
    stroke = (
        (dark, dark, dark)
        if rng.random() < 0.35
        else tuple(min(150, max(0, dark + rng.randint(-30, 50))) for _ in range(3))
    )
    return _Look(
        form=rng.choice(forms or _FORMS),
        fill=(fill[0], fill[1], fill[2]),
        stroke=(stroke[0], stroke[1], stroke[2]),
        line=rng.choices(tuple(Line), weights=(6, 3, 1))[0],
    )


def _scene(
    rng: random.Random,
    boxes: list[_Box],
    looks: list[_Look],
    links: list[tuple[int, int]],
    across: bool,
) -> Scene:
    """`boxes` are (along, aside, length along, length aside); `across` lays "along" out in x."""
    shapes = []
    for number, ((along, aside, depth, breadth), look) in enumerate(zip(boxes, looks, strict=True)):
        x, y, width, height = (
            (along, aside, depth, breadth) if across else (aside, along, breadth, depth)
        )
        shapes.append(
            Shape(
                node=number,
                x=round(x),
                y=round(y),
                width=round(width),
                height=round(height),
                form=look.form,
                fill=look.fill,
                stroke=look.stroke,
            )
        )
    one_line = rng.choice(looks).line if rng.random() < 0.6 else None
    routes = tuple(
        Route(
            source=a,
            target=b,
            points=tie(shapes[a], shapes[b]),
            line=one_line or looks[a].line,
            colour=looks[a].stroke,
        )
        for a, b in links
    )
    return Scene(shapes=tuple(shapes), routes=routes)


def _bars(rng: random.Random) -> Scene:
    """Layers as bars whose breadth is their size, as convolutional networks are drawn."""
    count, across = rng.randint(3, 24), rng.random() < 0.65
    room, aside = (CANVAS_WIDTH, CANVAS_HEIGHT) if across else (CANVAS_HEIGHT, CANVAS_WIDTH)
    pitch = room / (count + 1)
    depth = pitch * rng.uniform(0.45, 0.65)
    kinds = [_look(rng, Form.RECTANGLE, Form.ROUND_RECTANGLE) for _ in range(rng.randint(2, 5))]
    breadth, shrinking = aside * rng.uniform(0.3, 0.62), rng.uniform(0.75, 1.0)
    boxes: list[_Box] = []
    looks: list[_Look] = []
    tail = count - rng.randint(0, min(4, count - 1))
    for i in range(count):
        if i == tail:
            breadth = aside * rng.uniform(0.3, 0.62)
        boxes.append((pitch * (i + 1), aside / 2, depth, max(24.0, breadth)))
        looks.append(kinds[i % 2] if i < tail else kinds[-1])
        breadth *= shrinking if i < tail else rng.uniform(0.5, 0.9)
    return _scene(rng, boxes, looks, [(i, i + 1) for i in range(count - 1)], across)


def _layers(rng: random.Random) -> Scene:
    """Layers of circles, each fully linked to the next."""
    across = rng.random() < 0.6
    sizes = [rng.randint(1, 8) for _ in range(rng.randint(2, 6))]
    room, aside = (CANVAS_WIDTH, CANVAS_HEIGHT) if across else (CANVAS_HEIGHT, CANVAS_WIDTH)
    pitch, slot = room / (len(sizes) + 1), aside * 0.86 / max(max(sizes), 3)
    form = rng.choices(_FORMS, weights=(1, 1, 8))[0]
    boxes: list[_Box] = []
    looks: list[_Look] = []
    links: list[tuple[int, int]] = []
    start, depth = 0, pitch * rng.uniform(0.4, 0.65)
    even = rng.random() < 0.5
    for layer, size in enumerate(sizes):
        look = _look(rng, form)
        step = slot if even else min(aside * 0.7 / size, slot * rng.uniform(1.0, 1.5))
        breadth = step * rng.uniform(0.55, 0.8)
        thick = min(depth, breadth * 1.6)
        for i in range(size):
            boxes.append(
                (pitch * (layer + 1), aside / 2 + (i - (size - 1) / 2) * step, thick, breadth)
            )
            looks.append(look)
        if layer:
            before = range(start - sizes[layer - 1], start)
            links += [(a, b) for a in before for b in range(start, start + size)]
        start += size
    return _scene(rng, boxes, looks, links, across)


def _flow(rng: random.Random) -> Scene:
    """A flowchart: columns of marks, small ones for steps and large ones for things."""
    across, columns = rng.random() < 0.7, rng.randint(2, 12)
    room, aside = (CANVAS_WIDTH, CANVAS_HEIGHT) if across else (CANVAS_HEIGHT, CANVAS_WIDTH)
    pitch = room / (columns + (0 if rng.random() < 0.5 else 1))
    first = (room - pitch * (columns - 1)) / 2
    most = rng.choice((1, 2, 3, 3, 4, 5))
    large = min(pitch * rng.uniform(0.45, 0.8), aside / most * 0.7, 95.0)
    kinds = [(_look(rng), large * rng.choice((0.3, 0.3, 0.5, 0.75, 1.0, 1.0))) for _ in range(5)]
    grid, loose = rng.random() < 0.6, rng.random() < 0.45
    boxes: list[_Box] = []
    looks: list[_Look] = []
    links: list[tuple[int, int]] = []
    before: list[int] = []
    for column in range(columns):
        size = rng.choices(range(1, most + 1), weights=[2.0 / (n + 1) for n in range(most)])[0]
        step = aside / (most + 1) if grid else aside / (size + 1)
        here = []
        if loose and rng.random() < 0.4:  # not about the middle, but on any of the rows
            places = sorted(rng.sample(range(most), size))
            asides = [aside * (place + 1) / (most + 1) for place in places]
        else:
            asides = [aside / 2 + (i - (size - 1) / 2) * step for i in range(size)]
        for beside in asides:
            here.append(len(boxes))
            look, extent = rng.choice(kinds)
            extent = max(14.0, extent)
            boxes.append((first + pitch * column, beside, extent, extent))
            looks.append(look)
        if before:
            alone = set(before) - {end for link in links for end in link}
            links += _loosely(rng, before, here, alone) if loose else _between(rng, before, here)
        before = (before + here)[-most:] if loose and rng.random() < 0.5 else here
    return _scene(rng, boxes, looks, links, across)


def _loosely(
    rng: random.Random, before: list[int], here: list[int], alone: set[int]
) -> list[tuple[int, int]]:
    """Links as in a tree whose shapes come from anywhere: some lead nowhere, some are long.

    None of `alone`, those that have no link so far, is left so.
    """
    links = {(rng.choice(before), b) for b in here}
    links |= {(a, rng.choice(here)) for a in sorted(alone)}
    while rng.random() < 0.25:
        links.add((rng.choice(before), rng.choice(here)))
    return sorted(links)


def _between(rng: random.Random, before: list[int], here: list[int]) -> list[tuple[int, int]]:
    """Links that leave nobody alone and cross little: both sides are walked in order."""
    links = {
        (before[round(i * (len(before) - 1) / max(1, len(here) - 1))], b)
        for i, b in enumerate(here)
    }
    linked = {a for a, _ in links}
    for i, a in enumerate(before):
        if a not in linked:
            links.add((a, here[round(i * (len(here) - 1) / max(1, len(before) - 1))]))
    if rng.random() < 0.1:
        links.add((rng.choice(before), rng.choice(here)))
    return sorted(links)
