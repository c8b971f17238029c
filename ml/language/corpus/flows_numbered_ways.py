"""Numbered steps with jumps: one asks and says what is next, or a remark below sends back."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_again import steps
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Term

_WAYS = (
    "yes go to {y}, no go to {n}",
    "no go to {n}, yes go to {y}",
    "if yes go to {y}, if no go to {n}",
    "if no, go to {n}, otherwise {y}",
    "yes -> {y}, no -> {n}",
    "no -> {n}, yes -> {y}",
    "yes: {y}, no: {n}",
    "(yes: {y}, no: {n})",
    "yes: step {y}, no: step {n}",
    "if yes, continue with {y}, if not, go to step {n}",
    "yes = {y} / no = {n}",
    "if so {y}, else {n}",
)


def numbered_ways(rng: random.Random) -> Draft:
    """1. a 2. ok? yes go to 3, no go to 5 … 4. c (end) 5. d, go to 1"""
    story = Story(rng)
    count = rng.randint(4, 8)
    at = rng.randrange(1, count - 2)
    terms: list[Term] = []
    mark = rng.choice(("{}. ", "{}) ", "{}: ", "Step {}: ", "({}) "))
    way = rng.choice(("back", "ahead", "apart"))
    yes_first = rng.random() < 0.7  # whether the step that comes next is the yes
    far = rng.randrange(at) if way == "back" else rng.randrange(at + 2, count)
    lines = []
    asked = ask(story, question=True)
    for place in range(count):
        if place == at:
            y, n = (at + 1, far) if yes_first else (far, at + 1)
            said = rng.choice(_WAYS).format(y=y + 1, n=n + 1)
            terms.append(asked.term)
            lines.append(f"{asked.said(story)}? {said}")
        else:
            terms.append(steps(story, 1)[0])
            lines.append(story.name(terms[-1]))
    linked = [(place, place + 1) for place in range(count - 1) if place != at]
    if way == "apart":
        linked.remove((far - 1, far))
        lines[far - 1] += rng.choice((", done", " (end)", ", stop", ". Stop.", " - done"))
        if rng.random() < 0.5:
            target = rng.randrange(at + 1)
            lines[-1] += rng.choice((", go to {}", ", then back to {}", " -> {}", " (go to {})",
                                     ", continue at {}")).format(target + 1)  # fmt: skip
            linked.append((count - 1, target))
    for source, target in linked:
        story.link(terms[source], terms[target])
    story.link(asked.term, terms[at + 1], "yes" if yes_first else "no")
    story.link(asked.term, terms[far], "no" if yes_first else "yes")
    text = rng.choice(("\n", "\n", "\n", " ")).join(
        mark.format(number) + line for number, line in enumerate(lines, 1)
    )
    return story.tell(text)


def numbered_remark(rng: random.Random) -> Draft:
    """1. a 2. b 3. c — then go back to 1; repeat 2 to 3 until …; skip 2 if …"""
    story = Story(rng)
    count = rng.randint(3, 7)
    terms = steps(story, count)
    mark = rng.choice(("{}. ", "{}) ", "{}: ", "Step {}: ", "({}) "))
    glue = rng.choice(("\n", "\n", "\n", " "))
    text = glue.join(mark.format(place) + story.name(term) for place, term in enumerate(terms, 1))
    text += "\n" if glue == "\n" else rng.choice((". ", "; ", ". "))
    way = rng.choice(("back", "until", "if", "skip"))
    to = rng.randrange(count - 1)
    if way == "back":
        text += rng.choice(
            (
                f"then go back to {to + 1}",
                f"after {count} back to {to + 1}",
                f"and again from {to + 1}",
                f"after step {count} it continues with step {to + 1}",
                f"{count} leads back to {to + 1}",
                f"repeat from {to + 1}",
            )
        )
        story.chain(*terms)
        story.link(terms[-1], terms[to])
        return story.tell(text)
    if way == "skip":
        at = rng.randrange(1, count - 1)
        form = rng.choice(
            ("skip {n} if {c}", "if {c} skip {n}", "step {n} is skipped if {c}", "leave out {n} if "
             "{c}", "if {c}, jump over {n}", "if {c} go from {b} straight to {a}")
        )  # fmt: skip
        asked = ask(story)
        text += form.format(n=at + 1, b=at, a=at + 2, c=asked.said(story))
        story.chain(*terms[:at], asked.term)
        story.link(asked.term, terms[at], "no")
        story.link(asked.term, terms[at + 1], "yes")
        story.chain(*terms[at:])
        return story.tell(text)
    asked = ask(story)
    words = asked.said(story)
    after = steps(story, rng.choice((0, 1, 1)))
    if way == "until":
        text += rng.choice(
            (
                f"repeat {to + 1} to {count} until {words}",
                f"repeat steps {to + 1}-{count} until {words}",
                f"go back to {to + 1} until {words}",
                f"{to + 1} to {count} again until {words}",
            )
        )
        text += f", then {story.name(after[0])}" if after else ""
    else:
        text += rng.choice(
            (
                f"if {words} go back to {to + 1}",
                f"back to {to + 1} if {words}",
                f"if {words}, again from {to + 1}",
                f"return to step {to + 1} if {words}",
            )
        )
        text += f", otherwise {story.name(after[0])}" if after else ""
    on, back = ("yes", "no") if way == "until" else ("no", "yes")
    story.chain(*terms, asked.term)
    story.link(asked.term, terms[to], back)
    if after:
        story.link(asked.term, after[0], on)
    return story.tell(text)
