"""The last step told first, or the first one last: the arrows run as the work does."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_again import steps
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways

_LAST_EARLY = ways(
    "it ends with {x}. |the end is {x}; |last step: {x}. |we finish with {x}. |the result is {x}. |"
    "final step is {x}, |at the very end comes {x}. |the goal is {x}. |end: {x}. |in the end {x}; |"
    "everything ends in {x}. |output: {x}. |the last thing is {x}, "
)
_FIRST_LATE = ways(
    ". It all starts with {x}|; it begins with {x}|. First of all comes {x}, by the way|"
    ". The first step is {x}|, and before all that {x}|; start: {x}|. Everything starts with {x}|"
    ". Before that, {x}|, but first {x}|. Oh, and it starts with {x}|, the very first thing is {x}|"
    ", starting from {x}"
)
_REST = ways("|before that |it starts with |start with |first |the steps: |steps before: ")


def _row(story: Story, terms: list[Term]) -> str:
    glue = story.rng.choice((", then ", ", ", " -> ", " → ", " then ", ", and then "))
    return glue.join(story.name(term) for term in terms)


def told_backwards(rng: random.Random) -> Draft:
    """it ends with d. a, then b, then c — or: b, c, d; it all starts with a"""
    story = Story(rng)
    count = rng.randint(3, 6)
    terms = steps(story, count) if rng.random() < 0.5 else story.steps(count)
    roll = rng.random()
    if roll < 0.45:
        text = rng.choice(_LAST_EARLY).format(x=story.name(terms[-1]))
        rest = rng.choice(_REST)
        text += (sentence(rest)[:-1] if rest and text.endswith(". ") else rest) + _row(
            story, terms[:-1]
        )
    elif roll < 0.85:
        text = _row(story, terms[1:])
        text += rng.choice(_FIRST_LATE).format(x=story.name(terms[0]))
    else:
        text = rng.choice(
            ("from {a} to {b} via ", "{a} to {b}, through ", "{a} at the start, {b} at the end, "
             "between them ", "starts with {a}, ends with {b}, in between ")
        ).format(a=story.name(terms[0]), b=story.name(terms[-1]))  # fmt: skip
        text += _row(story, terms[1:-1])
    story.chain(*terms)
    return story.tell(sentence(text) if rng.random() < 0.3 else text, sentence=True)
