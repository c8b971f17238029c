"""Edits of what stands where: nodes that come, go, move or are replaced."""

from __future__ import annotations

import random

from ml.language.corpus.edits_wording import (
    Change,
    pointed_at,
    several,
    without_article,
)
from ml.language.corpus.networks_blocks import any_layer
from ml.language.corpus.networks_wording import say
from ml.language.corpus.terms_words import entity, step
from ml.spec.model import MAX_LABEL, Edge, Kind, Node, Spec
from ml.spec.naming import says_several
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
    new, words = new_node(rng, spec)
    wish = say(
        rng,
        "[add {w} after {a}|put {w} after {a}|insert {w} after {a}|after {a} comes {w}|"
        "{w} after {a}|after {a}, add {w}|add {w} right behind {a}|there should be {w} after {a}|"
        "{a} is followed by {w}|{a}, then {w}|I forgot {w} after {a}|"
        "something is missing after {a}, namely {w}|{w} is missing "
        "[behind|after] {a}|behind {a} we need {w}|once {a} is done, {w}|{a} is not the end, then "
        "comes {w}|{w} follows {a}|{w} right after {a}|{a} first, then {w}|have {w} behind {a}|"
        "i want to have {w} after {a}|leave {a} and then do {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"after {node.id}|{new}")


def add_before(rng: random.Random, spec: Spec) -> Change | None:
    """A node right in front of another, which takes over what led to the other."""
    node = rng.choice(spec.nodes)
    new, words = new_node(rng, spec)
    wish = say(
        rng,
        "[add {w} before {a}|put {w} before {a}|insert {w} in front of {a}|before {a} comes {w}|"
        "{w} before {a}|before {a}, add {w}|there is {w} right before {a}|first {w}, then {a}|"
        "I forgot {w} before {a}|something is missing before {a}, namely {w}|"
        "{w} is missing before {a}|we need {w} in front of {a}|{w} comes first, then {a}|{a} comes "
        "after {w}|{w} right in front of {a}|prior to {a} {w}|{w} goes before {a}|"
        "have {w} ahead of {a}|{a} needs {w} before it]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"before {node.id}|{new}")


def add_at_end(rng: random.Random, spec: Spec) -> Change | None:
    """A node behind the only one that leads nowhere or in front of the only one to begin with."""
    sources = {edge.source for edge in spec.edges}
    targets = {edge.target for edge in spec.edges}
    ends = [node for node in spec.nodes if node.id not in sources]
    starts = [node for node in spec.nodes if node.id not in targets]
    new, words = new_node(rng, spec)
    if rng.random() < 0.6:
        if ends != [spec.nodes[-1]]:
            return None
        wish = say(
            rng,
            "[at the [very |]end comes {w}|add {w} at the [very |]end|at the end {w}|finally "
            "{w}|it ends with {w}|as the last [step|box|thing] {w}|append {w}|the last [step|box] "
            "is {w}]",
            w=words,
        )
        return Change(wish=wish, lines=f"after {ends[0].id}|{new}")
    if starts != [spec.nodes[0]]:
        return None
    wish = say(
        rng,
        "[it [starts|begins] with {w}|add {w} at the [very |][start|beginning]|first of all there "
        "is {w}|the [very |]first [step|box|thing] is {w}|before everything else {w}|start with "
        "{w}]",
        w=words,
    )
    return Change(wish=wish, lines=f"before {starts[0].id}|{new}")


def add_between(rng: random.Random, spec: Spec) -> Change | None:
    """A node on an edge."""
    steps = [edge for edge in spec.edges if edge.source != edge.target]
    if not steps:
        return None
    split = rng.choice(steps)
    new, words = new_node(rng, spec)
    a, b = (pointed_at(rng, spec, spec.node(end)) for end in (split.source, split.target))
    wish = say(
        rng,
        "[add {w} between {a} and {b}|put {w} between {a} and {b}|{w} between {a} and {b}|"
        "insert {w} between {a} and {b}|between {a} and {b} there is {w}|"
        "{a} goes through {w} before {b}|in between {a} and {b} add {w}|"
        "from {a} it goes through {w} to {b}|{a} -> {w} -> {b}|after {a} and before {b} {w}|"
        "{w} is missing between {a} and {b}|have {w} [in |]between {a} and {b}]",
        w=words, a=a, b=b,
    )  # fmt: skip
    return Change(wish=wish, lines=f"between {split.source}|{split.target}|{new}")


def add_branch(rng: random.Random, spec: Spec) -> Change | None:
    """One more thing that a node leads to."""
    node = rng.choice(spec.nodes)
    new, words = new_node(rng, spec)
    wish = say(
        rng,
        "[{a} also goes to {w}|{a} should also lead to {w}|connect {a} to {w} as well|"
        "add {w} that gets its input from {a}|branch from {a} to {w}|"
        "add {w}, connected to {a}|{a} also feeds {w}|from {a} also to {w}|"
        "a second output of {a}: {w}|{a} also writes to {w}|{a} should send to {w} too|"
        "{a} also [calls|uses|sends to|notifies] {w}|{a} has another output, {w}|"
        "also save {a} in {w}|from {a} a branch to {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"from {node.id}|{new}")


def add_input(rng: random.Random, spec: Spec) -> Change | None:
    """One more thing that leads to a node."""
    node = rng.choice(spec.nodes)
    new, words = new_node(rng, spec)
    wish = say(
        rng,
        "[{a} also gets {w}|{w} also goes into {a}|add {w} that feeds {a}|add {w} pointing to {a}|"
        "{a} needs {w} as another input|add {w} as an input of {a}|{a} also depends on {w}|"
        "a second input for {a}: {w}|another thing that goes into {a}: {w}|"
        "{w} also [calls|reads|uses|sends to] {a}|feed {w} into {a} too|"
        "{w} as another source of {a}|"
        "{w} goes into {a} as well]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"to {node.id}|{new}")


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
        "kick out {a}|{a} is too much|throw {a} away|{a} should go|erase {a}|"
        "there is no {a}|{a} does not exist any more|i don't want {a}|take away {a}|cut {a}]",
        a=" and ".join(pointed_at(rng, spec, node) for node in gone),
    )  # fmt: skip
    return Change(wish=wish, lines="\n".join(f"remove {node.id}" for node in gone))


def remove_all(rng: random.Random, spec: Spec) -> Change | None:
    """Every node of a kind or of a name gone."""
    group = several(rng, spec)
    if group is None or len(group.nodes) > len(spec.nodes) - 2:
        return None
    wish = say(
        rng,
        "[remove {a}|delete {a}|drop {a}|take out {a}|without {a}|get rid of {a}|leave {a} out|"
        "no {a}|no more {a}|we don't need {a}|{a} can go|throw out {a}|clear away {a}]",
        a=group.words,
    )
    return Change(wish=wish, lines=f"remove {group.name}")


def add_each(rng: random.Random, spec: Spec) -> Change | None:
    """A node behind or in front of every one of a kind or a name."""
    group = several(rng, spec)
    if group is None or not says_several(group.name):
        return None
    place = rng.choice(("after", "after", "before"))
    if place == "after" and any(len(_out(spec, node)) > 1 for node in group.nodes):
        return None
    new, words = new_node(rng, spec)
    wish = say(
        rng, "[add {w} {p} {a}|put {w} {p} {a}|{w} {p} {a}|{p} {a} comes {w}|insert {w} {p} {a}]",
        w=words, a=group.words, p=place if place == "before" else rng.choice(("after", "behind")),
    )  # fmt: skip
    return Change(wish=wish, lines=f"{place} {group.name}|{new}")


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
    return Change(wish=wish, lines=f"move {moved.id}|{goal.id}")


def replace(rng: random.Random, spec: Spec) -> Change | None:
    """Another node in the place of one."""
    node = rng.choice(spec.nodes)
    new, words = new_node(rng, spec)
    wish = say(
        rng,
        "[replace {a} with {w}|replace {a} by {w}|use {w} instead of {a}|{w} instead of {a}|"
        "substitute {w} for {a}|exchange {a} for {w}|put {w} in place of {a}|"
        "swap {a} out for {w}|{w}, not {a}|make {a} {w}|{a} becomes {w}|turn {a} into {w}|"
        "we switched from {a} to {w}|no longer {a} but {w}]",
        w=words, a=pointed_at(rng, spec, node),
    )  # fmt: skip
    return Change(wish=wish, lines=f"replace {node.id}|{new}")


def _out(spec: Spec, node: Node) -> list[Edge]:
    return [edge for edge in spec.edges if edge.source == node.id]


def new_node(rng: random.Random, spec: Spec) -> tuple[str, str]:
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
        words = say(
            rng, '[|a step |a node |a box |a box saying |a step called ]"{q}"',
            q=term.words,
        )  # fmt: skip
    elif rng.random() < 0.1:
        words = say(
            rng,
            "a [step|node|box] [called|named|saying|with the text] {q}",
            q=without_article(term.words),
        )
    return node_words(Node(id=0, kind=term.kind, label=term.label)), without_article(words)
