"""How people point at the parts of a diagram that is there already."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from ml.language.corpus.networks_wording import say
from ml.spec.model import Edge, Node, Spec

NUMBER_SHARE = 0.15
"""How often a node is pointed at by its number although its label would do."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a person says about a diagram, and the diagram they want.

    Nodes that stay keep their numbers; a new one has the next free number.
    """

    wish: str
    spec: Spec


def free_number(spec: Spec) -> int:
    """The number of a node that is added: one more than the highest."""
    return max(node.id for node in spec.nodes) + 1


def pointed_at(rng: random.Random, spec: Spec, node: Node) -> str:
    """What a person calls a node: its label when only one has it, else its number."""
    alike = [other for other in spec.nodes if other.label.casefold() == node.label.casefold()]
    if len(alike) > 1 or rng.random() < NUMBER_SHARE:
        return say(rng, "[node {n}|number {n}|#{n}|{n}]", n=node.id)
    label = node.label if rng.random() < 0.35 or not node.label.isascii() else node.label.lower()
    return say(rng, "[|||the ]{l}", l=label)


def without_article(name: str) -> str:
    return name.removeprefix("the ")


def with_node(spec: Spec, node: Node) -> Spec:
    """The Spec with the node of this number replaced."""
    nodes = tuple(node if other.id == node.id else other for other in spec.nodes)
    return replace(spec, nodes=nodes)


def with_edges(spec: Spec, edges: list[Edge]) -> Spec:
    """The Spec with these edges, each pair of nodes once."""
    kept: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        kept.setdefault((edge.source, edge.target), edge)
    return replace(spec, edges=tuple(kept.values()))


def inserted(spec: Spec, node: Node, place: int, edges: list[Edge]) -> Spec:
    """The Spec with a node more, written at `place`, and these edges."""
    nodes = (*spec.nodes[:place], node, *spec.nodes[place:])
    return with_edges(Spec(style=spec.style, nodes=nodes, edges=()), edges)
