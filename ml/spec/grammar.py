"""Lark grammars for llguidance of both dialects and of changes: what a text may look like.

A grammar numbers the nodes 0, 1, 2 … by itself, bounds their number and the length of every
label, and lets a text end only after a whole line: whatever is sampled under it is finished.
In the `spec` dialect every edge stands at the later of its nodes, so that both exist; whether a
row's targets do, only its parser knows. The answer of every Spec whose nodes are numbered in
order, with at most MAX_TARGETS edges stated at each, has a spelling here, unless a label holds
control characters; rows need whole numbers from 0 up.
"""

from __future__ import annotations

from ml.spec.changes import MAX_CHANGES
from ml.spec.changing import NO_HUE
from ml.spec.model import MAX_LABEL, MAX_NODES, MAX_TARGETS, Hue, Kind
from ml.spec.text import ARROW, BACK_ARROW, STYLE_WORDS

_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
"""Some of these end a line for the parsers."""


def spec_grammar() -> str:
    """The `spec` dialect as models write it, in llguidance's flavour of Lark."""
    return "\n".join(["start: STYLE n0", *_spec_terminals(), *_lines()]) + "\n"


def style_grammar() -> str:
    """The first line of the `spec` dialect alone, in llguidance's flavour of Lark."""
    return "\n".join(["start: STYLE", *_spec_terminals()[:1]]) + "\n"


def change_grammar() -> str:
    """Changes of a diagram, as `ml.spec.changes` reads them, in llguidance's flavour of Lark."""
    words = "|".join(word for words in STYLE_WORDS.values() for word in words)
    hues = "|".join((*Hue, NO_HUE))
    changes = [
        rf'"style" /( ({words})){{1,{len(STYLE_WORDS)}}}/',
        '/(after|before|from|to|replace) / A "|" DEFINED',
        '"between " A "|" A "|" DEFINED',
        "/(remove|double|halve) / A",
        '/(move|swap|size|unlink|dash|solid|turn) / A "|" A',
        '"redirect " A "|" A "|" A',
        '"relabel " SAID ("|" NAME)?',
        '"way " A "|" SAID ("|" NAME)?',
        '/(link|label) / A "|" A ("|" NAME)?',
        '"rename " A "|" NAME',
        '"count " A "|" /[1-9][0-9]{0,3}/',
        '"kind " A "|" KIND',
        f'"paint " A "|" /({hues})/',
    ]
    lines = [
        f'start: (change "\\n"){{1,{MAX_CHANGES}}}',
        f"change: {' | '.join(changes)}",
        rf"A: /[^\s|{_CONTROL}][^|{_CONTROL}]{{0,{MAX_LABEL - 1}}}/",
        "SAID: A",
        rf"NAME: /[^\s{_CONTROL}][^{_CONTROL}]{{0,{MAX_LABEL - 1}}}/",
        "DEFINED: KIND (COUNT LABEL? | PLAIN)?",
        *_spec_terminals(),
    ]
    return "\n".join(lines) + "\n"


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
