"""Which node of a diagram a name means, and what to call a node.

A name is a number, a label, or nearly one. It is taken for a node only where it can mean no other.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ml.errors import SpecError
from ml.spec.model import Node, Spec

SEPARATOR = "|"
"""Stands between names, so a label that holds it cannot be one."""

_ALIKE = 0.85
"""How near a word must come to the one in a label to be a slip of it, by difflib's ratio."""
_GENERIC = frozenset(
    ("the", "box", "node", "step", "layer", "block", "stage", "shape", "part", "one")
)
"""Words that people add to a label without meaning another node."""


def find_node(spec: Spec, name: str) -> Node:
    """The node that a number or a label names, letter for letter, with a slip, or in part.

    Raises:
        SpecError: there is none, or several can be meant.
    """
    for node in spec.nodes:
        if str(node.id) == name:
            return node
    for fits in (_is_name, _is_nearly, _is_in_other_words):
        nodes = [node for node in spec.nodes if fits(name.casefold(), node.label.casefold())]
        if len(nodes) > 1:
            numbers = ", ".join(str(node.id) for node in nodes)
            raise SpecError(f"“{name[:40]}” can be {numbers}: say which by its number")
        if nodes:
            return nodes[0]
    raise SpecError(f"there is no node “{name[:40]}”")


def name_of(spec: Spec, node: Node, wish: str) -> str:
    """What `find_node` finds this node by: its number where that is in the wish and its label is
    not, else its label where only this node has it."""
    label = node.label.casefold()
    if label not in wish.casefold() and re.search(rf"(?<!\d){node.id}(?!\d)", wish):
        return str(node.id)
    alone = sum(other.label.casefold() == label for other in spec.nodes) == 1
    plain = SEPARATOR not in label and not label.isdigit() and label == " ".join(label.split())
    return node.label if alone and plain else str(node.id)


def _is_name(name: str, label: str) -> bool:
    return name == label


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
