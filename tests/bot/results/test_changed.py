"""What changed is said, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.results.changed import differences
from bot.results.words import CALLED
from ml.spec.changes import apply_changes
from ml.spec.model import Hue, Kind, Spec
from ml.spec.text import STYLE_WORDS, parse_spec
from tests.ml.spec.specs import specs

BEFORE = parse_spec("0 input Image\n1 conv Stem ->2 yes\n2 dense x8 Head\n3 output Label")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("paint 1|red", ("Stem is red",)),
        ("rename 1|Trunk\ncount 2|64", ("Stem is Trunk", "Head has 64 units")),
        ("kind 2|store\ncount 2|1", ("Head is of kind store", "Head has 1 unit")),
        ("after 1|pool", ("new: Pool",)),
        ("remove 2", ("gone: Head",)),
        ("from 1|store\nunlink 2|3", ("new: Store", "gone: Head → Label")),
        ("from 3|end\nlink 0|2", ("new: End", "new: Image → Head")),
        (
            "remove 3\ndash 1|2\nlink 0|1|no",
            ("gone: Label", "Image → Stem says “no”", "Stem → Head is dashed"),
        ),
        ("remove 1\nafter 0|pool", ("new: Pool", "gone: Stem")),
        ("between 1|2|pool\nafter 4|norm", ("new: Pool", "new: Norm")),
        ("link 3|0\nunlink 0|1", ("new: Label → Image", "gone: Image → Stem")),
        ("link 1|2|no", ("Stem → Head says “no”",)),
        ("link 1|2", ("Stem → Head says nothing",)),
        ("dash 2|3", ("Head → Label is dashed",)),
        ("style down green", ("top to bottom", "green")),
    ],
)
def test_every_change_is_named(changes: str, said: tuple[str, ...]) -> None:
    assert differences(BEFORE, apply_changes(BEFORE, changes)) == said


def test_every_word_of_a_change_has_a_name_to_be_translated() -> None:
    styles = {word for words in STYLE_WORDS.values() for word in words}
    assert {*Kind, *Hue, *styles} <= {*CALLED}


@given(specs(most=6))
def test_where_nothing_changed_nothing_is_said(spec: Spec) -> None:
    assert differences(spec, spec) == ()
