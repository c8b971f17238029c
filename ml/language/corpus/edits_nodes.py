"""Edits of nodes: more of them, fewer, other names, numbers, kinds and colours."""

from __future__ import annotations

import random
from dataclasses import replace

from ml.language.corpus.edits_wording import (
    Change,
    free_number,
    inserted,
    pointed_at,
    with_edges,
    with_node,
    without_article,
)
from ml.language.corpus.flows_terms import label_of
from ml.language.corpus.networks_blocks import any_layer
from ml.language.corpus.networks_wording import say
from ml.language.corpus.terms_words import entity, step
from ml.spec.model import MAX_LABEL, Edge, Hue, Kind, Node, Spec

LAYERS = frozenset(
    (Kind.DENSE, Kind.CONV, Kind.POOL, Kind.NORM, Kind.ACTIVATION, Kind.ATTENTION,
     Kind.RECURRENT, Kind.EMBEDDING)
)  # fmt: skip

_BECOMES: dict[Kind, str] = {
    Kind.STORE: "[a database|a data store|a store|a storage|a db]",
    Kind.DECISION: "[a decision|a question|a diamond|a yes/no check]",
    Kind.PERSON: "[a person|a human|a user|a role]",
    Kind.DOCUMENT: "[a document|a file|a report]",
    Kind.SERVICE: "[a service|an API|a microservice]",
    Kind.MODEL: "[a model|an ML model|a neural network]",
    Kind.PROCESS: "[a step|a process|a normal box|an ordinary step]",
    Kind.DATA: "[data|a piece of data|a dataset]",
    Kind.START: "[the start|a start node|the starting point]",
    Kind.END: "[the end|an end node|the final state]",
}

_HUES: dict[Hue, str] = {
    Hue.RED: "[red|red|red|dark red|bright red]",
    Hue.ORANGE: "[orange|orange|amber]",
    Hue.YELLOW: "[yellow|yellow|gold]",
    Hue.GREEN: "[green|green|light green]",
    Hue.TEAL: "[teal|turquoise|cyan]",
    Hue.BLUE: "[blue|blue|light blue|navy]",
    Hue.PURPLE: "[purple|violet]",
    Hue.PINK: "[pink|pink|magenta]",
    Hue.GRAY: "[gray|grey]",
}


def add_after(rng: random.Random, spec: Spec) -> Change | None:
    """A node right behind another, which takes over what the other led to."""
    ends = [node for node in spec.nodes if len(_out(spec, node)) <= 1]
    if not ends:
        return None
    node = rng.choice(ends)
    new, words = _new_node(rng, spec)
    out = _out(spec, node)
    edges = [*spec.edges, Edge(source=node.id, target=new.id)]
    if out:
        edges = [replace(edge, target=new.id) if edge is out[0] else edge for edge in spec.edges]
        edges.append(Edge(source=new.id, target=out[0].target))
    wish = say(
        rng,
        "[add {w} after {a}|put {w} after {a}|insert {w} after {a}|after {a} comes {w}|"
        "{w} after {a}|after {a}, add {w}|add {w} right behind {a}|there should be {w} after {a}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, spec=inserted(spec, new, spec.nodes.index(node) + 1, edges))


def add_between(rng: random.Random, spec: Spec) -> Change | None:
    """A node on an edge."""
    steps = [edge for edge in spec.edges if edge.source != edge.target]
    if not steps:
        return None
    split = rng.choice(steps)
    source, target = spec.node(split.source), spec.node(split.target)
    new, words = _new_node(rng, spec)
    edges = [replace(edge, target=new.id) if edge is split else edge for edge in spec.edges]
    edges.append(Edge(source=new.id, target=target.id))
    wish = say(
        rng,
        "[add {w} between {a} and {b}|put {w} between {a} and {b}|{w} between {a} and {b}|"
        "insert {w} between {a} and {b}|between {a} and {b} there is {w}|"
        "{a} goes through {w} before {b}]",
        w=words, a=pointed_at(rng, spec, source), b=pointed_at(rng, spec, target),
    )  # fmt: skip
    return Change(wish=wish, spec=inserted(spec, new, spec.nodes.index(source) + 1, edges))


def add_branch(rng: random.Random, spec: Spec) -> Change | None:
    """One more thing that a node leads to, at the end of the text."""
    node = rng.choice(spec.nodes)
    new, words = _new_node(rng, spec)
    edges = [*spec.edges, Edge(source=node.id, target=new.id)]
    wish = say(
        rng,
        "[{a} also goes to {w}|{a} should also lead to {w}|connect {a} to {w} as well|"
        "add {w} that gets its input from {a}|branch from {a} to {w}|"
        "add {w}, connected to {a}|{a} also feeds {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, spec=inserted(spec, new, len(spec.nodes), edges))


def remove(rng: random.Random, spec: Spec) -> Change | None:
    """A node less; what led to it leads to what it led to."""
    if len(spec.nodes) < 3:
        return None
    node = rng.choice(spec.nodes)
    before = [edge for edge in spec.edges if edge.target == node.id and edge.source != node.id]
    after = [edge for edge in spec.edges if edge.source == node.id and edge.target != node.id]
    edges: list[Edge] = []
    for edge in spec.edges:
        if node.id not in (edge.source, edge.target):
            edges.append(edge)
        elif edge in before:
            edges.extend(
                replace(edge, target=out.target) for out in after if out.target != edge.source
            )
    if not edges:
        return None
    nodes = tuple(other for other in spec.nodes if other.id != node.id)
    wish = say(
        rng,
        "[remove {a}|delete {a}|drop {a}|take {a} out|without {a}|{a} is not needed|get rid of "
        "{a}|leave {a} out|we don't need {a}|{a} can go]",
        a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, spec=with_edges(Spec(style=spec.style, nodes=nodes, edges=()), edges))


def rename(rng: random.Random, spec: Spec) -> Change | None:
    node = rng.choice(spec.nodes)
    label = label_of((entity if rng.random() < 0.6 else step)(rng).words)
    if label == node.label or len(label) > MAX_LABEL:
        return None
    shown = label if rng.random() < 0.5 else label.lower() if label.isascii() else label
    quote = rng.choice(("", "", '"', "'", "“"))
    wish = say(
        rng,
        "[rename {a} to {q}{l}{p}|call {a} {q}{l}{p}|{a} should be called {q}{l}{p}|"
        "change {a} to {q}{l}{p}|{a} is now {q}{l}{p}|replace {a} with {q}{l}{p}|"
        "name {a} {q}{l}{p} instead]",
        a=pointed_at(rng, spec, node), q=quote, l=shown, p={"“": "”"}.get(quote, quote),
    )  # fmt: skip
    return Change(
        wish=wish, spec=with_node(spec, replace(node, label=shown[:1].upper() + shown[1:]))
    )


def resize(rng: random.Random, spec: Spec) -> Change | None:
    """Another number of units in a layer."""
    layers = [node for node in spec.nodes if node.count > 1 or node.kind is Kind.DENSE]
    if not layers:
        return None
    node = rng.choice(layers)
    count = rng.choice((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100, 128, 256, 512, 1024))
    if count == node.count:
        return None
    wish = say(
        rng,
        "[give {a} {n} [units|neurons|nodes]|make {a} {n} [wide|units wide|neurons]|{n} units in "
        "{a}|{a} should have {n} [units|neurons]|set {a} to {n}|change {a} to {n} units|"
        "{a} with {n} units|use {n} neurons in {a}]",
        a=pointed_at(rng, spec, node), n=count,
    )  # fmt: skip
    return Change(wish=wish, spec=with_node(spec, replace(node, count=count)))


def become(rng: random.Random, spec: Spec) -> Change | None:
    """Another kind, the label as it was."""
    node = rng.choice(spec.nodes)
    kind = rng.choice(list(_BECOMES))
    if kind is node.kind or node.count > 1 or node.label == node.kind.default_label:
        return None
    wish = say(
        rng,
        f"[make {{a}} {_BECOMES[kind]}|{{a}} is {_BECOMES[kind]}|show {{a}} as {_BECOMES[kind]}|"
        f"turn {{a}} into {_BECOMES[kind]}|draw {{a}} as {_BECOMES[kind]}]",
        a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, spec=with_node(spec, replace(node, kind=kind)))


def paint(rng: random.Random, spec: Spec) -> Change | None:
    """One or two nodes in a colour of their own, or one back to the palette's."""
    painted = [node for node in spec.nodes if node.hue is not None]
    if painted and rng.random() < 0.4:
        node = rng.choice(painted)
        wish = say(
            rng,
            "[{a} in the normal colour|no colour for {a}|remove the colour of {a}|"
            "reset the color of {a}|{a} should not be coloured]",
            a=pointed_at(rng, spec, node),
        )
        return Change(wish=wish, spec=with_node(spec, replace(node, hue=None)))
    chosen = rng.sample(spec.nodes, k=min(len(spec.nodes), rng.choice((1, 1, 1, 2))))
    hue = rng.choice(list(Hue))
    names = [pointed_at(rng, spec, node) for node in chosen]
    for node in chosen:
        spec = with_node(spec, replace(node, hue=hue))
    wish = say(
        rng,
        f"[make {{a}} {_HUES[hue]}|{{a}} in {_HUES[hue]}|colour {{a}} {_HUES[hue]}|"
        f"color {{a}} {_HUES[hue]}|paint {{a}} {_HUES[hue]}|highlight {{a}} in {_HUES[hue]}|"
        "{a} should be " + _HUES[hue] + "]",
        a=" and ".join(names),
    )  # fmt: skip
    return Change(wish=wish, spec=spec)


def swap(rng: random.Random, spec: Spec) -> Change | None:
    """Two nodes trade places; the edges stay where they are."""
    if len(spec.nodes) < 3:
        return None
    one, other = rng.sample(spec.nodes, k=2)
    if (one.label, one.kind) == (other.label, other.kind):
        return None
    wish = say(
        rng,
        "[swap {a} and {b}|switch {a} and {b}|exchange {a} with {b}|{a} and {b} the other way "
        "round]",
        a=pointed_at(rng, spec, one), b=pointed_at(rng, spec, other),
    )  # fmt: skip
    swapped = with_node(spec, replace(other, id=one.id))
    return Change(wish=wish, spec=with_node(swapped, replace(one, id=other.id)))


def _out(spec: Spec, node: Node) -> list[Edge]:
    return [edge for edge in spec.edges if edge.source == node.id]


def _new_node(rng: random.Random, spec: Spec) -> tuple[Node, str]:
    """A node that fits the diagram, and how a person says it."""
    id = free_number(spec)
    layers = sum(node.kind in LAYERS for node in spec.nodes)
    if layers * 2 >= len(spec.nodes):
        layer = any_layer(rng)
        while layer.times > 1:
            layer = any_layer(rng)
        node = Node(
            id=id, kind=layer.kind, count=layer.count, label=layer.label or layer.kind.default_label
        )
        return node, layer.text
    term = (entity if rng.random() < 0.6 else step)(rng)
    while len(term.label) > MAX_LABEL:
        term = entity(rng)
    words = say(rng, "[|a step |a node |][{q}]", q='"' + term.words + '"') if (
        rng.random() < 0.2
    ) else term.words  # fmt: skip
    return Node(id=id, kind=term.kind, label=term.label), without_article(words)
