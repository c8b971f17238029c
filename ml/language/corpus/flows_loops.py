"""Flows that go back: repeat until, retries, feedback, cycles."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_decisions import ask, lead_in
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways

_BACK = ways(
    "go back to|goes back to|return to|back to|loop back to|then again|"
    "start over at|and back to|jump back to|repeat from|loops to|continue at|"
    "restart from"
)


def _joined(story: Story, terms: list[Term]) -> str:
    glue = story.rng.choice((", ", " -> ", ", then ", " then ", " → ", "; ", " and then "))
    return glue.join(story.name(term) for term in terms)


def cycle(rng: random.Random) -> Draft:
    """a -> b -> c -> back to a; a, b, c, and repeat"""
    story = Story(rng)
    terms = story.steps(rng.randint(2, 7))
    mark = arrow(rng)
    if rng.random() < 0.5:
        text = mark.join(story.name(term) for term in terms)
        if mark.strip() == ">":
            mark = " -> "
        target = rng.choice((terms[0], terms[0], terms[0], terms[rng.randrange(len(terms) - 1)]))
        text += (
            mark
            + rng.choice(("back to ", "back to ", "again ", "", "(back to) "))
            + story.name(target)
        )
        story.link(terms[-1], target)
    else:
        text = _joined(story, terms)
        text += rng.choice(
            ways(
                ", and repeat|, then repeat| and so on in a loop|, then start over|. Repeat.|"
                ", over and over| - in a loop|, and then back to the start| -> repeat|"
                " (loop)|, then back to the beginning|, and around again"
            )
        )
        story.link(terms[-1], terms[0])
    story.chain(*terms)
    return story.tell(text)


def feedback(rng: random.Random) -> Draft:
    """a, b, c. From c it goes back to a."""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 7))
    text = _joined(story, terms)
    source = terms[rng.choice((-1, -1, rng.randrange(2, len(terms))))]
    target = terms[rng.randrange(terms.index(source))]
    dashed = rng.random() < 0.2
    line = rng.choice(("dashed", "dotted")) if dashed else ""
    if dashed:
        text += rng.choice(
            (
                f". A {line} arrow goes from {source.words} back to {target.words}",
                f", with a {line} line from {source.words} back to {target.words}",
                f"; {line} feedback from {source.words} to {target.words}",
            )
        )
    else:
        back = rng.choice(
            ways(
                "goes back to|feeds back into|sends feedback to|loops back to|returns to|"
                "also goes back to"
            )
        )
        text += rng.choice(
            (
                f". {sentence(source.words)[:-1]} {back} {target.words}",
                f"; {source.words} {back} {target.words}",
                f", and a feedback loop from {source.words} to {target.words}",
                f". There is a loop from {source.words} back to {target.words}",
                f", with an arrow from {source.words} back to {target.words}",
            )
        )
    story.chain(*terms)
    story.link(source, target, dashed=dashed)
    return story.tell(sentence(text) if rng.random() < 0.5 else text)


def repeat_until(rng: random.Random) -> Draft:
    """a, b, c; repeat until converged, then d"""
    story = Story(rng)
    before = story.actions(rng.choice((0, 0, 1, 2)))
    body = story.actions(rng.randint(1, 4))
    after = story.actions(rng.choice((0, 1, 1, 2)))
    glue = rng.choice((", ", ", then ", " -> ", " and then "))
    first = story.name((before or body)[0])
    text = glue.join([first] + [story.name(term) for term in (before + body)[1:]])
    if not before:
        text += rng.choice(
            ways(
                ", repeat until |; repeat until |. Repeat until | and repeat this until |"
                ", repeat everything until |, loop until "
            )
        )
    elif len(body) == 1:
        text += rng.choice((", repeat the last step until ", f". Repeat {body[0].words} until "))
    else:
        text += rng.choice(
            (
                f", repeat from {body[0].words} until ",
                f". Go back to {body[0].words} until ",
                f", then loop back to {body[0].words} until ",
                f". Repeat the last {('two', 'three', 'four')[len(body) - 2]} steps until ",
            )
        )
    asked = ask(story)
    text += asked.said(story)
    for index, term in enumerate(after):
        text += (
            rng.choice((", then ", ". Then ", ", finally ", ". After that "))
            if index == 0
            else ", then "
        ) + story.name(term)
    story.chain(*before, *body, asked.term)
    story.link(asked.term, body[0], "no")
    if after:
        story.link(asked.term, after[0], "yes")
        story.chain(*after)
    return story.tell(sentence(text), sentence=True)


def while_loop(rng: random.Random) -> Draft:
    """While …, a and b. Afterwards c."""
    story = Story(rng)
    before = story.actions(rng.choice((0, 1, 1)))
    text = lead_in(story, before)
    asked = ask(story)
    text = (
        f"{text} {rng.choice(('while', 'as long as', 'While'))} {asked.said(story)}".strip() + ", "
    )
    body = story.actions(rng.choice((1, 2, 2)))
    text += " and ".join(story.name(term) for term in body)
    after = story.actions(1)[0]
    text += rng.choice(
        ways(". Afterwards |. Then |. When that's over, |, then |. Once done, ")
    ) + story.name(after)
    story.chain(*before, asked.term)
    story.link(asked.term, body[0], "yes")
    story.chain(*body)
    story.link(body[-1], asked.term)
    story.link(asked.term, after, "no")
    return story.tell(sentence(text), sentence=True)


def send_back(rng: random.Random) -> Draft:
    """a, b. If not approved → no; back to a. If yes c."""
    story = Story(rng)
    before = story.steps(rng.randint(2, 4))
    mark = rng.choice((" -> ", ", then ", " → ", ", "))
    text = mark.join(story.name(term) for term in before)
    asked = ask(story, question=True)
    text += (mark if mark != ", " else ", then ") + asked.said(story) + "?"
    target = before[rng.choice((0, 0, rng.randrange(len(before))))]
    after = story.steps(rng.choice((1, 1, 2)))
    tail = rng.choice((" -> ", ", then ", " then ")).join(story.name(term) for term in after)
    no = f"{rng.choice(_BACK)} {target.words}"
    text += rng.choice(
        (
            f" yes -> {tail}, no -> {no}",
            f" If not, {no}. If yes, {tail}",
            f" no: {no}, yes: {tail}",
            f" If no, {no}, otherwise {tail}",
            f"\nno -> {no}\nyes -> {tail}",
            f" If yes {tail}, if no {no}",
            f" (no -> {no}, yes -> {tail})",
        )
    )
    story.chain(*before, asked.term)
    story.link(asked.term, after[0], "yes")
    story.chain(*after)
    story.link(asked.term, target, "no")
    return story.tell(text)


def retry(rng: random.Random) -> Draft:
    """a. If it fails, retry; otherwise b."""
    story = Story(rng)
    before = story.actions(rng.choice((1, 1, 2, 3)))
    text = lead_in(story, before)
    asked = ask(story)
    last = before[-1]
    text += f" {rng.choice(('if', 'If'))} {asked.said(story)}, "
    again = rng.choice(
        (
            "try again",
            f"{last.words} again",
            "retry",
            f"go back to {last.words}",
            f"repeat {last.words}",
            "do it again",
            f"retry {last.words}",
        )
    )
    after = story.actions(1)[0]
    text += (
        again
        + rng.choice((", otherwise ", ", else ", ". Otherwise ", ". If not, ", "; else "))
        + story.name(after)
    )
    story.chain(*before, asked.term)
    story.link(asked.term, last, "yes")
    story.link(asked.term, after, "no")
    return story.tell(sentence(text), sentence=True)


def numbered_jumps(rng: random.Random) -> Draft:
    """1. a 2. b 3. if … go to 1 4. c"""
    story = Story(rng)
    count = rng.randint(3, 6)
    at = rng.randrange(1, count)
    terms: list[Term] = []
    lines = []
    form = rng.choice(("{}. ", "{}) ", "Step {}: ", "{}: ", "step {}. "))
    target = rng.choice((0, 0, rng.randrange(at))) if at else 0
    for index in range(count):
        if index == at:
            asked = ask(story)
            words = asked.said(story)
            terms.append(asked.term)
            where = rng.choice(
                (
                    f"go to {target + 1}",
                    f"go back to step {target + 1}",
                    f"back to {target + 1}",
                    f"return to step {target + 1}",
                    f"goto {target + 1}",
                )
            )
            lines.append(f"if {words}{rng.choice((', ', ' ', ' then '))}{where}")
        else:
            term = story.action()
            terms.append(term)
            lines.append(story.name(term))
    text = "\n".join(form.format(number) + line for number, line in enumerate(lines, 1))
    story.chain(*terms[: at + 1])
    story.link(terms[at], terms[target], "yes")
    if at + 1 < count:
        story.link(terms[at], terms[at + 1], "no")
        story.chain(*terms[at + 1 :])
    return story.tell(text)
