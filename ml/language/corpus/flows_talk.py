"""Who talks to whom, in prose: the verb tells which way an arrow points."""

from __future__ import annotations

import random

from ml.language.corpus import terms_systems
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_directions import Verb, into_store, verb
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_GLUES = (". ", ". ", ". ", "; ", ", ", "\n", ". Then ", ", and ")
_REMARKS = ways(
    "that's the whole thing|that is everything|"
    "nothing else talks to anything|for the architecture page|keep it simple|"
    "just the services please|that is how it runs today"
)


def point(story: Story, subject: Term, done: Verb, target: Term) -> None:
    """The arrow of “subject verb target”."""
    source, end = (subject, target) if done.forward else (target, subject)
    story.link(source, end)


def glued(story: Story, parts: list[str]) -> Draft:
    """Clauses as sentences, lines or one long sentence; perhaps with a remark."""
    rng = story.rng
    glue = rng.choice(_GLUES)
    if glue in {". ", "\n"} and rng.random() < 0.8:
        parts = [part[:1].upper() + part[1:] for part in parts]
    text = glue.join(parts)
    if glue == ", and " and len(parts) > 2:
        text = ", ".join(parts[:-1]) + glue + parts[-1]
    if rng.random() < 0.5:
        text = text[:1].upper() + text[1:]
    if rng.random() < 0.4:
        text += "."
    if rng.random() < 0.08:
        text += (" " if text.endswith(".") else ". ") + rng.choice(_REMARKS)
    return story.tell(text, sentence=True)


def listed_all(story: Story, terms: list[Term]) -> str:
    """Several subjects with “both” or “all” now and then: “a and b both”."""
    both = both_or_all(story.rng, len(terms))
    words = story.listed(terms)
    return f"{words} {both}" if story.rng.random() < 0.6 else words


def too(words: str) -> str:
    """The verb with “also” where people put it: “also reads from”, “is also fed by”."""
    first, _, rest = words.partition(" ")
    return f"is also {rest}" if first == "is" else f"also {words}"


def both_or_all(rng: random.Random, count: int) -> str:
    return (
        "both" if count == 2 else rng.choice(("all", "all", "all three" if count == 3 else "all"))
    )


def both_read(rng: random.Random) -> Draft:
    """The upload worker and the billing api both read from the job queue."""
    story = Story(rng)
    shared = story.fresh(rng.choice((terms_systems.store, terms_systems.service)))
    many = [story.fresh(terms_systems.service) for _ in range(rng.choice((2, 2, 3, 4)))]
    done = verb(rng, many[0], shared, backward=0.5)
    parts = []
    if rng.random() < 0.7:
        parts.append(f"{listed_all(story, many)} {done.many} {story.the(shared)}")
        for term in many:
            point(story, term, done, shared)
    else:
        first = into_store(rng) if shared.kind is Kind.STORE else verb(rng, many[0], shared)
        parts.append(f"{story.the(many[0])} {first.one} {story.the(shared)}")
        point(story, many[0], first, shared)
        both = both_or_all(rng, len(many) - 1)
        rest = story.listed(many[1:])
        if len(many) > 2:
            parts.append(f"{rest} {both} {done.many} {rng.choice(('it', shared.words))}")
        else:
            parts.append(f"{rest} {done.one} {rng.choice(('it', shared.words))}")
        for term in many[1:]:
            point(story, term, done, shared)
    for _ in range(rng.choice((1, 1, 2, 3))):
        known = rng.choice([shared, *many])
        new = story.fresh(rng.choice((terms_systems.service, terms_systems.store)))
        if rng.random() < 0.35:
            fronts = story.fresh(terms_systems.front)
            whom = both_or_all(rng, len(many)) if len(many) == 2 else "all of them"
            one = rng.choice((" sits in front of ", " in front of ", " stands before ", " calls "))
            if len(parts) > 1 or rng.random() < 0.5:
                whom = story.listed(many)
            parts.append(f"{story.the(fronts)}{one}{whom}")
            for term in many:
                story.link(fronts, term)
            break
        if new.kind is Kind.SERVICE and rng.random() < 0.5:
            says = verb(rng, new, known)
            parts.append(f"{story.the(new)} {says.one} {story.the(known)}")
            point(story, new, says, known)
        elif known.kind is Kind.SERVICE:
            says = verb(rng, known, new)
            words = rng.choice((says.one, too(says.one)))
            parts.append(f"{story.the(known)} {words} {story.the(new)}")
            point(story, known, says, new)
    return glued(story, parts)


def same_verb_again(rng: random.Random) -> Draft:
    """The browser talks to nginx, nginx to the shop api, the shop api to redis and s3"""
    story = Story(rng)
    chain = [story.fresh(rng.choice((terms_systems.client, terms_systems.service)))]
    chain += [story.fresh(terms_systems.front)] if rng.random() < 0.5 else []
    chain += [story.fresh(terms_systems.service) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    backing = (terms_systems.store, terms_systems.store, terms_systems.service)
    ends = [story.fresh(rng.choice(backing)) for _ in range(rng.choice((1, 2, 2, 3)))]
    does = rng.choice(ways(
        "talks to|connects to|speaks to|sends requests to|forwards to|goes to|sends data to|"
        "hands over to|passes on to|writes to|reports to|streams to|publishes to|"
        "listens to|routes to"
    ))  # fmt: skip
    forward = does != "listens to"
    parts = []
    for place, (a, b) in enumerate(zip(chain, [*chain[1:], ends[0]], strict=True)):
        word = does if place == 0 or rng.random() < 0.1 else "to"
        if place == len(chain) - 1:
            parts.append(f"{story.the(a)} {word} {story.listed(ends)}")
            for end in ends:
                story.link(*((a, end) if forward else (end, a)))
        else:
            parts.append(f"{story.the(a)} {word} {story.the(b)}")
            story.link(*((a, b) if forward else (b, a)))
    text = rng.choice((", ", ", ", "; ")).join(parts)
    if rng.random() < 0.4:
        text = ", ".join(parts[:-1]) + " and " + parts[-1]
    if rng.random() < 0.25 and len(chain) > 2:
        also = story.fresh(terms_systems.store)
        text += f". {sentence(story.the(chain[1]))[:-1]} also {does} {story.the(also)}"
        story.link(*((chain[1], also) if forward else (also, chain[1])))
    return story.tell(text, sentence=True)


def who_talks(rng: random.Random) -> Draft:
    """Several clauses that return to earlier parts; each verb has its own way."""
    story = Story(rng)
    known = [story.fresh(rng.choice((terms_systems.client, terms_systems.service,
                                     terms_systems.person, terms_systems.service)))]  # fmt: skip
    parts: list[str] = []

    def subject() -> Term:
        actors = [term for term in known if term.kind in (Kind.SERVICE, Kind.PERSON)]
        return rng.choice((actors[-1], rng.choice(actors)))

    def draw() -> Term:
        return story.fresh(rng.choice((terms_systems.service, terms_systems.store)))

    for place in range(rng.choice((2, 3, 3, 4, 4, 5, 6, 7))):
        who, roll = subject(), rng.random()
        if who.kind is Kind.PERSON or place == 0:
            end = story.fresh(terms_systems.service)
            says = verb(rng, who, end, backward=0.2)
            text = f"{story.the(who)} {says.one} {story.the(end)}"
            point(story, who, says, end)
            known.append(end)
        elif roll < 0.25:  # a newcomer and a part that is there
            new, old = story.fresh(terms_systems.service), rng.choice(known[1:])
            says = verb(rng, new, old)
            words = rng.choice((says.one, says.one, too(says.one)))
            text = f"{story.the(new)} {words} {story.the(old)}"
            point(story, new, says, old)
            known.append(new)
        elif roll < 0.45:  # two verbs of one subject
            a, b = draw(), draw()
            first, second = verb(rng, who, a), verb(rng, who, b)
            text = f"{story.the(who)} {first.one} {story.the(a)} and {second.one} {story.the(b)}"
            point(story, who, first, a)
            point(story, who, second, b)
            known += [a, b]
        elif roll < 0.6:  # one verb, two objects
            a, b = draw(), draw()
            says = verb(rng, who, a)
            if a.kind is not b.kind:
                word = rng.choice(("writes to", "talks to", "reads from", "sends data to"))
                says = Verb(word, word != "reads from")
            last = says.one.rsplit(" ", 1)[-1]
            again = f"{last} " if last in {"to", "from"} and rng.random() < 0.4 else ""
            text = f"{story.the(who)} {says.one} {story.the(a)} and {again}{story.the(b)}"
            point(story, who, says, a)
            point(story, who, says, b)
            known += [a, b]
        elif roll < 0.72:  # and on from there
            a, b = story.fresh(terms_systems.service), draw()
            first, second = verb(rng, who, a, backward=0), verb(rng, a, b)
            which = rng.choice((", which ", " which ", ", and that one ", ", which in turn "))
            text = f"{story.the(who)} {first.one} {story.the(a)}{which}{second.one} {story.the(b)}"
            point(story, who, first, a)
            point(story, a, second, b)
            known += [a, b]
        else:
            end = draw()
            says = verb(rng, who, end)
            words = too(says.one) if rng.random() < 0.3 else says.one
            text = f"{story.the(who)} {words} {story.the(end)}"
            point(story, who, says, end)
            known.append(end)
        parts.append(text)
    return glued(story, parts)
