"""Phrasings that training never sees, to tell copying from understanding."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import length
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import ways


def held_out_arrows(rng: random.Random) -> Draft:
    """a ~> b ~> c"""
    story = Story(rng)
    terms = story.steps(length(rng, low=3, high=9))
    mark = rng.choice((" ~> ", " ==> ", " ... ", " ▶ ", " |> ", " ↦ "))
    text = mark.join(story.name(term) for term in terms)
    story.chain(*terms)
    return story.tell(text)


def held_out_prose(rng: random.Random) -> Draft:
    """It all begins with a. Once that is through it's time to b."""
    story = Story(rng)
    terms = story.actions(length(rng, low=3, high=6))
    text = rng.choice(
        ("Everything begins when we ", "Kick-off: ", "Our job starts as we ")
    ) + story.name(terms[0])
    for term in terms[1:-1]:
        text += rng.choice(
            ways(
                ". As soon as this is through it is time to |"
                ". What comes on its heels is to |. With that out of the way, "
            )
        ) + story.name(term)
    text += rng.choice((". The closing act is to ", ". It all concludes when we ")) + story.name(
        terms[-1]
    )
    story.chain(*terms)
    return story.tell(text + ".", wrap=False)


def held_out_fan(rng: random.Random) -> Draft:
    """a supplies b as well as c; d draws on both"""
    story = Story(rng)
    source, left, right, last = (
        story.things(1) + story.things(1) + story.things(1) + story.things(1)
    )
    text = f"{story.the(source)} supplies {story.the(left)} as well as {story.the(right)}"
    text += rng.choice(
        (
            ", and the two of them supply ",
            ". Together these two serve ",
            "; the pair then leads into ",
        )
    ) + story.the(last)
    story.fan(source, [left, right])
    story.link(left, last)
    story.link(right, last)
    return story.tell(sentence(text), wrap=False)


def held_out_choice(rng: random.Random) -> Draft:
    """a. Should it be that …, b; failing that, c."""
    story = Story(rng)
    before = story.actions(rng.choice((1, 2)))
    text = sentence(" and next ".join(story.name(term) for term in before))
    asked = ask(story)
    yes, no = story.actions(2)
    text += f" Provided that {asked.said(story)}, {story.name(yes)}"
    text += rng.choice(("; failing that, ", ". In the opposite case ")) + story.name(no)
    story.chain(*before, asked.term)
    story.link(asked.term, yes, "yes")
    story.link(asked.term, no, "no")
    return story.tell(sentence(text), wrap=False)


def held_out_loop(rng: random.Random) -> Draft:
    """a, b, c, and the whole round anew"""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 6))
    text = ", ".join(story.name(term) for term in terms)
    text += rng.choice(
        (
            ", and the whole round anew",
            ", whereupon the circle closes",
            f", which brings us round to {terms[0].words} once more",
        )
    )
    story.chain(*terms)
    story.link(terms[-1], terms[0])
    return story.tell(text)
