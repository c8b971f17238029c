"""Side by side in prose: several at once, and what follows when all of them are done."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_TITLES = ways(
    "{t} app|{t} bot|our {t} job|{t} launch|how we do {t}|the {t} thing|{t} day|"
    "{t} team, short form|{t} routine|what happens with a {t}|"
    "{t} automation|{t} in short|New {t} flow|{t} checklist"
)


def _before(story: Story, terms: list[Term]) -> str:
    """“a, then b, then c”"""
    rng = story.rng
    glue = rng.choice((", then ", ", ", " -> ", " and then ", ", and then "))
    return glue.join(story.name(term) for term in terms)


def _title(story: Story, text: str) -> Draft:
    """A title that is no node, or what people say around any description."""
    rng = story.rng
    if rng.random() < 0.3:
        from_ = rng.choice(ways(
            "photo|invoice|order|claim|podcast|newsletter|release|patient|parcel|wedding|refund|"
            "survey|thesis|match|menu|ticket|lecture|backup|moving|hiring|recipe|video|garden"
        ))  # fmt: skip
        lead = rng.choice(_TITLES).format(t=from_)
        if rng.random() < 0.5:
            lead, text = lead[:1].upper() + lead[1:], text[:1].upper() + text[1:]
            return story.tell(f"{lead}. {text}", wrap=False)
        return story.tell(lead + rng.choice((": ", " - ", ": ", ":\n")) + text, wrap=False)
    return story.tell(text, sentence=True)


def at_once(rng: random.Random) -> Draft:
    """a, then three things at the same time: b, c, d. When all are done e, then f and g."""
    story = Story(rng)
    acting = rng.random() < 0.65
    draw = story.actions if acting else story.things
    before, arms = draw(rng.choice((1, 1, 2, 3))), draw(rng.choice((2, 2, 3, 3, 4, 5)))
    after = draw(rng.choice((1, 1, 2, 3, 4)))
    n = _NUMBERS[len(arms)] if rng.random() < 0.7 else str(len(arms))
    what = rng.choice(("things", "things", "steps", "jobs", "tasks", "branches"))
    when = rng.choice(ways(
        "at once|in parallel|at the same time|side by side|simultaneously|concurrently|together"
    ))  # fmt: skip
    row = ", ".join(story.name(term) for term in before[:0])
    text = _before(story, before) + rng.choice(
        (
            f", then {n} {what} {when}: ",
            f", after that {n} {what} run {when}: ",
            f", then {when}: ",
            f", then {when} ",
            f". After that {n} {what} happen {when}: ",
            f", then we do {n} {what} {when}: ",
            f" -> {n} {what} {when}: ",
            f"; then, {when}, ",
            f", next {n} {what} {when} (",
        )
    )
    words = [story.name(term) for term in arms]
    last = rng.choice((" and ", ", ", ", and "))
    row = ", ".join(words[:-1]) + last + words[-1]
    text += row + (")" if text.endswith("(") else "")
    both = "both" if len(arms) == 2 else "all"
    every = f"{both} of them" if rng.random() < 0.5 else "they" if rng.random() < 0.3 else both
    are = "all are" if len(arms) > 2 else "both are"
    first = after[0]
    joins = [
        f". {every.capitalize()} end in ",
        f"; {every} lead to ",
        f", {both} lead to ",
        f". {every.capitalize()} go into ",
        f", and {every} end in ",
    ]
    if acting or rng.random() < 0.3:
        joins += [
            f". When {are} done, ",
            ". When those are done, ",
            f". As soon as {every} have finished, ",
            f", once {are} finished ",
            ". After those ",
            ", after all of that ",
            f". When {every} are through: ",
            f". Only when {are} complete, ",
        ]
    text += rng.choice(joins) + story.name(first)
    rest = after[1:]
    if len(rest) > 1 and rng.random() < 0.5:
        text += rng.choice((", after which ", ", followed by ", ", and after that "))
        text += story.listed(rest, bare=True)
        text += rng.choice((" one after another", " in that order", ", one after the other",
                            " in sequence"))  # fmt: skip
    else:
        for term in rest:
            text += rng.choice((", then ", " and then ", " -> ", ". Then ")) + story.name(term)
    story.chain(*before)
    story.fan(before[-1], arms)
    for arm in arms:
        story.link(arm, first)
    story.chain(*after)
    return _title(story, text)


def sent_to_several(rng: random.Random) -> Draft:
    """a, b, c; the result is sent to d, e and f. f writes g."""
    story = Story(rng)
    before = (story.actions if rng.random() < 0.5 else story.steps)(rng.choice((1, 2, 2, 3, 4)))
    targets = [story.entity() for _ in range(rng.choice((2, 2, 3, 3, 4, 5)))]
    text = _before(story, before)
    text += rng.choice((". ", "; ", ", ", ", and ", " - "))
    what = rng.choice(("the result", "the output", "that", "the outcome", "everything", "this"))
    done = rng.choice(ways(
        "is sent to|goes to|is passed to|is shared with|is copied to|goes out to|is delivered to|"
        "is handed to|is forwarded to|gets sent to|ends up in|is published to|is written to"
    ))  # fmt: skip
    part = f"{what} {done} {story.listed(targets)}"
    text += sentence(part)[:-1] if text.endswith(". ") else part
    story.chain(*before)
    story.fan(before[-1], targets)
    for target in rng.sample(targets, rng.choice((0, 1, 1, 2))):
        end = story.entity()
        does = rng.choice(("feeds", "passes it on to", "forwards it to", "writes to", "informs",
                           "sends it to", "hands it to", "leads to"))  # fmt: skip
        text += rng.choice((". ", "; ", ", "))
        text += f"{story.the(target)} {does} {story.the(end)}"
        story.link(target, end)
    return _title(story, text)


def each_makes_its_own(rng: random.Random) -> Draft:
    """a, b and c all go to d, that writes to e. From e three jobs read: f, g, h; f makes i …"""
    story = Story(rng)
    sources = [story.entity(Kind.DATA, Kind.DOCUMENT, Kind.SERVICE) for _ in
               range(rng.choice((1, 2, 2, 3)))]  # fmt: skip
    middle = story.entity(Kind.SERVICE, Kind.PROCESS)
    lake = story.entity(Kind.STORE)
    jobs = [story.entity(Kind.PROCESS, Kind.MODEL) for _ in range(rng.choice((2, 2, 3, 3, 4)))]
    ends = [story.entity(Kind.DOCUMENT, Kind.DATA, Kind.STORE) for _ in jobs]
    one = len(sources) == 1
    all_ = "" if one or rng.random() < 0.4 else " both" if len(sources) == 2 else " all"
    goes = ("goes to", "is read by", "is loaded by", "feeds") if one else (
        "go to", "are read by", "are collected by", "feed", "flow into", "land in")  # fmt: skip
    goes_text = rng.choice(goes)
    subject = story.listed(sources)
    if all_ and goes_text.startswith("are "):
        goes_text = f"are{all_}{goes_text[3:]}"
    else:
        goes_text = all_.strip() + " " + goes_text if all_ else goes_text
    parts = [f"{subject} {goes_text} {story.the(middle)}"]
    parts[0] += rng.choice((", which ", ", that one ", " and that ", ", which then "))
    parts[0] += rng.choice(("writes to", "fills", "saves to", "loads everything into"))
    parts[0] += f" {story.the(lake)}"
    n = _NUMBERS[len(jobs)]
    kind = rng.choice(("jobs", "steps", "things", "programs", "teams", "modules"))
    parts.append(
        rng.choice(
            (
                f"from {story.the(lake)} {n} {kind} read: {story.listed(jobs, bare=True)}",
                f"{n} {kind} read from {story.the(lake)}: {story.listed(jobs, bare=True)}",
                f"{story.the(lake)} is read by {story.listed(jobs)}",
                f"{story.the(lake)} feeds {story.listed(jobs)}",
                f"from there it goes to {story.listed(jobs)}",
                f"{story.listed(jobs)} read from {story.the(lake)}",
                f"{story.listed(jobs)} take their input from {story.the(lake)}",
            )
        )
    )
    for source in sources:
        story.link(source, middle)
    story.link(middle, lake)
    story.fan(lake, jobs)
    makes = rng.choice(("makes", "writes", "produces", "creates", "gives", "updates", "fills"))
    made = zip(jobs, ends, strict=True)
    said = [f"{story.the(job)} {makes} {story.the(end)}" for job, end in made]
    parts.append(rng.choice((", ", ", ", " and ", "; ")).join(said))
    for job, end in zip(jobs, ends, strict=True):
        story.link(job, end)
    if rng.random() < 0.3:
        reader = story.entity(Kind.PERSON, Kind.SERVICE)
        which = "both" if len(ends) == 2 else "all of them"
        parts.append(f"{story.the(reader)} {rng.choice(('reads', 'gets', 'collects'))} {which}")
        for end in ends:
            story.link(end, reader)
    glue = rng.choice((". ", ". ", "; ", "\n"))
    if glue != "; " and rng.random() < 0.6:
        parts = [part[:1].upper() + part[1:] for part in parts]
    return _title(story, glue.join(parts))
