"""Faults of words and colours: too small, too large, beside their shape, hardly visible."""

from __future__ import annotations

import random
from dataclasses import replace

from ml.scoring.chance import far, some
from ml.spec.scene import Colour, Scene


def small_print(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Words are too small to read."""
    return _relabelled(scene, rng, 0.5 + degree, size=1 - 0.7 * (0.4 + 0.6 * degree))


def large_print(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Words are larger than their shapes."""
    return _relabelled(scene, rng, 0.5 + degree, size=1.3 + 1.7 * degree)


def loose_print(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Words lie beside their shapes and on others."""
    return _relabelled(scene, rng, degree, away=20 + 90 * degree)


def _relabelled(
    scene: Scene, rng: random.Random, degree: float, size: float = 1.0, away: float = 0.0
) -> Scene:
    shapes = list(scene.shapes)
    for index in some(len(shapes), rng, degree):
        label = shapes[index].label
        if label is None:
            continue
        label = replace(
            label,
            x=label.x + (far(rng, away) if away else 0),
            y=label.y + (far(rng, away) if away else 0),
            width=label.width * size,
            height=label.height * size,
            size=label.size * size,
        )
        shapes[index] = replace(shapes[index], label=label)
    return replace(scene, shapes=tuple(shapes))


def fade(scene: Scene, rng: random.Random, degree: float) -> Scene:
    """Outlines, lines and words hardly stand out."""
    by = 0.45 + 0.5 * degree
    hit = set(some(len(scene.shapes), rng, 0.5 + degree))
    words, outlines = rng.choice(((True, False), (False, True), (True, True)))
    shapes = []
    for index, shape in enumerate(scene.shapes):
        if index in hit and words and shape.label:
            colour = _mixed(shape.label.colour, shape.fill, by)
            shape = replace(shape, label=replace(shape.label, colour=colour))
        if index in hit and outlines:
            shape = replace(
                shape,
                fill=_mixed(shape.fill, scene.background, by),
                stroke=_mixed(shape.stroke, scene.background, by),
            )
        shapes.append(shape)
    routes = scene.routes
    if outlines:
        routes = tuple(
            replace(route, colour=_mixed(route.colour, scene.background, by)) for route in routes
        )
    return replace(scene, shapes=tuple(shapes), routes=routes)


def _mixed(colour: Colour, other: Colour, by: float) -> Colour:
    red, green, blue = (round(a + (b - a) * by) for a, b in zip(colour, other, strict=True))
    return red, green, blue
