"""Wishes for a style: the contrasts that keep them, and how many are fulfilled."""

from __future__ import annotations

from itertools import islice

from ml.language.corpus.examples import Example
from ml.language.loading import Loaded
from ml.language.wishes import gate_wishes, wish_contrasts, wishes_fulfilled
from ml.spec.text import STYLE_WORDS, parse_spec
from tests.tiny import DESCRIPTION, TEXTS

CONTRASTS = list(islice(wish_contrasts(1), 60))


def test_only_what_was_wished_for_tells_the_better_text_from_the_other() -> None:
    fields = set()
    for contrast in CONTRASTS:
        chosen, rejected = parse_spec(contrast.chosen), parse_spec(contrast.rejected)
        differing = {
            name
            for name in STYLE_WORDS
            if getattr(chosen.style, name) is not getattr(rejected.style, name)
        }
        words = {getattr(chosen.style, name).value for name in STYLE_WORDS.keys() - differing}
        assert differing
        assert words == set(contrast.free)
        assert (chosen.nodes, chosen.edges) == (rejected.nodes, rejected.edges)
        fields |= differing
    assert fields == set(STYLE_WORDS)


def test_the_same_seed_gives_the_same_contrasts() -> None:
    assert list(islice(wish_contrasts(1), 10)) == CONTRASTS[:10]
    assert list(islice(wish_contrasts(2), 10)) != CONTRASTS[:10]


def test_every_wish_counts_by_itself(loaded: Loaded) -> None:
    """The tiny model draws round outlines with arrows, whatever it is asked."""
    round_and_line = parse_spec(TEXTS[0].replace("arrow", "line"))
    wishes = frozenset({"outline", "line"})
    example = Example(family="known", description=DESCRIPTION, spec=round_and_line, wished=wishes)
    one = Example(family="known", description=DESCRIPTION, spec=round_and_line)
    assert wishes_fulfilled(loaded, [example, one, example]).tolist() == [0, 1, 0, 1]


def test_a_wish_is_fulfilled_by_what_is_drawn_first(loaded: Loaded) -> None:
    """Where the model draws both directions, each seed draws its own."""
    right = Example(
        family="known",
        description=DESCRIPTION,
        spec=parse_spec(TEXTS[0]),
        wished=frozenset({"direction"}),
    )
    assert 0.2 < wishes_fulfilled(loaded, [right] * 60).mean() < 0.8


def test_versions_are_compared_on_wishes_that_no_training_sees() -> None:
    examples = gate_wishes()
    assert all(example.wished for example in examples)
    trained = {contrast.description for contrast in CONTRASTS}
    assert not trained & {example.description for example in examples}
    assert sum(len(example.wished) for example in examples) > 200
