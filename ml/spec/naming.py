"""Which nodes of a diagram a name means, and what to call a node.

A name is a number, a label, nearly one, or what people say instead of either: “second conv layer”,
“last box”, “both databases”, “all three photos”, “red boxes”. A language model copies such words
from a wish more surely than it counts nodes; counting is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from ml.errors import SpecError
from ml.spec.model import Hue, Kind, Node, Spec
from ml.spec.nouns import (
    ANY_NODE,
    COUNTS,
    KIND_NOUNS,
    LAST,
    ORDINALS,
    QUANTIFIERS,
    SECOND_TO_LAST,
    singulars,
)

_Meaning = TypeVar("_Meaning")

SEPARATOR = "|"
"""Stands between names, so a label that holds it cannot be one."""

_ALIKE = 0.85
"""How near a word must come to the one in a label to be a slip of it, by difflib's ratio."""
_GENERIC = frozenset(
    ("the", "box", "node", "step", "layer", "block", "stage", "shape", "part", "one")
)
"""Words that people add to a label without meaning another node."""

_KINDS: dict[str, tuple[Kind, ...]] = {
    noun: tuple(kind for kind, nouns in KIND_NOUNS.items() if noun in nouns)
    for nouns in KIND_NOUNS.values()
    for noun in nouns
}
_HUES: dict[str, Hue] = {**{str(hue): hue for hue in Hue}, "grey": Hue.GRAY}
_PLACES: dict[str, int] = {
    **{word: place for place, words in enumerate(ORDINALS) for word in words},
    **dict.fromkeys(LAST, -1),
    **dict.fromkeys(SECOND_TO_LAST, -2),
}
_KOREAN_ALL = re.compile(" (모두|전부|다)$")
_LONGEST = 6
"""Words of a wish that are tried together as a name."""
_PARTICLES = re.compile("(?<=[가-힣])(을|를|은|는|이|가|과|와|랑|이랑|하고|에서|에|으로|로|의)$")


def find_nodes(spec: Spec, name: str) -> tuple[Node, ...]:
    """The nodes that a name can mean, in their order: one by its number, else all that have it as
    their label but for capitals, else all that it describes, else the only one that it nearly is.

    Raises:
        SpecError: there is none, or it nearly names several.
    """
    for node in spec.nodes:
        if str(node.id) == name:
            return (node,)
    said = name.casefold()
    if found := tuple(node for node in spec.nodes if node.label.casefold() == said):
        return found
    if found := _described(spec, said):
        return found
    for fits in (_is_nearly, _is_in_other_words):
        if found := tuple(node for node in spec.nodes if fits(said, node.label.casefold())):
            return (_only(name, found),)
    raise SpecError(f"there is no node “{name[:40]}”")


def find_node(spec: Spec, name: str) -> Node:
    """The only node that a name can mean.

    Raises:
        SpecError: there is none, or several can be meant.
    """
    return _only(name, find_nodes(spec, name))


def _only(name: str, nodes: tuple[Node, ...]) -> Node:
    if len(nodes) > 1:
        numbers = ", ".join(str(node.id) for node in nodes)
        raise SpecError(f"“{name[:40]}” can be {numbers}: say which by its number")
    return nodes[0]


def says_several(name: str) -> bool:
    """Whether a name says itself that it means several nodes."""
    first, _, _ = name.casefold().partition(" ")
    return first in QUANTIFIERS or _KOREAN_ALL.search(name) is not None


def name_of(spec: Spec, node: Node, wish: str) -> str:
    """What `find_node` finds this node by, and as near as it can be to how the wish calls it: its
    label, words that describe it, or its number."""
    label = node.label.casefold()
    alone = sum(other.label.casefold() == label for other in spec.nodes) == 1
    plain = SEPARATOR not in label and not label.isdigit() and label == " ".join(label.split())
    number = re.search(rf"(?<!\d){node.id}(?!\d)", wish)
    if alone and plain and _stands_in(label, wish.casefold()):
        return node.label
    words = next((name for name in _descriptions(wish) if _described(spec, name) == (node,)), None)
    if words is not None and words not in {other.label.casefold() for other in spec.nodes}:
        return words
    if number or not (alone and plain):
        return str(node.id)
    return node.label


def _described(spec: Spec, name: str) -> tuple[Node, ...]:
    """The nodes that casefolded words describe: how many, which of them, in which colour, of which
    kind or name; none if they describe nothing."""
    several, rest = says_several(name), _KOREAN_ALL.sub("", name)
    while (first := rest.partition(" ")[0]) in (*QUANTIFIERS, "of", "the"):
        rest = rest[len(first) :].strip()
    number, rest = _led_by(COUNTS, rest)
    place, rest = _led_by(_PLACES, rest.removeprefix("of ").removeprefix("the "))
    hue, rest = _led_by(_HUES, rest)
    particular = several or number is not None or place is not None
    if not particular and hue is None and set(singulars(rest)) & set(ANY_NODE):
        return ()  # “the step” is no particular one
    found = _called(spec, rest, particular) if rest else spec.nodes if several or hue else ()
    if hue is not None:
        found = tuple(node for node in found if node.hue is hue)
    if number is not None and len(found) != number:
        return ()
    if place is None:
        return found
    if place < 0:
        place += len(found)
    return found[place : place + 1] if place >= 0 else ()


def _led_by(meanings: Mapping[str, _Meaning], words: str) -> tuple[_Meaning | None, str]:
    """What the first words mean, if they are among these, and the words behind them."""
    for said in sorted(meanings, key=len, reverse=True):  # “second” begins “second to last”
        if words == said or words.startswith(f"{said} "):
            return meanings[said], words[len(said) :].strip()
    return None, words


def _called(spec: Spec, noun: str, particular: bool) -> tuple[Node, ...]:
    """The nodes of the kind that a noun names, or those with labels that begin or end with it; the
    latter only for a plural or where it was said which of them or how many."""
    for one in singulars(noun):
        if one in _KINDS:
            return tuple(node for node in spec.nodes if node.kind in _KINDS[one])
        if one in ANY_NODE:
            return spec.nodes
    labels = singulars(noun)[not particular :]
    for fits in (str.__eq__, _is_end_of):
        for one in labels:
            found = tuple(node for node in spec.nodes if fits(one, node.label.casefold()))
            if len(found) > 1:
                return found
    return ()


def _is_end_of(words: str, label: str) -> bool:
    return label.startswith(f"{words} ") or label.endswith(f" {words}")


def _descriptions(wish: str) -> Iterator[str]:
    """All that may be a name in a wish, the longest first, in small letters."""
    words = re.sub(r"[^\w\s]", " ", wish.casefold()).split()
    for length in range(_LONGEST, 0, -1):
        for start in range(len(words) - length + 1):
            if words[start] not in ("the", "of"):
                name = " ".join(words[start : start + length])
                yield name
                bare = _PARTICLES.sub("", name)
                if bare != name:
                    yield bare


def _stands_in(label: str, wish: str) -> bool:
    """Whether a label stands in a wish as a word of its own, or with an ending."""
    return re.search(rf"(?<!\w){re.escape(label)}", wish) is not None


def _is_nearly(name: str, label: str) -> bool:
    """Whether a name is a label with a slip: spaces, or letters of a longer word. Numbers and
    short words tell nodes apart and must be right."""
    if name.replace(" ", "") == label.replace(" ", ""):
        return True
    said, meant = name.split(), label.split()
    return len(said) == len(meant) and all(map(_is_slip, said, meant))


def _is_slip(said: str, meant: str) -> bool:
    if said == meant:
        return True
    long = min(len(said), len(meant)) > 3 and said.isalpha() and meant.isalpha()
    return long and said[0] == meant[0] and SequenceMatcher(None, said, meant).ratio() >= _ALIKE


def _is_in_other_words(name: str, label: str) -> bool:
    """“staging” for “Deploy to staging”, “the waiting step” for “Waiting”; never without a number
    that is in the label."""
    said, meant = set(name.split()), set(label.split())
    added, left_out = said - meant, meant - said
    numbers = any(character.isdigit() for word in left_out for character in word)
    told = meant <= said or bool((said & meant) - _GENERIC)
    return told and added <= _GENERIC and not numbers
