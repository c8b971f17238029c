"""Both dialects as Lark grammars for llguidance: what a sampled text may look like.

A grammar numbers the nodes 0, 1, 2 … by itself, bounds their number and the length of every
label, and lets a text end only after a whole line: whatever is sampled under it is finished.
It cannot know whether a target exists; the parsers do.
"""

from __future__ import annotations

from ml.spec.model import MAX_LABEL, MAX_NODES, MAX_TARGETS, Kind
from ml.spec.text import ARROW, STYLE_WORDS


def spec_grammar() -> str:
    """The `spec` dialect, in llguidance's flavour of Lark."""
    style = " ".join(f"({'|'.join(words)})" for words in STYLE_WORDS.values())
    # A hyphen may not begin a label or stand before `>`, so that no label holds an arrow.
    first = r"[^\s\-,~]"
    later = r"([^\n\-]|-[^\n\->])"
    label = f"{first}{later}{{0,{MAX_LABEL - 2}}}"
    edge_label = rf"{first}([^\n\-,]|-[^\n\->,]){{0,{MAX_LABEL // 2}}}"
    target = rf"~?[0-9]{{1,2}}( {edge_label})?"
    targets = rf"( {ARROW}({target}(,{target}){{0,{MAX_TARGETS - 1}}})?)?"
    node = rf"({'|'.join(Kind)})( x[1-9][0-9]{{0,3}})?( {label})?{targets}\n"
    rules = ["start: STYLE n0", rf"STYLE: /{style}\n/", rf"NODE: / {node}/"]
    return "\n".join([*rules, *_numbered("")]) + "\n"


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


def _numbered(before: str) -> list[str]:
    """Rules of up to MAX_NODES lines, each with its number and then the terminal NODE."""
    last = MAX_NODES - 1
    rules = [f'n{number}: "{before}{number}" NODE n{number + 1}?' for number in range(last)]
    return [*rules, f'n{last}: "{before}{last}" NODE']
