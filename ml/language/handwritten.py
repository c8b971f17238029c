"""Descriptions in people's own words with the diagrams they ask for, written by hand.

They are for measuring alone: none is made by a family of the corpus, and nothing is trained on
them. `diagram-bot eval structure --handwritten` reports how many a model draws as they ask.

`handwritten.jsonl` beside this module holds one object a line: `group` names what a description
is about or how it is put, `prompt` is what somebody typed, and `text` is the one diagram that a
careful reader would draw, in the spec dialect without a style.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ml.spec.model import Spec
from ml.spec.text import parse_spec

FILE = Path(__file__).with_name("handwritten.jsonl")


@dataclass(frozen=True, kw_only=True)
class HandWritten:
    """A description, the diagram it asks for, and the group of descriptions it belongs to."""

    prompt: str
    spec: Spec
    group: str


def handwritten() -> tuple[HandWritten, ...]:
    """All of them, in the order of the file."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return tuple(
        HandWritten(prompt=row["prompt"], spec=parse_spec(row["text"]), group=row["group"])
        for row in rows
    )
