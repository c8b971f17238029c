"""What became of a diagram, in words, so that whoever asked sees what was understood. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from bot.results.words import CALLED
from bot.texts import gettext as _
from bot.texts import ngettext
from ml.spec.model import Edge, Node, Spec
from ml.spec.text import STYLE_WORDS


def differences(before: Spec, after: Spec) -> tuple[str, ...]:
    """A few words for each thing that is not as it was, nodes first; nodes are told by number.

    An edge that a way through new nodes replaces, or that bridges nodes that are gone, is not
    named: that is what adding and removing nodes means.
    Labels stand in it as they are: whoever shows it escapes what needs escaping.
    """
    return (*_nodes(before, after), *_edges(before, after), *_style(before, after))


def _nodes(before: Spec, after: Spec) -> Iterator[str]:
    old = {node.id: node for node in before.nodes}
    new = {node.id: node for node in after.nodes}
    for node in after.nodes:
        if node.id not in old:
            yield _new(node.label)
        elif node != old[node.id]:
            yield from _changed(old[node.id], node)
    for node in before.nodes:
        if node.id not in new:
            yield _gone(node.label)


def _changed(old: Node, new: Node) -> Iterator[str]:
    if old.label != new.label:
        yield _("{label} is {name}").format(label=old.label, name=new.label)
    if old.kind is not new.kind:
        yield _("{label} is of kind {kind}").format(label=new.label, kind=_called(new.kind))
    if old.count != new.count:
        text = ngettext("{label} has {n} unit", "{label} has {n} units", new.count)
        yield text.format(label=new.label, n=new.count)
    if old.hue is not new.hue:
        if new.hue is None:
            yield _("{label} is in the usual colour").format(label=new.label)
        else:
            yield _("{label} is {colour}").format(label=new.label, colour=_called(new.hue))


def _edges(before: Spec, after: Spec) -> Iterator[str]:
    ids, new_ids = ({node.id for node in spec.nodes} for spec in (before, after))
    old = {(edge.source, edge.target): edge for edge in before.edges}
    new = {(edge.source, edge.target): edge for edge in after.edges}
    for ends, edge in new.items():
        named = _named(after, edge)
        if ends not in old:
            if ids.issuperset(ends) and not _leads(before, *ends, through=ids - new_ids):
                yield _new(named)
        elif edge.label != old[ends].label:
            said = _("{edge} says “{label}”") if edge.label else _("{edge} says nothing")
            yield said.format(edge=named, label=edge.label)
        elif edge.dashed != old[ends].dashed:
            said = _("{edge} is dashed") if edge.dashed else _("{edge} is solid")
            yield said.format(edge=named)
    for ends, edge in old.items():
        if ends not in new and new_ids.issuperset(ends):
            if _leads(after, *ends, through=new_ids - ids):
                continue
            yield _gone(_named(before, edge))


def _leads(spec: Spec, start: int, goal: int, *, through: set[int]) -> bool:
    """Whether a way leads from one node to another through these nodes alone, at least one."""
    reached, ends = set[int](), [start]
    while ends:
        end = ends.pop()
        for edge in spec.edges:
            if edge.source == end and edge.target in through - reached:
                reached.add(edge.target)
                ends.append(edge.target)
    return any(edge.target == goal and edge.source in reached for edge in spec.edges)


def _named(spec: Spec, edge: Edge) -> str:
    return f"{spec.node(edge.source).label} → {spec.node(edge.target).label}"


def _style(before: Spec, after: Spec) -> Iterator[str]:
    for field in STYLE_WORDS:
        word = getattr(after.style, field)
        if word is not getattr(before.style, field):
            yield _called(word)


def _new(what: str) -> str:
    return _("new: {what}").format(what=what)


def _gone(what: str) -> str:
    return _("gone: {what}").format(what=what)


def _called(word: StrEnum) -> str:
    """What a look, a colour or a kind is called inside a sentence."""
    return _(CALLED[word]).lower()
