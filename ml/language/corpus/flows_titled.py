"""Pipelines under a heading: what they are called and when they run is told, but is no node."""

from __future__ import annotations

import random
from dataclasses import replace

from ml.language.corpus import terms_datawork
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.language.corpus.terms_lexicon import TOPICS
from ml.spec.model import Kind

_NAMES = ways(
    "etl|elt|mlops|data pipeline|training run|ingestion|nightly batch|rag|deployment|reporting|"
    "recommender|speech thing|labeling loop|retraining job|forecast job|feature job|experiment|"
    "migration|notebook|search backend|batch inference|ml lifecycle|scoring run|model release|"
    "data prep|crawl|churn script|analytics|cleanup script|demo|ranking stack|chat assistant"
)
_WHEN = ways(
    "every night|every night at {h}|every morning|each sunday at {h}|hourly|weekly|once a month|"
    "every {n} hours|on mondays|nightly at {h}|each evening|every {n} minutes|twice a day|"
    "on the first of the month|after every push|whenever new files come in"
)
_HOURS = ways("1 am|3 am|4 am|5:30|6 am|11 pm|midnight|22:00|03:15|7 pm|noon|1:30 am")
_PLAIN = ways(
    "our {x}|{x}|the {x}|{x} overview|{x}, step by step|{x} v{n}|{x} for the wiki|"
    "the whole {x} in one row|{x} (draft)|so the {x}|ok {x}|the {x} as it is today|"
    "{x} in short|this is how our {x} goes|{x} end to end|summary of the {x}|{t} {x}|our {t} {x}|"
    "the {t} {x}, from start to finish|{t} team: {x}|{x} - high level|how the {t} {x} works|"
    "{x} of the {t} team|the new {x}, cell by cell|long version of the {x}|my {x} at home"
)
_AFTER = ways(
    " - that's all of it|, and that's it| (runs in docker)|. that's the whole script|"
    " - this is for the readme| - one box per step please|, nothing in parallel|"
    ". That's the order they run in| - all in one long row| (no branches)|, done"
)


def heading(rng: random.Random) -> str:
    """“ETL every night at 3 am”: no part of the diagram."""
    name = rng.choice(_NAMES)
    text = rng.choice(_PLAIN).format(x=name, t=rng.choice(TOPICS), n=rng.randint(2, 9))
    if rng.random() < 0.3:
        when = rng.choice(_WHEN).format(h=rng.choice(_HOURS), n=rng.randint(2, 12))
        text = rng.choice((f"{name} {when}", f"{text}, {when}", f"{when}: {name}",
                           f"{text} (runs {when})", f"{name}, runs {when}"))  # fmt: skip
    roll = rng.random()
    return text if roll < 0.5 else text.upper() if roll < 0.57 else text[:1].upper() + text[1:]


def headed(rng: random.Random, draft: Draft) -> Draft:
    """The draft's description under a heading, now and then all in capitals."""
    title, text = heading(rng), draft.description
    if ":" in title or "\n" in text:
        stop = rng.choice(("\n", ". ", " - ", "\n"))
    else:
        stop = rng.choice((": ", ": ", ". ", " - ", ":\n"))
    if stop == ". " and rng.random() < 0.6:
        text = text[:1].upper() + text[1:]
    text = title + stop + text
    if rng.random() < 0.1:
        return shouted(replace(draft, description=text))
    return replace(draft, description=text)


def shouted(draft: Draft) -> Draft:
    """The same in capitals, labels too: they are copied as they are written."""
    return Draft(
        description=draft.description.upper(),
        nodes=tuple(replace(node, label=node.label.upper()) for node in draft.nodes),
        edges=tuple(replace(edge, label=edge.label.upper()) for edge in draft.edges),
    )


def _parts(story: Story, low: int, high: int) -> list[Term]:
    """Steps, or steps among things."""
    rng = story.rng
    steps = rng.choice((1.0, 1.0, 0.7, 0.4, 0.2))
    return [
        story.fresh(terms_datawork.work_step if rng.random() < steps else terms_datawork.work_thing)
        for _ in range(rng.randint(low, high))
    ]


def _glue(rng: random.Random) -> str:
    return rng.choice((", ", ", ", ", then ", "; ", " -> ", " → ", ", after that ", " > ", " | ",
                       ", and then ", "\n", ". Then "))  # fmt: skip


def headed_row(rng: random.Random) -> Draft:
    """MLOps overview: load csv, drop empty rows, …: up to fifteen steps in one row"""
    story = Story(rng)
    terms = _parts(story, 3, 6) if rng.random() < 0.4 else _parts(story, 7, 15)
    glue = _glue(rng)
    text = glue.join(story.name(term) for term in terms)
    if glue in {", ", "; "} and rng.random() < 0.3:
        words = [term.words for term in terms]
        text = glue.join(words[:-1]) + rng.choice((f"{glue}then ", f"{glue}finally ",
                                                   f"{glue}and ")) + words[-1]  # fmt: skip
    story.chain(*terms)
    if rng.random() < 0.25 and glue != "\n":
        text += rng.choice(_AFTER)
    return headed(rng, story.sketch.draft(_cased(story, text)))


def _cased(story: Story, text: str) -> str:
    """In a story of small letters, everything in small letters."""
    return text.lower() if story.cased("Ab") == "ab" else text


def headed_prose(rng: random.Random) -> Draft:
    """ETL every night. It starts at the CRM, then clean the rows, and it all lands in Redshift."""
    story = Story(rng)
    first = story.fresh(lambda r: terms_datawork.work_thing(r, Kind.STORE, Kind.DATA, Kind.DATA,
                                                            Kind.SERVICE))  # fmt: skip
    last = story.fresh(lambda r: terms_datawork.work_thing(r, Kind.STORE, Kind.STORE, Kind.SERVICE,
                                                           Kind.DOCUMENT))  # fmt: skip
    middle = [story.fresh(terms_datawork.work_step) for _ in range(rng.choice((1, 2, 2, 3, 4, 5)))]
    open_ = rng.choice(ways(
        "it starts at |starts with |it begins at |begins with |we start from |first comes |"
        "everything comes from |data comes out of |the source is |it pulls from |we pull from |"
        "input is |it reads from |we take |"
    ))  # fmt: skip
    text = open_ + story.the(first)
    for place, term in enumerate(middle):
        if place == 0:
            text += rng.choice((", then ", ", then we ", ". We ", ", after that we ", "; then ",
                                ". After that ", ", "))  # fmt: skip
        else:
            text += rng.choice((", then ", ", ", ", after that ", " and then ", ", next ",
                                ". Then "))  # fmt: skip
        text += story.name(term)
    end = rng.choice(ways(
        ", and it all lands in |, and everything ends up in |. It ends in |"
        ", and the result goes to |"
        ", then it goes into |; the end is |. The result is written to |, finally |. Last stop is |"
        ", and that goes to |, and the output lands in |. All of it is loaded into "
    ))  # fmt: skip
    text += end + story.the(last)
    terms = [first, *middle, last]
    if rng.random() < 0.35:
        reader = story.fresh(lambda r: terms_datawork.work_thing(r, Kind.SERVICE, Kind.MODEL))
        text += rng.choice((", where ", ". From there ", ", from which ", "; "))
        if text.endswith("; "):
            text += f"{story.the(reader)} reads from {last.words}"
        else:
            verb = "picks it up" if "there" in text[-12:] or text.endswith("where ") else "reads"
            text += f"{story.the(reader)} {verb}"
        terms.append(reader)
    story.chain(*terms)
    if rng.random() < 0.3:
        text += "."
    return headed(rng, story.sketch.draft(_cased(story, text)))


_STRANDS = (
    ("indexing", "answering"), ("offline", "online"), ("training", "serving"),
    ("write path", "read path"),
    ("batch", "realtime"), ("at night", "by day"), ("ingest", "query"), ("prep", "use"),
    ("nightly", "on request"), ("part 1", "part 2"), ("1", "2"), ("first", "second"),
    ("building it", "using it"), ("left side", "right side"), ("phase A", "phase B"),
    ("collect", "explore"), ("learn", "predict"), ("setup", "runtime"), ("top row", "bottom row"),
)  # fmt: skip


def two_strands(rng: random.Random) -> Draft:
    """offline: a -> b -> vector store / online: c -> d -> vector store -> e -> f"""
    story = Story(rng)
    names = rng.choice(_STRANDS)
    first = _parts(story, 2, 5)
    shared = story.fresh(lambda r: terms_datawork.work_thing(r, Kind.STORE, Kind.STORE, Kind.MODEL,
                                                             Kind.SERVICE))  # fmt: skip
    second = _parts(story, 1, 3)
    after = _parts(story, 1, 5)
    arrow = rng.choice((" -> ", " -> ", " → ", " => ", ", ", ", then ", " > "))
    one = [*first, shared] if rng.random() < 0.75 else [*first, shared, *_parts(story, 1, 2)]
    two = [*second, shared, *after]
    rows = [arrow.join(story.name(term) for term in row) for row in (one, two)]
    story.chain(*one)
    story.chain(*two)
    stop = rng.choice((": ", ": ", " - ", " = "))
    lines = [f"{name}{stop}{row}" for name, row in zip(names, rows, strict=True)]
    if rng.random() < 0.3:
        lines = [line[:1].upper() + line[1:] for line in lines]
    text = rng.choice(("\n", "\n", "; ", ". ", "\n\n")).join(lines)
    draft = story.sketch.draft(_cased(story, text))
    return headed(rng, draft) if rng.random() < 0.6 else draft


def also_kept(rng: random.Random) -> Draft:
    """a -> b -> c -> d. The c is also kept in the log store."""
    story = Story(rng)
    terms = _parts(story, 4, 9)
    source = rng.choice(terms[:-1])
    extra = story.fresh(lambda r: terms_datawork.work_thing(r, Kind.STORE, Kind.SERVICE,
                                                            Kind.DOCUMENT, Kind.STORE))  # fmt: skip
    glue = rng.choice((" -> ", " -> ", ", then ", " → ", ", ", "; "))
    text = glue.join(story.name(term) for term in terms)
    story.chain(*terms)
    a, b = source.words, story.the(extra)
    says = rng.choice(ways(
        "{a} is also kept in {b}|{a} is also written to {b}|{a} also goes to {b}|"
        "a copy of {a} goes to {b}|{a} also ends up in {b}|{b} also gets {a}|"
        "{b} keeps a copy of {a}|"
        "we also send {a} to {b}|{a} also feeds {b}|{b} is updated after {a} too"
    ))  # fmt: skip
    swapped = says.startswith("{b}")
    story.link(source, extra)
    said = says.format(a=f"the {a}" if source.kind is not Kind.PROCESS else a, b=b)
    if source.kind is Kind.PROCESS and not swapped:
        said = rng.choice((f"after {a} we also write to {b}", f"the output of {a} also goes to {b}",
                           f"{a} also writes to {b}", f"{a} -> {b} too",
                           f"from {a} it also goes to {b}"))  # fmt: skip
    text += rng.choice((". ", ". ", "; ", ", and ", "\n"))
    text += sentence(said) if text.endswith((". ", "\n")) else said
    if rng.random() < 0.35:
        reader = story.fresh(lambda r: terms_datawork.work_thing(r, Kind.SERVICE, Kind.MODEL))
        text = text.rstrip(".") + rng.choice((". ", "; ")) + story.the(reader)
        text += f" {rng.choice(('reads', 'reads from', 'uses data from'))} {extra.words}"
        story.link(extra, reader)
    draft = story.sketch.draft(_cased(story, text))
    return headed(rng, draft) if rng.random() < 0.5 else draft
