"""A Spec cut into parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ml.drawing.figures import Sizing, figures
from ml.drawing.labels import Block, clean, fit
from ml.drawing.parts import EDGE_LABEL, Link, Part, Plan
from ml.drawing.runs import MAX_SHAPES, find_runs, run_part
from ml.drawing.slabs import slab, slabs
from ml.spec.model import Spec
from ml.spec.scene import Form


def plan(spec: Spec, sizing: Sizing) -> Plan:
    """The parts of a Spec and the links between them."""
    parts, home = _parts(spec, sizing)
    if sizing.units and sum(len(part.figures) for part in parts) > MAX_SHAPES:
        return plan(spec, replace(sizing, units=0))
    links: list[Link] = []
    for edge in spec.edges:
        label = _edge_label(edge.label)
        for source in home[edge.source]:
            for target in home[edge.target]:
                inside = source == target and not parts[source].single
                replicas = edge.source == edge.target and source != target
                if inside or replicas:
                    continue
                links.append(Link(source=source, target=target, edge=edge, label=label))
                label = None
    return _unrolled(Plan(style=spec.style, parts=tuple(parts), links=tuple(links)))


def _unrolled(plan: Plan) -> Plan:
    """The plan with its parts in the order of the chain that they form, if they form one."""
    following = {link.source: link.target for link in plan.links}
    count = len(plan.parts)
    heads = set(range(count)) - set(following.values())
    if len(plan.links) != count - 1 or len(following) != count - 1 or len(heads) != 1:
        return plan
    order = [heads.pop()]
    while order[-1] in following:
        order.append(following[order[-1]])
    if len(order) != count:
        return plan
    place = {part: number for number, part in enumerate(order)}
    return Plan(
        style=plan.style,
        parts=tuple(plan.parts[part] for part in order),
        links=tuple(
            replace(link, source=place[link.source], target=place[link.target])
            for link in plan.links
        ),
    )


def _parts(spec: Spec, sizing: Sizing) -> tuple[list[Part], dict[int, list[int]]]:
    """The parts, and for every node id the positions of the parts that show it."""
    run_of = {id: run for run in find_runs(spec, sizing) for id in run}
    tapered = slabs(spec) if sizing.taper else {}
    parts: list[Part] = []
    home: dict[int, list[int]] = {}
    for node in spec.nodes:
        if node.id in home:
            continue
        if node.id in run_of:
            home.update({member: [len(parts)] for member in run_of[node.id]})
            parts.append(run_part(spec, run_of[node.id], sizing))
            continue
        if node.id in tapered:
            shapes = [slab(node, spec, tapered[node.id])]
        else:
            shapes = figures(node, spec.style, sizing)
        home[node.id] = list(range(len(parts), len(parts) + len(shapes)))
        parts += [
            Part(figures=(figure,), width=figure.width, height=figure.height) for figure in shapes
        ]
    if sizing.equal:
        _equalise(parts)
    return parts, home


def _edge_label(words: str) -> Block | None:
    if not words.strip():
        return None
    return fit(clean(words), 110.0, 3 * EDGE_LABEL * 1.3, EDGE_LABEL)


def _equalise(parts: list[Part]) -> None:
    """Gives shapes of one form the same size, as a person would draw them."""
    for form in (Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.ELLIPSE, Form.CYLINDER, Form.DIAMOND):
        same = [
            index
            for index, part in enumerate(parts)
            if part.single
            and part.figures[0].form is form
            and part.figures[0].label != "+"
            and not part.figures[0].slab
        ]
        _grow(parts, same)


def _grow(parts: list[Part], same: Sequence[int]) -> None:
    width = max((parts[index].width for index in same), default=0.0)
    height = max((parts[index].height for index in same), default=0.0)
    for index in same:
        figure = parts[index].figures[0]
        inner = figure.inner
        if figure.form in (Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.CYLINDER):
            inner = (inner[0] + width - figure.width, inner[1] + height - figure.height)
        grown = replace(figure, width=width, height=height, inner=inner)
        parts[index] = replace(parts[index], figures=(grown,), width=width, height=height)
