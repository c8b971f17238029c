"""How people point at the parts of a diagram that is there already."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from ml.errors import SpecError
from ml.language.corpus.networks_wording import say, spell
from ml.spec.model import Kind, Node, Spec
from ml.spec.naming import find_nodes
from ml.spec.nouns import KIND_NOUNS, plural

NUMBER_SHARE = 0.12
"""How often a node is pointed at by its number although its label would do."""
PLACE_SHARE = 0.2
"""How often it is pointed at by what it is and where it stands, “the second conv layer”."""

PART_SHARE = 0.1
"""How often one word of its label must do, “staging” for “Deploy to staging”."""

KIND_WORDS: dict[Kind, str] = {
    kind: f"[{'|'.join(noun for noun in nouns if noun.isascii())}]"
    for kind, nouns in KIND_NOUNS.items()
    if kind not in (Kind.PROCESS, Kind.DATA)  # nobody says so
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
    words = node.label.split()
    if len(words) > 1 and rng.random() < PART_SHARE:
        part = say(rng, "[|the ]{l}", l=rng.choice((words[0], words[-1])).lower())
        if _meant(spec, part) == (node,):
            return part
    label = node.label if rng.random() < 0.35 or not node.label.isascii() else node.label.lower()
    return say(rng, "[|||the ]{l}", l=label)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Several nodes, how a person says all of them, and the name by which a change does."""

    nodes: tuple[Node, ...]
    words: str

    @property
    def name(self) -> str:
        return self.words.removeprefix("the ")


def several(rng: random.Random, spec: Spec) -> Group | None:
    """Two to eight nodes of a kind, of a name or of a colour."""
    nouns = [say(rng, words) for kind, words in KIND_WORDS.items()
             if sum(node.kind is kind for node in spec.nodes) > 1]  # fmt: skip
    ends = Counter(
        word
        for node in spec.nodes
        for word in {node.label, node.label.split()[0], node.label.split()[-1]}
        if word.isascii() and word.isalpha() and len(word) > 2
    )
    nouns += [word if rng.random() < 0.3 else word.lower() for word, n in ends.items() if n > 1]
    hues = sorted({node.hue for node in spec.nodes if node.hue is not None})
    if hues:
        nouns.append(f"{rng.choice(hues)} {rng.choice(('box', 'node', 'one', 'shape'))}")
    rng.shuffle(nouns)
    for noun in nouns:
        meant = _meant(spec, plural(noun))
        if not 2 <= len(meant) <= 8:
            continue
        words = _every(rng, noun, len(meant))
        if _meant(spec, words.removeprefix("the ")) == meant:
            return Group(nodes=meant, words=words)
    return None


def _meant(spec: Spec, name: str) -> tuple[Node, ...]:
    try:
        return find_nodes(spec, name)
    except SpecError:
        return ()


def _every(rng: random.Random, noun: str, count: int) -> str:
    if rng.random() < 0.15:
        return say(rng, "[every|each] {n}", n=noun)
    number = spell(rng, count, words=0.7)
    some = "|both|both the|the {m}" if count == 2 else "|all {m}|all {m} of the|the {m}"
    if count > 6:
        some = ""
    return say(rng, f"[all|all the|the{some}|] {{n}}", n=plural(noun), m=number).strip()


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
