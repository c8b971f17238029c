"""A diagram in a few sentences, made from its structure alone; pure and deterministic.

What kind of thing it is, where it begins and ends, the main path in reading order, branches,
joins, skips, loops, and how many connections its layers have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.results.sorts import sort_of
from bot.texts import gettext as _
from bot.texts import later, ngettext
from ml.spec.model import Direction, Edge, Kind, Node, Spec
from ml.spec.paths import Paths

MAX_EXPLANATION = 1_500
"""Characters, as much as anybody reads."""

_MORE = later("There is more in it than fits here.")
_LISTED = 6
_LONG_PATH = 14
_FULL = {Kind.INPUT, Kind.DENSE, Kind.OUTPUT}
"""Layers of these kinds are fully connected to each other."""
_WAYS = {Direction.RIGHT: later("left to right"), Direction.DOWN: later("top to bottom")}


def explain(spec: Spec) -> str:
    """The structure in words, a sentence or two a line; at most MAX_EXPLANATION characters.

    Labels stand in it as they are: whoever shows it escapes what needs escaping. A part that no
    sentence names is named in the last one, so a small diagram has every label in it.
    """
    return "\n".join(_fitting(_Sentences(spec)))


def _fitting(sentences: _Sentences) -> Iterator[str]:
    """The lines that fit. One that does not leaves its place to shorter ones."""
    more = _(_MORE)
    room = MAX_EXPLANATION - len(more)
    left_out = False
    named: set[int] = set()
    for line in sentences.lines():
        if len(line) + 1 > room:
            left_out = True
            sentences.named = set(named)  # what it named is not named after all
            continue
        named |= sentences.named
        room -= len(line) + 1
        yield line
    if left_out:
        yield more


class _Sentences:
    """Makes the sentences one after the other, and knows whom they have named so far."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._paths = Paths(spec)
        self.named: set[int] = set()

    def lines(self) -> Iterator[str]:
        yield self._whole()
        yield from self._ends()
        yield from self._main_path()
        yield from self._branches()
        yield from self._joins()
        yield from self._skips()
        yield from self._loops()
        yield from self._layers()
        yield from self._others()

    def _whole(self) -> str:
        spec, pieces = self._spec, self._paths.pieces
        count = len(spec.nodes)
        text = ngettext(
            "{kind} of {n} part, drawn {way}.", "{kind} of {n} parts, drawn {way}.", count
        ).format(kind=sort_of(spec), n=count, way=_(_WAYS[spec.style.direction]))
        if pieces == 1:
            return text
        if pieces == count:
            apart = _("They are not connected.")
        else:
            apart = _("It falls into {n} pieces that are not connected to each other.")
        return f"{text} {apart.format(n=pieces)}"

    def _ends(self) -> Iterator[str]:
        if not self._paths.connected:
            return
        if self._paths.ends:
            text = _("It begins with {begins} and ends with {ends}.")
        else:
            text = _("It begins with {begins} and has no end: every part leads on.")
        begins, ends = (self._listed(them) for them in (self._paths.begins, self._paths.ends))
        yield text.format(begins=begins, ends=ends)

    def _main_path(self) -> Iterator[str]:
        path = self._paths.main
        if len(path) < 2:
            return
        if len(path) <= _LONG_PATH:
            names = [self._name(node) for node in path]
        else:
            names = [self._name(node) for node in path[:7]]
            names.append(_("… {n} more …").format(n=len(path) - 13))
            names += [self._name(node) for node in path[-6:]]
        yield _("The main path: {path}.").format(path=" → ".join(names))

    def _branches(self) -> Iterator[str]:
        for node in self._paths.nodes:
            edges = self._paths.forward_from(node)
            labelled = any(edge.label for edge in edges)
            if node.kind is Kind.DECISION and labelled:
                text = _("Decision at {source}: {ways}.")
            elif len(edges) > 1 and labelled:
                text = _("{source} branches: {ways}.")
            elif len(edges) > 1:
                text = _("{source} branches into {targets}.")
            elif labelled:
                text = _("From {source} to {targets}: {label}.")
            else:
                continue
            yield text.format(
                source=self._name(node),
                ways=self._ways(edges),
                targets=self._listed([self._paths.node(edge.target) for edge in edges]),
                label=edges[0].label,
            )

    def _ways(self, edges: Sequence[Edge]) -> str:
        ways = [
            (f"{edge.label} → " if edge.label else "") + self._name(self._paths.node(edge.target))
            for edge in edges[:_LISTED]
        ]
        return "; ".join([*ways, *_rest(len(edges))])

    def _joins(self) -> Iterator[str]:
        for node in self._paths.nodes:
            edges = self._paths.forward_to(node)
            if len(edges) > 1:
                sources = [self._paths.node(edge.source) for edge in edges]
                if node.kind is Kind.ADD:
                    text = _("{sources} are added in {target}.")
                else:
                    text = _("{sources} come together in {target}.")
                yield text.format(sources=self._listed(sources), target=self._name(node))

    def _skips(self) -> Iterator[str]:
        for edge, passed in self._paths.skips():
            if len(passed) == 1:
                text = _("From {source} a connection skips {passed} and leads to {target}.")
            else:
                text = _("From {source} a connection skips {n} parts and leads to {target}.")
            yield text.format(
                source=self._name(self._paths.node(edge.source)),
                passed=self._name(passed[0]) if len(passed) == 1 else "",
                n=len(passed),
                target=self._name(self._paths.node(edge.target)),
            )

    def _loops(self) -> Iterator[str]:
        for edge in self._paths.back:
            label = f" ({edge.label})" if edge.label else ""
            if edge.source == edge.target:
                text = _("{source} leads to itself{label}.")
            else:
                text = _("From {source} it goes back to {target}{label}.")
            source, target = (self._paths.node(id) for id in (edge.source, edge.target))
            yield text.format(source=self._name(source), target=self._name(target), label=label)

    def _layers(self) -> Iterator[str]:
        """Layers of several nodes, and the connections between those that are fully connected."""
        layers = [node for node in self._spec.nodes if node.count > 1]
        if not layers:
            return
        sizes = [f"{self._name(node)} {node.count:,}" for node in layers[:_LISTED]]
        parts = [
            ngettext("Layer size: {sizes}", "Layer sizes: {sizes}", len(layers)).format(
                sizes=", ".join([*sizes, *_rest(len(layers))])
            )
        ]
        if len(layers) > 1 and all(node.kind in _FULL for node in layers):
            units = sum(node.count for node in layers)
            parts.append(_("{n:,} nodes in {layers} layers").format(n=units, layers=len(layers)))
        counts = {node.id: node.count for node in self._spec.nodes if node.kind in _FULL}
        total = sum(
            counts[edge.source] * counts[edge.target]
            for edge in self._spec.edges
            if edge.source in counts and edge.target in counts
        )
        if total > 1:
            parts.append(_("{n:,} connections between fully connected layers").format(n=total))
        yield "; ".join(parts) + "."

    def _others(self) -> Iterator[str]:
        left = [node for node in self._spec.nodes if node.id not in self.named]
        if not left:
            return
        if len(left) == len(self._spec.nodes):
            text = ngettext("It shows {names}.", "They are {names}.", len(left))
        else:
            text = ngettext("Besides, there is {names}.", "Besides, there are {names}.", len(left))
        yield text.format(names=self._listed(left))

    def _listed(self, nodes: Sequence[Node]) -> str:
        return _and([*(self._name(node) for node in nodes[:_LISTED]), *_rest(len(nodes))])

    def _name(self, node: Node) -> str:
        """The label, with its number in reading order where several nodes have the same one."""
        self.named.add(node.id)
        label = _label(node)
        same = [other.id for other in self._spec.nodes if _label(other) == label]
        return label if len(same) == 1 else f"{label} ({same.index(node.id) + 1})"


def _label(node: Node) -> str:
    return " ".join(node.label.split()) or node.kind.default_label


def _rest(number: int) -> list[str]:
    """What a list says of those that it leaves out."""
    return [_("{more} more").format(more=number - _LISTED)] if number > _LISTED else []


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
