"""The wishes written by hand are what they claim to be: whole, honest and new."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import cycle, islice

from ml.language.corpus.edits import edits
from ml.language.handwritten_edits import FILE, handwritten_edits
from ml.spec.changes import apply_changes

GROUPS = {
    "add", "remove", "rename", "colour", "style", "links", "labels", "size and kind", "order",
    "several", "korean",
}  # fmt: skip
VERBS = {
    "style", "after", "before", "between", "from", "to", "remove", "move", "swap", "rename",
    "count", "kind", "paint", "link", "unlink", "dash", "solid",
}  # fmt: skip
"""Those of which all others are made: “replace” or “turn” say nothing that these do not."""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_there_are_enough_of_every_group_on_many_different_diagrams() -> None:
    written = handwritten_edits()
    assert len(written) >= 100
    assert {edit.family for edit in written} == GROUPS
    assert min(Counter(edit.family for edit in written).values()) >= 5
    diagrams = {edit.before for edit in written}
    assert len(diagrams) >= 30
    sizes = {len(spec.nodes) for spec in diagrams}
    assert min(sizes) == 3
    assert max(sizes) >= 14
    assert len({spec.style for spec in diagrams}) >= 20
    assert any(spec != spec.renumbered() for spec in diagrams), "some have gaps in their numbers"


def test_every_line_can_be_read_and_changes_what_it_shows() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for line, edit in zip(lines, handwritten_edits(), strict=True):
        row = json.loads(line)
        assert row["before"] == edit.present, "it is what a person sees"
        assert row["wish"].strip() == row["wish"] != ""
        assert edit.after != edit.before, edit.description
        assert edit.text.endswith("\n")


def test_no_line_of_changes_is_idle() -> None:
    """Without any one of them the diagram would be another, or none."""
    for edit in handwritten_edits():
        spec = edit.before
        for line in edit.text.splitlines():
            changed = apply_changes(spec, line)
            assert changed != spec, edit.description
            spec = changed


def test_every_kind_of_change_is_wished_for() -> None:
    lines = [line for edit in handwritten_edits() for line in edit.text.splitlines()]
    assert {line.split()[0] for line in lines} == VERBS


def test_no_wish_about_a_diagram_occurs_twice() -> None:
    wishes = Counter(_words(edit.description) for edit in handwritten_edits())
    assert [wish for wish, times in wishes.items() if times > 1] == []


def test_the_corpus_makes_none_of_them_even_from_the_same_diagrams() -> None:
    written = handwritten_edits()
    diagrams = cycle(edit.before for edit in written)
    drawn = {_words(edit.description) for edit in islice(edits(1, diagrams), 3_000)}
    assert not drawn & {_words(edit.description) for edit in written}
