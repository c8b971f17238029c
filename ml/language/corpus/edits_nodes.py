"""Edits of nodes that are there: other names, numbers, kinds, colours and places."""

from __future__ import annotations

import random
from collections.abc import Iterable

from ml.language.corpus.edits_wording import Change, pointed_at, several
from ml.language.corpus.flows_terms import label_of
from ml.language.corpus.networks_wording import say
from ml.language.corpus.terms_words import entity, step
from ml.spec.changing import NO_HUE
from ml.spec.model import MAX_LABEL, Hue, Kind, Node, Spec

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

COLOURS: dict[Hue, str] = {
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
        "change {a} to {q}{l}{p}|{a} is now {q}{l}{p}|{a} should say {q}{l}{p}|"
        "name {a} {q}{l}{p} instead|{q}{l}{p} instead of {a}|change the [text|label|name] of {a} "
        "to {q}{l}{p}|{a} is the wrong name, it is {q}{l}{p}|{a} -> {q}{l}{p}|not {a} but "
        "{q}{l}{p}|we call {a} {q}{l}{p} now|for {a} write {q}{l}{p}|"
        "the text of {a}: {q}{l}{p}|{q}{l}{p} is a better name for {a}|i meant {q}{l}{p}, not {a}|"
        "it is {q}{l}{p}, not {a}|{a} became {q}{l}{p}|update {a} to {q}{l}{p}]",
        a=pointed_at(rng, spec, node), q=quote, l=shown, p={"“": "”"}.get(quote, quote),
    )  # fmt: skip
    return Change(wish=wish, lines=f"rename {node.id}|{shown[:1].upper()}{shown[1:]}")


def resize(rng: random.Random, spec: Spec) -> Change | None:
    """Another number of units in a layer."""
    layers = [node for node in spec.nodes if node.count > 1 or node.kind is Kind.DENSE]
    if not layers:
        return None
    node = rng.choice(layers)
    count = rng.choice((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100, 128, 256, 512, 1024))
    if rng.random() < 0.2:
        count = rng.randint(2, 4096)
    if count == node.count:
        return None
    wish = say(
        rng,
        "[give {a} {n} [units|neurons|nodes]|make {a} {n} [wide|units wide|neurons]|{n} units in "
        "{a}|{a} should have {n} [units|neurons]|set {a} to {n}|change {a} to {n} units|"
        "{a} with {n} units|use {n} neurons in {a}|{n} instead of {m} [units|neurons] in {a}|"
        "{a}: {n}|{n} for {a}|{a} = {n}|{a} needs {n} [units|neurons|]|{a} to {n}|"
        "resize {a} to {n}|"
        "{a} has {n}, not {m}|[bring|get] {a} [down|up] to {n}]",
        a=pointed_at(rng, spec, node), n=count, m=node.count,
    )  # fmt: skip
    return Change(wish=wish, lines=f"count {node.id}|{count}")


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
    return Change(wish=wish, lines=f"kind {node.id}|{kind}")


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
        return Change(wish=wish, lines=f"paint {node.id}|{NO_HUE}")
    chosen = rng.sample(spec.nodes, k=min(len(spec.nodes), rng.choice((1, 1, 1, 2))))
    hue = rng.choice(list(Hue))
    names = " and ".join(pointed_at(rng, spec, node) for node in chosen)
    return Change(wish=_painted(rng, hue, names), lines=_lines(chosen, "paint", hue))


def paint_all(rng: random.Random, spec: Spec) -> Change | None:
    """Every node of a kind or of a name in a colour."""
    group = several(rng, spec)
    if group is None:
        return None
    hue = rng.choice([hue for hue in Hue if any(node.hue is not hue for node in group.nodes)])
    return Change(wish=_painted(rng, hue, group.words), lines=f"paint {group.name}|{hue}")


def swap(rng: random.Random, spec: Spec) -> Change | None:
    """Two nodes trade places; the edges stay where they are."""
    if len(spec.nodes) < 3:
        return None
    one, other = rng.sample(spec.nodes, k=2)
    if (one.label, one.kind) == (other.label, other.kind):
        return None
    if any((edge.source, edge.target) == (one.id, other.id) for edge in spec.edges):
        wish = say(
            rng,
            "[{b} comes before {a}|first {b}, then {a}|{b} goes first, {a} after it|do {b} before "
            "{a}|{a} is after {b}, not before it|{b} should be before {a}]",
            a=pointed_at(rng, spec, one), b=pointed_at(rng, spec, other),
        )  # fmt: skip
        return Change(wish=wish, lines=f"swap {one.id}|{other.id}")
    wish = say(
        rng,
        "[swap {a} and {b}|switch {a} and {b}|exchange {a} with {b}|{a} and {b} the other way "
        "round|swap {a} with {b}|{a} and {b} are in the wrong order]",
        a=pointed_at(rng, spec, one), b=pointed_at(rng, spec, other),
    )  # fmt: skip
    return Change(wish=wish, lines=f"swap {one.id}|{other.id}")


def _painted(rng: random.Random, hue: Hue, names: str) -> str:
    return say(
        rng,
        f"[make {{a}} {COLOURS[hue]}|{{a}} in {COLOURS[hue]}|colour {{a}} {COLOURS[hue]}|"
        f"color {{a}} {COLOURS[hue]}|paint {{a}} {COLOURS[hue]}|highlight {{a}} in {COLOURS[hue]}|"
        f"{{a}} should be {COLOURS[hue]}|mark {{a}} {COLOURS[hue]}|{{a}} {COLOURS[hue]}|"
        f"{COLOURS[hue]} {{a}}|turn {{a}} {COLOURS[hue]}|"
        f"give {{a}} a {COLOURS[hue]} colour|i want {{a}} in {COLOURS[hue]}|"
        f"could {{a}} be {COLOURS[hue]}|{{a}} -> {COLOURS[hue]}]",
        a=names,
    )


def _lines(nodes: Iterable[Node], verb: str, what: str) -> str:
    return "\n".join(f"{verb} {node.id}|{what}" for node in nodes)
