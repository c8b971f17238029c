"""Parts placed and links routed by graphlay, a layered layout engine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import graphlay

from ml.drawing.parts import Plan
from ml.spec.model import Density, Direction
from ml.spec.scene import Form, Point


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Centres of the parts and a polyline for every link, in nominal px from any origin.

    `turns` counts the rows or columns beyond the first into which a long drawing was folded.
    """

    centres: tuple[Point, ...]
    paths: tuple[tuple[Point, ...], ...]
    turns: int = 0


@dataclass(frozen=True, kw_only=True)
class Tactic:
    """How the engine is to go about it. `aspect` > 0 wraps long drawings into rows towards
    that ratio of width to height; `gap` scales all distances; `exits` says at which corner the
    second branch of a decision leaves: 1 below (right of) the flow, -1 above (left), 0 anywhere.
    """

    direction: Direction
    aspect: float = 0.0
    diagonal: bool = False
    gap: float = 1.0
    exits: int = 0


def arrange(plan: Plan, tactic: Tactic) -> Arrangement:
    """Places the parts of a plan in layers."""
    graph = graphlay.Graph()
    for part in plan.parts:
        graph.node(width=part.width, height=part.height)
    sides = _exits(plan, tactic) if tactic.exits else {}
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
        turns=_turns(drawing) if tactic.aspect else 0,
    )
    return _in_reading_order(plan, arrangement, tactic.direction)


def branching(plan: Plan) -> bool:
    """Whether some decision has two or three ways out, so that `exits` matters."""
    return bool(_exits(plan, Tactic(direction=plan.style.direction, exits=1)))


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


def _exits(plan: Plan, tactic: Tactic) -> dict[int, str]:
    """The side on which links leave their decisions: the corners of the diamond."""
    right = tactic.direction is Direction.RIGHT
    forward, below, above = ("right", "bottom", "top") if right else ("bottom", "right", "left")
    second, third = (below, above) if tactic.exits > 0 else (above, below)
    sides: dict[int, str] = {}
    for index, part in enumerate(plan.parts):
        if not part.single or part.figures[0].form is not Form.DIAMOND:
            continue
        ways = [number for number, link in enumerate(plan.links) if link.source == index]
        if not 2 <= len(ways) <= 3:
            continue
        onward = [number for number in ways if plan.links[number].target > index]
        back = [number for number in ways if plan.links[number].target <= index]
        if len(back) < 3:
            corners = [forward, second, third] if onward else [second, third]
            sides.update(zip([*onward, *back], corners, strict=False))
    return sides


def _turns(drawing: graphlay.Layout) -> int:
    """How often the drawing was folded: links of the layering that lead backwards."""
    wrapped = [edge for edge in drawing.edges if edge["kind"] == "chained"]
    return 1 if wrapped else 0


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
        turns=arrangement.turns,
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
