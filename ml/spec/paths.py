"""The ways through a Spec: which edges lead back, its longest path, its ends, its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ml.spec.model import Edge, Node, Spec


class Paths:
    """What a reader sees in a graph at first glance. Everything is in reading order."""

    def __init__(self, spec: Spec) -> None:
        self.nodes = spec.nodes
        self._by_id = {node.id: node for node in spec.nodes}
        self._from: dict[int, list[Edge]] = {node.id: [] for node in spec.nodes}
        for edge in spec.edges:
            self._from[edge.source].append(edge)
        self.connected = any(edge.source != edge.target for edge in spec.edges)

    def node(self, id: int) -> Node:
        return self._by_id[id]

    @cached_property
    def back(self) -> list[Edge]:
        """The edges that close a loop, those from a node to itself included.

        Without them nothing leads in circles. Which edge of a loop it is depends on where
        reading begins: at the nodes that nothing leads to, then at the first ones.
        """
        targets = {edge.target for edges in self._from.values() for edge in edges}
        roots = [node.id for node in self.nodes if node.id not in targets]
        begun: set[int] = set()
        finished: set[int] = set()
        found: set[tuple[int, int]] = set()
        for root in [*roots, *self._by_id]:
            if root in begun:
                continue
            begun.add(root)
            stack = [(root, iter(self._from[root]))]
            while stack:
                id, edges = stack[-1]
                edge = next(edges, None)
                if edge is None:
                    finished.add(id)
                    stack.pop()
                elif edge.target not in begun:
                    begun.add(edge.target)
                    stack.append((edge.target, iter(self._from[edge.target])))
                elif edge.target not in finished:
                    found.add((edge.source, edge.target))
        return [edge for edge in self._edges() if (edge.source, edge.target) in found]

    @cached_property
    def _forward(self) -> list[Edge]:
        back = {(edge.source, edge.target) for edge in self.back}
        return [edge for edge in self._edges() if (edge.source, edge.target) not in back]

    def forward_from(self, node: Node) -> list[Edge]:
        """The edges that leave a node, without those that lead back."""
        return [edge for edge in self._forward if edge.source == node.id]

    def forward_to(self, node: Node) -> list[Edge]:
        """The edges that reach a node, without those that lead back."""
        return [edge for edge in self._forward if edge.target == node.id]

    @cached_property
    def begins(self) -> list[Node]:
        """The nodes that lead somewhere and that nothing reaches, but for loops."""
        reached = {edge.target for edge in self._forward}
        left = {edge.source for edge in self._forward}
        return [node for node in self.nodes if node.id in left and node.id not in reached]

    @cached_property
    def ends(self) -> list[Node]:
        """The nodes that something reaches and that lead nowhere else, not even back."""
        left = {edge.source for edge in self._edges() if edge.source != edge.target}
        reached = {edge.target for edge in self._forward}
        return [node for node in self.nodes if node.id in reached and node.id not in left]

    @cached_property
    def main(self) -> list[Node]:
        """The longest path without the edges that lead back; of equals the one read first."""
        longest: dict[int, list[int]] = {}
        for id in self._last_first():
            tails = [longest[edge.target] for edge in self._forward if edge.source == id]
            longest[id] = [id, *max(tails, key=len, default=[])]
        path = max((longest[node.id] for node in self.nodes), key=len)
        return [self._by_id[id] for id in path]

    def skips(self) -> Iterator[tuple[Edge, list[Node]]]:
        """The edges that leave parts of the main path out, with those parts."""
        place = {node.id: number for number, node in enumerate(self.main)}
        for edge in self._forward:
            start, end = place.get(edge.source), place.get(edge.target)
            if start is not None and end is not None and end > start + 1:
                yield edge, self.main[start + 1 : end]

    @cached_property
    def pieces(self) -> int:
        """How many parts of the graph are not connected to each other."""
        beside: dict[int, list[int]] = {id: [] for id in self._by_id}
        for edge in self._edges():
            beside[edge.source].append(edge.target)
            beside[edge.target].append(edge.source)
        seen: set[int] = set()
        count = 0
        for id in self._by_id:
            if id in seen:
                continue
            count += 1
            waiting = [id]
            while waiting:
                here = waiting.pop()
                if here not in seen:
                    seen.add(here)
                    waiting.extend(beside[here])
        return count

    def _edges(self) -> Iterator[Edge]:
        for edges in self._from.values():
            yield from edges

    def _last_first(self) -> list[int]:
        """Every node after all the nodes it leads to, without the edges that lead back."""
        left = dict.fromkeys(self._by_id, 0)
        for edge in self._forward:
            left[edge.source] += 1
        ready = [id for id, number in left.items() if not number]
        order = []
        while ready:
            id = ready.pop()
            order.append(id)
            for edge in self._forward:
                if edge.target == id:
                    left[edge.source] -= 1
                    if not left[edge.source]:
                        ready.append(edge.source)
        return order
