"""The `spec` dialect as a Lark grammar for llguidance: what a sampled text may look like.

The grammar numbers the nodes 0, 1, 2 … by itself, bounds their number and the length of every
label, and lets a text end only after a whole line: whatever is sampled under it is finished.
It cannot know whether a target exists; `parse_spec` does.
"""

from __future__ import annotations

from ml.spec.model import MAX_LABEL, MAX_NODES, MAX_TARGETS, Kind
from ml.spec.text import ARROW, STYLE_WORDS


def spec_grammar() -> str:
    """The grammar, in llguidance's flavour of Lark."""
    style = " ".join(f"({'|'.join(words)})" for words in STYLE_WORDS.values())
    # A hyphen may not begin a label or stand before `>`, so that no label holds an arrow.
    first = r"[^\s\-,~]"
    later = r"([^\n\-]|-[^\n\->])"
    label = f"{first}{later}{{0,{MAX_LABEL - 2}}}"
    edge_label = rf"{first}([^\n\-,]|-[^\n\->,]){{0,{MAX_LABEL // 2}}}"
    target = rf"~?[0-9]{{1,2}}( {edge_label})?"
    targets = rf"( {ARROW}({target}(,{target}){{0,{MAX_TARGETS - 1}}})?)?"
    node = rf"({'|'.join(Kind)})( x[1-9][0-9]{{0,3}})?( {label})?{targets}\n"
    rules = [
        r"start: STYLE n0",
        rf"STYLE: /{style}\n/",
        rf"NODE: / {node}/",
        *(f'n{number}: "{number}" NODE n{number + 1}?' for number in range(MAX_NODES - 1)),
        f'n{MAX_NODES - 1}: "{MAX_NODES - 1}" NODE',
    ]
    return "\n".join(rules) + "\n"
