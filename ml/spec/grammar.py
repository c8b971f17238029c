"""Lark grammars for llguidance of both dialects and of changes: what a text may look like.

A grammar numbers the nodes 0, 1, 2 … by itself, bounds their number and the length of every
label, and lets a text end only after a whole line: whatever is sampled under it is finished.
In the `spec` dialect every edge stands at the later of its nodes, so that both exist; whether a
row's targets do, only its parser knows. The answer of every Spec whose nodes are numbered in
order, with at most MAX_TARGETS edges stated at each, has a spelling here, unless a label holds
control characters; rows need whole numbers from 0 up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ml.spec.changes import ANY, MAX_CHANGES
from ml.spec.changing import NO_HUE
from ml.spec.model import MAX_LABEL, MAX_NODES, MAX_TARGETS, Hue, Kind, Spec
from ml.spec.naming import SEPARATOR
from ml.spec.nouns import (
    ANY_NODE,
    COUNTS,
    KIND_NOUNS,
    LAST,
    ORDINALS,
    QUANTIFIERS,
    SECOND_TO_LAST,
    plural,
)
from ml.spec.text import ARROW, BACK_ARROW, STYLE_WORDS

_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
"""Some of these end a line for the parsers."""


def spec_grammar() -> str:
    """The `spec` dialect as models write it, in llguidance's flavour of Lark."""
    return "\n".join(["start: STYLE n0", *_spec_terminals(), *_lines()]) + "\n"


def style_grammar() -> str:
    """The first line of the `spec` dialect alone, in llguidance's flavour of Lark."""
    return "\n".join(["start: STYLE", *_spec_terminals()[:1]]) + "\n"


def change_grammar(present: Spec | None = None) -> str:
    """Changes of a diagram, as `ml.spec.changes` reads them, in llguidance's flavour of Lark.

    With the diagram that is there, its nodes have no other names than their numbers, their labels
    and what `ml.spec.naming` takes for a description; until a line makes a new name.
    """
    words = "|".join(word for words in STYLE_WORDS.values() for word in words)
    hues = "|".join((*Hue, NO_HUE))
    naming = [
        '/(after|before|from|to|replace) / A "|" DEFINED',
        '"between " A "|" A "|" DEFINED',
        '"rename " A "|" NAME',
    ]
    changes = [
        *naming,
        rf'"style" /( ({words})){{1,{len(STYLE_WORDS)}}}/',
        "/(remove|double|halve) / A",
        '/(move|swap|size|unlink|dash|solid|turn) / A "|" A',
        '"redirect " A "|" A "|" A',
        '"relabel " FREE ("|" NAME)?',
        '"way " A "|" FREE ("|" NAME)?',
        '/(link|label) / A "|" A ("|" NAME)?',
        '"count " A "|" /[1-9][0-9]{0,3}/',
        '"kind " A "|" KIND',
        f'"paint " A "|" /({hues})/',
    ]
    some = f'(change "\\n"){{1,{MAX_CHANGES}}}'
    if present is None:
        lines = [f"start: {some}", *_rules(change=changes), "A: FREE"]
    else:
        further = f'(free "\\n"){{0,{MAX_CHANGES}}}'
        lines = [
            f'start: {some} | (change "\\n"){{0,{MAX_CHANGES}}} naming "\\n" {further}',
            *_rules(change=changes, naming=naming),
            *_rules(free=[form.replace(" A", " FREE") for form in changes]),
            f"A: {_names(present)}",
        ]
    lines += [
        rf"FREE: /[^\s|{_CONTROL}][^|{_CONTROL}]{{0,{MAX_LABEL - 1}}}/",
        rf"NAME: /[^\s{_CONTROL}][^{_CONTROL}]{{0,{MAX_LABEL - 1}}}/",
        "DEFINED: KIND (COUNT LABEL? | PLAIN)?",
        *_spec_terminals(),
    ]
    return "\n".join(lines) + "\n"


def _rules(**forms: list[str]) -> list[str]:
    return [f"{name}: {' | '.join(some)}" for name, some in forms.items()]


def _names(present: Spec) -> str:
    """What a node of the diagram can be called, as a terminal."""
    labels = {node.label for node in present.nodes if SEPARATOR not in node.label}
    words = {word for label in labels for word in (label, label.split()[0], label.split()[-1])}
    nouns = {noun for nouns in KIND_NOUNS.values() for noun in nouns}
    nouns |= {*ANY_NODE, *words, *(word.casefold() for word in words)}
    plurals = {plural(noun) for noun in nouns}
    numbers = "|".join(str(node.id) for node in present.nodes)
    places = (*(word for words in ORDINALS for word in words), *LAST, *SECOND_TO_LAST)
    return (
        rf"/{numbers}|{_one_of({ANY, *labels})}|"
        rf"(({_one_of(QUANTIFIERS)}) )?((of )?the )?(({_one_of(COUNTS)}) )?((of )?the )?"
        rf"(({_one_of(places)}) )?"
        rf"((({_one_of((*Hue, 'grey'))}) )?({_one_of(nouns | plurals)})|{_one_of(Hue)})"
        rf"( (모두|전부|다))?|{_one_of(QUANTIFIERS)}/"
    )


def _one_of(words: Iterable[str]) -> str:
    """Any of the words as a regular expression between slashes."""
    return "|".join(re.escape(word).replace("/", r"\/") for word in sorted(words))


def _spec_terminals() -> list[str]:
    style = " ".join(f"({'|'.join(words)})" for words in STYLE_WORDS.values())
    no_arrow = f"~/(?s:.*)({ARROW}|{BACK_ARROW})(?s:.*)/"
    later = MAX_LABEL - 1
    hues = "|".join(Hue)
    return [
        rf"STYLE: /{style}\n/",
        'NODE: " " KIND (COUNT LABEL? | PLAIN)?',
        f"KIND: /{'|'.join(Kind)}/",
        "COUNT: / x[1-9][0-9]{0,3}/",
        rf"LABEL: /( #({hues}))? [^\s{_CONTROL}][^{_CONTROL}]{{0,{later}}}/ & {no_arrow}",
        "PLAIN: LABEL & ~/ x[0-9]+(\\s.*)?/",  # after a kind `x12` would be its count
        rf"EDGE_LABEL: / [^\s,{_CONTROL}][^,{_CONTROL}]{{0,{later}}}/ & {no_arrow}",
    ]


def rows_grammar() -> str:
    """The `rows` dialect, in llguidance's flavour of Lark."""
    colour = r"\([0-9]{1,3}, [0-9]{1,3}, [0-9]{1,3}\)"
    targets = r"\[([0-9]{1,2}(, [0-9]{1,2}){0,20})?\]"
    forms = "'(rectangle|round rectangle|circle)'"
    lines = "'(solid arrow|solid line|dashed line)'"
    size = "[1-9][0-9]{0,2}"
    row = (
        rf", [0-9]{{1,4}}, [0-9]{{1,3}}, {forms}, {size}, {size}, {lines}, {colour}, {colour}, "
        rf"{targets}\]\n"
    )
    return "\n".join(["start: n0", rf"NODE: /{row}/", *_numbered("[")]) + "\n"


def _lines() -> list[str]:
    """Rules of up to MAX_NODES lines: each has its number, and edges to nodes that are there."""
    rules = []
    for number in range(MAX_NODES):
        further = f" n{number + 1}?" if number + 1 < MAX_NODES else ""
        sources = f'(" {BACK_ARROW}" {_some(number - 1)}?)?' if number else ""
        targets = f'(" {ARROW}" {_some(number)})?'
        rules += [
            f"E{number}: /~?({_up_to(number)})/ EDGE_LABEL?",
            f'L{number}: NODE {sources} {targets} "\\n"',
            f'n{number}: "{number}" L{number}{further}',
        ]
    return rules


def _some(last: int) -> str:
    """Between one and MAX_TARGETS edges to nodes up to `last`."""
    return f'(E{last} ("," E{last}){{0,{MAX_TARGETS - 1}}})'


def _up_to(last: int) -> str:
    """The numbers from 0 to `last`, below 100, as a regular expression."""
    tens, units = divmod(last, 10)
    full = ["[0-9]" if ten == 0 else f"{ten}[0-9]" for ten in range(tens)]
    return "|".join([*full, f"{tens or ''}[0-{units}]"])


def _numbered(before: str) -> list[str]:
    """Rules of up to MAX_NODES lines, each with its number and then the terminal NODE."""
    last = MAX_NODES - 1
    rules = [f'n{number}: "{before}{number}" NODE n{number + 1}?' for number in range(last)]
    return [*rules, f'n{last}: "{before}{last}" NODE']
