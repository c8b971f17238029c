"""Everyday actions in a row: a verb and its object are one label, whatever stands between them."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, fits, ways
from ml.language.corpus.terms_everyday import everyday, who
from ml.spec.model import Kind

_GLUE = (
    ", ", ", ", ", then ", " then ", " and then ", ", and then ", ", after that ", ", next ", "; ",
    ". Then ", ". After that ", " -> ", "\n", "\n", ", afterwards ", " and ", ", followed by ",
    ", now ", ". Next, ", ", once that is done ", " & ", " / ", " > ",
)  # fmt: skip


def everyday_row(rng: random.Random) -> Draft:
    """insert card, enter pin, withdraw cash and take card"""
    story = Story(rng)
    terms = [story.fresh(everyday) for _ in range(rng.choice((2, 3, 3, 4, 4, 5, 6, 7, 9)))]
    names = [story.name(term) for term in terms]
    if rng.random() < 0.5:
        text = rng.choice(_GLUE).join(names)
    else:
        text = names[0]
        for place, name in enumerate(names[1:], 2):
            mark = rng.choice((", ", ", then ", " and then ", ", and ", ". Then ", " then "))
            if place == len(names):
                mark = rng.choice((" and ", ", finally ", ". Finally ", ", and last ", ", then "))
            text += mark + name
    text = rng.choice(ways("||||first |you |we |First, |to begin, |start with: |I ")) + text
    story.chain(*terms)
    return story.tell(sentence(text) if rng.random() < 0.3 else text, sentence=True)


_THIRD = {"go": "goes", "do": "does", "push": "pushes", "wash": "washes", "catch": "catches",
          "press": "presses", "brush": "brushes", "miss": "misses", "fix": "fixes", "mix": "mixes",
          "tidy": "tidies", "try": "tries", "dry": "dries", "have": "has", "polish": "polishes",
          "varnish": "varnishes", "stretch": "stretches", "relax": "relaxes"}  # fmt: skip


def _acts(story: Story, someone: str) -> Term:
    """“customer withdraws cash”"""
    while True:
        verb, _, rest = everyday(story.rng).words.partition(" ")
        words = f"{someone} {_THIRD.get(verb, verb + 's')} {rest}".strip()
        term = Term(story.cased(words), Kind.PROCESS, Form.NAME)
        if fits(term.words) and story.take(term):
            return term


def somebody_does(rng: random.Random) -> Draft:
    """customer withdraws cash, clerk counts the money: the whole clause is the label"""
    story = Story(rng)
    people = [who(rng) for _ in range(rng.choice((1, 2, 2, 3)))]
    terms = [_acts(story, rng.choice(people)) for _ in range(rng.randint(2, 6))]
    the = rng.choice(("", "", "the "))
    mark = arrow(rng) if rng.random() < 0.3 else rng.choice(_GLUE)
    if mark in (" > ", " / ", " & ") or mark.strip() in ("|", ">"):
        mark = ", "
    text = mark.join(the + story.name(term) for term in terms)
    story.chain(*terms)
    return story.tell(sentence(text) if rng.random() < 0.4 else text, sentence=True)
