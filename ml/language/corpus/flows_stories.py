"""Longer descriptions put together from pieces: steps, side branches, decisions, ways back.

A piece takes up where the last one ended (the *frontier*, the terms that lead on) and says one
sentence, so that any order of pieces makes one connected flow.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import Kind

_THEN = ways(
    "Then |Next, |After that, |Then we |Next we |Afterwards, |Now |After this we |And then "
)
_EITHER = ways(
    "In both cases, |Either way, |In any case, |Whatever the outcome, |Both ways lead on: "
)


class _Tale:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.story = Story(rng)
        self.frontier: list[Term] = []
        self.past: list[Term] = []
        self.merged = False

    def reach(self, term: Term, label: str = "") -> None:
        """Leads everything on the frontier to the term, which becomes the frontier."""
        for source in self.frontier:
            self.story.link(source, term, label)
        self.frontier = [term]
        self.past.append(term)

    def then(self) -> str:
        if not self.past:
            return self.rng.choice(("First ", "First we ", "", "We ", "To start, "))
        return self.rng.choice(_EITHER if len(self.frontier) > 1 and self.merged else _THEN)


def _steps(tale: _Tale) -> str:
    terms = tale.story.actions(tale.rng.choice((1, 1, 2, 2, 3)))
    text = tale.then()
    for index, term in enumerate(terms):
        if index:
            text += (
                tale.rng.choice((", then ", " and then ", ", "))
                if index < len(terms) - 1
                else (tale.rng.choice((" and then ", ", then ", " and ")))
            )
        text += tale.story.name(term)
        tale.reach(term)
    return text


def _parallel(tale: _Tale) -> str:
    terms = tale.story.actions(tale.rng.choice((2, 2, 3)))
    text = tale.then()
    names = tale.story.listed(terms, bare=True)
    text += tale.rng.choice(
        (f"{names} in parallel", f"in parallel {names}", f"{names} at the same time")
    )
    for term in terms:
        for source in tale.frontier:
            tale.story.link(source, term)
    tale.frontier, tale.merged = list(terms), False
    tale.past += terms
    return text


def _decide(tale: _Tale) -> str:
    """Two ways that both lead on."""
    asked = ask(tale.story)
    story, rng = tale.story, tale.rng
    opening = rng.choice(("If ", "If ", "When ", "Check whether ", "We check if "))
    text = opening + asked.said(story)
    tale.reach(asked.term)
    yes, no = story.actions(2)
    if "heck" in opening:
        text += rng.choice((". If so, ", ": if yes, ", ". If yes, ")) + story.name(yes)
    else:
        text += ", " + story.name(yes)
    text += rng.choice((", otherwise ", ", else ", "; if not, ", ". Otherwise ")) + story.name(no)
    story.link(asked.term, yes, "yes")
    story.link(asked.term, no, "no")
    tale.frontier, tale.merged = [yes, no], True
    tale.past += [yes, no]
    return text


def _back(tale: _Tale) -> str:
    """A check that sends the flow back to an earlier step."""
    asked = ask(tale.story)
    story, rng = tale.story, tale.rng
    places = [term for term in tale.past if term.kind is Kind.PROCESS]
    target = rng.choice(places)
    text = f"{rng.choice(('If', 'When'))} {asked.said(story)}, " + rng.choice(
        ways("go back to |we go back to |return to |start again from |loop back to ")
    )
    text += target.words
    tale.reach(asked.term)
    story.link(asked.term, target, "yes")
    follower = story.action()
    text += rng.choice((", otherwise ", ", else ", "; if not, ", ". Otherwise ")) + story.name(
        follower
    )
    story.link(asked.term, follower, "no")
    tale.frontier, tale.merged = [follower], False
    tale.past.append(follower)
    return text


def _exit(tale: _Tale) -> str:
    """A check that ends the flow early."""
    asked = ask(tale.story)
    story, rng = tale.story, tale.rng
    stop = Term(
        story.cased(rng.choice(("stop", "end", "exit", "abort", "quit"))), Kind.END, Form.NAME
    )
    if not story.take(stop):
        return _steps(tale)
    text = f"If {asked.said(story)}, {story.name(stop)}"
    tale.reach(asked.term)
    story.link(asked.term, stop, "yes")
    follower = story.action()
    text += rng.choice((", otherwise ", ", else ", "; if not, ", ". Otherwise ")) + story.name(
        follower
    )
    story.link(asked.term, follower, "no")
    tale.frontier, tale.merged = [follower], False
    tale.past.append(follower)
    return text


def _aside(tale: _Tale) -> str:
    """Something that happens besides and leads nowhere."""
    source = tale.frontier[-1]
    target = tale.story.entity(Kind.STORE, Kind.DOCUMENT, Kind.PERSON, Kind.SERVICE)
    text = tale.rng.choice(
        (
            f"{source.words} also goes to ",
            f"From {source.words} it also goes to ",
            f"The result of {source.words} also goes to ",
            f"{source.words} also feeds ",
        )
    )
    text += tale.story.the(target)
    tale.story.link(source, target)
    return text


_PIECES: tuple[Callable[[_Tale], str], ...] = (_steps, _parallel, _decide, _back, _exit, _aside)


def _told(rng: random.Random) -> tuple[_Tale, list[str]]:
    tale = _Tale(rng)
    parts = [_steps(tale)]
    previous: Callable[[_Tale], str] = _steps
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4))):
        piece = rng.choices(_PIECES, (5, 2, 4, 3, 1.5, 1))[0]
        split = len(tale.frontier) > 1
        # Where a flow is split, the next step joins it; a decision after a decision is unclear.
        if piece is previous or (split and piece is not _steps) or (piece is _aside and split):
            piece = _steps
        parts.append(piece(tale))
        previous = piece
    return tale, parts


def prose_story(rng: random.Random) -> Draft:
    """First a. If …, b, otherwise c. In both cases d. e in parallel with f …"""
    tale, parts = _told(rng)
    return tale.story.tell(" ".join(sentence(part) for part in parts), sentence=True)


def listed_story(rng: random.Random) -> Draft:
    """The same, one piece a line."""
    tale, parts = _told(rng)
    form = rng.choice(("{}. ", "{}) ", "- ", "* ", "Step {}: "))
    lines = [form.format(i) + part for i, part in enumerate(parts, 1)]
    return tale.story.tell("\n".join(lines))


def side_branch(rng: random.Random) -> Draft:
    """a -> b -> c. b also goes to d."""
    story = Story(rng)
    chain = story.steps(rng.randint(3, 6))
    mark = rng.choice((" -> ", " -> ", " → ", ", then ", " => "))
    text = mark.join(story.name(term) for term in chain)
    story.chain(*chain)
    for _ in range(rng.choice((1, 1, 1, 2))):
        source = rng.choice(chain[:-1])
        extra = story.steps(rng.choice((1, 1, 2)))
        form = rng.choice(
            ways(
                ". {s} also goes to |. {s} -> |; {s} -> |\n{s} -> |, and {s} also feeds |"
                ". Also {s} -> |. From {s} there is also a branch to |"
                ". {s} also connects to |, {s} also goes to |. In addition {s} -> |"
                ". Side branch from {s} to "
            )
        )
        text += form.format(s=source.words) + mark.join(story.name(term) for term in extra)
        story.chain(source, *extra)
        if rng.random() < 0.35:
            target = chain[-1]
            text += rng.choice(
                (
                    f" -> {target.words}",
                    f", which goes to {target.words}",
                    f", then back into {target.words}",
                )
            )
            story.link(extra[-1], target)
    return story.tell(text)


def shared_chains(rng: random.Random) -> Draft:
    """a -> b -> d, a -> c -> d: chains that share steps"""
    story = Story(rng)
    chains: list[list[Term]] = [story.steps(rng.randint(2, 4))]
    for _ in range(rng.choice((1, 1, 2, 3))):
        known = [term for chain in chains for term in chain]
        new = story.steps(rng.choice((1, 1, 2)))
        first = rng.choice(known)
        chain = [first, *new] if rng.random() < 0.7 else [*new, first]
        later = [
            t
            for t in chains[0]
            if first in chains[0] and chains[0].index(t) > chains[0].index(first) + 1
        ]
        if chain[0] is first and later and rng.random() < 0.5:
            chain.append(rng.choice(later))
        chains.append(chain)
    mark = rng.choice((" -> ", " -> ", " → ", " => ", " --> ", " to ", " > "))
    glue = rng.choice(("\n", "\n", "; ", ", ", ". ", " and "))
    text = glue.join(mark.join(story.name(term) for term in chain) for chain in chains)
    for chain in chains:
        story.chain(*chain)
    return story.tell(text)
