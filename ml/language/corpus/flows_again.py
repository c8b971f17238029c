"""Going back and going round: what is done again, by whom, and where numbers jump to."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_conditions import decision
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.language.corpus.terms_everyday import everyday, who
from ml.spec.model import Kind

_STILL = ways(
    "still dirty|still wet|not done|not ready|too salty|too small|too hot|still warm|too thick|"
    "still hungry|not clean|too long|not sharp|too loud|not full|still raw|not dry|too dark|"
    "still broken|not level|not good enough|empty|too weak|still noisy|not correct|"
    "there are errors|something is missing|it fails|it's too cold|the light is red|not accepted|"
    "too slow|leaking"
)
_GLUE = (", ", ", ", ", then ", " -> ", " → ", " then ", ", and then ", ". ")


def steps(story: Story, count: int) -> list[Term]:
    """Actions of everyday life, or any."""
    if story.rng.random() < 0.7:
        return [story.fresh(everyday) for _ in range(count)]
    return story.actions(count)


def _asked(story: Story, phrases: Sequence[str], *, question: bool = False) -> tuple[str, Term]:
    """A condition's words, often one of the phrases, and its decision."""
    while story.rng.random() < 0.6:
        words = story.cased(story.rng.choice(phrases))
        term = decision(words)
        if story.take(term):
            return words, term
    asked = ask(story, question=question)
    return asked.words, asked.term


def _told(story: Story, terms: list[Term]) -> str:
    return story.rng.choice(_GLUE).join(story.name(term) for term in terms)


def again_if(rng: random.Random) -> Draft:
    """wash, dry, wash again if still dirty, then fold"""
    story = Story(rng)
    terms = steps(story, rng.choice((1, 2, 2, 3, 3, 4)))
    back = terms[rng.choice((-1, -1, 0, rng.randrange(len(terms))))]
    text = _told(story, terms)
    c, asked = _asked(story, _STILL)
    b = back.words
    text += rng.choice((", ", "; ", ". ", ", and ")) + rng.choice(
        (
            f"{b} again if {c}",
            f"if {c} {b} again",
            f"if {c}, {b} again",
            f"if {c} back to {b}",
            f"back to {b} if {c}",
            f"{b} once more if {c}",
            f"repeat {b} if {c}",
            f"{b} again as long as {c}",
            f"{b} again when {c}",
            f"if {c} then again {b}",
            f"if {c} go back and {b}",
            f"return to {b} if {c}",
        )
    )
    story.name(asked)
    after = steps(story, rng.choice((0, 1, 1, 1, 2)))
    story.chain(*terms, asked)
    story.link(asked, back, "yes")
    if after:
        text += rng.choice((", otherwise ", ", then ", ", else ", ". Then ", ". Otherwise ", "; "))
        text += rng.choice((", then ", " and then ")).join(story.name(term) for term in after)
        story.link(asked, after[0], "no")
        story.chain(*after)
    return story.tell(sentence(text) if rng.random() < 0.4 else text, sentence=True)


_HANDS_IN = ways("submits|hands in|sends|uploads|writes|revises|fills in|delivers|presents")
_WORKS = ways("essay|report|form|draft|application|code|plan|design|claim|invoice|thesis|order")
_LOOKS = ways("checks|reviews|grades|reads|inspects|tests|looks at|examines|approves")
_GOOD = ways(
    "ok|good|good enough|complete|correct|accepted|passed|approved|valid|is it ok|is it good|"
    "is it complete|all correct|everything fine|is it accepted|does it pass|any mistakes fixed"
)


def actor_again(rng: random.Random) -> Draft:
    """student submits essay, teacher checks it. ok? if no the student submits again"""
    story = Story(rng)
    one, other = rng.sample([who(rng) for _ in range(6)], 2)
    while one == other:
        other = who(rng)
    verb, work, looks = rng.choice(_HANDS_IN), rng.choice(_WORKS), rng.choice(_LOOKS)
    first = Term(story.cased(f"{one} {verb} {rng.choice(('', 'the '))}{work}"), Kind.PROCESS,
                 Form.NAME)  # fmt: skip
    second = Term(story.cased(f"{other} {looks} {rng.choice(('it', work, 'the ' + work))}"),
                  Kind.PROCESS, Form.NAME)  # fmt: skip
    text = rng.choice(("", "the ")) + story.name(first)
    text += rng.choice((", ", ", then ", " -> ", ". Then ", ", the ", " then ")) + story.name(
        second
    )
    story.chain(first, second)
    words, asked = _asked(story, _GOOD, question=True)
    story.name(asked)
    text += rng.choice((". ", ", ", " -> ")) + words + "? "
    story.link(second, asked)
    back = rng.choice(
        (
            f"the {one} {verb} again",
            f"{one} {verb} it again",
            f"back to the {one}",
            f"the {one} {verb} it again",
            f"it goes back to the {one}",
            f"the {one} has to do it again",
            f"{one} again",
            f"the {one} tries again",
        )
    )
    after = Term(
        story.cased(f"{other} {rng.choice(('signs it', 'files it', 'archives it', 'pays'))}"),
        Kind.PROCESS,
        Form.NAME,
    )
    if rng.random() < 0.6:
        after = steps(story, 1)[0]
    form = rng.choice(
        (
            "if no {n}, if yes {y}",
            "if not, {n}. If yes, {y}",
            "no: {n}, yes: {y}",
            "if no {n}, otherwise {y}",
            "if yes {y}, if no {n}",
            "yes: {y}; no: {n}",
            "yes -> {y}, no -> {n}",
            "no -> {n}, yes -> {y}",
            "if so {y}, if not {n}",
            "If it is not, {n}, else {y}",
        )
    )
    text += form.format(n=story.cased(back), y=story.name(after))
    story.link(asked, first, "no")
    story.link(asked, after, "yes")
    return story.tell(text, sentence=True)


def otherwise_back(rng: random.Random) -> Draft:
    """work, ring? if yes have lunch, otherwise back to work"""
    story = Story(rng)
    before = steps(story, rng.choice((1, 2, 2, 3, 4)))
    text = _told(story, before)
    back = before[rng.choice((0, -1, rng.randrange(len(before))))]
    yes = steps(story, rng.choice((1, 1, 2)))
    b = back.words
    no = rng.choice((f"back to {b}", f"{b} again", f"go back to {b}", f"continue with {b}",
                     f"return to {b}", f"again {b}", f"start again with {b}"))  # fmt: skip
    form = rng.choice(
        (
            ". If {c} {y}, otherwise {n}",
            ", if {c} {y}, otherwise {n}",
            "; if {c}: {y}, else {n}",
            ". If {c}, {y}. Otherwise {n}",
            ", {c}? yes: {y}, otherwise {n}",
            ", when {c} {y}, else {n}",
            ". {c}? then {y}, if not {n}",
            ", if {c} then {y}, or else {n}",
        )
    )
    asked = ask(story, question="?" in form)
    words = asked.said(story)
    tail = rng.choice((", then ", " and ", " -> ")).join(story.name(term) for term in yes)
    text += form.format(c=words, y=tail, n=no)
    story.chain(*before, asked.term)
    story.link(asked.term, yes[0], "yes")
    story.chain(*yes)
    story.link(asked.term, back, "no")
    return story.tell(sentence(text) if rng.random() < 0.4 else text, sentence=True)


def no_first(rng: random.Random) -> Draft:
    """a. If not approved b, else c: the node asks what is approved, and b hangs on its no."""
    story = Story(rng)
    before = steps(story, rng.choice((0, 1, 1, 2, 3)))
    text = _told(story, before) + (rng.choice((". ", ", ", "; ", ", then ")) if before else "")
    form = rng.choice(
        (
            "{c}? no: {n}, yes: {y}",
            "{c}? no -> {n}, yes -> {y}",
            "{c}? if no, {n}, if yes, {y}",
            "{c}? if not {n}, else {y}",
            "check if {c}. If not, {n}, else {y}",
            "check whether {c}; no: {n}; yes: {y}",
            "see if {c}: if not {n}, if so {y}",
            "{c}? no - {n}; yes - {y}",
            "unless {c}, {n}; otherwise {y}",
            "{c}?\nno: {n}\nyes: {y}",
        )
    )
    asked = ask(story, question="?" in form)
    words = asked.said(story)
    no, yes = steps(story, rng.choice((1, 1, 2))), steps(story, rng.choice((1, 1, 2)))
    glue = rng.choice((" and ", ", then ", " -> "))
    n = glue.join(story.name(term) for term in no)
    y = glue.join(story.name(term) for term in yes)
    text += form.format(c=words, n=n, y=y)
    story.chain(*before, asked.term)
    story.link(asked.term, no[0], "no")
    story.link(asked.term, yes[0], "yes")
    story.chain(*no)
    story.chain(*yes)
    return story.tell(text)


def unless(rng: random.Random) -> Draft:
    """a, then b unless …, then c: where it holds, c comes at once"""
    story = Story(rng)
    before = steps(story, rng.choice((1, 1, 2, 3)))
    done, *after = steps(story, rng.choice((2, 2, 3)))
    text = _told(story, before) + rng.choice((", then ", ", ", ". Then ", " -> ", ". "))
    name = story.name(done)
    asked = ask(story)
    form = rng.choice(
        (
            "{b} unless {c}",
            "{b} (skip this if {c})",
            "{b} (not if {c})",
            "{b}, except if {c}",
            "{b} - skipped if {c}",
            "{b}, but not if {c}",
            "{b} (unless {c})",
        )
    )
    text += form.format(b=name, c=asked.said(story)) + rng.choice((", then ", ". Then ", "; then "))
    text += rng.choice((", then ", " and then ")).join(story.name(term) for term in after)
    story.chain(*before, asked.term)
    story.link(asked.term, done, "no")
    story.link(asked.term, after[0], "yes")
    story.chain(done, *after)
    return story.tell(sentence(text) if rng.random() < 0.4 else text, sentence=True)
