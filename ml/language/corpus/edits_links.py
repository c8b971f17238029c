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
            "{a} should lead back to {b}|feed {a} back into {b}|from {a} return to {b}|"
            "after {a} start over at {b}|{a} returns to {b}|back from {a} to {b}|"
            "if {a} is done repeat from {b}]",
            **names,
        )
    else:
        d = rng.choice(("dashed ", "dotted ")) if dashed else ""
        wish = say(
            rng,
            "[connect {a} to {b}|link {a} to {b}|add a skip connection from {a} to {b}|"
            "add an arrow from {a} to {b}|draw a line from {a} to {b}|{a} -> {b} too|"
            "{a} should also go to {b}|also connect {a} and {b}|skip from {a} to {b}|"
            "{a} also [sends to|writes to|uses|calls|leads to|feeds] {b}|{b} also [reads from|"
            "gets] {a}|there is an arrow missing from {a} to {b}|{a} to {b} is missing|"
            "residual from {a} to {b}|shortcut from {a} to {b}|arrow {a} -> {b}|"
            "{a} and {b} belong together too, arrow please|{a} goes to {b} [too|as well|also]|"
            "wire {a} to {b}|join {a} to {b}|an extra line from {a} to {b}]"
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
        "delete the link between {a} and {b}|{a} does not [talk to|call|use|feed|go to] {b}|"
        "{b} no longer gets {a}|{a} and {b} are not connected|drop {a} -> {b}|no line between {a} "
        "and {b}|the [arrow|line] [from {a} to {b}|between {a} and {b}] is wrong, remove it|"
        "{a} -> {b} must go|erase the [arrow|line] [from {a} to {b}|between {a} and {b}]]",
        **_ends(rng, spec, gone),
    )
    return Change(wish=wish, lines=f"unlink {gone.source}|{gone.target}")


def turn_round(rng: random.Random, spec: Spec) -> Change | None:
    """An edge the other way."""
    there = {(edge.source, edge.target) for edge in spec.edges}
    plain = [edge for edge in spec.edges if (edge.target, edge.source) not in there]
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
    return Change(wish=wish, lines=f"turn {edge.source}|{edge.target}")


def redirect(rng: random.Random, spec: Spec) -> Change | None:
    """An edge that leads elsewhere."""
    if not spec.edges:
        return None
    edge = rng.choice(spec.edges)
    there = {other.target for other in spec.edges if other.source == edge.source}
    free = [node for node in spec.nodes if node.id not in there | {edge.source}]
    if not free:
        return None
    goal = rng.choice(free)
    wish = say(
        rng,
        "[{a} goes to {c} instead of {b}|{a} [should go|leads|goes] to {c}, not to {b}|{a} should "
        "point at {c} rather than {b}|{a} now leads to {c} and not to {b}|"
        "from {a} to {c}, not to {b}|"
        "{a} -> {c} instead of {a} -> {b}|instead of {b} {a} leads to {c}|"
        "the arrow from {a} to {b} should [go|lead] to {c}|"
        "connect {a} to {c} instead of {b}]",
        c=pointed_at(rng, spec, goal),
        **_ends(rng, spec, edge),
    )
    return Change(wish=wish, lines=f"redirect {edge.source}|{edge.target}|{goal.id}")


def relabel(rng: random.Random, spec: Spec) -> Change | None:
    """Another label on an edge, or its first one."""
    if not spec.edges:
        return None
    edge, label = rng.choice(spec.edges), rng.choice(_LABELS)
    if edge.label == label:
        return None
    if edge.label and [other.label for other in spec.edges].count(edge.label) == 1:
        return Change(wish=_reworded(rng, edge.label, label),
                      lines=f"relabel {edge.label}|{label}")  # fmt: skip
    wish = say(
        rng,
        "[label the arrow from {a} to {b} {l}|label {a} to {b} with '{l}'|the arrow from {a} to "
        '{b} says "{l}"|write {l} on the arrow from {a} to {b}|{a} -> {b}: {l}|'
        "put {l} on the [arrow|line] [from {a} to {b}|between {a} and {b}]|"
        "{a} to {b} should say {l}|between {a} and {b} write {l}|"
        "what goes from {a} to {b} is {l}|{a} → {b} needs the label {l}|"
        "text {l} on {a} -> {b}|add the label {l} between {a} and {b}]",
        l=label,
        **_ends(rng, spec, edge),
    )
    return Change(wish=wish, lines=f"label {edge.source}|{edge.target}|{label}")


def unlabel(rng: random.Random, spec: Spec) -> Change | None:
    """An edge without its label."""
    labelled = [edge for edge in spec.edges if edge.label]
    if not labelled:
        return None
    edge = rng.choice(labelled)
    if [other.label for other in spec.edges].count(edge.label) == 1 and rng.random() < 0.4:
        wish = say(
            rng,
            "[remove|delete|drop|clear] the {q}{l}{q} [label|text] [on the arrow|]",
            l=edge.label, q=rng.choice(("", "", "'", '"')),
        ).strip()  # fmt: skip
        return Change(wish=wish, lines=f"relabel {edge.label}")
    wish = say(
        rng,
        "[no label on the arrow from {a} to {b}|remove the label [{l} |]between {a} and {b}|"
        "delete the [text|label] on the arrow from {a} to {b}|the arrow from {a} to {b} needs no "
        "label]",
        l=edge.label,
        **_ends(rng, spec, edge),
    )
    return Change(wish=wish, lines=f"label {edge.source}|{edge.target}")


def dash(rng: random.Random, spec: Spec) -> Change | None:
    """A dashed edge, or a solid one again."""
    if not spec.edges:
        return None
    edge = rng.choice(spec.edges)
    wish = say(
        rng,
        "[make the arrow from {a} to {b} solid|a solid line from {a} to {b}|{a} to {b} should not "
        "be [dashed|dotted]|no dashes from {a} to {b}|{a} -> {b} [solid|not dashed]|"
        "normal line between {a} and {b}]"
        if edge.dashed
        else "[make the arrow from {a} to {b} [dashed|dotted]|dashed line from {a} to {b}|"
        "{a} to {b} should be dashed|the connection between {a} and {b} is [dashed|dotted]|"
        "{a} -> {b} [dashed|dotted]|dash the [line|arrow] between {a} and {b}|"
        "use dashes from {a} to {b}]",
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
        "on the {o} arrow [write|put] {n}|the {o} arrow should read {n}|{o} -> {n} on the arrow|"
        "{n} instead of {o} on the arrow|not {o} but {n} on the arrow|change {o} on the line to "
        "{n}|the line with {o} [gets|needs] {n}|rename the {o} arrow to {n}]",
        o=f"{quote}{old}{quote}",
        n=f"{quote}{new}{quote}",
    )


def _ends(rng: random.Random, spec: Spec, edge: Edge) -> dict[str, str]:
    return {
        "a": pointed_at(rng, spec, spec.node(edge.source)),
        "b": pointed_at(rng, spec, spec.node(edge.target)),
    }
