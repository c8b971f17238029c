"""Parts placed and links routed by graphlay, a layered layout engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import graphlay

from ml.drawing.parts import Plan
from ml.spec.model import Density, Direction
from ml.spec.scene import Point


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Centres of the parts and a polyline for every link, in nominal px from any origin."""

    centres: tuple[Point, ...]
    paths: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Tactic:
    """How the engine is to go about it. `aspect` > 0 wraps long drawings into rows towards
    that ratio of width to height; `gap` scales all distances."""

    direction: Direction
    aspect: float = 0.0
    diagonal: bool = False
    gap: float = 1.0


def arrange(plan: Plan, tactic: Tactic, *, exits: Mapping[int, str] | None = None) -> Arrangement:
    """Places the parts of a plan in layers. `exits` has the side in whose middle a link leaves,
    by the position of the link."""
    graph = graphlay.Graph()
    for part in plan.parts:
        graph.node(width=part.width, height=part.height)
    sides = exits or {}
    back = _feedback(plan)
    for index, link in enumerate(plan.links):
        fields: dict[str, Any] = {}
        if index in back:
            fields["reverse_for_ranking"] = True
        if index in sides:
            fields["source_port"] = {"offset": {"side": sides[index], "t": 0.0}}
        if link.label is not None:
            fields["label_size"] = {
                "width": link.label.width + 8.0,
                "height": link.label.height + 4.0,
            }
        graph.edge(link.source, link.target, **fields)
    drawing = graphlay.layout(graph, options=_options(plan, tactic))
    arrangement = Arrangement(
        centres=tuple(_point(node["center"]) for node in drawing.nodes),
        paths=tuple(tuple(_point(point) for point in edge["points"]) for edge in drawing.edges),
    )
    return _in_reading_order(plan, arrangement, tactic.direction)


def _feedback(plan: Plan) -> set[int]:
    """The links that close a cycle backwards in the order of the text: these, and not any
    others, run against the flow."""
    targets: dict[int, list[int]] = defaultdict(list)
    for link in plan.links:
        targets[link.source].append(link.target)
    reached: dict[int, set[int]] = {}
    back: set[int] = set()
    for index, link in enumerate(plan.links):
        if link.target >= link.source:
            continue
        if link.target not in reached:
            seen = {link.target}
            waiting = [link.target]
            while waiting:
                for following in targets[waiting.pop()]:
                    if following not in seen:
                        seen.add(following)
                        waiting.append(following)
            reached[link.target] = seen
        if link.source in reached[link.target]:
            back.add(index)
    return back


def _in_reading_order(plan: Plan, arrangement: Arrangement, direction: Direction) -> Arrangement:
    """Swaps parts with equal neighbours so that they stand in the order of the text."""
    across = 1 if direction is Direction.RIGHT else 0
    arriving: dict[int, set[int]] = defaultdict(set)
    leaving: dict[int, set[int]] = defaultdict(set)
    labelled: set[int] = set()
    for link in plan.links:
        leaving[link.source].add(link.target)
        arriving[link.target].add(link.source)
        if link.label is not None or link.source == link.target:
            labelled |= {link.source, link.target}
    alike: dict[object, list[int]] = defaultdict(list)
    for index, part in enumerate(plan.parts):
        if part.single and index not in labelled and (arriving[index] or leaving[index]):
            key = (frozenset(arriving[index]), frozenset(leaving[index]), part.width, part.height)
            alike[key].append(index)
    stand_in = list(range(len(plan.parts)))
    for members in alike.values():
        by_place = sorted(members, key=lambda index: arrangement.centres[index][across])
        for member, place in zip(members, by_place, strict=True):
            stand_in[member] = place
    if stand_in == list(range(len(plan.parts))):
        return arrangement
    path_of = {
        (link.source, link.target): path
        for link, path in zip(plan.links, arrangement.paths, strict=True)
    }
    return Arrangement(
        centres=tuple(arrangement.centres[place] for place in stand_in),
        paths=tuple(
            path_of.get((stand_in[link.source], stand_in[link.target]), path)
            for link, path in zip(plan.links, arrangement.paths, strict=True)
        ),
    )


def _point(raw: dict[str, float]) -> Point:
    return float(raw["x"]), float(raw["y"])


def _options(plan: Plan, tactic: Tactic) -> dict[str, Any]:
    gap = tactic.gap * (0.75 if plan.style.density is Density.COMPACT else 1.0)
    right = tactic.direction is Direction.RIGHT
    return {
        "direction": "leftright" if right else "topbottom",
        "spacing": {
            "layer_gap": (46.0 if right else 38.0) * gap,
            "node_gap": (28.0 if right else 36.0) * gap,
            "dummy_gap": 20.0 * gap,
            "port_gap": 14.0 * gap,
            "stub": 14.0 * gap,
            "edge_label_margin": 14.0 * gap,
            "isolated_gap": 32.0 * gap,
            "isolated_max_columns": 6,
        },
        "routing": {"style": "diagonal" if tactic.diagonal else "orthogonal"},
        "wrap": {"viewport_aspect": tactic.aspect},
        "tuning": {"wrap": {"max_rows": 6}},
    }
