"""Steps with questions between them, as notes have them: what follows, and where one goes back."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chatter import framed
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Term, ways
from ml.language.corpus.terms_doings import asked, doing, short_question

# (between steps, an answer's way, between two answers)
_HANDS = (
    (" -> ", "{a} -> {x}", (", ", ". ", "; ", "\n", " ")),
    (" -> ", "{a}: {x}", (", ", ". ", "; ", "\n")),
    (" → ", "{a} → {x}", (", ", ". ", "; ", "\n")),
    (" => ", "{a} => {x}", (", ", ". ", "; ")),
    (" > ", "{a}: {x}", (", ", ". ", "; ", " / ")),
    (", ", "{a} -> {x}", (", ", ". ", "; ", "\n")),
    (", ", "{a}: {x}", (", ", ". ", "; ", "\n")),
    (", ", "{a} {x}", (", ", ". ", "; ", " / ")),
    (", ", "if {a} {x}", (", ", ". ", "; ")),
    (", ", "if {a}: {x}", (", ", ". ", "; ", "\n")),
    (", ", "if {a}, {x}", (". ", "; ")),
    (", ", "{a}, {x}", (". ", "; ")),
    (", ", "{a} - {x}", (", ", ". ", "; ")),
    (", ", "{a} = {x}", (", ", ". ", "; ")),
    (", ", "if {a} -> {x}", (", ", ". ")),
    (", then ", "if {a} {x}", (", ", ". ", "; ")),
    (", then ", "{a}: {x}", (", ", ". ", "; ")),
    (" then ", "{a} {x}", (", ", ". ", "; ")),
    (" then ", "{a}? {x}", (". ", "; ", "\n")),
    (" then ", "when {a} {x}", (", ", ". ", "; ")),
    ("; ", "({a}) {x}", (" ", "; ")),
    (". ", "If {a}: {x}", (". ",)),
    (". ", "If {a}, {x}", (". ",)),
    (", then ", "on {a} {x}", (", ", "; ")),
    (", ", "{a} goes to {x}", (", ", ". ", "; ")),
    (" then ", "{a} means {x}", (", ", ". ", "; ")),
)
_BACK = ("back to {b}", "{b} again", "go back to {b}", "return to {b}", "again {b}",
         "repeat {b}", "{b} once more", "{b} (again)", "restart at {b}")  # fmt: skip
_BESIDE = {"again", "and", "then", "back"}
"""Words of the sentence around the steps; no step has them."""
_CASES = (("yes", "no"),) * 8 + (("Yes", "No"), ("YES", "NO"))


def jotted(story: Story, count: int) -> list[Term]:
    """Steps as notes have them, seldom of one walk of life and in its order."""
    if story.rng.random() < 0.15:
        found = story.actions(count)
        if not any(_BESIDE & set(term.words.lower().split()) for term in found):
            return found
    return [story.fresh(doing) for _ in range(count)]


class Walk:
    """A text of steps and questions in the making; all of it is in one person's hand."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.story = Story(rng)
        self.between, self.way, gaps = rng.choice(_HANDS)
        self.gap = rng.choice(gaps)
        self.plain_back = rng.random() < 0.5
        self.answers = rng.choice(_CASES)
        self.done: list[Term] = []

    def steps(self, count: int) -> list[Term]:
        return jotted(self.story, count)

    def row(self, terms: Sequence[Term]) -> str:
        """The steps, named and chained."""
        names = [self.story.name(term) for term in terms]
        self.story.chain(*terms)
        self.done += terms
        return self.between.join(names)

    def question(self) -> tuple[str, Term]:
        """A question's words and its decision, which is named."""
        while True:
            words = self.story.cased(short_question(self.rng).words)
            term = asked(words)
            if self.story.take(term):
                self.story.name(term)
                return words + self.rng.choice(("?", "?", "?", "?", " ?", "??")), term

    def back(self, target: Term) -> str:
        """How the way to a step that was named before is told."""
        arrows = "->" in self.way + self.between or "→" in self.way + self.between
        if self.plain_back and (arrows or self.rng.random() < 0.3):
            return target.words
        return self.rng.choice(_BACK).format(b=target.words)

    def arm(self, answer: str, text: str) -> str:
        return self.way.format(a=answer, x=text)

    def draft(self, text: str) -> Draft:
        return self.story.tell(framed(self.rng, text), wrap=False)


def _leaf(walk: Walk, ask: Term, label: str, earlier: list[Term], ends: list[Term]) -> str:
    """What follows an answer and leads no further: new steps, an earlier step, or both.

    `ends` are the last steps of other answers, at which more than one way may end.
    """
    rng, story = walk.rng, walk.story
    roll = rng.random()
    if roll < 0.34:
        target = rng.choice((earlier[-1], rng.choice(earlier)))
        story.link(ask, target, label)
        return walk.back(target)
    if roll < 0.44 and ends:
        target = rng.choice(ends)
        story.link(ask, target, label)
        return target.words
    steps = walk.steps(rng.choice((1, 1, 1, 2, 2, 3)))
    text = walk.row(steps)
    story.link(ask, steps[0], label)
    del walk.done[-len(steps) :]
    if roll < 0.68:
        target = rng.choice(earlier)
        story.link(steps[-1], target)
        return text + walk.between + walk.back(target)
    ends.append(steps[-1])
    return text


def questions(rng: random.Random) -> Draft:
    """a, b, c? no -> d -> a, yes -> e, f? yes again b, no g: one to four questions in a row."""
    walk = Walk(rng)
    story = walk.story
    before = walk.steps(rng.choice((1, 2, 2, 3, 3, 4, 5, 7)))
    text = walk.row(before)
    last, label = before[-1], ""
    count = rng.choice((1, 1, 1, 2, 2, 3, 4))
    lead = walk.between
    ends: list[Term] = []
    for number in range(count):
        words, ask = walk.question()
        story.link(last, ask, label)
        text += lead + words + ("\n" if walk.gap == "\n" else " ")
        leaf, on = rng.choice((walk.answers, walk.answers[::-1]))
        final = number == count - 1
        earlier = list(walk.done)
        if final and rng.random() < 0.35:
            leaf, on = on, leaf
            steps = walk.steps(rng.choice((1, 1, 2, 3)))
            story.name(steps[0])
            story.link(ask, steps[0], on.lower())
            text += walk.arm(on, walk.row(steps)) + walk.gap
            text += walk.arm(leaf, _leaf(walk, ask, leaf.lower(), earlier, ends))
            break
        text += walk.arm(leaf, _leaf(walk, ask, leaf.lower(), earlier, ends)) + walk.gap
        steps = walk.steps(rng.choice((1, 1, 2, 2, 3, 4) if final else (0, 1, 1, 2, 2)))
        if steps:
            story.name(steps[0])
            story.link(ask, steps[0], on.lower())
        text += walk.arm(on, walk.row(steps) if steps else "").rstrip(" " if steps else "")
        lead = walk.between if steps else ""
        last, label = (steps[-1], "") if steps else (ask, on.lower())
        if final and rng.random() < 0.3:
            target = rng.choice(walk.done[: -len(steps)])
            story.link(steps[-1], target)
            text += walk.between + walk.back(target)
    return walk.draft(text)


_LATER = ways(
    "after {x} back to {b}|after {x}, back to {b}|after {x} comes {b} again|{x} goes back to {b}|"
    "{x} -> {b}|from {x} go back to {b}|{x} leads back to {b}|{x} then {b}|then from {x} to {b}"
)
_FURTHER = ways(
    "{n} comes after {x}|after {x} {n}|{x} is followed by {n}|{x} then {n}|{x} -> {n}|"
    "after {x} comes {n}|after {x}, {n}|from {x} we go on to {n}|{x} leads to {n}"
)
_BOTH = ways(
    "then {n} whatever the answer|both go on to {n}|{n} follows in any case|in any case {n}|"
    "both end in {n}|whatever happens, {n} at the end|then {n} no matter what|both -> {n}|"
    "finally {n} for both|after either of them {n}|both then {n}|{n} after both"
)


def arms_go_on(rng: random.Random) -> Draft:
    """a, b? yes c, no d. After d comes e — or back to a; or e follows both."""
    walk = Walk(rng)
    story = walk.story
    before = walk.steps(rng.choice((1, 1, 2, 3, 4)))
    text = walk.row(before)
    words, ask = walk.question()
    text += walk.between + words + ("\n" if walk.gap == "\n" else " ")
    story.link(before[-1], ask)
    arms = [walk.steps(rng.choice((1, 1, 1, 2))) for _ in range(2)]
    parts = []
    for answer, arm in zip(rng.choice((walk.answers, walk.answers[::-1])), arms, strict=True):
        parts.append(walk.arm(answer, walk.row(arm)))
        story.link(ask, arm[0], answer.lower())
    text += walk.gap.join(parts)
    stop = (
        "\n" if walk.gap == "\n" else rng.choice((". ", ". ", "; ", ", " if "\n" in text else ". "))
    )
    roll = rng.random()
    if roll < 0.35:
        after = walk.steps(1)[0]
        story.name(after)
        text += stop + rng.choice(_BOTH).format(n=after.words)
        for arm in arms:
            story.link(arm[-1], after)
    else:
        for arm in rng.sample(arms, 1 if roll < 0.8 else 2):
            x = arm[-1].words
            if rng.random() < 0.45:
                target = rng.choice(before)
                text += stop + rng.choice(_LATER).format(x=x, b=target.words)
                story.link(arm[-1], target)
            else:
                after = walk.steps(1)[0]
                story.name(after)
                text += stop + rng.choice(_FURTHER).format(x=x, n=after.words)
                story.link(arm[-1], after)
    return walk.draft(text)
