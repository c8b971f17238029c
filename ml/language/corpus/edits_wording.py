"""How people point at the parts of a diagram that is there already."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ml.language.corpus.networks_wording import say, spell
from ml.spec.model import Kind, Node, Spec

NUMBER_SHARE = 0.12
"""How often a node is pointed at by its number although its label would do."""
PLACE_SHARE = 0.2
"""How often it is pointed at by what it is and where it stands, “the second conv layer”."""

KIND_WORDS: dict[Kind, str] = {
    Kind.INPUT: "[input|input layer|input node]",
    Kind.OUTPUT: "[output|output layer|output node]",
    Kind.DENSE: "[dense layer|dense|fully connected layer|fc layer|linear layer|hidden layer]",
    Kind.CONV: "[conv layer|conv|convolution|convolutional layer]",
    Kind.POOL: "[pooling layer|pooling|pool|pool layer]",
    Kind.NORM: "[norm layer|normalisation|normalization|norm]",
    Kind.ACTIVATION: "[activation|activation function|nonlinearity]",
    Kind.ATTENTION: "[attention layer|attention|attention block]",
    Kind.RECURRENT: "[recurrent layer|rnn layer|recurrent block]",
    Kind.EMBEDDING: "[embedding|embedding layer]",
    Kind.ADD: "[addition|sum|add node]",
    Kind.DECISION: "[decision|question|diamond|check]",
    Kind.STORE: "[database|store|db|storage]",
    Kind.PERSON: "[person|user|human]",
    Kind.DOCUMENT: "[document|file]",
    Kind.SERVICE: "[service]",
    Kind.MODEL: "[model]",
    Kind.START: "[start|start node]",
    Kind.END: "[end|end node]",
}
_ORDINALS = ("[first|1st]", "[second|2nd]", "[third|3rd]", "[fourth|4th]", "[fifth|5th]")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a person says about a diagram, and the lines of `ml.spec.changes` that do it."""

    wish: str
    lines: str


def pointed_at(rng: random.Random, spec: Spec, node: Node) -> str:
    """What a person calls a node: its label when only one has it, its place, or its number."""
    alike = [other for other in spec.nodes if other.label.casefold() == node.label.casefold()]
    by_place = _place(rng, spec, node)
    if by_place is not None and (len(alike) > 1 or rng.random() < PLACE_SHARE):
        return by_place
    if len(alike) > 1 or rng.random() < NUMBER_SHARE:
        return say(rng, "[node {n}|number {n}|#{n}|{n}]", n=node.id)
    label = node.label if rng.random() < 0.35 or not node.label.isascii() else node.label.lower()
    return say(rng, "[|||the ]{l}", l=label)


def several(rng: random.Random, spec: Spec) -> tuple[list[Node], str] | None:
    """Two to six nodes of a kind or of a name, and how a person says all of them."""
    groups: dict[str, list[Node]] = {}
    for node in spec.nodes:
        if node.kind in KIND_WORDS:
            groups.setdefault(KIND_WORDS[node.kind], []).append(node)
        if node.label[-1].isalpha() and node.label[-1] not in "sxyzh" and node.label.isascii():
            name = node.label.lower() if rng.random() < 0.7 else node.label
            alike = [other for other in spec.nodes if other.label == node.label]
            groups.setdefault(name, alike)
    usual = [(words, nodes) for words, nodes in groups.items() if 2 <= len(nodes) <= 6]
    if not usual:
        return None
    words, nodes = rng.choice(usual)
    return nodes, _every(rng, say(rng, words), len(nodes))


def _every(rng: random.Random, noun: str, count: int) -> str:
    if rng.random() < 0.15:
        return say(rng, "[every|each] {n}", n=noun)
    number = spell(rng, count, words=0.7)
    some = "|both|both the|the {m}" if count == 2 else "|all {m}|all {m} of the|the {m}"
    plural = noun if noun.endswith("s") else f"{noun}s"
    return say(rng, f"[all|all the|the{some}] {{n}}", n=plural, m=number)


def without_article(name: str) -> str:
    return name.removeprefix("the ")


def _place(rng: random.Random, spec: Spec, node: Node) -> str | None:
    """“the last conv layer”; None when there is no word for the kind or it stands too deep."""
    last = spec.nodes[-1] is node
    if rng.random() < 0.25 and (last or spec.nodes[0] is node):
        noun = rng.choice(("box", "node", "step", "shape", "one"))
        return say(rng, "the {o} {n}", o="last" if last else "first", n=noun)
    if node.kind not in KIND_WORDS:
        return None
    same = [other for other in spec.nodes if other.kind is node.kind]
    place = next(place for place, other in enumerate(same) if other is node)
    noun = say(rng, KIND_WORDS[node.kind])
    if len(same) == 1:
        return f"the {noun}"
    if place == len(same) - 1 and rng.random() < 0.6:
        return f"the last {noun}"
    if place >= len(_ORDINALS):
        return None
    return say(rng, f"the {_ORDINALS[place]} {{n}}", n=noun)
