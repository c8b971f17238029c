"""Wishes about diagrams in people's own words, with the changes they ask for, written by hand.

They are for measuring alone, as the descriptions in `ml.language.handwritten` are:
`diagram-bot eval refine --handwritten` reports how many a model fulfils.

`handwritten_edits.jsonl` beside this module holds one object a line: `group` names what a wish
is about, `before` is the diagram text that somebody sees, `wish` is what they typed, and
`changes` leads to the one diagram that a careful reader would expect (`ml.spec.changes`).
"""

from __future__ import annotations

import json
from pathlib import Path

from ml.language.corpus.edits import Edit
from ml.spec.changes import apply_changes
from ml.spec.text import parse_spec, write_spec

FILE = Path(__file__).with_name("handwritten_edits.jsonl")


def handwritten_edits() -> tuple[Edit, ...]:
    """All of them, in the order of the file; the family of each is its group."""
    return tuple(
        _edit(**json.loads(line)) for line in FILE.read_text(encoding="utf-8").splitlines()
    )


def _edit(*, group: str, before: str, wish: str, changes: str) -> Edit:
    present = parse_spec(before)
    return Edit(
        family=group,
        before=present,
        description=wish,
        text=changes,
        after=parse_spec(write_spec(apply_changes(present, changes))),
    )
