"""What a corpus family makes: a description and the structure it asks for, without style."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from ml.spec.model import Edge, Kind, Node


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A description in a person's words and the nodes and edges it asks for.

    Nodes are numbered 0, 1, 2 … in the order in which the description mentions them.
    """

    description: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


Family: TypeAlias = Callable[[random.Random], Draft]
"""One family of requests: the same generator state always makes the same Draft."""


@dataclass
class Sketch:
    """A Draft in the making: numbers nodes as they come and links them."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def add(self, kind: Kind, label: str = "", *, count: int = 1) -> int:
        """Adds a node and returns its number; no label means the kind's own name."""
        id = len(self.nodes)
        self.nodes.append(Node(id=id, kind=kind, count=count, label=label or kind.default_label))
        return id

    def link(self, source: int, target: int, label: str = "", *, dashed: bool = False) -> None:
        """Adds an edge; one that is there already stays as it is."""
        if not any(edge.source == source and edge.target == target for edge in self.edges):
            self.edges.append(Edge(source=source, target=target, label=label, dashed=dashed))

    def chain(self, *ids: int) -> None:
        """Links each node to the one after it."""
        for source, target in pairwise(ids):
            self.link(source, target)

    def draft(self, description: str) -> Draft:
        """The finished Draft."""
        return Draft(description=description, nodes=tuple(self.nodes), edges=tuple(self.edges))
