"""Changes of a diagram, one a line: what the language model answers to a wish about a diagram.

    style down green
    after Conv 3x3|pool Max pool
    remove Dropout
    link 2|Decoder|retry

| line | what it does |
|---|---|
| `style WORDS` | these style words; the others stay |
| `after A|NODE` | a new node behind A, which takes over what A led to |
| `before A|NODE` | a new node in front of A, which takes over what led to A |
| `between A|B|NODE` | a new node on the edge from A to B |
| `from A|NODE` | a new node that A leads to besides |
| `to A|NODE` | a new node that leads to A |
| `remove A` | without A; what led to it leads to what it led to |
| `move A|B` | A out of its place and behind B |
| `swap A|B` | A and B trade places; the edges stay |
| `rename A|LABEL`, `count A|N`, `kind A|KIND` | one thing about A |
| `replace A|NODE` | A is another node, its edges stay |
| `paint A|COLOUR` | a colour of its own; `none` gives A the palette's |
| `link A|B|LABEL` | an edge, or a label for the one that is there; `|LABEL` may be missing |
| `unlink A|B`, `dash A|B`, `solid A|B` | the edge from A to B goes, is dashed, is solid |

A and B are nodes, by number or by label: a language model copies a label more surely than it looks
up a number, and a label that is nearly right, or a part of one, is understood if it can mean one
node only. NODE is written as in the `spec` dialect, without its number: it gets the next free one.
What no line names stays as it is, so a model cannot spoil it, and a change is a few tokens however
long the diagram.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ml.errors import SpecError
from ml.spec.model import MAX_COUNT, MAX_ID, MAX_TARGETS, Edge, Hue, Node, Spec
from ml.spec.naming import SEPARATOR, find_node, name_of
from ml.spec.restyle import in_style
from ml.spec.text import parse_node, parse_style_words, plain_label

MAX_CHANGES = 20
NO_HUE = "none"


def apply_changes(spec: Spec, text: str) -> Spec:
    """The Spec after every line of the text, in order. Numbers of nodes that stay do not change.

    Raises:
        SpecError: with the line to blame.
    """
    lines = list(_lines(text))
    if not lines:
        raise SpecError("there is no change")
    for number, line in lines:
        try:
            spec = _changed(spec, line)
        except SpecError as error:
            raise SpecError(error.problem, line=number) from error
    return spec


def as_wished(spec: Spec, text: str, wish: str) -> str:
    """The same changes, with every node called as the wish calls it: by its number where that is
    in the wish and its label is not, else by its label where only one node has it.

    Raises:
        SpecError: the changes cannot be made.
    """
    said = []
    for _, line in _lines(text):
        verb, _, arguments = line.partition(" ")
        form = _form(verb)
        parts = arguments.split(SEPARATOR, form.parts - 1)
        nodes = [name_of(spec, find_node(spec, part), wish) for part in parts[: form.nodes]]
        said.append(f"{verb} {SEPARATOR.join((*nodes, *parts[form.nodes :]))}\n")
        spec = _changed(spec, line)
    return "".join(said)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _changed(spec: Spec, line: str) -> Spec:
    verb, _, arguments = line.partition(" ")
    form = _form(verb)
    parts = [part.strip() for part in arguments.split(SEPARATOR, form.parts - 1)]
    if not all(parts) or not form.fewest <= len(parts):
        raise SpecError(f"“{line[:40]}” is not how “{verb}” is written")
    nodes = [find_node(spec, part) for part in parts[: form.nodes]]
    changed = form.change(spec, *nodes, *parts[form.nodes :])
    for source, count in Counter(edge.source for edge in changed.edges).items():
        if count > MAX_TARGETS:
            raise SpecError(f"node {source} leads to more than {MAX_TARGETS}")
    return changed


def free_number(spec: Spec) -> int:
    """The number of a node that is added: one more than the highest, or the lowest that is free
    where there is no higher one."""
    taken = {node.id for node in spec.nodes}
    highest = max(taken)
    return highest + 1 if highest < MAX_ID else min(set(range(MAX_ID)) - taken)


def _style(spec: Spec, words: str) -> Spec:
    chosen = {}
    for word in words.split():  # of two for the same field the later one counts
        chosen.update(parse_style_words(word))
    return in_style(spec, chosen.values())


def _after(spec: Spec, source: Node, words: str) -> Spec:
    new = _new(spec, words)
    edges = _through(spec.edges, source, new)
    return _inserted(spec, new, spec.nodes.index(source) + 1, edges)


def _before(spec: Spec, target: Node, words: str) -> Spec:
    new = _new(spec, words)
    edges = [
        replace(edge, target=new.id) if edge.target == target.id else edge for edge in spec.edges
    ]
    return _inserted(spec, new, spec.nodes.index(target), [*edges, _edge(new, target)])


def _between(spec: Spec, source: Node, target: Node, words: str) -> Spec:
    split, new = _edge_of(spec, source, target), _new(spec, words)
    edges = [replace(edge, target=new.id) if edge == split else edge for edge in spec.edges]
    edges.append(replace(_edge(new, target), dashed=split.dashed))
    return _inserted(spec, new, spec.nodes.index(source) + 1, edges)


def _from(spec: Spec, source: Node, words: str) -> Spec:
    new = _new(spec, words)
    return _inserted(spec, new, len(spec.nodes), [*spec.edges, _edge(source, new)])


def _to(spec: Spec, target: Node, words: str) -> Spec:
    new = _new(spec, words)
    return _inserted(spec, new, spec.nodes.index(target), [*spec.edges, _edge(new, target)])


def _remove(spec: Spec, gone: Node) -> Spec:
    if len(spec.nodes) == 1:
        raise SpecError("the last node cannot be removed")
    nodes = tuple(node for node in spec.nodes if node is not gone)
    return Spec(style=spec.style, nodes=nodes, edges=_joined(spec, gone))


def _move(spec: Spec, moved: Node, goal: Node) -> Spec:
    _two(moved, goal)
    nodes = [node for node in spec.nodes if node is not moved]
    nodes.insert(nodes.index(goal) + 1, moved)
    edges = _through(_joined(spec, moved), goal, moved)
    return _with_edges(replace(spec, nodes=tuple(nodes), edges=()), edges)


def _swap(spec: Spec, one: Node, other: Node) -> Spec:
    _two(one, other)
    traded = {one.id: replace(other, id=one.id), other.id: replace(one, id=other.id)}
    return replace(spec, nodes=tuple(traded.get(node.id, node) for node in spec.nodes))


def _rename(spec: Spec, node: Node, label: str) -> Spec:
    return _with_node(spec, replace(node, label=plain_label(label)))


def _count(spec: Spec, node: Node, count: str) -> Spec:
    if not (count.isascii() and count.isdigit() and len(count) <= len(str(MAX_COUNT))):
        raise SpecError(f"a layer has 1 to {MAX_COUNT} nodes")
    return _with_node(spec, replace(node, count=int(count)))


def _kind(spec: Spec, node: Node, kind: str) -> Spec:
    made = parse_node(f"{node.id} {kind}")
    named = node.label != node.kind.default_label
    return _with_node(
        spec, replace(node, kind=made.kind, label=node.label if named else made.label)
    )


def _replace(spec: Spec, node: Node, words: str) -> Spec:
    return _with_node(spec, parse_node(f"{node.id} {words}"))


def _paint(spec: Spec, node: Node, hue: str) -> Spec:
    if hue not in (*Hue, NO_HUE):
        raise SpecError(f"“{hue[:20]}” is no colour; there are {', '.join((*Hue, NO_HUE))}")
    return _with_node(spec, replace(node, hue=None if hue == NO_HUE else Hue(hue)))


def _link(spec: Spec, source: Node, target: Node, label: str = "") -> Spec:
    new = replace(_edge(source, target), label=plain_label(label))
    edges = [
        replace(edge, label=new.label) if _ends(edge) == _ends(new) else edge for edge in spec.edges
    ]
    return _with_edges(spec, [*edges, new])


def _unlink(spec: Spec, source: Node, target: Node) -> Spec:
    gone = _edge_of(spec, source, target)
    return replace(spec, edges=tuple(edge for edge in spec.edges if edge is not gone))


def _dash(spec: Spec, source: Node, target: Node) -> Spec:
    return _with_dashes(spec, source, target, dashed=True)


def _solid(spec: Spec, source: Node, target: Node) -> Spec:
    return _with_dashes(spec, source, target, dashed=False)


@dataclass(frozen=True, kw_only=True)
class _Form:
    """How a change is written: some nodes, and then perhaps something else."""

    change: Callable[..., Spec]
    nodes: int
    more: bool = False
    optional: bool = False

    @property
    def parts(self) -> int:
        return self.nodes + self.more

    @property
    def fewest(self) -> int:
        return self.nodes + (self.more and not self.optional)


_FORMS: dict[str, _Form] = {
    "style": _Form(change=_style, nodes=0, more=True),
    "after": _Form(change=_after, nodes=1, more=True),
    "before": _Form(change=_before, nodes=1, more=True),
    "between": _Form(change=_between, nodes=2, more=True),
    "from": _Form(change=_from, nodes=1, more=True),
    "to": _Form(change=_to, nodes=1, more=True),
    "remove": _Form(change=_remove, nodes=1),
    "move": _Form(change=_move, nodes=2),
    "swap": _Form(change=_swap, nodes=2),
    "rename": _Form(change=_rename, nodes=1, more=True),
    "count": _Form(change=_count, nodes=1, more=True),
    "kind": _Form(change=_kind, nodes=1, more=True),
    "replace": _Form(change=_replace, nodes=1, more=True),
    "paint": _Form(change=_paint, nodes=1, more=True),
    "link": _Form(change=_link, nodes=2, more=True, optional=True),
    "unlink": _Form(change=_unlink, nodes=2),
    "dash": _Form(change=_dash, nodes=2),
    "solid": _Form(change=_solid, nodes=2),
}


def _form(verb: str) -> _Form:
    form = _FORMS.get(verb)
    if form is None:
        raise SpecError(f"“{verb[:20]}” is no change; there are {', '.join(_FORMS)}")
    return form


def _two(one: Node, other: Node) -> None:
    if one is other:
        raise SpecError(f"node {one.id} is named twice")


def _edge_of(spec: Spec, source: Node, target: Node) -> Edge:
    for edge in spec.edges:
        if _ends(edge) == (source.id, target.id):
            return edge
    raise SpecError(f"“{source.label}” does not lead to “{target.label}”")


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


def _with_dashes(spec: Spec, source: Node, target: Node, *, dashed: bool) -> Spec:
    changed = _edge_of(spec, source, target)
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
