"""Edits of several parts at once, and of one part as another is."""

from __future__ import annotations

import random
from collections import Counter

from ml.language.corpus.edits_links import WAYS
from ml.language.corpus.edits_nodes import COLOURS
from ml.language.corpus.edits_wording import Change, pointed_at
from ml.language.corpus.networks_wording import listed, say
from ml.spec.changes import ANY
from ml.spec.changing import NO_HUE
from ml.spec.model import MAX_COUNT, Hue, Kind, Spec

_OTHERS: dict[Kind, tuple[str, ...]] = {
    Kind.ACTIVATION: ("ReLU", "GELU", "Tanh", "Sigmoid", "SiLU", "ELU", "Leaky ReLU", "Swish"),
    Kind.POOL: ("Max pool", "Avg pool", "Pool"),
    Kind.RECURRENT: ("LSTM", "GRU", "RNN"),
    Kind.NORM: ("Batch norm", "Layer norm", "Group norm", "RMS norm", "Instance norm"),
    Kind.ATTENTION: ("Self-attention", "Cross-attention", "Multi-head attention"),
}
"""What takes the place of what in a network."""
_ENDS = {
    Kind.INPUT: "[inputs|input features|features]",
    Kind.OUTPUT: "[outputs|classes|output classes|output neurons]",
}


def rename_alike(rng: random.Random, spec: Spec) -> Change | None:
    """Every node of a name gets another."""
    counts = Counter(node.label for node in spec.nodes if node.kind in _OTHERS)
    if not counts:
        return None
    old = rng.choice(sorted(counts))
    chosen = [node for node in spec.nodes if node.label == old]
    if len(chosen) > 6 or len({node.kind for node in chosen}) > 1:
        return None
    new = rng.choice([label for label in _OTHERS[chosen[0].kind] if label != old])
    names = {"o": _cased(rng, old), "n": _cased(rng, new)}
    wish = say(
        rng,
        "[{n} instead of {o}|use {n} rather than {o}|make it {n}, not {o}|replace {o} with {n}|"
        "{o} -> {n}|{o} should be {n}]"
        if len(chosen) == 1
        else "[{n} instead of {o}{t}|replace [every|each] {o} [with|by] {n}|use {n} rather than "
        "{o}{t}|[all|all the] {o} [layers |]should be {n}|turn every {o} into {n}]",
        **names, t=say(rng, "[ in all places|, all of them|]"),
    )  # fmt: skip
    return Change(wish=wish, lines=f"rename {old if len(chosen) > 1 else chosen[0].id}|{new}")


def paint_each(rng: random.Random, spec: Spec) -> Change | None:
    """Some nodes, each in a colour of its own."""
    count = min(len(spec.nodes), rng.choice((2, 2, 3)))
    chosen, hues = rng.sample(spec.nodes, k=count), rng.sample(list(Hue), k=count)
    form = rng.choice(("{a} {c}", "{a} in {c}", "{a}: {c}", "{a} = {c}"))
    parts = [
        say(rng, form, a=pointed_at(rng, spec, node), c=say(rng, COLOURS[hue]))
        for node, hue in zip(chosen, hues, strict=True)
    ]
    wish = say(rng, "[||make |colour |paint ]{x}", x=listed(rng, parts))
    lines = (f"paint {node.id}|{hue}" for node, hue in zip(chosen, hues, strict=True))
    return Change(wish=wish, lines="\n".join(lines))


def unpaint(rng: random.Random, spec: Spec) -> Change | None:
    """All nodes, or all of a colour, back to the palette's."""
    hues = sorted({node.hue for node in spec.nodes if node.hue is not None})
    if not hues:
        return None
    if rng.random() < 0.5:
        meant: str = rng.choice(hues)
        wish = say(
            rng,
            "[nothing should be {c}|no {c} boxes|take the {c} away|everything that is {c} in the "
            "normal colour|reset the {c} ones|no more {c}]",
            c=meant,
        )
    else:
        meant = "all"
        wish = say(
            rng,
            "[reset [all |]the colours|no [extra |]colours [on the nodes|for single boxes]|"
            "all nodes in [the same|the normal|their default] colour|"
            "[clear|take away] [every colour|the highlights|all highlighting]]",
        )
    return Change(wish=wish, lines=f"paint {meant}|{NO_HUE}")


def resize_like(rng: random.Random, spec: Spec) -> Change | None:
    """A layer twice or half as wide, or as wide as another."""
    layers = [node for node in spec.nodes if node.count > 1]
    if not layers:
        return None
    node = rng.choice(layers)
    others = [other for other in layers if other.count != node.count]
    if others and rng.random() < 0.5:
        model = rng.choice(others)
        wish = say(
            rng,
            "[{a} as [wide|big|large] as {b}|{a} should have as many units as {b}|"
            "same number of [units|neurons] in {a} as in {b}|make {a} the size of {b}]",
            a=pointed_at(rng, spec, node), b=pointed_at(rng, spec, model),
        )  # fmt: skip
        return Change(wish=wish, lines=f"size {node.id}|{model.id}")
    twice = rng.random() < 0.6 or node.count % 2 == 1
    if node.count * 2 > MAX_COUNT:
        return None
    wish = say(
        rng,
        "[double {a}|twice as many [units|neurons] in {a}|{a} twice as [wide|big]|"
        "double the [units|width|neurons] of {a}]"
        if twice
        else "[halve {a}|half as many [units|neurons] in {a}|{a} half as [wide|big]|"
        "half the [units|width|neurons] of {a}]",
        a=pointed_at(rng, spec, node),
    )
    return Change(wish=wish, lines=f"{'double' if twice else 'halve'} {node.id}")


def resize_ends(rng: random.Random, spec: Spec) -> Change | None:
    """So many inputs, outputs or both."""
    lines, parts = [], []
    for kind, words in _ENDS.items():
        ends = [node for node in spec.nodes if node.kind is kind]
        count = rng.choice((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100, rng.randint(2, 999)))
        if len(ends) == 1 and ends[0].count not in (1, count) and rng.random() < 0.7:
            lines.append(f"count {ends[0].id}|{count}")
            parts.append(say(rng, f"{{n}} {words}", n=count))
    if not lines:
        return None
    wish = say(
        rng, "[{x}|{x} now|it has {x}|there are {x}|use {x}|change it to {x}]",
        x=say(rng, "[ and |, ]").join(parts),
    )  # fmt: skip
    return Change(wish=wish, lines="\n".join(lines))


def rename_ways(rng: random.Random, spec: Spec) -> Change | None:
    """Both ways out of a decision get other labels."""
    leaving = [
        [edge for edge in spec.edges if edge.source == node.id and edge.label]
        for node in spec.nodes
    ]
    pairs = [edges for edges in leaving if len(edges) == 2]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    if len({edge.label.casefold() for edge in (one, other)}) == 1:
        return None
    old = {one.label.casefold(), other.label.casefold()}
    new = rng.choice([pair for pair in WAYS if not old & {way.casefold() for way in pair}])
    node = spec.node(one.source)
    alone = sum(edge.label.casefold() in old for edge in spec.edges) == 2
    said = not alone or rng.random() < 0.4
    wish = say(
        rng,
        "[{x} and {y} instead of {p} and {q}{at}|{x}/{y} instead of {p}/{q}{at}|{p}/{q} should be "
        "{x}/{y}{at}|replace {p} and {q} [with|by] {x} and {y}{at}|{p} is {x} and {q} is {y}{at}]",
        x=new[0], y=new[1], p=one.label, q=other.label,
        at=say(rng, "[ at | for | behind ]{a}", a=pointed_at(rng, spec, node)) if said else "",
    )  # fmt: skip
    at = f"way {node.id}|" if said else "relabel "
    return Change(wish=wish, lines=f"{at}{one.label}|{new[0]}\n{at}{other.label}|{new[1]}")


def dash_ways(rng: random.Random, spec: Spec) -> Change | None:
    """All that leaves or reaches a node is dashed, or goes."""
    fans = [
        (node, out, edges)
        for node in spec.nodes
        for out in (True, False)
        if len(edges := [e for e in spec.edges if (e.source if out else e.target) == node.id]) > 1
        and not any(edge.dashed for edge in edges)
    ]
    if not fans:
        return None
    node, out, edges = rng.choice(fans)
    gone = rng.random() < 0.3
    wish = say(
        rng,
        f"{'[remove|delete|drop|cut] ' if gone else ''}[all|all|{{n}}] [the |]"
        f"[arrows|lines|edges] {{w}} {{a}}{'' if gone else ' [dashed|dotted]'}",
        n="both" if len(edges) == 2 else "all",
        w=rng.choice(("out of", "leaving", "that come from", "from") if out
                     else ("into", "that go into", "ending at", "to")),
        a=pointed_at(rng, spec, node),
    )  # fmt: skip
    ends = f"{node.id}|{ANY}" if out else f"{ANY}|{node.id}"
    return Change(wish=wish, lines=f"{'unlink' if gone else 'dash'} {ends}")


def _cased(rng: random.Random, label: str) -> str:
    return label.lower() if rng.random() < 0.6 else label
