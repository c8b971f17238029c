"""Changes of a diagram, one a line: what the language model answers to a wish about a diagram.

    style down green
    after Conv 3x3|pool Max pool
    remove both dropouts
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
| `double A`, `halve A`, `size A|B` | A with twice or half as many units, or as many as B |
| `replace A|NODE` | A is another node, its edges stay |
| `paint A|COLOUR` | a colour of its own; `none` gives A the palette's |
| `link A|B|LABEL` | an edge, or a label for the one that is there; `|LABEL` may be missing |
| `unlink A|B`, `dash A|B`, `solid A|B` | the edge from A to B goes, is dashed, is solid |
| `label A|B|LABEL` | that edge says this; nothing without `|LABEL` |
| `turn A|B`, `redirect A|B|C` | the edge from A to B leads from B to A, or from A to C |
| `relabel OLD|NEW`, `way A|OLD|NEW` | the edges, or those from A, that say OLD say NEW |

A, B and C are nodes as `ml.spec.naming` finds them: by number, by label, or as the wish calls
them. Where a name fits several nodes, what is done to a node is done to each, what is done to an
edge to each that leads from one to another, and `any` is all of them unless one is called so; a
node is added after or before each only where the name says so, “every conv”; all else needs one.
NODE is written as in the `spec` dialect, without its number: it gets the next free one.
What no line names stays as it is, so a model cannot spoil it, and a change is a few tokens however
long the diagram.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import product

from ml.errors import SpecError
from ml.spec import changing
from ml.spec.model import MAX_TARGETS, Node, Spec
from ml.spec.naming import SEPARATOR, find_node, find_nodes, name_of, says_several

MAX_CHANGES = 20
ANY = "any"
"""All nodes, as an end of edges."""


class _Reach(Enum):
    """How many nodes a name of a change may mean."""

    ONE = auto()
    SAID = auto()
    """Several where the name says that it means several."""
    EACH = auto()
    EDGES = auto()
    """All at the ends of edges that are there."""


@dataclass(frozen=True, kw_only=True)
class _Form:
    """How a change is written: the names of some nodes, and then some texts."""

    change: Callable[..., Spec]
    nodes: int
    texts: int = 0
    optional: bool = False
    """Whether the last text may be missing."""
    reach: _Reach = _Reach.ONE

    @property
    def parts(self) -> int:
        return self.nodes + self.texts

    @property
    def fewest(self) -> int:
        return self.parts - self.optional


_FORMS: dict[str, _Form] = {
    "style": _Form(change=changing.restyled, nodes=0, texts=1),
    "after": _Form(change=changing.with_node_after, nodes=1, texts=1, reach=_Reach.SAID),
    "before": _Form(change=changing.with_node_before, nodes=1, texts=1, reach=_Reach.SAID),
    "between": _Form(change=changing.with_node_between, nodes=2, texts=1),
    "from": _Form(change=changing.with_node_from, nodes=1, texts=1),
    "to": _Form(change=changing.with_node_to, nodes=1, texts=1),
    "remove": _Form(change=changing.without_node, nodes=1, reach=_Reach.EACH),
    "move": _Form(change=changing.with_moved, nodes=2),
    "swap": _Form(change=changing.with_swapped, nodes=2),
    "rename": _Form(change=changing.renamed, nodes=1, texts=1, reach=_Reach.EACH),
    "count": _Form(change=changing.counted, nodes=1, texts=1, reach=_Reach.EACH),
    "double": _Form(change=changing.doubled, nodes=1, reach=_Reach.EACH),
    "halve": _Form(change=changing.halved, nodes=1, reach=_Reach.EACH),
    "size": _Form(change=changing.sized_like, nodes=2),
    "kind": _Form(change=changing.of_kind, nodes=1, texts=1, reach=_Reach.EACH),
    "replace": _Form(change=changing.replaced, nodes=1, texts=1, reach=_Reach.EACH),
    "paint": _Form(change=changing.painted, nodes=1, texts=1, reach=_Reach.EACH),
    "link": _Form(change=changing.linked, nodes=2, texts=1, optional=True, reach=_Reach.EACH),
    "unlink": _Form(change=changing.unlinked, nodes=2, reach=_Reach.EDGES),
    "dash": _Form(change=changing.dashed, nodes=2, reach=_Reach.EDGES),
    "solid": _Form(change=changing.solid, nodes=2, reach=_Reach.EDGES),
    "label": _Form(change=changing.labelled, nodes=2, texts=1, optional=True, reach=_Reach.EDGES),
    "turn": _Form(change=changing.turned, nodes=2),
    "redirect": _Form(change=changing.redirected, nodes=3),
    "relabel": _Form(change=changing.relabelled, nodes=0, texts=2, optional=True),
    "way": _Form(change=changing.relabelled_from, nodes=1, texts=2, optional=True),
}


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
    """The same changes, with every node that they call by number called as the wish calls it, as
    near as that can be.

    Raises:
        SpecError: the changes cannot be made.
    """
    said = []
    for _, line in _lines(text):
        verb, _, arguments = line.partition(" ")
        form = _form(verb)
        parts = arguments.split(SEPARATOR, form.parts - 1)
        names = [
            name_of(spec, find_node(spec, part), wish) if part.isdigit() else part
            for part in parts[: form.nodes]
        ]
        said.append(f"{verb} {SEPARATOR.join((*names, *parts[form.nodes :]))}\n")
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
    names, texts = parts[: form.nodes], parts[form.nodes :]
    for nodes in _meant(spec, names, form.reach):
        spec = form.change(spec, *nodes, *texts)
    for source, count in Counter(edge.source for edge in spec.edges).items():
        if count > MAX_TARGETS:
            raise SpecError(f"node {source} leads to more than {MAX_TARGETS}")
    return spec


def _meant(spec: Spec, names: list[str], reach: _Reach) -> list[tuple[Node, ...]]:
    """Whatever the names can mean: nodes for all of them, once or more often."""
    if reach is _Reach.EDGES:
        sources, targets = (_edge_ends(spec, name) for name in names)
        there = {(edge.source, edge.target) for edge in spec.edges}
        ends: list[tuple[Node, ...]] = [
            pair for pair in product(sources, targets) if (pair[0].id, pair[1].id) in there
        ]
        if not ends:
            raise SpecError(f"“{names[0][:40]}” does not lead to “{names[1][:40]}”")
        return ends
    groups = [
        find_nodes(spec, name)
        if reach is _Reach.EACH or (reach is _Reach.SAID and says_several(name))
        else (find_node(spec, name),)
        for name in names
    ]
    pairs = list(product(*groups))
    return [pair for pair in pairs if len(set(_ids(pair))) == len(pair)] or pairs


def _edge_ends(spec: Spec, name: str) -> tuple[Node, ...]:
    if name == ANY and all(node.label != ANY for node in spec.nodes):
        return spec.nodes
    return find_nodes(spec, name)


def _ids(nodes: tuple[Node, ...]) -> tuple[int, ...]:
    return tuple(node.id for node in nodes)


def _form(verb: str) -> _Form:
    form = _FORMS.get(verb)
    if form is None:
        raise SpecError(f"“{verb[:20]}” is no change; there are {', '.join(_FORMS)}")
    return form
