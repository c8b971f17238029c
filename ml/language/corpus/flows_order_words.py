"""What comes before and after what: the arrows follow time, whatever is named first."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chatter import framed
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.language.corpus.flows_walks import jotted
from ml.language.corpus.terms_everyday import everyday

_EARLIER = ways(
    "before {p}{b} {p}{a}|before {b}, {a}|{b}, but before that {a}|before {p}{b}, {p}{a}|"
    "{b} comes after {a}|{b} only after {a}|{b}, but first {a}|{b} once {a} is done|"
    "{b} needs {a} first|to {b}, first {a}|{b} follows {a}|{b} is done after {a}"
)
_LATER = ways(
    "after {p}{a} {p}{b}|after {a}, {b}|{a} comes before {b}|{a} and only then {b}|"
    "once {a} is done, {b}|after {p}{a}, {p}{b}|{a}, afterwards {b}|{a} has to happen before {b}|"
    "when {a} is over {b}|as soon as {a} is done {b}|{a} first, {b} second|{a} leads up to {b}"
)


def _place(text: str, terms: dict[str, Term]) -> list[Term]:
    """The terms in the order in which a template names them."""
    return [terms[key] for key in sorted(terms, key=lambda key: text.index("{" + key + "}"))]


def order_words(rng: random.Random) -> Draft:
    """before i b i a, after i b i c: a → b → c"""
    story = Story(rng)
    count = rng.choice((2, 3, 3, 3, 4, 5))
    person = rng.choice(("i ", "I ", "we ", "you ", "they ", "")) if rng.random() < 0.5 else ""
    terms = [story.fresh(everyday) for _ in range(count)] if person else jotted(story, count)
    pairs = list(range(len(terms) - 1))
    if rng.random() < 0.5:
        rng.shuffle(pairs)
    parts = []
    for at in pairs:
        form = rng.choice(_EARLIER if rng.random() < 0.5 else _LATER)
        a, b = terms[at], terms[at + 1]
        for term in _place(form, {"a": a, "b": b}):
            story.name(term)
        parts.append(form.format(a=a.words, b=b.words, p=person))
    story.chain(*terms)
    glue = rng.choice((", ", "; ", ". ", "\n", ", and ", ". "))
    if glue == ". ":
        parts = [part[:1].upper() + part[1:] if rng.random() < 0.7 else part for part in parts]
    text = glue.join(parts)
    return story.tell(framed(rng, sentence(text) if glue == ". " else text), wrap=False)
