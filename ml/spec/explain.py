"""A diagram in a few sentences, made from its structure alone; pure and deterministic.

What kind of thing it is, where it begins and ends, the main path in reading order, branches,
joins, skips, loops, and how many connections its layers have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ml.spec.model import Direction, Edge, Kind, Node, Spec
from ml.spec.paths import Paths

MAX_EXPLANATION = 1_500
"""Characters, as much as anybody reads."""

_MORE = "There is more in it than fits here."
_LISTED = 6
_LONG_PATH = 14
_LAYERS = {
    Kind.DENSE,
    Kind.CONV,
    Kind.POOL,
    Kind.NORM,
    Kind.ACTIVATION,
    Kind.ATTENTION,
    Kind.RECURRENT,
    Kind.EMBEDDING,
    Kind.ADD,
}
_FULL = {Kind.INPUT, Kind.DENSE, Kind.OUTPUT}
"""Layers of these kinds are fully connected to each other."""
_WAYS = {Direction.RIGHT: "left to right", Direction.DOWN: "top to bottom"}


def explain(spec: Spec) -> str:
    """The structure in words, a sentence or two a line; at most MAX_EXPLANATION characters.

    Labels stand in it as they are: whoever shows it escapes what needs escaping. A part that no
    sentence names is named in the last one, so a small diagram has every label in it.
    """
    return "\n".join(_fitting(_Sentences(spec)))


def _fitting(sentences: _Sentences) -> Iterator[str]:
    """The lines that fit. One that does not leaves its place to shorter ones."""
    room = MAX_EXPLANATION - len(_MORE)
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
        yield _MORE


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
        parts = _counted(len(spec.nodes), "part")
        text = f"{_kind(spec)} of {parts}, drawn {_WAYS[spec.style.direction]}."
        if pieces == 1:
            return text
        if pieces == len(spec.nodes):
            return f"{text} They are not connected."
        return f"{text} It falls into {pieces} pieces that are not connected to each other."

    def _ends(self) -> Iterator[str]:
        if not self._paths.connected:
            return
        text = f"It begins with {self._listed(self._paths.begins)} and "
        if self._paths.ends:
            yield f"{text}ends with {self._listed(self._paths.ends)}."
        else:
            yield f"{text}has no end: every part leads on."

    def _main_path(self) -> Iterator[str]:
        path = self._paths.main
        if len(path) < 2:
            return
        if len(path) <= _LONG_PATH:
            names = [self._name(node) for node in path]
        else:
            names = [self._name(node) for node in path[:7]]
            names.append(f"… {len(path) - 13} more …")
            names += [self._name(node) for node in path[-6:]]
        yield f"The main path: {' → '.join(names)}."

    def _branches(self) -> Iterator[str]:
        for node in self._paths.nodes:
            edges = self._paths.forward_from(node)
            labelled = any(edge.label for edge in edges)
            if node.kind is Kind.DECISION and labelled:
                yield f"Decision at {self._name(node)}: {self._ways(edges)}."
            elif len(edges) > 1 and labelled:
                yield f"{self._name(node)} branches: {self._ways(edges)}."
            elif len(edges) > 1:
                targets = [self._paths.node(edge.target) for edge in edges]
                yield f"{self._name(node)} branches into {self._listed(targets)}."
            elif labelled:
                target = self._paths.node(edges[0].target)
                yield f"From {self._name(node)} to {self._name(target)}: {edges[0].label}."

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
                verb = "are added in" if node.kind is Kind.ADD else "come together in"
                yield f"{self._listed(sources)} {verb} {self._name(node)}."

    def _skips(self) -> Iterator[str]:
        for edge, passed in self._paths.skips():
            what = self._name(passed[0]) if len(passed) == 1 else _counted(len(passed), "part")
            yield (
                f"From {self._name(self._paths.node(edge.source))} a connection skips {what} and "
                f"leads to {self._name(self._paths.node(edge.target))}."
            )

    def _loops(self) -> Iterator[str]:
        for edge in self._paths.back:
            label = f" ({edge.label})" if edge.label else ""
            source = self._name(self._paths.node(edge.source))
            if edge.source == edge.target:
                yield f"{source} leads to itself{label}."
            else:
                target = self._name(self._paths.node(edge.target))
                yield f"From {source} it goes back to {target}{label}."

    def _layers(self) -> Iterator[str]:
        """Layers of several nodes, and the connections between those that are fully connected."""
        layers = [node for node in self._spec.nodes if node.count > 1]
        if not layers:
            return
        sizes = [f"{self._name(node)} {node.count:,}" for node in layers[:_LISTED]]
        text = (
            f"{'Layer size' if len(layers) == 1 else 'Layer sizes'}: "
            f"{', '.join([*sizes, *_rest(len(layers))])}"
        )
        if len(layers) > 1 and all(node.kind in _FULL for node in layers):
            text += f"; {sum(node.count for node in layers):,} nodes in {len(layers)} layers"
        counts = {node.id: node.count for node in self._spec.nodes if node.kind in _FULL}
        total = sum(
            counts[edge.source] * counts[edge.target]
            for edge in self._spec.edges
            if edge.source in counts and edge.target in counts
        )
        if total > 1:
            text += f"; {total:,} connections between fully connected layers"
        yield f"{text}."

    def _others(self) -> Iterator[str]:
        left = [node for node in self._spec.nodes if node.id not in self.named]
        if not left:
            return
        if len(left) == len(self._spec.nodes):
            yield f"{'It shows' if len(left) == 1 else 'They are'} {self._listed(left)}."
        else:
            yield f"Besides, there {'is' if len(left) == 1 else 'are'} {self._listed(left)}."

    def _listed(self, nodes: Sequence[Node]) -> str:
        return _and([*(self._name(node) for node in nodes[:_LISTED]), *_rest(len(nodes))])

    def _name(self, node: Node) -> str:
        """The label, with its number in reading order where several nodes have the same one."""
        self.named.add(node.id)
        label = _label(node)
        same = [other.id for other in self._spec.nodes if _label(other) == label]
        return label if len(same) == 1 else f"{label} ({same.index(node.id) + 1})"


def _kind(spec: Spec) -> str:
    """What the diagram is, by the kinds of its nodes."""
    kinds = [node.kind for node in spec.nodes]
    layers = [kind for kind in kinds if kind in _LAYERS]
    if 2 * len(layers) >= len(kinds) or (Kind.DENSE in layers and Kind.INPUT in kinds):
        return _network(set(layers))
    if {Kind.DECISION, Kind.START, Kind.END} & set(kinds):
        return "A flowchart"
    if Kind.MODEL in kinds:
        return "A machine learning pipeline"
    if {Kind.SERVICE, Kind.PERSON} & set(kinds):
        return "A system"
    if {Kind.DATA, Kind.STORE, Kind.DOCUMENT} & set(kinds):
        return "A data flow"
    return "A diagram"


def _network(layers: Iterable[Kind]) -> str:
    if Kind.ATTENTION in layers:
        return "A neural network with attention"
    if Kind.CONV in layers:
        return "A convolutional neural network"
    if Kind.RECURRENT in layers:
        return "A recurrent neural network"
    if set(layers) == {Kind.DENSE}:
        return "A fully connected neural network"
    return "A neural network"


def _label(node: Node) -> str:
    return " ".join(node.label.split()) or node.kind.default_label


def _rest(number: int) -> list[str]:
    """What a list says of those that it leaves out."""
    return [f"{number - _LISTED} more"] if number > _LISTED else []


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
