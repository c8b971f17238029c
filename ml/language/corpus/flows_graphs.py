"""Graphs said in sentences: every edge in words, hourglasses, alternatives, decisions by arrows."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_branches import feed, sends
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_GOES = ways(
    "goes to|feeds|leads to|sends to|points to|connects to|is followed by|passes to|goes into|"
    "is linked to|flows to|hands over to|has an arrow to|triggers|is connected to"
)
_BACK = ways("goes back to|feeds back to|loops back to|returns to|sends feedback to|goes back into")


def sentence_edges(rng: random.Random) -> Draft:
    """A goes to B. B goes to C and D. D goes back to A."""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 7))
    targets: dict[int, list[int]] = {}
    for index in range(1, len(terms)):
        targets.setdefault(rng.randrange(max(0, index - 2), index), []).append(index)
    if rng.random() < 0.4:
        a, b = sorted(rng.sample(range(len(terms)), 2))
        if b not in targets.get(a, []):
            targets.setdefault(a, []).append(b)
    parts = []
    plain = rng.choice(_GOES) if rng.random() < 0.5 else ""
    for source in sorted(targets):
        verb = plain or rng.choice(_GOES)
        to = [terms[index] for index in targets[source]]
        parts.append(f"{story.the(terms[source])} {verb} {story.listed(to)}")
        story.fan(terms[source], to)
    if rng.random() < 0.35:
        a, b = sorted(rng.sample(range(len(terms)), 2))
        parts.append(f"{terms[b].words} {rng.choice(_BACK)} {terms[a].words}")
        story.link(terms[b], terms[a])
    glue = rng.choice((". ", ". ", "; ", ", ", "\n", "\n- "))
    if glue in {". ", "\n"}:
        parts = [sentence(part)[:-1] for part in parts]
    text = ("- " if glue == "\n- " else "") + glue.join(parts)
    return story.tell(text + ("." if glue == ". " else ""), sentence=True)


def hourglass(rng: random.Random) -> Draft:
    """A, B and C go into D; D feeds E and F."""
    story = Story(rng)
    sources, targets = story.things(rng.choice((2, 2, 3, 4))), story.things(rng.choice((2, 2, 3)))
    hub = story.entity()
    text = f"{story.listed(sources)} {feed(rng, len(sources))} {story.the(hub)}"
    text += rng.choice(
        (". {H} ", "; {h} ", ", and {h} ", ". Then {h} ", ", which ", ". It ")
    ).format(h=hub.words, H=sentence(hub.words)[:-1])
    text += f"{sends(rng, len(targets))} {story.listed(targets)}"
    for term in sources:
        story.link(term, hub)
    story.fan(hub, targets)
    return story.tell(sentence(text), sentence=True)


def either_or(rng: random.Random) -> Draft:
    """a, then either b or c, then d"""
    story = Story(rng)
    first, options = story.actions(rng.choice((1, 1, 2))), story.actions(rng.choice((2, 2, 3)))
    glue = rng.choice((", then ", " -> ", " and then ", " → "))
    text = glue.join(story.name(term) for term in first)
    either = "either " if len(options) == 2 and rng.random() < 0.8 else ""
    text += glue + either + story.listed(options, last="or", bare=True)
    story.chain(*first)
    story.fan(first[-1], options)
    if rng.random() < 0.7:
        last = story.actions(1)[0]
        text += rng.choice(
            (
                ", then ",
                ", and finally ",
                ". In both cases " if len(options) == 2 else ". In all cases ",
                ". After that ",
                " -> ",
            )
        ) + story.name(last)
        for term in options:
            story.link(term, last)
    return story.tell(text, sentence=True)


def postfix_if(rng: random.Random) -> Draft:
    """a. b if …, otherwise c."""
    story = Story(rng)
    before = story.actions(rng.choice((1, 1, 2)))
    yes, no = story.actions(2)
    text = rng.choice((", then ", " and then ", " -> ")).join(story.name(term) for term in before)
    text += rng.choice((". ", ", then ", "; ", ". Then "))
    # The decision is drawn where its words stand: after the way that is taken on yes.
    named_yes = story.name(yes)
    asked = ask(story)
    text += (
        f"{named_yes} {rng.choice(('if', 'if', 'only if', 'when', 'in case'))} {asked.said(story)}"
    )
    text += rng.choice((", otherwise ", ", else ", ", or else ", " and otherwise ", "; if not, "))
    text += story.name(no)
    story.chain(*before, asked.term)
    story.link(asked.term, yes, "yes")
    story.link(asked.term, no, "no")
    return story.tell(sentence(text), sentence=True)


def decision_arrows(rng: random.Random) -> Draft:
    """a -> ok? -yes-> b, -no-> c; edges of a decision written as arrows"""
    story = Story(rng)
    before = story.steps(rng.choice((1, 1, 2, 3)))
    text = " -> ".join(story.name(term) for term in before)
    asked = ask(story, question=True)
    said = asked.said(story)
    yes, no = story.steps(1)[0], story.steps(1)[0]
    form = rng.choice(ways("-{l}-> {t}|--{l}--> {t}|-[{l}]-> {t}|-> {t} ({l})|({l}) -> {t}"))
    story.chain(*before, asked.term)
    a, b = rng.choice((("yes", "no"), ("yes", "no"), ("true", "false"), ("y", "n")))
    a, b = story.cased(a), story.cased(b)
    if a.lower() == "yes":
        a, b = "yes", "no"
    if rng.random() < 0.5:
        text += f" -> {said}? {form.format(l=a, t=story.name(yes))}"
        text += rng.choice((", ", "; ", " / ")) + form.format(l=b, t=story.name(no))
    else:
        text += f" -> {said}?\n{said}? {form.format(l=a, t=story.name(yes))}"
        text += f"\n{said}? {form.format(l=b, t=story.name(no))}"
    story.link(asked.term, yes, a)
    story.link(asked.term, no, b)
    return story.tell(text)


def two_jumps(rng: random.Random) -> Draft:
    """1. a 2. b 3. if … go to 4, else go to 1 4. c"""
    story = Story(rng)
    count = rng.randint(3, 6)
    at = rng.randrange(1, count - 1)
    low = rng.randrange(at)
    high = at + 1  # a later one would leave the step between hanging loose
    terms: list[Term] = []
    lines = []
    up = rng.random() < 0.7
    first, second = (high, low) if up else (low, high)
    for index in range(count):
        if index != at:
            terms.append(story.action())
            lines.append(story.name(terms[-1]))
            continue
        asked = ask(story)
        terms.append(asked.term)
        go, step = rng.choice(
            (("go to", " step"), ("go to", ""), ("->", ""), ("continue with", " step"))
        )
        lines.append(
            f"if {asked.said(story)} {go}{step} {first + 1}"
            f"{rng.choice((', else ', ', otherwise ', '; if not '))}{go}{step} {second + 1}"
        )
    form = rng.choice(("{}. ", "{}) ", "Step {}: ", "{}: "))
    story.chain(*terms[: at + 1])
    story.link(terms[at], terms[first], "yes")
    story.link(terms[at], terms[second], "no")
    story.chain(*terms[at + 1 :])
    return story.tell("\n".join(form.format(i) + line for i, line in enumerate(lines, 1)))


def start_stop_prose(rng: random.Random) -> Draft:
    """Start, then a, b and end. / It starts, … and ends."""
    story = Story(rng)
    start = Term(story.cased(rng.choice(("start", "begin"))), Kind.START)
    end = Term(story.cased(rng.choice(("end", "stop", "finish"))), Kind.END)
    terms = story.actions(rng.randint(1, 6))
    names = [story.name(start), *(story.name(term) for term in terms), story.name(end)]
    text = rng.choice((", ", ", then ", "; ", " then ")).join(names[:-1])
    text += rng.choice((", ", ", then ", " and ", ", and then ", ". ")) + names[-1]
    story.chain(start, *terms, end)
    return story.tell(sentence(text), sentence=True)
