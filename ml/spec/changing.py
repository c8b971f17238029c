"""What each change makes of a Spec: one function for each, which `ml.spec.changes` calls with the
nodes that a line names. None of them changes the number of a node that stays.

All raise SpecError where a change cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ml.errors import SpecError
from ml.spec.model import MAX_COUNT, MAX_ID, Edge, Hue, Node, Spec
from ml.spec.restyle import in_style
from ml.spec.text import parse_node, parse_style_words, plain_label

NO_HUE = "none"


def _free_number(spec: Spec) -> int:
    """The number of a node that is added: one more than the highest, or the lowest that is free
    where there is no higher one."""
    taken = {node.id for node in spec.nodes}
    highest = max(taken)
    return highest + 1 if highest < MAX_ID else min(set(range(MAX_ID)) - taken)


def restyled(spec: Spec, words: str) -> Spec:
    chosen = {}
    for word in words.split():  # of two for the same field the later one counts
        chosen.update(parse_style_words(word))
    return in_style(spec, chosen.values())


def with_node_after(spec: Spec, source: Node, words: str) -> Spec:
    new = _new(spec, words)
    edges = _through(spec.edges, source, new)
    return _inserted(spec, new, spec.nodes.index(source) + 1, edges)


def with_node_before(spec: Spec, target: Node, words: str) -> Spec:
    new = _new(spec, words)
    edges = [
        replace(edge, target=new.id) if edge.target == target.id else edge for edge in spec.edges
    ]
    return _inserted(spec, new, spec.nodes.index(target), [*edges, _edge(new, target)])


def with_node_between(spec: Spec, source: Node, target: Node, words: str) -> Spec:
    split, new = _edge_of(spec, source, target), _new(spec, words)
    edges = [replace(edge, target=new.id) if edge == split else edge for edge in spec.edges]
    edges.append(replace(_edge(new, target), dashed=split.dashed))
    return _inserted(spec, new, spec.nodes.index(source) + 1, edges)


def with_node_from(spec: Spec, source: Node, words: str) -> Spec:
    new = _new(spec, words)
    return _inserted(spec, new, len(spec.nodes), [*spec.edges, _edge(source, new)])


def with_node_to(spec: Spec, target: Node, words: str) -> Spec:
    new = _new(spec, words)
    return _inserted(spec, new, spec.nodes.index(target), [*spec.edges, _edge(new, target)])


def without_node(spec: Spec, gone: Node) -> Spec:
    if len(spec.nodes) == 1:
        raise SpecError("the last node cannot be removed")
    nodes = tuple(node for node in spec.nodes if node is not gone)
    return Spec(style=spec.style, nodes=nodes, edges=_joined(spec, gone))


def with_moved(spec: Spec, moved: Node, goal: Node) -> Spec:
    _two(moved, goal)
    nodes = [node for node in spec.nodes if node is not moved]
    nodes.insert(nodes.index(goal) + 1, moved)
    edges = _through(_joined(spec, moved), goal, moved)
    return _with_edges(replace(spec, nodes=tuple(nodes), edges=()), edges)


def with_swapped(spec: Spec, one: Node, other: Node) -> Spec:
    _two(one, other)
    traded = {one.id: replace(other, id=one.id), other.id: replace(one, id=other.id)}
    return replace(spec, nodes=tuple(traded.get(node.id, node) for node in spec.nodes))


def renamed(spec: Spec, node: Node, label: str) -> Spec:
    return _with_node(spec, replace(node, label=plain_label(label)))


def counted(spec: Spec, node: Node, count: str) -> Spec:
    if not (count.isascii() and count.isdigit() and len(count) <= len(str(MAX_COUNT))):
        raise SpecError(f"a layer has 1 to {MAX_COUNT} nodes")
    return _with_node(spec, replace(node, count=int(count)))


def of_kind(spec: Spec, node: Node, kind: str) -> Spec:
    made = parse_node(f"{node.id} {kind}")
    named = node.label != node.kind.default_label
    return _with_node(
        spec, replace(node, kind=made.kind, label=node.label if named else made.label)
    )


def replaced(spec: Spec, node: Node, words: str) -> Spec:
    return _with_node(spec, parse_node(f"{node.id} {words}"))


def painted(spec: Spec, node: Node, hue: str) -> Spec:
    if hue not in (*Hue, NO_HUE):
        raise SpecError(f"“{hue[:20]}” is no colour; there are {', '.join((*Hue, NO_HUE))}")
    return _with_node(spec, replace(node, hue=None if hue == NO_HUE else Hue(hue)))


def linked(spec: Spec, source: Node, target: Node, label: str = "") -> Spec:
    new = replace(_edge(source, target), label=plain_label(label))
    edges = [
        replace(edge, label=new.label) if _ends(edge) == _ends(new) else edge for edge in spec.edges
    ]
    return _with_edges(spec, [*edges, new])


def unlinked(spec: Spec, source: Node, target: Node) -> Spec:
    gone = _edge_of(spec, source, target)
    return replace(spec, edges=tuple(edge for edge in spec.edges if edge is not gone))


def dashed(spec: Spec, source: Node, target: Node) -> Spec:
    return _with_edge(spec, _edge_of(spec, source, target), dashed=True)


def solid(spec: Spec, source: Node, target: Node) -> Spec:
    return _with_edge(spec, _edge_of(spec, source, target), dashed=False)


def doubled(spec: Spec, node: Node) -> Spec:
    return counted(spec, node, str(node.count * 2))


def halved(spec: Spec, node: Node) -> Spec:
    return counted(spec, node, str(node.count // 2))


def sized_like(spec: Spec, node: Node, model: Node) -> Spec:
    _two(node, model)
    return counted(spec, node, str(model.count))


def turned(spec: Spec, source: Node, target: Node) -> Spec:
    """The edge the other way round, with all that it has."""
    return _with_edge(spec, _edge_of(spec, source, target), source=target.id, target=source.id)


def redirected(spec: Spec, source: Node, target: Node, goal: Node) -> Spec:
    """The edge from the source leads to another node, with all that it has."""
    return _with_edge(spec, _edge_of(spec, source, target), target=goal.id)


def labelled(spec: Spec, source: Node, target: Node, label: str = "") -> Spec:
    return _with_edge(spec, _edge_of(spec, source, target), label=plain_label(label))


def relabelled(spec: Spec, old: str, label: str = "") -> Spec:
    """Every edge that says one thing says another."""
    return _relabelled(spec, spec.edges, old, label)


def relabelled_from(spec: Spec, source: Node, old: str, label: str = "") -> Spec:
    """The edges from this node that say one thing say another."""
    leaving = [edge for edge in spec.edges if edge.source == source.id]
    return _relabelled(spec, leaving, old, label)


def _relabelled(spec: Spec, among: Iterable[Edge], old: str, label: str) -> Spec:
    meant = [edge for edge in among if edge.label and edge.label.casefold() == old.casefold()]
    if not meant:
        raise SpecError(f"no edge there says “{old[:40]}”")
    for edge in meant:
        spec = _with_edge(spec, edge, label=plain_label(label))
    return spec


def _with_edge(spec: Spec, changed: Edge, **fields: object) -> Spec:
    """The Spec with other fields of an edge that is in it."""
    new = replace(changed, **fields)  # type: ignore[arg-type]
    return _with_edges(spec, [new if edge == changed else edge for edge in spec.edges])


def _two(one: Node, other: Node) -> None:
    if one is other:
        raise SpecError(f"node {one.id} is named twice")


def _edge_of(spec: Spec, source: Node, target: Node) -> Edge:
    for edge in spec.edges:
        if _ends(edge) == (source.id, target.id):
            return edge
    raise SpecError(f"“{source.label}” does not lead to “{target.label}”")


def _new(spec: Spec, words: str) -> Node:
    return parse_node(f"{_free_number(spec)} {words}")


def _edge(source: Node, target: Node) -> Edge:
    return Edge(source=source.id, target=target.id)


def _ends(edge: Edge) -> tuple[int, int]:
    return edge.source, edge.target


def _through(edges: Iterable[Edge], source: Node, new: Node) -> list[Edge]:
    """The edges when all that leaves `source` goes through `new`. The label of an only edge stays
    at the source, those of several stay with the ways they name."""
    leaving = [edge for edge in edges if edge.source == source.id != edge.target]
    if len(leaving) == 1:
        beyond = [replace(leaving[0], source=new.id, label="")]
        into = replace(leaving[0], target=new.id)
    else:
        beyond = [replace(edge, source=new.id) for edge in leaving]
        into = _edge(source, new)
    return [*(edge for edge in edges if edge not in leaving), into, *beyond]


def _joined(spec: Spec, gone: Node) -> tuple[Edge, ...]:
    """The edges without a node: what led to it leads to what it led to."""
    ways = [edge for edge in spec.edges if edge.source == gone.id != edge.target]
    edges: dict[tuple[int, int], Edge] = {}
    for edge in spec.edges:
        if gone.id not in _ends(edge):
            edges.setdefault(_ends(edge), edge)
        elif edge.source != gone.id:
            for way in ways:
                if way.target != edge.source:
                    joined = replace(edge, target=way.target)
                    edges.setdefault(_ends(joined), joined)
    return tuple(edges.values())


def _with_node(spec: Spec, changed: Node) -> Spec:
    return replace(
        spec, nodes=tuple(changed if node.id == changed.id else node for node in spec.nodes)
    )


def _with_edges(spec: Spec, edges: list[Edge]) -> Spec:
    """The Spec with these edges, each pair of nodes once."""
    kept: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        kept.setdefault(_ends(edge), edge)
    return replace(spec, edges=tuple(kept.values()))


def _inserted(spec: Spec, node: Node, place: int, edges: list[Edge]) -> Spec:
    nodes = (*spec.nodes[:place], node, *spec.nodes[place:])
    return _with_edges(Spec(style=spec.style, nodes=nodes, edges=()), edges)
