"""Edits of what stands where: nodes that come, go, move or are replaced."""

from __future__ import annotations

import random

from ml.language.corpus.edits_wording import (
    KIND_WORDS,
    Change,
    all_of,
    pointed_at,
    without_article,
)
from ml.language.corpus.networks_blocks import any_layer
from ml.language.corpus.networks_wording import say
from ml.language.corpus.terms_words import entity, step
from ml.spec.model import MAX_LABEL, Edge, Kind, Node, Spec
from ml.spec.text import node_words

LAYERS = frozenset(
    (Kind.DENSE, Kind.CONV, Kind.POOL, Kind.NORM, Kind.ACTIVATION, Kind.ATTENTION,
     Kind.RECURRENT, Kind.EMBEDDING)
)  # fmt: skip


def add_after(rng: random.Random, spec: Spec) -> Change | None:
    """A node right behind another, which takes over what the other led to."""
    node = rng.choice(spec.nodes)
    if len(_out(spec, node)) > 1:
        return None
    new, words = _new_node(rng, spec)
    wish = say(
        rng,
        "[add {w} after {a}|put {w} after {a}|insert {w} after {a}|after {a} comes {w}|"
        "{w} after {a}|after {a}, add {w}|add {w} right behind {a}|there should be {w} after {a}|"
        "{a} is followed by {w}|{a}, then {w}|I forgot {w} after {a}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"after {node.id} {new}")


def add_before(rng: random.Random, spec: Spec) -> Change | None:
    """A node right in front of another, which takes over what led to the other."""
    node = rng.choice(spec.nodes)
    new, words = _new_node(rng, spec)
    wish = say(
        rng,
        "[add {w} before {a}|put {w} before {a}|insert {w} in front of {a}|before {a} comes {w}|"
        "{w} before {a}|before {a}, add {w}|there is {w} right before {a}|first {w}, then {a}|"
        "I forgot {w} before {a}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"before {node.id} {new}")


def add_between(rng: random.Random, spec: Spec) -> Change | None:
    """A node on an edge."""
    steps = [edge for edge in spec.edges if edge.source != edge.target]
    if not steps:
        return None
    split = rng.choice(steps)
    new, words = _new_node(rng, spec)
    a, b = (pointed_at(rng, spec, spec.node(end)) for end in (split.source, split.target))
    wish = say(
        rng,
        "[add {w} between {a} and {b}|put {w} between {a} and {b}|{w} between {a} and {b}|"
        "insert {w} between {a} and {b}|between {a} and {b} there is {w}|"
        "{a} goes through {w} before {b}|in between {a} and {b} add {w}]",
        w=words, a=a, b=b,
    )  # fmt: skip
    return Change(wish=wish, lines=f"between {split.source} {split.target} {new}")


def add_branch(rng: random.Random, spec: Spec) -> Change | None:
    """One more thing that a node leads to."""
    node = rng.choice(spec.nodes)
    new, words = _new_node(rng, spec)
    wish = say(
        rng,
        "[{a} also goes to {w}|{a} should also lead to {w}|connect {a} to {w} as well|"
        "add {w} that gets its input from {a}|branch from {a} to {w}|"
        "add {w}, connected to {a}|{a} also feeds {w}|from {a} also to {w}|"
        "a second output of {a}: {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"from {node.id} {new}")


def add_input(rng: random.Random, spec: Spec) -> Change | None:
    """One more thing that leads to a node."""
    node = rng.choice(spec.nodes)
    new, words = _new_node(rng, spec)
    wish = say(
        rng,
        "[{a} also gets {w}|{w} also goes into {a}|add {w} that feeds {a}|add {w} pointing to {a}|"
        "{a} needs {w} as another input|add {w} as an input of {a}|{a} also depends on {w}|"
        "a second input for {a}: {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"to {node.id} {new}")


def remove(rng: random.Random, spec: Spec) -> Change | None:
    """A node or two less; what led to them leads to what they led to."""
    count = rng.choice((1, 1, 1, 2))
    if len(spec.nodes) < count + 2:
        return None
    gone = rng.sample(spec.nodes, k=count)
    wish = say(
        rng,
        "[remove {a}|delete {a}|drop {a}|take {a} out|without {a}|{a} [is|are] not needed|get rid "
        "of {a}|leave {a} out|we don't need {a}|{a} can go|skip {a}|no {a}|remove the box {a}|"
        "kick out {a}]",
        a=" and ".join(pointed_at(rng, spec, node) for node in gone),
    )  # fmt: skip
    return Change(wish=wish, lines="\n".join(f"remove {node.id}" for node in gone))


def remove_all(rng: random.Random, spec: Spec) -> Change | None:
    """Every node of a kind gone."""
    kinds = [
        kind
        for kind in KIND_WORDS
        if 2 <= sum(node.kind is kind for node in spec.nodes) <= min(6, len(spec.nodes) - 2)
    ]
    if not kinds:
        return None
    kind = rng.choice(kinds)
    wish = say(
        rng,
        "[remove {a}|delete {a}|drop {a}|take out {a}|without {a}|get rid of {a}|leave {a} out]",
        a=all_of(rng, kind),
    )
    gone = [node for node in spec.nodes if node.kind is kind]
    return Change(wish=wish, lines="\n".join(f"remove {node.id}" for node in gone))


def move(rng: random.Random, spec: Spec) -> Change | None:
    """A node out of its place and behind another."""
    if len(spec.nodes) < 4:
        return None
    moved, goal = rng.sample(spec.nodes, k=2)
    if any((edge.source, edge.target) == (goal.id, moved.id) for edge in spec.edges):
        return None
    wish = say(
        rng,
        "[move {a} after {b}|put {a} after {b}|{a} belongs after {b}|{a} should come after {b}|"
        "{a} comes after {b}|move {a} behind {b}|{a} goes right after {b}]",
        a=pointed_at(rng, spec, moved), b=pointed_at(rng, spec, goal),
    )  # fmt: skip
    return Change(wish=wish, lines=f"move {moved.id} {goal.id}")


def replace(rng: random.Random, spec: Spec) -> Change | None:
    """Another node in the place of one."""
    node = rng.choice(spec.nodes)
    new, words = _new_node(rng, spec)
    wish = say(
        rng,
        "[replace {a} with {w}|replace {a} by {w}|use {w} instead of {a}|{w} instead of {a}|"
        "substitute {w} for {a}|exchange {a} for {w}|put {w} in place of {a}|"
        "swap {a} out for {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"replace {node.id} {new}")


def _out(spec: Spec, node: Node) -> list[Edge]:
    return [edge for edge in spec.edges if edge.source == node.id]


def _new_node(rng: random.Random, spec: Spec) -> tuple[str, str]:
    """A node that fits the diagram as a change states it, and how a person says it."""
    layers = sum(node.kind in LAYERS for node in spec.nodes)
    if layers * 2 >= len(spec.nodes):
        layer = any_layer(rng)
        while layer.times > 1:
            layer = any_layer(rng)
        label = layer.label or layer.kind.default_label
        return node_words(Node(id=0, kind=layer.kind, count=layer.count, label=label)), layer.text
    term = (entity if rng.random() < 0.6 else step)(rng)
    while len(term.label) > MAX_LABEL:
        term = entity(rng)
    words = term.words
    if rng.random() < 0.2:
        words = say(rng, '[|a step |a node |a box ]"{q}"', q=term.words)
    elif rng.random() < 0.1:
        words = say(rng, "a [step|node|box] [called|named] {q}", q=without_article(term.words))
    return node_words(Node(id=0, kind=term.kind, label=term.label)), without_article(words)
