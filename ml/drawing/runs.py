"""Runs of unit layers: chains of layers whose units are drawn one by one, fully connected."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

from ml.drawing.figures import UNIT_KINDS, Figure, Sizing
from ml.drawing.labels import clean, fit
from ml.drawing.parts import CAPTION, EDGE_LABEL, Caption, Inner, Part
from ml.spec.model import Density, Detail, Direction, Edge, Node, Spec
from ml.spec.scene import Form, Point

MAX_SHAPES = 60
MAX_ROUTES = 700

_UNIT = 30.0
_BRIDGE = 20.0


def drawn_units(count: int, most: int) -> tuple[int, int]:
    """How many units stand before and after the dots; (count, 0) when none are left out."""
    if count <= most:
        return count, 0
    shown = min(8, max(2, most - 1))
    return (shown + 1) // 2, shown // 2


def find_runs(spec: Spec, sizing: Sizing) -> list[list[int]]:
    """The runs of a Spec, each a list of node ids; none when too much would be drawn.

    Inside a run every layer points to the next. Edges that skip layers of a run stay inside
    it; edges to other nodes arrive at its first layer and leave from its last.
    """
    if spec.style.detail is not Detail.NODES or sizing.units == 0:
        return []
    looped = {edge.source for edge in spec.edges if edge.source == edge.target}
    units = {
        node.id: node
        for node in spec.nodes
        if node.count > 1 and node.kind in UNIT_KINDS and node.id not in looped
    }
    shown = {id: _shown(node.count, sizing.units) for id, node in units.items()}
    if sum(shown.values()) + len(spec.nodes) - len(units) > MAX_SHAPES:
        return []
    runs = _split(spec, list(units))
    lines = 0
    home = {id: number for number, run in enumerate(runs) for id in run}
    for edge in spec.edges:
        if home.get(edge.source, -1) != home.get(edge.target, -2) or _next(runs, edge):
            lines += shown.get(edge.source, 1) * shown.get(edge.target, 1)
    return runs if lines <= MAX_ROUTES else []


def run_part(spec: Spec, run: list[int], sizing: Sizing) -> Part:
    """The part of a run, its layers side by side and their captions along one line."""
    down = spec.style.direction is Direction.DOWN
    compact = spec.style.density is Density.COMPACT
    pitch = _UNIT + (7.0 if compact else 10.0)
    gap = 72.0 if compact else 96.0
    nodes = [spec.node(id) for id in run]
    deepest = max(_shown(node.count, sizing.units) for node in nodes) * pitch - (pitch - _UNIT)
    figures: list[Figure] = []
    layers: list[list[int]] = []
    captions: list[Caption] = []
    shown = [_shown(node.count, sizing.units) for node in nodes]
    steps = [
        max(_UNIT + gap, _least_step((one + other - 2) / 2 * pitch, pitch))
        for one, other in itertools.pairwise(shown)
    ]
    steps = [max(step, 0.75 * max(steps)) for step in steps]
    total = sum(steps)
    for number, node in enumerate(nodes):
        along = sum(steps[:number]) - total / 2
        layers.append([])
        for figure in _layer(node, along, pitch, down, sizing):
            if figure.form is not Form.ELLIPSIS:
                layers[-1].append(len(figures))
            figures.append(figure)
        captions.append(_caption(node, along, deepest, gap, down))
    bridges = _bridges(spec, run, figures, layers, deepest, down)
    outer = any((edge.source in run) != (edge.target in run) for edge in spec.edges)
    climb = (max(shown[0], shown[-1]) - 1) / 2 * pitch
    fan = max(44.0, _least_step(climb, pitch) - _UNIT / 2)
    length = total + _UNIT + 2 * (fan if outer else 0.0)
    # The middle of the part is the middle of its layers, so that neighbours line up.
    beside = max(caption.width if down else caption.height for caption in captions) + 12.0
    depth = deepest + 2 * max(beside, (len(bridges) + 1) * _BRIDGE if bridges else 0.0)
    return Part(
        figures=tuple(figures),
        width=depth if down else length,
        height=length if down else depth,
        entry=tuple(layers[0]),
        exit=tuple(layers[-1]),
        mesh=tuple(
            (one, other)
            for left, right in itertools.pairwise(layers)
            for one in left
            for other in right
        ),
        inner=tuple(bridges),
        captions=tuple(captions),
        depth=deepest,
    )


def _least_step(climb: float, pitch: float) -> float:
    """How far apart two layers must stand so that a line that climbs this far from one to the
    other keeps off the units beside its ends."""
    sine = (_UNIT / 2 + 1.5) / pitch
    return climb * sine / math.sqrt(1 - sine * sine)


def _split(spec: Spec, units: list[int]) -> list[list[int]]:
    """The longest runs that keep their edges to other nodes at their ends."""
    arrows = {(edge.source, edge.target) for edge in spec.edges}
    runs: list[list[int]] = []
    order = [node.id for node in spec.nodes]
    for id in order:
        if id not in units:
            continue
        run = runs[-1] if runs else []
        if run and order.index(id) == order.index(run[-1]) + 1 and (run[-1], id) in arrows:
            run.append(id)
        else:
            runs.append([id])
    outer: dict[int, set[str]] = defaultdict(set)
    changed = True
    while changed:
        changed = False
        home = {id: number for number, run in enumerate(runs) for id in run}
        outer.clear()
        for edge in spec.edges:
            if home.get(edge.source, -1) != home.get(edge.target, -2):
                outer[edge.source].add("leaves")
                outer[edge.target].add("arrives")
        for number, run in enumerate(runs):
            for place in range(1, len(run)):
                if "leaves" in outer[run[place - 1]] or "arrives" in outer[run[place]]:
                    runs[number : number + 1] = [run[:place], run[place:]]
                    changed = True
                    break
            if changed:
                break
    return runs


def _next(runs: list[list[int]], edge: Edge) -> bool:
    return any((edge.source, edge.target) in itertools.pairwise(run) for run in runs)


def _shown(count: int, most: int) -> int:
    before, after = drawn_units(count, most)
    return before + after + (1 if after else 0)


def _layer(node: Node, along: float, pitch: float, down: bool, sizing: Sizing) -> list[Figure]:
    before, after = drawn_units(node.count, sizing.units)
    total = _shown(node.count, sizing.units)
    figures = []
    for place in range(total):
        across = (place - (total - 1) / 2) * pitch
        dots = bool(after) and place == before
        figures.append(
            Figure(
                node=node.id,
                kind=node.kind,
                hue=node.hue,
                form=Form.ELLIPSIS if dots else Form.ELLIPSE,
                x=across if down else along,
                y=along if down else across,
                width=_UNIT if down or not dots else _UNIT / 2,
                height=_UNIT if not down or not dots else _UNIT / 2,
            )
        )
    return figures


def _caption(node: Node, along: float, deepest: float, gap: float, down: bool) -> Caption:
    words = f"{clean(node.label)} · {node.count:,}"
    room = 120.0 if down else _UNIT + gap - 10.0
    laid = fit(words, room, 3 * CAPTION * 1.3, CAPTION)
    x, y = along, deepest / 2 + 14.0 + laid.height / 2
    if down:
        x, y = -(deepest / 2 + 20.0) - laid.width / 2, along
    return Caption(
        words=words, x=x, y=y, width=laid.width, height=laid.height, room=max(room, laid.width)
    )


def _bridges(
    spec: Spec,
    run: list[int],
    figures: list[Figure],
    layers: list[list[int]],
    deepest: float,
    down: bool,
) -> list[Inner]:
    """Edges over the heads of the layers that they skip, longer ones farther out."""
    place = {id: number for number, id in enumerate(run)}
    skips = [
        edge
        for edge in spec.edges
        if edge.source in place
        and edge.target in place
        and place[edge.target] != place[edge.source] + 1
    ]
    skips.sort(key=lambda edge: abs(place[edge.target] - place[edge.source]))
    # Captions stand before the layers of a drawing that runs down: bridges go behind it.
    side, end = (1.0, -1) if down else (-1.0, 0)
    bridges: list[Inner] = []
    for number, edge in enumerate(skips):
        one, other = layers[place[edge.source]][end], layers[place[edge.target]][end]
        far = side * (deepest / 2 + (number + 0.9) * _BRIDGE)
        forth = 1 if place[edge.target] > place[edge.source] else -1
        points = [
            *_stub(figures[one], far, side, 5.0 * forth, down),
            *reversed(_stub(figures[other], far, side, -5.0 * forth, down)),
        ]
        label = fit(clean(edge.label), 110.0, 3 * EDGE_LABEL * 1.3, EDGE_LABEL)
        bridges.append(
            Inner(
                source=one,
                target=other,
                edge=edge,
                path=tuple(points),
                label=label if edge.label else None,
            )
        )
    return bridges


def _stub(figure: Figure, far: float, side: float, shift: float, down: bool) -> list[Point]:
    if down:
        return [(figure.x + side * _UNIT / 2, figure.y + shift), (far, figure.y + shift)]
    return [(figure.x + shift, figure.y + side * _UNIT / 2), (figure.x + shift, far)]
