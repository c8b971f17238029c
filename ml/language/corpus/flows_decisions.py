"""If this then that, else something: one decision and what hangs on it."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_conditions import condition, decision
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways

_ELSE = ways(
    ", otherwise |, else | else |; otherwise |. Otherwise |. If not, |, if not |"
    ". Else |; if not, | - if not, |. If not then |, or else "
)


class Asked:
    """A condition, said in this story's case, and its decision."""

    def __init__(self, story: Story, *, question: bool = False) -> None:
        made = condition(story.rng)
        words = made.question if question else made.clause
        self.words = story.cased(words)
        self.term = decision(self.words)

    def said(self, story: Story) -> str:
        """Names the decision; the words as they stand in the text."""
        story.name(self.term)
        return self.words


def ask(story: Story, *, question: bool = False) -> Asked:
    while True:
        asked = Asked(story, question=question)
        if story.take(asked.term):
            return asked


def lead_in(story: Story, terms: list[Term]) -> str:
    """The steps before a decision, ready to be followed by its sentence."""
    rng = story.rng
    if not terms:
        return ""
    names = [story.name(term) for term in terms]
    text = rng.choice((", then ", " -> ", " then ", ", ", " and then ")).join(names)
    text = rng.choice(("", "", "first ", "we ", "start with ")) + text
    return (
        text[:1].upper() + text[1:] + "."
        if rng.random() < 0.6
        else text + rng.choice((";", ",", "."))
    )


def if_else(rng: random.Random) -> Draft:
    """a. If valid then b, else c. Finally d."""
    story = Story(rng)
    before = story.actions(rng.choice((0, 1, 1, 1, 2, 3)))
    text = lead_in(story, before)
    asked = ask(story)
    yes, no = story.actions(1), story.actions(1)
    clause = rng.choice(
        ways("if {c} then |if {c}, |if {c} |If {c}, |when {c}, |if {c}: |in case {c}, ")
    )
    text = f"{text} {clause.format(c=asked.said(story))}".lstrip() + story.name(yes[0])
    if rng.random() < 0.2:
        yes += story.actions(1)
        text += rng.choice((" and then ", " and ", ", then ")) + story.name(yes[1])
    text += rng.choice(_ELSE) + story.name(no[0])
    if rng.random() < 0.2:
        no += story.actions(1)
        text += rng.choice((" and then ", " and ", ", then ")) + story.name(no[1])
    story.chain(*before, asked.term)
    story.link(asked.term, yes[0], story.yes)
    story.link(asked.term, no[0], story.no)
    story.chain(*yes)
    story.chain(*no)
    if rng.random() < 0.4:
        after = story.actions(1)[0]
        text += rng.choice(
            ways(
                ". In both cases |. Finally |. Either way, |. After that, in any case, |"
                ". Then, in both cases, |. At the end "
            )
        ) + story.name(after)
        story.link(yes[-1], after)
        story.link(no[-1], after)
    return story.tell(sentence(text), sentence=True)


def whether(rng: random.Random) -> Draft:
    """a, check whether …; yes: b, no: c"""
    story = Story(rng)
    before = story.actions(rng.choice((0, 1, 1, 2)))
    text = lead_in(story, before)
    asked = ask(story)
    yes, no = story.actions(1)[0], story.actions(1)[0]
    check = rng.choice(
        ways(
            "check whether|check if|we check if|decide whether|see if|then check whether|"
            "verify whether|look whether"
        )
    )
    text = f"{text} {check} {asked.said(story)}".strip()
    glue = rng.choice(
        (
            ("; yes: ", ", no: "),
            (". If yes, ", ", if no, "),
            (". If so, ", ". If not, "),
            (". Yes -> ", ", no -> "),
            ("\nyes: ", "\nno: "),
            ("\n- yes: ", "\n- no: "),
            (" (yes: ", ", no: "),
            (". If yes: ", ". If no: "),
            (": if yes then ", ", if no then "),
            (". When yes, ", "; when no, "),
        )
    )
    text += (
        glue[0]
        + story.name(yes)
        + glue[1]
        + story.name(no)
        + (")" if glue[0].startswith(" (") else "")
    )
    story.chain(*before, asked.term)
    story.link(asked.term, yes, story.yes)
    story.link(asked.term, no, story.no)
    return story.tell(text[:1].upper() + text[1:] if rng.random() < 0.5 else text, sentence=True)


def question(rng: random.Random) -> Draft:
    """a -> is the score above 0.8? yes -> b, no -> c"""
    story = Story(rng)
    before = story.steps(rng.choice((0, 1, 1, 2, 3, 4)))
    mark = arrow(rng) if rng.random() < 0.7 else ", then "
    if mark.strip() == ">":
        mark = " -> "
    text = mark.join(story.name(term) for term in before)
    asked = ask(story, question=True)
    text += (mark if before else "") + asked.said(story) + "?"
    yes, no = story.steps(rng.choice((1, 1, 2))), story.steps(rng.choice((1, 1, 2)))
    swap = rng.random() < 0.15
    first, second = (no, yes) if swap else (yes, no)
    arm = rng.choice((" -> ", ": ", " → ", " = ", " => "))
    glue = rng.choice(
        (
            " {a}{m}{x}, {b}{m}{y}",
            " {a}{m}{x}; {b}{m}{y}",
            "\n{a}{m}{x}\n{b}{m}{y}",
            " ({a}{m}{x}, {b}{m}{y})",
            "\n- {a}{m}{x}\n- {b}{m}{y}",
            " if {a}, {x}, if {b}, {y}",
            " {a}{m}{x} | {b}{m}{y}",
        )
    )
    inner = mark if mark.strip() in {"->", "→", "=>"} else " -> "
    x = inner.join(story.name(term) for term in first)
    y = inner.join(story.name(term) for term in second)
    a, b = rng.choice((("yes", "no"), ("yes", "no"), ("Yes", "No"), ("YES", "NO")))
    if swap:
        a, b = b, a
    text += glue.format(a=a, b=b, m=arm, x=x, y=y)
    story.chain(*before, asked.term)
    story.link(asked.term, first[0], a.lower())
    story.link(asked.term, second[0], b.lower())
    story.chain(*first)
    story.chain(*second)
    if rng.random() < 0.25:
        after = story.steps(1)[0]
        text += rng.choice(
            (". Both go to ", "\nboth -> ", "; both lead to ", ". Both end in ")
        ) + story.name(after)
        story.link(first[-1], after)
        story.link(second[-1], after)
    return story.tell(text)


def only_if(rng: random.Random) -> Draft:
    """a. If …, b. Then c."""
    story = Story(rng)
    before, then = story.actions(rng.choice((1, 1, 2))), story.actions(1)
    text = lead_in(story, before)
    asked = ask(story)
    clause = asked.said(story)
    text += f" {rng.choice(('if', 'If', 'only if'))} {clause}, {story.name(then[0])}"
    after = story.actions(rng.choice((1, 1, 2)))
    text += rng.choice(
        ways(". Then |. After that, |. Next, |. Then continue with |. In any case, then ")
    ) + story.name(after[0])
    for term in after[1:]:
        text += rng.choice((", then ", " and then ", ". Finally ")) + story.name(term)
    story.chain(*before, asked.term)
    story.link(asked.term, then[0], story.yes)
    story.link(asked.term, after[0], story.no)
    story.chain(then[0], *after)
    return story.tell(sentence(text), sentence=True)
