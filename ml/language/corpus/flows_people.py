"""People doing things: "customer places order" as a step, hand-overs, start and end."""

from __future__ import annotations

import itertools
import random

from ml.language.corpus import terms_words
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_conditions import decision
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, fits, ways
from ml.spec.model import Kind

_DOES = ways(
    "places order|submits the form|asks for help|reviews the request|signs the contract|"
    "sends a reply|pays the bill|opens a ticket|checks the stock|packs the parcel|"
    "approves the budget|uploads a photo|picks a seat|reads the report|calls the customer|"
    "books a slot|fills in the survey|confirms the date|ships the goods|writes the code|"
    "tests the build|closes the case|updates the record|schedules a visit|grades the exam|"
    "orders lunch|takes the sample|runs the analysis|prepares the room|delivers the package|"
    "scans the badge|refunds the money|enters the password|escalates the issue|"
    "prints the label|notifies the team|logs the incident|validates the data|requests access|"
    "returns the item"
)

_GIVES = ways("sends|gives|hands|emails|submits|forwards")
_PASSES = ways(
    "forwards it to|passes it to|sends it to|hands it to|gives it to|passes it on to|"
    "returns it to|mails it to"
)


def _clause(story: Story, who: str) -> Term:
    while True:
        what = story.cased(story.rng.choice(_DOES))
        term = Term(f"{who} {what}", Kind.PROCESS, Form.NAME)
        if fits(term.words) and story.take(term):
            return term


def _people(story: Story, count: int) -> list[str]:
    """Who acts: short names, so that a whole clause fits a label."""
    names: list[str] = []
    while len(names) < count:
        words = story.entity(Kind.PERSON).words
        if len(words) <= 17:
            names.append(words)
    return names


def clauses(rng: random.Random) -> Draft:
    """The customer places an order, then the clerk checks the stock: each clause a step."""
    story = Story(rng)
    people = _people(story, rng.randint(1, 3))
    count = rng.randint(3, 6)
    terms: list[Term] = []
    parts = []
    the = rng.choice(("the ", "the ", ""))
    for index in range(count):
        term = _clause(story, people[index % len(people)])
        terms.append(term)
        name = story.name(term)
        parts.append(the + name)
    way = rng.randrange(3)
    if way == 0:
        text = rng.choice((", then ", " and then ", ", after that ")).join(parts)
    elif way == 1:
        text = ". ".join(
            (
                rng.choice(("First ", "", "First, "))
                if i == 0
                else rng.choice(("Then ", "After that, ", "Next, ", "Then "))
            )
            + part
            for i, part in enumerate(parts)
        )
    else:
        text = arrow(rng).join(term.words for term in terms)
    story.chain(*terms)
    return story.tell(sentence(text) if way < 2 else text, sentence=way < 2)


def hand_over(rng: random.Random) -> Draft:
    """The customer sends the form to the clerk, who forwards it to the manager."""
    story = Story(rng)
    people = [
        story.entity(Kind.PERSON, Kind.PERSON, Kind.PERSON, Kind.SERVICE)
        for _ in range(rng.randint(2, 5))
    ]
    item = terms_words.entity(rng, (Kind.DOCUMENT,)).words.lower()
    text = f"{story.the(people[0])} {rng.choice(_GIVES)} the {item} to {story.the(people[1])}"
    for before, after in itertools.pairwise(people[1:]):
        who = "who" if before.kind is Kind.PERSON else "which"
        text += f", {who} {rng.choice(_PASSES)} {story.the(after)}"
    story.chain(*people)
    return story.tell(sentence(text), sentence=True)


def reports_to(rng: random.Random) -> Draft:
    """Organisation charts: A manages B and C."""
    story = Story(rng)
    boss = story.entity(Kind.PERSON)
    team = [story.entity(Kind.PERSON) for _ in range(rng.randint(2, 4))]
    verb = rng.choice(("manages", "leads", "supervises", "is over", "directs"))
    text = f"{story.the(boss)} {verb} {story.listed(team)}"
    story.fan(boss, team)
    for lead in rng.sample(team, rng.choice((0, 1, 1, 2))):
        below = [story.entity(Kind.PERSON) for _ in range(rng.choice((1, 2, 3)))]
        text += rng.choice((". ", "; ")) + f"{story.the(lead)} {verb} {story.listed(below)}"
        story.fan(lead, below)
    text = ". ".join(sentence(part)[:-1] for part in text.split(". "))
    return story.tell(sentence(text), sentence=True)


def start_to_end(rng: random.Random) -> Draft:
    """Start, steps, a decision, end."""
    story = Story(rng)
    start = Term(story.cased(rng.choice(("start", "Start", "begin"))), Kind.START)
    end = Term(story.cased(rng.choice(("end", "End", "stop", "done"))), Kind.END)
    mark = rng.choice((" -> ", " -> ", " → ", ", ", " => ", ", then "))
    before = story.actions(rng.randint(1, 3))
    text = mark.join([story.name(start), *(story.name(term) for term in before)])
    asked = ask(story, question=True)
    text += mark + asked.said(story) + "?"
    after = story.actions(1)[0]
    story.chain(start, *before, asked.term)
    way = rng.randrange(3)
    if way == 0:
        text += f" yes -> {story.name(after)} -> {story.name(end)}, no -> {story.name(end)}"
        story.link(asked.term, after, "yes")
        story.link(asked.term, end, "no")
    elif way == 1:
        text += f" yes -> {story.name(end)}, no -> {story.name(after)} -> back to {before[0].words}"
        story.link(asked.term, end, "yes")
        story.link(asked.term, after, "no")
        story.link(after, before[0])
    else:
        other = story.actions(1)[0]
        text += f" yes: {story.name(after)}, no: {story.name(other)}. Both go to {story.name(end)}"
        story.link(asked.term, after, "yes")
        story.link(asked.term, other, "no")
        story.link(other, end)
    if way != 1:
        story.link(after, end)
    return story.tell(text)


def approval(rng: random.Random) -> Draft:
    """A person decides: approved goes on, rejected goes back or ends."""
    story = Story(rng)
    who, boss = _people(story, 2)
    item = rng.choice(("form", "request", "draft", "report", "claim", "plan", "invoice", "design"))
    submits = rng.choice(("submits", "sends", "files", "uploads"))
    reviews = rng.choice(("reviews it", "checks it", "looks at it", "reads it", "signs off"))
    first = Term(story.cased(f"{who} {submits} the {item}"), Kind.PROCESS, Form.NAME)
    second = Term(story.cased(f"{boss} {reviews}"), Kind.PROCESS, Form.NAME)
    after = story.action()
    text = f"{story.name(first)}, then {story.name(second)}"
    ok = decision("approved")
    text += rng.choice((". If ", ", if ")) + f"{story.cased('approved')}, "
    story.name(ok)
    text += story.name(after) + rng.choice((", otherwise ", ". Otherwise ", ", if not "))
    story.chain(first, second, ok)
    story.link(ok, after, "yes")
    if rng.random() < 0.6:
        text += rng.choice(
            (
                "back to the start",
                "start over",
                "go back to the beginning",
                "back to the first step",
            )
        )
        story.link(ok, first, "no")
    else:
        other = story.action()
        text += story.name(other)
        story.link(ok, other, "no")
    return story.tell(sentence(text), sentence=True)
