"""Texts that go into a form, and those that came out of one and were not right."""

from __future__ import annotations

import pytest

from bot.errors import BadDiagramText
from bot.results.editing import MAX_INPUT, Drafts, editable


def test_a_text_of_the_dialect_goes_into_the_form_as_it_is() -> None:
    assert editable("0 data Read\n1 model\n") == "0 data Read\n1 model\n"


def test_a_text_that_no_form_can_hold_is_refused_with_its_length() -> None:
    label = "a" * 40
    targets = ",".join(f"{target} {label}" for target in range(1, 12))
    text = "".join(f"{node} process {label} ->{targets}\n" for node in range(12))
    assert len(text) > MAX_INPUT
    with pytest.raises(BadDiagramText, match=f"{len(text):,} characters"):
        editable(text)


def test_a_text_of_another_dialect_is_refused() -> None:
    with pytest.raises(BadDiagramText, match="another form"):
        editable("[0, 232, 120, 'circle', 62, 75, 'solid arrow']")


def test_drafts_are_each_persons_own_and_the_oldest_go_first() -> None:
    drafts = Drafts(size=2)
    drafts.put(1, 7, "ana's")
    drafts.put(2, 7, "ben's")
    drafts.put(1, 7, "ana's next")
    drafts.put(3, 7, "ada's")
    assert drafts.get(1, 7) == "ana's next"
    assert drafts.get(2, 7) is None
    assert drafts.get(3, 7) == "ada's"
