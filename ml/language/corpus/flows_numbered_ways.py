"""Numbered steps one of which asks, and says which number is next for yes and for no."""

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
