"""What became of a diagram, in words, so that whoever asked sees what was understood."""

from __future__ import annotations

from collections.abc import Iterator

from ml.spec.model import Edge, Node, Spec
from ml.spec.text import STYLE_WORDS


def differences(before: Spec, after: Spec) -> tuple[str, ...]:
    """A few words for each thing that is not as it was, nodes first; nodes are told by number.

    Edges are named only between the same nodes: of nodes that come or go they are a consequence.
    Labels stand in it as they are: whoever shows it escapes what needs escaping.
    """
    return (*_nodes(before, after), *_edges(before, after), *_style(before, after))


def _nodes(before: Spec, after: Spec) -> Iterator[str]:
    old = {node.id: node for node in before.nodes}
    new = {node.id: node for node in after.nodes}
    for node in after.nodes:
        if node.id not in old:
            yield f"new: {node.label}"
        elif node != old[node.id]:
            yield from _changed(old[node.id], node)
    for node in before.nodes:
        if node.id not in new:
            yield f"gone: {node.label}"


def _changed(old: Node, new: Node) -> Iterator[str]:
    if old.label != new.label:
        yield f"{old.label} is {new.label}"
    if old.kind is not new.kind:
        yield f"{new.label} is a {new.kind} node"
    if old.count != new.count:
        yield f"{new.label} has {new.count} unit{'' if new.count == 1 else 's'}"
    if old.hue is not new.hue:
        yield f"{new.label} is {new.hue or 'in the usual colour'}"


def _edges(before: Spec, after: Spec) -> Iterator[str]:
    if {node.id for node in before.nodes} != {node.id for node in after.nodes}:
        return
    old = {(edge.source, edge.target): edge for edge in before.edges}
    new = {(edge.source, edge.target): edge for edge in after.edges}
    for ends, edge in new.items():
        if ends not in old:
            yield f"new: {_named(after, edge)}"
        elif edge.label != old[ends].label:
            label = f"says “{edge.label}”" if edge.label else "says nothing"
            yield f"{_named(after, edge)} {label}"
        elif edge.dashed != old[ends].dashed:
            yield f"{_named(after, edge)} is {'dashed' if edge.dashed else 'solid'}"
    for ends, edge in old.items():
        if ends not in new:
            yield f"gone: {_named(before, edge)}"


def _named(spec: Spec, edge: Edge) -> str:
    return f"{spec.node(edge.source).label} → {spec.node(edge.target).label}"


def _style(before: Spec, after: Spec) -> Iterator[str]:
    for field in STYLE_WORDS:
        word = getattr(after.style, field)
        if word is not getattr(before.style, field):
            yield f"{field}: {word}"
