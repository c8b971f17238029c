"""Bad diagrams out of good ones, in the ways that sampled diagrams really go wrong.

Every fault is a function (Scene, generator, degree) → Scene. `degree` runs from 0, hardly any,
to 1, as bad as it gets; it sets how many shapes are hit and how far they go. Routes of a shape
that moved are drawn again as straight lines between borders, as a model that places shapes by
itself would have them. The same generator state gives the same damage.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from ml.scoring.chance import far, some
from ml.scoring.damage_words import fade, large_print, loose_print, small_print
from ml.scoring.rearrange import everything, moved, tie, with_shapes, without
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Route, Scene, Shape

Fault: TypeAlias = Callable[[Scene, random.Random, float], Scene]


def damage(scene: Scene, rng: random.Random, *, faults: int, degree: float) -> Scene:
    """The Scene with that many faults, drawn by their weight, each of about this degree."""
    for _ in range(faults):
        fault = rng.choices(list(FAULTS), weights=list(FAULTS.values()))[0]
        scene = fault(scene, rng, min(1.0, max(0.05, degree * rng.uniform(0.6, 1.4))))
    return scene


def overlap(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes slide half over another one."""
    changed = {}
    for index in some(len(scene.shapes), rng, degree):
        shape, other = scene.shapes[index], rng.choice(scene.shapes)
        reach = 1.0 - 0.8 * degree * rng.random()
        x = other.x + far(rng, reach * (shape.width + other.width) / 2)
        y = other.y + rng.choice((0.0, far(rng, reach * (shape.height + other.height) / 2)))
        changed[index] = moved(shape, x, y)
    return with_shapes(scene, changed)


def pile(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes stand on the very place of another one."""
    changed = {}
    for index in some(len(scene.shapes), rng, degree):
        other = rng.choice(scene.shapes)
        changed[index] = moved(scene.shapes[index], other.x, other.y)
    return with_shapes(scene, changed)


def repeat(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes come again, near the first time, and point somewhere: a model that cannot stop."""
    shapes, routes = list(scene.shapes), list(scene.routes)
    for index in some(len(scene.shapes), rng, degree):
        shape = scene.shapes[index]
        offset = rng.choice((shape.height * rng.uniform(0.3, 1.4), CANVAS_HEIGHT / 6))
        x, y = rng.choice(((0, 1), (0, -1), (1, 0))) if rng.random() < 0.8 else (1, 1)
        again = moved(shape, shape.x + x * offset, shape.y + y * offset)
        if rng.random() < 0.5:
            form = rng.choice(scene.shapes)
            again = replace(again, form=form.form, fill=form.fill, label=form.label and again.label)
        shapes.append(again)
        target = rng.randrange(len(scene.shapes))
        if target != index and scene.routes:
            routes.append(_new_route(scene, len(shapes) - 1, target, (again, shapes[target])))
    return replace(scene, shapes=tuple(shapes), routes=tuple(routes))


def echo(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """A run of shapes comes again beside itself, row after row until it leaves the canvas."""
    shapes, routes = list(scene.shapes), list(scene.routes)
    count = len(scene.shapes)
    long = max(1, min(count, round(count * (0.1 + 0.6 * degree * rng.random()))))
    start = rng.randrange(count - long + 1)
    run = scene.shapes[start : start + long]
    reach = rng.uniform(0.25, 1.3) * max(shape.height for shape in run)
    across, down = rng.choice(((0.0, reach), (0.0, -reach), (0.0, 80.0), (0.0, 100.0), (reach, 0)))
    for again in range(1, rng.choices((1, 2, 3, 4), weights=(6, 2, 1, 1))[0] + 1):
        first = len(shapes)
        for shape in run:
            like = rng.choice(run) if rng.random() < 0.3 else shape
            copy = moved(shape, shape.x + again * across, shape.y + again * down)
            shapes.append(replace(copy, form=like.form, fill=like.fill, stroke=like.stroke))
        if not scene.routes or rng.random() < 0.15:
            continue
        aims = [*range(first + 1, len(shapes)), min(start + long, count - 1)]
        for source, target in zip(range(first, len(shapes)), aims, strict=True):
            if rng.random() < 0.3:
                target = rng.randrange(count)
            ends = shapes[source], shapes[target]
            routes.append(_new_route(scene, source, target, ends))
    return replace(scene, shapes=tuple(shapes), routes=tuple(routes))


def _new_route(scene: Scene, source: int, target: int, ends: tuple[Shape, Shape]) -> Route:
    like = scene.routes[0]
    return Route(
        source=source, target=target, points=tie(*ends), line=like.line, colour=like.colour
    )


def squash(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Everything is pushed together along one axis, shapes keep their size."""
    keep = 1 - 0.75 * degree
    across = rng.random() < 0.5
    changed = {}
    for index, shape in enumerate(scene.shapes):
        x = CANVAS_WIDTH / 2 + (shape.x - CANVAS_WIDTH / 2) * (keep if across else 1)
        y = CANVAS_HEIGHT / 2 + (shape.y - CANVAS_HEIGHT / 2) * (1 if across else keep)
        changed[index] = moved(shape, x, y)
    return with_shapes(scene, changed)


def grow(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Some shapes are far too large."""
    changed = {}
    for index in some(len(scene.shapes), rng, degree):
        shape = scene.shapes[index]
        by = 1 + rng.uniform(0.4, 1.0) * (0.5 + 2 * degree)
        changed[index] = replace(shape, width=shape.width * by, height=shape.height * by)
    return with_shapes(scene, changed)


def slip_off(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Some shapes reach over the edge of the canvas."""
    changed = {}
    side = rng.randrange(4)
    for index in some(len(scene.shapes), rng, degree * 0.7):
        shape = scene.shapes[index]
        beyond = rng.uniform(-0.4, 0.2 + 0.4 * degree)
        x, y = shape.x, shape.y
        if side == 0:
            y = CANVAS_HEIGHT + beyond * shape.height
        elif side == 1:
            x = CANVAS_WIDTH + beyond * shape.width
        elif side == 2:
            y = -beyond * shape.height
        else:
            x = -beyond * shape.width
        changed[index] = moved(shape, x, y)
    return with_shapes(scene, changed)


def shift(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """The whole drawing is off centre until a part is cut off."""
    dx, dy = far(rng, 500 * degree), far(rng, 300 * degree)
    dx, dy = rng.choice(((dx, 0.0), (0.0, dy), (dx, dy)))
    return everything(scene, lambda x, y: (x + dx, y + dy))


def swap(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes trade places: crossings, edges through shapes and against the direction."""
    hit = some(len(scene.shapes), rng, 0.3 + degree)
    changed = {}
    for one, other in zip(hit, hit[1:] + hit[:1], strict=True):
        there = scene.shapes[other]
        changed[one] = moved(scene.shapes[one], there.x, there.y)
    return with_shapes(scene, changed)


def rewire(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Edges lead to the wrong shape."""
    if not scene.routes or len(scene.shapes) < 3:
        return scene
    routes = list(scene.routes)
    for index in some(len(routes), rng, degree):
        source, target = routes[index].source, rng.randrange(len(scene.shapes))
        if target != source:
            points = tie(scene.shapes[source], scene.shapes[target])
            routes[index] = replace(routes[index], target=target, points=points, label=None)
    return replace(scene, routes=tuple(routes))


def clutter(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Edges that nobody asked for."""
    if not scene.routes or len(scene.shapes) < 3:
        return scene
    routes = list(scene.routes)
    for _ in range(max(1, round(1.2 * degree * len(scene.shapes)))):
        source, target = rng.sample(range(len(scene.shapes)), 2)
        ends = scene.shapes[source], scene.shapes[target]
        routes.append(_new_route(scene, source, target, ends))
    return replace(scene, routes=tuple(routes))


def unlink(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Edges are missing, so that shapes stand alone."""
    if not scene.routes:
        return scene
    lost: set[int] = set()
    for index in some(len(scene.shapes), rng, degree * 0.6):
        lost |= {n for n, r in enumerate(scene.routes) if index in (r.source, r.target)}
    kept = (route for number, route in enumerate(scene.routes) if number not in lost)
    return replace(scene, routes=tuple(kept))


def lose(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes are missing, and with them their edges."""
    if len(scene.shapes) < 3:
        return scene
    lost = set(some(len(scene.shapes), rng, degree * 0.5))
    return without(scene, lost)


def stray(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes that belong to nothing."""
    shapes = list(scene.shapes)
    for index in some(len(scene.shapes), rng, degree * 0.6):
        shape = scene.shapes[index]
        x, y = rng.uniform(40, CANVAS_WIDTH - 40), rng.uniform(40, CANVAS_HEIGHT - 40)
        shapes.append(moved(shape, x, y))
    return replace(scene, shapes=tuple(shapes))


def far_away(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes stand needlessly far from what they are linked with."""
    changed = {}
    for index in some(len(scene.shapes), rng, degree * 0.6):
        shape = scene.shapes[index]
        x = CANVAS_WIDTH - shape.width if shape.x < CANVAS_WIDTH / 2 else shape.width
        y = rng.choice((shape.y, CANVAS_HEIGHT - shape.y))
        changed[index] = moved(shape, x, y)
    return with_shapes(scene, changed)


def jitter(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Nothing is level with anything."""
    reach = 4 + 70 * degree
    return with_shapes(
        scene,
        {
            index: moved(
                shape, shape.x + rng.uniform(-reach, reach), shape.y + rng.uniform(-reach, reach)
            )
            for index, shape in enumerate(scene.shapes)
        },
    )


def shrink(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """The drawing is small and lies in a corner."""
    size = 1 - 0.7 * degree
    left = rng.choice((0.05, 0.5, 0.95)) * CANVAS_WIDTH * (1 - size)
    top = rng.choice((0.05, 0.5, 0.95)) * CANVAS_HEIGHT * (1 - size)
    return everything(scene, lambda x, y: (left + x * size, top + y * size), size)


def specks(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Shapes are so small that they are marks."""
    size = 1 - (0.5 + 0.4 * degree)
    changed = {}
    for index in some(len(scene.shapes), rng, 0.4 + degree):
        shape = scene.shapes[index]
        label = shape.label and replace(shape.label, size=max(3.0, shape.label.size * size * 1.4))
        changed[index] = replace(
            shape, width=shape.width * size, height=shape.height * size, label=label
        )
    return with_shapes(scene, changed)


FAULTS: dict[Fault, float] = {
    overlap: 3.0,
    pile: 2.0,
    repeat: 3.0,
    echo: 4.0,
    squash: 1.5,
    grow: 1.5,
    slip_off: 2.0,
    shift: 1.0,
    swap: 1.5,
    rewire: 1.0,
    clutter: 1.0,
    unlink: 1.0,
    lose: 0.7,
    stray: 1.0,
    far_away: 1.0,
    jitter: 1.0,
    shrink: 0.5,
    specks: 0.5,
    small_print: 0.6,
    large_print: 0.6,
    loose_print: 0.6,
    fade: 0.8,
}
"""Every fault and how often it is drawn, roughly as often as sampled diagrams have it."""
