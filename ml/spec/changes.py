"""Changes of a diagram, one a line: what the language model answers to a wish about a diagram.

    style down green
    after 2 pool Max pool
    remove 4
    link 2 5 retry

| line | what it does |
|---|---|
| `style WORDS` | these style words; the others stay |
| `after A NODE` | a new node behind A, which takes over what A led to |
| `before A NODE` | a new node in front of A, which takes over what led to A |
| `between A B NODE` | a new node on the edge from A to B |
| `from A NODE` | a new node that A leads to besides |
| `to A NODE` | a new node that leads to A |
| `remove A` | without A; what led to it leads to what it led to |
| `move A B` | A out of its place and behind B |
| `swap A B` | A and B trade places; the edges stay |
| `rename A LABEL`, `count A N`, `kind A KIND` | one thing about A |
| `replace A NODE` | A is another node, its edges stay |
| `paint A COLOUR` | a colour of its own; `none` gives A the palette's |
| `link A B LABEL` | an edge, or a label for the one that is there; LABEL may be missing |
| `unlink A B`, `dash A B`, `solid A B` | the edge from A to B goes, is dashed, is solid |

A, B are node numbers and NODE is written as in the `spec` dialect, without its number: it gets
the next free one. What no line names stays as it is, so a model cannot spoil it, and a change is
a few tokens however long the diagram.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from ml.errors import SpecError
from ml.spec.model import MAX_COUNT, MAX_TARGETS, Edge, Hue, Node, Spec
from ml.spec.restyle import in_style
from ml.spec.text import parse_node, parse_style_words, plain_label

MAX_CHANGES = 20
NO_HUE = "none"

_NUMBER = r"([0-9]{1,3})"


def apply_changes(spec: Spec, text: str) -> Spec:
    """The Spec after every line of the text, in order. Numbers of nodes that stay do not change.

    Raises:
        SpecError: with the line to blame.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line]
    if not lines:
        raise SpecError("there is no change")
    for number, line in lines:
        verb, _, arguments = line.partition(" ")
        known = _VERBS.get(verb)
        if known is None:
            raise SpecError(
                f"“{verb[:20]}” is no change; there are {', '.join(_VERBS)}", line=number
            )
        pattern, change = known
        match = pattern.fullmatch(arguments.strip())
        if match is None:
            raise SpecError(f"“{line[:40]}” is not how “{verb}” is written", line=number)
        try:
            spec = change(spec, *match.groups(default=""))
        except SpecError as error:
            raise SpecError(error.problem, line=number) from error
        leaving = Counter(edge.source for edge in spec.edges)
        for source, count in leaving.items():
            if count > MAX_TARGETS:
                raise SpecError(f"node {source} leads to more than {MAX_TARGETS}", line=number)
    return spec


def free_number(spec: Spec) -> int:
    """The number of a node that is added: one more than the highest."""
    return max(node.id for node in spec.nodes) + 1


def _style(spec: Spec, words: str) -> Spec:
    return in_style(spec, parse_style_words(words).values())


def _after(spec: Spec, a: str, node: str) -> Spec:
    source, new = _node(spec, a), _new(spec, node)
    edges = _through(spec.edges, source, new)
    return _inserted(spec, new, spec.nodes.index(source) + 1, edges)


def _before(spec: Spec, a: str, node: str) -> Spec:
    target, new = _node(spec, a), _new(spec, node)
    edges = [
        replace(edge, target=new.id) if edge.target == target.id else edge for edge in spec.edges
    ]
    return _inserted(spec, new, spec.nodes.index(target), [*edges, _edge(new, target)])


def _between(spec: Spec, a: str, b: str, node: str) -> Spec:
    split, new = _edge_of(spec, a, b), _new(spec, node)
    source = spec.node(split.source)
    edges = [replace(edge, target=new.id) if edge == split else edge for edge in spec.edges]
    edges.append(Edge(source=new.id, target=split.target))
    return _inserted(spec, new, spec.nodes.index(source) + 1, edges)


def _from(spec: Spec, a: str, node: str) -> Spec:
    source, new = _node(spec, a), _new(spec, node)
    return _inserted(spec, new, len(spec.nodes), [*spec.edges, _edge(source, new)])


def _to(spec: Spec, a: str, node: str) -> Spec:
    target, new = _node(spec, a), _new(spec, node)
    return _inserted(spec, new, spec.nodes.index(target), [*spec.edges, _edge(new, target)])


def _remove(spec: Spec, a: str) -> Spec:
    gone = _node(spec, a)
    if len(spec.nodes) == 1:
        raise SpecError("the last node cannot be removed")
    nodes = tuple(node for node in spec.nodes if node is not gone)
    return Spec(style=spec.style, nodes=nodes, edges=_joined(spec, gone))


def _move(spec: Spec, a: str, b: str) -> Spec:
    moved, goal = _two(spec, a, b)
    nodes = [node for node in spec.nodes if node is not moved]
    nodes.insert(nodes.index(goal) + 1, moved)
    edges = _through(_joined(spec, moved), goal, moved)
    return _with_edges(replace(spec, nodes=tuple(nodes), edges=()), edges)


def _swap(spec: Spec, a: str, b: str) -> Spec:
    one, other = _two(spec, a, b)
    traded = {one.id: replace(other, id=one.id), other.id: replace(one, id=other.id)}
    return replace(spec, nodes=tuple(traded.get(node.id, node) for node in spec.nodes))


def _rename(spec: Spec, a: str, label: str) -> Spec:
    return _with_node(spec, replace(_node(spec, a), label=plain_label(label)))


def _count(spec: Spec, a: str, count: str) -> Spec:
    if len(count) > len(str(MAX_COUNT)):
        raise SpecError(f"a layer has 1 to {MAX_COUNT} nodes")
    return _with_node(spec, replace(_node(spec, a), count=int(count)))


def _kind(spec: Spec, a: str, kind: str) -> Spec:
    node = _node(spec, a)
    made = parse_node(f"{node.id} {kind}")
    named = node.label != node.kind.default_label
    return _with_node(
        spec, replace(node, kind=made.kind, label=node.label if named else made.label)
    )


def _replace(spec: Spec, a: str, node: str) -> Spec:
    return _with_node(spec, parse_node(f"{_node(spec, a).id} {node}"))


def _paint(spec: Spec, a: str, hue: str) -> Spec:
    return _with_node(spec, replace(_node(spec, a), hue=None if hue == NO_HUE else Hue(hue)))


def _link(spec: Spec, a: str, b: str, label: str) -> Spec:
    source, target = _node(spec, a), _node(spec, b)
    new = replace(_edge(source, target), label=plain_label(label))
    edges = [
        replace(edge, label=new.label) if _ends(edge) == _ends(new) else edge for edge in spec.edges
    ]
    return _with_edges(spec, [*edges, new])


def _unlink(spec: Spec, a: str, b: str) -> Spec:
    gone = _edge_of(spec, a, b)
    return replace(spec, edges=tuple(edge for edge in spec.edges if edge is not gone))


def _dash(spec: Spec, a: str, b: str) -> Spec:
    return _with_dashes(spec, a, b, dashed=True)


def _solid(spec: Spec, a: str, b: str) -> Spec:
    return _with_dashes(spec, a, b, dashed=False)


_VERBS: dict[str, tuple[re.Pattern[str], Callable[..., Spec]]] = {
    verb: (re.compile(pattern), change)
    for verb, pattern, change in (
        ("style", r"([a-z ]+)", _style),
        ("after", rf"{_NUMBER} (.+)", _after),
        ("before", rf"{_NUMBER} (.+)", _before),
        ("between", rf"{_NUMBER} {_NUMBER} (.+)", _between),
        ("from", rf"{_NUMBER} (.+)", _from),
        ("to", rf"{_NUMBER} (.+)", _to),
        ("remove", _NUMBER, _remove),
        ("move", rf"{_NUMBER} {_NUMBER}", _move),
        ("swap", rf"{_NUMBER} {_NUMBER}", _swap),
        ("rename", rf"{_NUMBER} (.+)", _rename),
        ("count", rf"{_NUMBER} ([0-9]+)", _count),
        ("kind", rf"{_NUMBER} ([a-z]+)", _kind),
        ("replace", rf"{_NUMBER} (.+)", _replace),
        ("paint", rf"{_NUMBER} ({'|'.join(Hue)}|{NO_HUE})", _paint),
        ("link", rf"{_NUMBER} {_NUMBER}(?: (.+))?", _link),
        ("unlink", rf"{_NUMBER} {_NUMBER}", _unlink),
        ("dash", rf"{_NUMBER} {_NUMBER}", _dash),
        ("solid", rf"{_NUMBER} {_NUMBER}", _solid),
    )
}


def _node(spec: Spec, number: str) -> Node:
    try:
        return spec.node(int(number))
    except KeyError:
        raise SpecError(f"there is no node {number}") from None


def _two(spec: Spec, a: str, b: str) -> tuple[Node, Node]:
    one, other = _node(spec, a), _node(spec, b)
    if one is other:
        raise SpecError(f"node {a} is named twice")
    return one, other


def _edge_of(spec: Spec, a: str, b: str) -> Edge:
    source, target = _node(spec, a), _node(spec, b)
    for edge in spec.edges:
        if _ends(edge) == (source.id, target.id):
            return edge
    raise SpecError(f"node {a} does not lead to node {b}")


def _new(spec: Spec, words: str) -> Node:
    return parse_node(f"{free_number(spec)} {words}")


def _edge(source: Node, target: Node) -> Edge:
    return Edge(source=source.id, target=target.id)


def _ends(edge: Edge) -> tuple[int, int]:
    return edge.source, edge.target


def _through(edges: Iterable[Edge], source: Node, new: Node) -> list[Edge]:
    """The edges when all that leaves `source` goes through `new`. The label of an only edge stays
    at the source, those of several stay with the ways they name."""
    leaving = [edge for edge in edges if edge.source == source.id != edge.target]
    if len(leaving) == 1:
        beyond = [Edge(source=new.id, target=leaving[0].target)]
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


def _with_dashes(spec: Spec, a: str, b: str, *, dashed: bool) -> Spec:
    changed = _edge_of(spec, a, b)
    return replace(
        spec,
        edges=tuple(
            replace(edge, dashed=dashed) if edge is changed else edge for edge in spec.edges
        ),
    )


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
