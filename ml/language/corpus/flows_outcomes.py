"""Decisions with named outcomes, and decisions within decisions."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_decisions import ask, lead_in
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import ways

_OUTCOMES = (
    ("approved", "rejected"),
    ("accepted", "declined"),
    ("passed", "failed"),
    ("valid", "invalid"),
    ("success", "failure"),
    ("ok", "error"),
    ("positive", "negative"),
    ("high", "low"),
    ("hit", "miss"),
    ("found", "not found"),
    ("match", "no match"),
    ("true", "false"),
    ("urgent", "normal"),
    ("spam", "ham"),
    ("good", "bad"),
    ("new", "known"),
    ("pass", "fail"),
)


def outcomes(rng: random.Random) -> Draft:
    """a, review?: approved -> b, rejected -> c"""
    story = Story(rng)
    before = story.steps(rng.choice((1, 1, 2, 3)))
    first, second = story.steps(1)[0], story.steps(1)[0]
    a, b = (story.cased(word) for word in rng.choice(_OUTCOMES))
    mark = rng.choice((" -> ", " -> ", ", then ", " → "))
    text = mark.join(story.name(term) for term in before)
    if rng.random() < 0.5:
        asked = ask(story, question=True)
        text += mark + asked.said(story) + "?"
        source = asked.term
        story.chain(*before, source)
    else:
        story.chain(*before)
        source = before[-1]
    glue = rng.choice(
        ways(
            " {a} -> {x}, {b} -> {y}| {a}: {x}, {b}: {y}| if {a}: {x}, if {b}: {y}|"
            "\n{a} -> {x}\n{b} -> {y}| if {a} go to {x}, if {b} go to {y}|"
            "\n- {a}: {x}\n- {b}: {y}| ({a}: {x}; {b}: {y})"
        )
    )
    if not text.endswith("?"):
        text += rng.choice((".", ";", ",", ":"))
    text += glue.format(a=a, b=b, x=story.name(first), y=story.name(second))
    story.link(source, first, a)
    story.link(source, second, b)
    return story.tell(text)


def nested(rng: random.Random) -> Draft:
    """If …, a. Otherwise check whether …: yes b, no c."""
    story = Story(rng)
    before = story.actions(rng.choice((0, 1, 1)))
    text = lead_in(story, before)
    outer = ask(story)
    style = rng.randrange(3)
    text = f"{text} if {outer.said(story)}, ".lstrip()
    first = story.actions(1)[0]
    if style == 2:
        text += "check whether "
        inner = ask(story)
        text += inner.said(story)
        yes, no = story.actions(1)[0], story.actions(1)[0]
        text += f" - if yes, {story.name(yes)}, if no, {story.name(no)}"
        text += rng.choice((". Otherwise ", "; otherwise ")) + story.name(first)
    else:
        text += story.name(first)
        text += (
            rng.choice((". Otherwise, if ", ", else if ", ", otherwise if ", "; elif "))
            if style == 0
            else rng.choice(
                (". Otherwise check whether ", ", else check if ", ". If not, check whether ")
            )
        )
        inner = ask(story)
        text += inner.said(story)
        yes, no = story.actions(1)[0], story.actions(1)[0]
        if style == 0:
            text += f", {story.name(yes)}"
            text += rng.choice((", else ", ", otherwise ", ". Otherwise ")) + story.name(no)
        else:
            text += rng.choice(
                (
                    f": if so {story.name(yes)}, else {story.name(no)}",
                    f"; yes: {story.name(yes)}, no: {story.name(no)}",
                )
            )
    story.chain(*before, outer.term)
    if style == 2:
        story.link(outer.term, inner.term, story.yes)
        story.link(outer.term, first, story.no)
    else:
        story.link(outer.term, first, story.yes)
        story.link(outer.term, inner.term, story.no)
    story.link(inner.term, yes, story.yes)
    story.link(inner.term, no, story.no)
    return story.tell(sentence(text), sentence=True)
