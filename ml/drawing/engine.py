"""Parts placed and links routed by graphlay, a layered layout engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import graphlay

from ml.drawing.parts import Plan
from ml.spec.model import Density, Direction
from ml.spec.scene import Point


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Centres of the parts, and for every link its polyline and the centre of its label."""

    centres: tuple[Point, ...]
    paths: tuple[tuple[Point, ...], ...]
    anchors: tuple[Point | None, ...]


@dataclass(frozen=True, kw_only=True)
class Tactic:
    """How the engine is to go about it. `aspect` > 0 wraps long drawings into rows towards
    that ratio of width to height; `gap` scales all distances."""

    direction: Direction
    aspect: float = 0.0
    diagonal: bool = False
    gap: float = 1.0


def arrange(plan: Plan, tactic: Tactic) -> Arrangement:
    """Places the parts of a plan; nominal px, from any origin."""
    graph = graphlay.Graph()
    for part in plan.parts:
        graph.node(width=part.width, height=part.height)
    for link in plan.links:
        fields: dict[str, Any] = {}
        if link.label is not None:
            fields["label_size"] = {
                "width": link.label.width + 6.0,
                "height": link.label.height + 2.0,
            }
        graph.edge(link.source, link.target, **fields)
    drawing = graphlay.layout(graph, options=_options(plan, tactic))
    return Arrangement(
        centres=tuple(_point(node["center"]) for node in drawing.nodes),
        paths=tuple(tuple(_point(point) for point in edge["points"]) for edge in drawing.edges),
        anchors=tuple(
            _point(edge["label_anchor"]) if edge["label_anchor"] else None
            for edge in drawing.edges
        ),
    )


def _point(raw: dict[str, float]) -> Point:
    return float(raw["x"]), float(raw["y"])


def _options(plan: Plan, tactic: Tactic) -> dict[str, Any]:
    gap = tactic.gap * (0.72 if plan.style.density is Density.COMPACT else 1.0)
    right = tactic.direction is Direction.RIGHT
    return {
        "direction": "leftright" if right else "topbottom",
        "spacing": {
            "layer_gap": (44.0 if right else 36.0) * gap,
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
        "tuning": {"wrap": {"max_rows": 8}},
    }
