"""Systems that talk to each other: calls, reads, writes, back-references, labelled arrows."""

from __future__ import annotations

import itertools
import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_CALLS = ways(
    "calls|talks to|sends requests to|forwards to|connects to|queries|uses|"
    "sends data to|routes to|notifies|asks|invokes|hits|triggers|"
    "sends messages to|posts to|delegates to"
)
_WRITES = ways(
    "writes to|stores everything in|saves to|writes results to|pushes to|"
    "publishes to|logs to|persists to|appends to|saves its output in|"
    "dumps everything into"
)
_READS = ways(
    "reads from|pulls from|consumes from|loads from|gets data from|fetches from|"
    "receives data from|gets its input from|takes messages from|imports from"
)
_MEETS = ways(
    "sends data to|goes to|feeds|sends to|is sent to|connects to|talks to|flows into|passes to"
)

_ACTORS = (Kind.SERVICE, Kind.SERVICE, Kind.SERVICE, Kind.MODEL, Kind.PERSON)


def _verb(rng: random.Random, target: Term) -> str:
    if target.kind is Kind.STORE:
        return rng.choice((*_WRITES, *_WRITES, "queries", "connects to", "uses"))
    return rng.choice(_CALLS)


def calls(rng: random.Random) -> Draft:
    """The gateway calls the auth service. The auth service reads from Postgres."""
    story = Story(rng)
    known = [story.entity(Kind.PERSON, Kind.SERVICE)]
    parts = []
    for _ in range(rng.randint(2, 5)):
        actors = [term for term in known if term.kind in _ACTORS] or known
        source = rng.choice((actors[-1], rng.choice(actors)))
        subject = story.the(source)
        if rng.random() < 0.25:
            target = story.entity(Kind.STORE, Kind.SERVICE)
            parts.append(f"{subject} {rng.choice(_READS)} {story.the(target)}")
            story.link(target, source)
            known.append(target)
            continue
        targets = [story.entity(Kind.SERVICE, Kind.STORE, Kind.SERVICE, Kind.MODEL)]
        if rng.random() < 0.3:
            targets.append(story.entity(targets[0].kind))
        verb = _verb(rng, targets[0])
        parts.append(f"{subject} {verb} {story.listed(targets)}")
        story.fan(source, targets)
        known += targets
    glue = rng.choice((". ", ". ", ". ", "; ", ", ", "\n", "\n- "))
    if glue in {". ", "\n"}:
        parts = [sentence(part) for part in parts]
        text = glue.strip(".").join(parts)
    else:
        text = ("- " if glue == "\n- " else "") + glue.join(parts)
    return story.tell(text, sentence=True)


def it_also(rng: random.Random) -> Draft:
    """A sends to B. It also writes to C."""
    story = Story(rng)
    first, second = story.things(2)
    text = f"{story.the(first)} {rng.choice(_MEETS)} {story.the(second)}"
    story.link(first, second)
    third = story.entity(Kind.STORE, Kind.SERVICE, Kind.DOCUMENT)
    text += (
        rng.choice((". It also ", " and also ", ", and it also ", ". In addition it "))
        + rng.choice(("writes to", "goes to", "sends to", "feeds", "logs to", "is sent to"))
        + f" {story.the(third)}"
    )
    story.link(first, third)
    roll = rng.random()
    if roll < 0.35:
        fourth = story.entity()
        text += f". {sentence(story.the(fourth))[:-1]} " + rng.choice(
            ways(
                "goes there too|goes there as well|is sent there too|also goes there|"
                "ends up there as well|writes there too"
            )
        )
        story.link(fourth, third)
    elif roll < 0.6:
        fourth = story.entity()
        text += rng.choice(
            (
                ". The latter goes to ",
                ", which feeds ",
                ". From there it goes to ",
                ", and from there to ",
            )
        ) + story.the(fourth)
        story.link(third, fourth)
    elif roll < 0.8:
        fourth = story.entity()
        text += rng.choice(
            (". Both go to ", ". Both of them feed ", ". Both send to ", ". Those two feed ")
        ) + story.the(fourth)
        story.link(second, fourth)
        story.link(third, fourth)
    return story.tell(sentence(text), sentence=True)


def there_too(rng: random.Random) -> Draft:
    """A goes through B to C. D goes there too."""
    story = Story(rng)
    chain = story.things(rng.randint(2, 4))
    glue = rng.choice((" -> ", " goes to ", ", which goes to ", " → "))
    text = story.the(chain[0])
    text += rng.choice((" goes to ", " -> ", " feeds ", " is passed to ")) + story.the(chain[1])
    for term in chain[2:]:
        text += rng.choice(
            (", then to ", ", which goes to ", " -> ", " and from there to ")
        ) + story.the(term)
    del glue
    other = story.entity()
    text += rng.choice(
        ways(
            ". {X} goes there too|. {X} also goes there|, {x} goes there as well|"
            ". {X} is sent there too|. {X} ends there as well|; {x} goes there too"
        )
    ).format(x=story.the(other), X=sentence(story.the(other))[:-1])
    story.chain(*chain)
    story.link(other, chain[-1])
    if rng.random() < 0.4:
        last = story.entity()
        text += rng.choice(
            (". From there everything goes to ", ". From there on to ", ", then it all goes to ")
        ) + story.the(last)
        story.link(chain[-1], last)
    return story.tell(sentence(text), sentence=True)


def reversed_edges(rng: random.Random) -> Draft:
    """B is fed by A; B comes from A; B reads from A"""
    story = Story(rng)
    terms = story.things(rng.randint(2, 5))
    parts = []
    for before, after in itertools.pairwise(terms):
        words = rng.choice(
            ways(
                "is fed by|gets its data from|comes from|is called by|receives data from|"
                "is fed from|is produced by|comes after|is filled by|reads from"
            )
        )
        parts.append(f"{story.the(before)} {words} {story.the(after)}")
        story.link(after, before)
    glue = rng.choice((". ", ", and ", "; "))
    text = glue.join(sentence(part)[:-1] for part in parts) if glue == ". " else glue.join(parts)
    return story.tell(sentence(text), sentence=True)


_LABELS = ways(
    "json|HTTP|events|raw data|query|reply|tokens|request|200 OK|gRPC|sync|async|"
    "daily|on error|success|failure|features|batches|weights|alerts|nightly|"
    "reads|writes|metrics|email|approved|step 1|REST|SQL|webhook|audio|orders|"
    "updates|login|user id|top 10|logs|images|retry|token"
)


def labelled(rng: random.Random) -> Draft:
    """A -> B (json), B -> C (events)"""
    story = Story(rng)
    terms = story.things(rng.randint(2, 5))
    form = rng.choice(
        (
            "{a} -> {b} ({l})",
            "{a} -> {b}: {l}",
            "{a} -{l}-> {b}",
            "{a} -[{l}]-> {b}",
            "{a} --{l}--> {b}",
            "an arrow from {a} to {b} labelled {l}",
            "{a} to {b} labeled {l}",
            "{a} -> {b} with the label {l}",
            "{a} =({l})=> {b}",
            '{a} -> {b} "{l}"',
            "{a} -> {b} [{l}]",
            "{a} -> {b} | {l}",
            "arrow {a} to {b} with the text {l}",
        )
    )
    edges = list(itertools.pairwise(terms))
    if len(terms) > 2 and rng.random() < 0.4:
        edges.append((terms[0], terms[2]))
    parts = []
    for a, b in edges:
        label = story.cased(rng.choice(_LABELS))
        first = story.name(a)
        second = story.name(b)
        parts.append(form.format(a=first, b=second, l=label))
        story.link(a, b, label)
    return story.tell(rng.choice((", ", "\n", "; ", "\n")).join(parts))


def dashed(rng: random.Random) -> Draft:
    """A -> B -> C, dashed from A to C"""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 6))
    text = " -> ".join(story.name(term) for term in terms)
    a, b = sorted(rng.sample(range(len(terms)), 2))
    if b - a == 1:
        a, b = 0, len(terms) - 1
    word = rng.choice(("dashed", "dotted"))
    x, y = terms[a].words, terms[b].words
    text += rng.choice(
        (
            f", and a {word} arrow from {x} to {y}",
            f". {word.capitalize()} line from {x} to {y}",
            f", plus {word}: {x} -> {y}",
            f"; {x} to {y} {word}",
            f". Also connect {x} to {y} with a {word} line",
        )
    )
    story.chain(*terms)
    story.link(terms[a], terms[b], dashed=True)
    return story.tell(text)


def on_failure(rng: random.Random) -> Draft:
    """a -> b -> c; on error a goes to d"""
    story = Story(rng)
    terms = story.steps(rng.randint(2, 5))
    text = rng.choice((" -> ", ", then ", " → ")).join(story.name(term) for term in terms)
    source = terms[rng.randrange(len(terms))]
    target = story.steps(1)[0]
    label = story.cased(rng.choice(("error", "failure", "timeout", "rejection", "exception")))
    words = source.words
    text += rng.choice(
        (
            f". On {label} {words} goes to ",
            f"; on {label}, {words} -> ",
            f". On {label} go from {words} to ",
            f", and on {label} from {words} to ",
        )
    ) + story.name(target)
    story.chain(*terms)
    story.link(source, target, label)
    return story.tell(text)
