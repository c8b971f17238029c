"""Flows that leave the straight road: they part and meet again, go back, or gather at a hub."""

from __future__ import annotations

import itertools
import random
import re

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_branches import feed, sends
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_OUTCOMES = (
    ("approved", "rejected"), ("accepted", "refused"), ("passed", "failed"), ("ok", "not ok"),
    ("pass", "fail"), ("valid", "invalid"), ("good", "bad"), ("clean", "dirty"),
    ("complete", "incomplete"), ("green", "red"), ("success", "error"), ("fixed", "still broken"),
)  # fmt: skip
_HOLDS = ways("stores everything in|writes to|saves the results in|logs to|keeps its data in")
_TELLS = ways("alerts|notifies|informs|reports to|sends a message to|pings|warns")
_ASKS = ways("calls|queries|uses|asks|depends on")


def split_and_meet(rng: random.Random) -> Draft:
    """a goes to b, then splits into c and d, both go to e, which goes to f"""
    story = Story(rng)
    before = story.things(rng.choice((1, 2, 2, 3)))
    arms = [[term] for term in story.things(rng.choice((2, 2, 2, 3)))]
    text = story.the(before[0])
    for term in before[1:]:
        text += rng.choice((" goes to ", ", then ", " -> ", " feeds ", ", which goes to "))
        text += story.the(term)
    story.chain(*before)
    text += rng.choice((", then {s} ", ", which {s} ", " and {s} ", ". It {s} ", "; this {s} "))
    text = text.format(s=rng.choice(("splits into", "splits into", sends(rng, len(arms)))))
    text += story.listed([arm[0] for arm in arms])
    story.fan(before[-1], [arm[0] for arm in arms])
    for arm in arms:
        if rng.random() < 0.25:
            further = story.things(1)[0]
            text += rng.choice((". {H} goes to ", "; {h} goes to ", ", {h} feeds ")).format(
                h=arm[0].words, H=sentence(arm[0].words)[:-1]
            ) + story.the(further)
            arm.append(further)
            story.chain(*arm)
    both = "both" if len(arms) == 2 else "all"
    text += rng.choice((", {b} ", ", and {b} ", ". {B} ", "; {b} ", ", {b} of them ")).format(
        b=both, B=both.capitalize()
    ) + rng.choice(ways("go to|feed|end in|lead to|meet in|are merged in|flow into|send to"))
    meeting = story.things(rng.choice((1, 1, 2, 3)))
    text += f" {story.the(meeting[0])}"
    for arm in arms:
        story.link(arm[-1], meeting[0])
    for term in meeting[1:]:
        text += rng.choice((", which goes to ", ", then ", " and then ", " -> ")) + story.the(term)
    story.chain(*meeting)
    return story.tell(sentence(text) if rng.random() < 0.6 else text, sentence=True)


def outcome_loop(rng: random.Random) -> Draft:
    """a -> b -> c. approved -> d, rejected -> back to a"""
    story = Story(rng)
    before = story.steps(rng.randint(2, 5))
    mark = arrow(rng) if rng.random() < 0.5 else rng.choice((", then ", ", "))
    mark = " -> " if mark.strip() == ">" else mark
    text = mark.join(story.name(term) for term in before)
    source = before[-1]
    story.chain(*before)
    if rng.random() < 0.35:
        asked = ask(story, question=True)
        text += f"{mark}{asked.said(story)}?"
        story.link(source, asked.term)
        source = asked.term
    good, bad = (story.cased(word) for word in rng.choice(_OUTCOMES))
    target = rng.choice((before[0], rng.choice(before[:-1])))
    after = story.steps(rng.choice((1, 1, 2)))
    tail = rng.choice((" -> ", ", then ", " and then ")).join(story.name(term) for term in after)
    back = (
        rng.choice(("back to ", "go back to ", "return to ", "again ", "back to ")) + target.words
    )
    stop = "" if text.endswith("?") else rng.choice((".", ";", ":"))
    text += stop + rng.choice(
        ways(
            " {g} -> {x}, {b} -> {y}| if {g}: {x}, if {b}: {y}| If {b}, {y}, if {g}, {x}|"
            " {b}: {y}, {g}: {x}|\n{g} -> {x}\n{b} -> {y}|\n- {b}: {y}\n- {g}: {x}|"
            " ({g}: {x}; {b}: {y})| When {g} {x}, when {b} {y}"
        )
    ).format(g=good, b=bad, x=tail, y=back)
    story.link(source, after[0], good)
    story.link(source, target, bad)
    story.chain(*after)
    return story.tell(text)


def hub(rng: random.Random) -> Draft:
    """We have a, b and c. They all feed d. It stores everything in e and alerts f."""
    story = Story(rng)
    sources = story.things(rng.choice((1, 2, 2, 3, 4)))
    centre = story.entity(Kind.SERVICE, Kind.PROCESS, Kind.MODEL)
    text = ""
    if len(sources) > 1 and rng.random() < 0.5:
        text = rng.choice(
            ways("We have |There are |We run |Our parts are |In the field there are ")
        )
        text += story.listed(sources)
        they = "both" if len(sources) == 2 else "all"
        text += rng.choice(
            (f". They {they} ", f", which {they} ", f"; {they} of them ", ". These ")
        )
        text += rng.choice(ways("feed|send their data to|report to|talk to|write to|are read by"))
    else:
        text = story.listed(sources) + " "
        text += feed(rng, len(sources)) if len(sources) > 1 else sends(rng, 1)
    text += f" {story.the(centre)}"
    for term in sources:
        story.link(term, centre)
    done: list[tuple[str, Term]] = []
    for kinds, verbs in rng.sample(
        (
            ((Kind.STORE,), _HOLDS),
            ((Kind.PERSON,), _TELLS),
            ((Kind.SERVICE, Kind.MODEL), _ASKS),
            ((Kind.DOCUMENT, Kind.DATA), ("produces", "writes", "outputs", "returns", "generates")),
        ),
        rng.choice((1, 2, 2, 3)),
    ):
        done.append((rng.choice(verbs), story.entity(*kinds)))
    text += rng.choice((". It ", ", which ", ". {C} ", ". That ", " and that one ")).format(
        C=sentence(story.the(centre))[:-1]
    )
    parts = [f"{verb} {story.the(term)}" for verb, term in done]
    text += parts[0]
    for index, part in enumerate(parts[1:], 2):
        text += rng.choice((" and ", " and also ")) if index == len(parts) else ", "
        text += part
    story.fan(centre, [term for _, term in done])
    return story.tell(sentence(text), sentence=True)


def ways_through(rng: random.Random) -> Draft:
    """a -> b -> c; b -> d -> c; d -> e: rows that share what they name."""
    story = Story(rng)
    first = story.steps(rng.randint(3, 5))
    rows = [[story.name(term) for term in first]]
    story.chain(*first)
    for _ in range(rng.choice((1, 1, 2))):
        start, end = sorted(rng.sample(range(len(first)), 2))
        middle = story.steps(rng.choice((1, 1, 2)))
        if rng.random() < 0.2:
            start, end = end, start
        row = [first[start], *middle] + ([first[end]] if rng.random() < 0.8 else [])
        rows.append([story.name(term) for term in row])
        story.chain(*row)
    mark = rng.choice((" -> ", " -> ", " → ", " => ", " --> "))
    glue = rng.choice(("\n", "\n", "; ", ", also ", ". Also "))
    return story.tell(glue.join(mark.join(row) for row in rows))


def round_trip(rng: random.Random) -> Draft:
    """a -> b -> c -> b -> a: what is named again is the same node."""
    story = Story(rng)
    terms = story.things(rng.randint(2, 5))
    row = list(terms)
    for _ in range(rng.choice((1, 1, 2, 3))):
        past = [term for term in terms if term not in row[-2:]] or [row[-2]]
        row.append(row[-2] if rng.random() < 0.4 else rng.choice(past))
        if rng.random() < 0.3:
            row += story.things(1)
    names = [story.name(term) for term in row]
    story.chain(*row)
    mark = rng.choice((" -> ", " -> ", " → ", " => ", ", then ", ", then to ", " to "))
    return story.tell(mark.join(names))


def wait_and_retry(rng: random.Random) -> Draft:
    """a, then b; on failure c and try again; then d: the way back starts where it failed."""
    story = Story(rng)
    before = story.actions(rng.choice((0, 1, 1, 2)))
    tried, mended, after = story.actions(3)
    failure = story.cased(rng.choice(ways("failure|error|timeout|failure|errors|a crash|mistakes")))
    text = ", then ".join(story.name(term) for term in [*before, tried])
    if not before and rng.random() < 0.5:
        text = f"try to {text}"
    on = rng.choice(ways("; on {f} |. On {f}, |. On {f} |, on {f} |. In case of {f} |; upon {f} "))
    text += on.format(f=failure) + story.name(mended)
    text += rng.choice(ways(" and try again| and retry| and go back| and repeat|, then try again"))
    text += rng.choice(ways("; then |. Then |. Otherwise |, otherwise |. Finally |. On success "))
    text += story.name(after)
    story.chain(*before, tried)
    story.link(tried, mended, re.sub(r"^a ", "", failure, flags=re.IGNORECASE))
    story.link(mended, tried)
    story.link(tried, after)
    return story.tell(sentence(text) if rng.random() < 0.7 else text, sentence=True)


def question_chain(rng: random.Random) -> Draft:
    """Is it x? If not, a. If so: is it y? If not, b. If so, c."""
    story = Story(rng)
    text = ""
    before = story.actions(rng.choice((0, 0, 1)))
    if before:
        text = sentence(story.name(before[0])) + " "
    asked = [ask(story, question=True) for _ in range(rng.choice((2, 2, 3)))]
    style = rng.choice(
        (
            ("If not, ", "If so: ", "If so, "),
            ("No: ", "Yes: ", "Yes: "),
            ("If no ", "If yes, ", "If yes "),
            ("no -> ", "yes -> ", "yes -> "),
            ("If not ", "Else ", "Else "),
        )
    )
    exits = []
    for index, one in enumerate(asked):
        text += (style[1] if index else "") + sentence(one.said(story) + "?") + " "
        exits.append(story.actions(1)[0])
        text += style[0] + story.name(exits[-1]) + rng.choice((". ", "; "))
    last = story.actions(1)[0]
    text += style[2] + story.name(last)
    story.chain(*before, asked[0].term)
    for one, leaving in zip(asked, exits, strict=True):
        story.link(one.term, leaving, "no")
    for one, following in itertools.pairwise(asked):
        story.link(one.term, following.term, "yes")
    story.link(asked[-1].term, last, "yes")
    return story.tell(sentence(text), sentence=True)
