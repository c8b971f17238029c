"""Styles that a description wishes for: what a taste must not drown.

Who loves oval outlines still asks for boxes now and then. Preference tuning sees little of that:
whatever is drawn for a wish fulfils it, so no pair says that a wish comes before a taste. The
contrasts here do, and say nothing about any style that nobody wished for: nobody's taste is in
them.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.language.corpus.examples import Example, held_out_examples, training_examples
from ml.language.generator import LocalGenerator, Prompt
from ml.language.loading import Loaded
from ml.language.preferences import Contrast
from ml.spec.grammar import style_grammar
from ml.spec.text import STYLE_WORDS, parse_style_words, write_answer

BATCH = 32
GATE_SEED = 990_004
GATE_EXAMPLES = 80
"""Of each: descriptions of known families, and of families that are never trained on."""


def wish_contrasts(seed: int) -> Iterator[Contrast]:
    """Without end: what fulfils a description's wishes, and the same with none of them fulfilled.

    The style words that nobody wished for carry no loss. The same seed gives the same sequence.
    """
    rng = random.Random(seed)
    for example in training_examples(seed):
        if not example.wished:
            continue
        style = example.spec.style
        missed: dict[str, Any] = {
            name: rng.choice([word for word in words if word is not getattr(style, name)])
            for name, words in STYLE_WORDS.items()
            if name in example.wished
        }
        yield Contrast(
            description=example.description,
            chosen=example.text,
            rejected=write_answer(replace(example.spec, style=replace(style, **missed))),
            free=example.free,
        )


def drawn_styles(
    loaded: Loaded, examples: Sequence[Example]
) -> Iterator[tuple[Example, dict[str, StrEnum]]]:
    """Every example with the style of its first candidate, a word a field.

    Only style lines are written, which is quick.
    """
    generator = LocalGenerator(loaded, grammar=style_grammar())
    for start in range(0, len(examples), BATCH):
        batch = examples[start : start + BATCH]
        prompts = [
            Prompt(id=str(index), description=example.description, count=1, seed=index)
            for index, example in enumerate(batch, start=start)
        ]
        for example, (sample,) in zip(batch, generator.write(prompts), strict=True):
            yield example, parse_style_words(sample.text)


def wishes_fulfilled(loaded: Loaded, examples: Sequence[Example]) -> NDArray[np.float64]:
    """1 for every wish that a first candidate fulfils, else 0; float64 [wishes]."""
    return np.array(
        [
            float(style[name] is getattr(example.spec.style, name))
            for example, style in drawn_styles(loaded, examples)
            for name in sorted(example.wished)
        ]
    )


def gate_wishes() -> list[Example]:
    """Descriptions with wishes that versions are compared on; training does not see them."""
    return [
        example
        for examples in (training_examples(GATE_SEED), held_out_examples(GATE_SEED))
        for example in itertools.islice((one for one in examples if one.wished), GATE_EXAMPLES)
    ]
