"""Edits of edges: more of them, fewer, other labels, dashed ones."""

from __future__ import annotations

import random

from ml.language.corpus.edits_wording import Change, pointed_at
from ml.language.corpus.networks_wording import say
from ml.spec.model import MAX_TARGETS, Edge, Spec

_LABELS = (
    "yes", "no", "retry", "ok", "error", "failed", "success", "otherwise", "if empty", "on failure",
    "events", "logs", "query", "answer", "features", "labels", "gradients", "loss", "daily",
    "approved", "rejected", "timeout", "cached", "batch", "stream",
)  # fmt: skip

WAYS = (
    ("yes", "no"), ("ok", "failed"), ("true", "false"), ("pass", "fail"), ("valid", "invalid"),
    ("approved", "rejected"), ("success", "error"), ("found", "missing"), ("Yes", "No"),
    ("예", "아니오"), ("있음", "없음"),
)  # fmt: skip
"""How the two ways out of a decision may be called."""


def link(rng: random.Random, spec: Spec) -> Change | None:
    """An edge more, forwards or back."""
    ids = [node.id for node in spec.nodes]
    there = {(edge.source, edge.target) for edge in spec.edges}
    free = [
        (a, b)
        for a in ids
        for b in ids
        if a != b and (a, b) not in there and sum(source == a for source, _ in there) < MAX_TARGETS
    ]
    if not free:
        return None
    a, b = rng.choice(free)
    dashed = rng.random() < 0.15
    label = rng.choice(_LABELS) if rng.random() < 0.15 else ""
    names = {"a": pointed_at(rng, spec, spec.node(a)), "b": pointed_at(rng, spec, spec.node(b))}
    if ids.index(b) < ids.index(a) and not dashed and rng.random() < 0.6:
        wish = say(
            rng,
            "[{a} goes back to {b}|loop from {a} back to {b}|add an arrow back from {a} to {b}|"
            "{a} should lead back to {b}|feed {a} back into {b}]",
            **names,
        )
    else:
        d = rng.choice(("dashed ", "dotted ")) if dashed else ""
        wish = say(
            rng,
            "[connect {a} to {b}|link {a} to {b}|add a skip connection from {a} to {b}|"
            "add an arrow from {a} to {b}|draw a line from {a} to {b}|{a} -> {b} too|"
            "{a} should also go to {b}|also connect {a} and {b}|skip from {a} to {b}]"
            if not dashed
            else "[add a {d}arrow from {a} to {b}|a {d}line from {a} to {b}|connect {a} to {b} "
            "with a {d}line]",
            d=d,
            **names,
        )
    if label:
        wish += say(rng, "[, labelled {l}| labeled '{l}'| with the label {l}| (\"{l}\")]", l=label)
    lines = f"link {a}|{b}|{label}".rstrip("|")
    return Change(wish=wish, lines=f"{lines}\ndash {a}|{b}" if dashed else lines)


def unlink(rng: random.Random, spec: Spec) -> Change | None:
    """An edge less."""
    if len(spec.edges) < 2:
        return None
    gone = rng.choice(spec.edges)
    wish = say(
        rng,
        "[remove the [arrow|edge|line|connection] from {a} to {b}|disconnect {a} from {b}|"
        "{a} no longer goes to {b}|{a} should not lead to {b}|no arrow from {a} to {b}|"
        "delete the link between {a} and {b}]",
        **_ends(rng, spec, gone),
    )
    return Change(wish=wish, lines=f"unlink {gone.source}|{gone.target}")


def turn_round(rng: random.Random, spec: Spec) -> Change | None:
    """An edge the other way."""
    there = {(edge.source, edge.target) for edge in spec.edges}
    plain = [
        edge
        for edge in spec.edges
        if not edge.label and not edge.dashed and (edge.target, edge.source) not in there
    ]
    if not plain:
        return None
    edge = rng.choice(plain)
    wish = say(
        rng,
        "[[turn|flip|reverse] the [arrow|edge] [from {a} to {b}|between {a} and {b}]|"
        "the arrow [from {a} to {b}|between {a} and {b}] should point the other way|"
        "{b} goes to {a}, not the other way round|the arrow from {a} to {b} is the wrong way]",
        **_ends(rng, spec, edge),
    )
    source, target = edge.source, edge.target
    return Change(wish=wish, lines=f"unlink {source}|{target}\nlink {target}|{source}")


def redirect(rng: random.Random, spec: Spec) -> Change | None:
    """An edge that leads elsewhere."""
    plain = [edge for edge in spec.edges if not edge.dashed]
    if not plain:
        return None
    edge = rng.choice(plain)
    there = {other.target for other in spec.edges if other.source == edge.source}
    free = [node for node in spec.nodes if node.id not in there | {edge.source}]
    if not free:
        return None
    goal = rng.choice(free)
    wish = say(
        rng,
        "[{a} goes to {c} instead of {b}|{a} [should go|leads|goes] to {c}, not to {b}|{a} should "
        "point at {c} rather than {b}|the arrow from {a} to {b} should [go|lead] to {c}|"
        "connect {a} to {c} instead of {b}]",
        c=pointed_at(rng, spec, goal),
        **_ends(rng, spec, edge),
    )
    lines = f"unlink {edge.source}|{edge.target}\nlink {edge.source}|{goal.id}|{edge.label}"
    return Change(wish=wish, lines=lines.rstrip("|"))


def relabel(rng: random.Random, spec: Spec) -> Change | None:
    """Another label on an edge, or its first one."""
    if not spec.edges:
        return None
    edge, label = rng.choice(spec.edges), rng.choice(_LABELS)
    if edge.label == label:
        return None
    if edge.label and [other.label for other in spec.edges].count(edge.label) == 1:
        return Change(wish=_reworded(rng, edge.label, label),
                      lines=f"link {edge.source}|{edge.target}|{label}")  # fmt: skip
    wish = say(
        rng,
        "[label the arrow from {a} to {b} {l}|label {a} to {b} with '{l}'|the arrow from {a} to "
        '{b} says "{l}"|write {l} on the arrow from {a} to {b}|{a} -> {b}: {l}]',
        l=label,
        **_ends(rng, spec, edge),
    )
    return Change(wish=wish, lines=f"link {edge.source}|{edge.target}|{label}")


def unlabel(rng: random.Random, spec: Spec) -> Change | None:
    """An edge without its label."""
    labelled = [edge for edge in spec.edges if edge.label]
    if not labelled:
        return None
    edge = rng.choice(labelled)
    wish = say(
        rng,
        "[no label on the arrow from {a} to {b}|remove the label [{l} |]between {a} and {b}|"
        "delete the [text|label] on the arrow from {a} to {b}|the arrow from {a} to {b} needs no "
        "label]",
        l=edge.label,
        **_ends(rng, spec, edge),
    )
    return Change(wish=wish, lines=f"link {edge.source}|{edge.target}")


def dash(rng: random.Random, spec: Spec) -> Change | None:
    """A dashed edge, or a solid one again."""
    if not spec.edges:
        return None
    edge = rng.choice(spec.edges)
    wish = say(
        rng,
        "[make the arrow from {a} to {b} solid|a solid line from {a} to {b}|{a} to {b} should not "
        "be dashed]"
        if edge.dashed
        else "[make the arrow from {a} to {b} [dashed|dotted]|dashed line from {a} to {b}|"
        "{a} to {b} should be dashed|the connection between {a} and {b} is [dashed|dotted]]",
        **_ends(rng, spec, edge),
    )
    verb = "solid" if edge.dashed else "dash"
    return Change(wish=wish, lines=f"{verb} {edge.source}|{edge.target}")


def _reworded(rng: random.Random, old: str, new: str) -> str:
    """Another label for the only edge that has this one."""
    quote = rng.choice(("", "", "'", '"'))
    return say(
        rng,
        "[the arrow [that says|with|labelled] {o} should say {n}|write {n} instead of {o} on the "
        "arrow|change [the label |]{o} to {n} on the arrow|the label {o} should be {n}|"
        "on the {o} arrow [write|put] {n}]",
        o=f"{quote}{old}{quote}",
        n=f"{quote}{new}{quote}",
    )


def _ends(rng: random.Random, spec: Spec, edge: Edge) -> dict[str, str]:
    return {
        "a": pointed_at(rng, spec, spec.node(edge.source)),
        "b": pointed_at(rng, spec, spec.node(edge.target)),
    }
