"""Loops of learning machines and services that people sketch again and again."""

from __future__ import annotations

import random

from ml.language.corpus import terms_words
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_decisions import ask
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import Kind

_TRAIN = ways(
    "load batch|next batch|get a batch|sample a batch|augment|zero the gradients|forward|"
    "forward pass|"
    "run the model|compute loss|loss|backward|backward pass|backpropagate|clip gradients|update|"
    "update weights|optimizer step|log metrics|step the scheduler|evaluate|save checkpoint"
)
_AGENT = ways(
    "observe|read the state|think|plan|choose an action|pick a tool|act|call the tool|run the code|"
    "read the result|reflect|update memory|revise the plan|critique|ask the user|summarize|decide"
)
_RL = ways(
    "reset environment|observe state|select action|take action|get reward|store transition|"
    "sample minibatch|compute advantage|update policy|update critic|sync target network|"
    "decay epsilon"
)
_CONTROL = ways(
    "read sensor|compare with setpoint|compute error|run controller|drive actuator|wait 10 ms|"
    "measure output|filter signal|check limits|log values|adjust gain|send command|poll status"
)
_WORK = ways(
    "plan sprint|build|measure|learn|design|prototype|test|collect feedback|improve|review|release|"
    "demo|hold retrospective|pick next task|write test|make it pass|refactor|deploy|monitor|retrain"
)


def machine_loop(rng: random.Random) -> Draft:
    """forward, loss, backward, update, next batch, and again"""
    story = Story(rng)
    words = rng.choice((_TRAIN, _TRAIN, _AGENT, _RL, _CONTROL, _WORK))
    count = rng.randint(3, min(7, len(words)))
    chosen = [words[index] for index in sorted(rng.sample(range(len(words)), count))]
    terms = [Term(story.cased(word), Kind.PROCESS, Form.VERB) for word in chosen]
    for term in terms:
        story.take(term)
    mark = rng.choice((arrow(rng), ", ", ", then ", "\n", ", "))
    text = mark.join(story.name(term) for term in terms)
    story.chain(*terms)
    story.title = rng.choice(ways("training loop|agent loop|control loop|RL loop|loop|cycle"))
    roll = rng.random()
    if roll < 0.6:
        text += rng.choice(
            (
                ", repeat",
                " and repeat",
                ", and again",
                " - then from the top",
                f", back to {terms[0].words}",
                f" -> back to {terms[0].words}",
                f", then {terms[0].words} again",
                ", loop",
                " (repeat)",
                ", and over again",
                f". After {terms[-1].words} it starts again with {terms[0].words}",
            )
        )
        story.link(terms[-1], terms[0])
    else:
        text += rng.choice(
            (", repeat until ", "; loop until ", ". Repeat until ", ", and again until ")
        )
        asked = ask(story)
        text += asked.said(story)
        story.link(terms[-1], asked.term)
        story.link(asked.term, terms[0], "no")
        if rng.random() < 0.6:
            last = story.action()
            text += rng.choice((", then ", ". Then ", ", finally ")) + story.name(last)
            story.link(asked.term, last, "yes")
    return story.tell(text)


def cache_first(rng: random.Random) -> Draft:
    """The API checks the cache: hit -> return it, miss -> query the database"""
    story = Story(rng)
    user, api = story.entity(Kind.PERSON, Kind.SERVICE), story.entity(Kind.SERVICE)
    store = story.entity(Kind.STORE)
    verb = rng.choice(("calls", "sends a request to", "asks", "->", "uses"))
    text = f"{story.the(user)} {verb} {story.the(api)}"
    text += rng.choice(
        ways(", which checks |, it checks |. It looks in | -> |, which first asks ")
    ) + story.the(store)
    hit, miss = story.steps(1)[0], story.steps(1)[0]
    a, b = rng.choice((("hit", "miss"), ("found", "not found"), ("hit", "miss")))
    a, b = story.cased(a), story.cased(b)
    arm = rng.choice((" -> ", ": ", " → "))
    text += (
        rng.choice((". ", "; ", ": ")) + f"{a}{arm}{story.name(hit)}, {b}{arm}{story.name(miss)}"
    )
    story.chain(user, api, store)
    story.link(store, hit, a)
    story.link(store, miss, b)
    return story.tell(sentence(text), sentence=True)


def ensemble(rng: random.Random) -> Draft:
    """Three models vote; several inputs are embedded each and merged."""
    story = Story(rng)
    count = rng.choice((2, 2, 3, 4))
    source = story.entity(Kind.DATA)
    models = [story.entity(Kind.MODEL) for _ in range(count)]
    merge = story.fresh(
        lambda r: Term(
            r.choice(
                ways("majority vote|voting|average|concatenation|fusion|weighted sum|averaging")
            )
            if r.random() < 0.5
            else terms_words.step(r).words,
            Kind.PROCESS,
        )
    )
    verb = rng.choice(("goes to", "is fed to", "is sent to", "goes through", "->"))
    text = f"{story.the(source)} {verb} {story.listed(models)}"
    text += rng.choice(
        ways(
            ", their outputs go to |. Their results go to |, whose outputs go into |"
            ", then |. All outputs are sent to "
        )
    ) + story.name(merge)
    story.fan(source, models)
    for model in models:
        story.link(model, merge)
    if rng.random() < 0.6:
        out = story.entity(Kind.DATA, Kind.SERVICE, Kind.DOCUMENT)
        text += rng.choice((", which gives ", ", then ", " -> ", " and finally ")) + story.the(out)
        story.link(merge, out)
    return story.tell(sentence(text), sentence=True)


def both_use(rng: random.Random) -> Draft:
    """A and B both call C; C and D write to E."""
    story = Story(rng)
    first = [story.entity(Kind.SERVICE, Kind.PERSON) for _ in range(rng.choice((2, 2, 3)))]
    hub = story.entity(Kind.SERVICE)
    verb = rng.choice(("call", "use", "talk to", "send requests to", "connect to", "go through"))
    both = "both " if len(first) == 2 else "all "
    text = f"{story.listed(first)} {rng.choice((both, ''))}{verb} {story.the(hub)}"
    for term in first:
        story.link(term, hub)
    store = story.entity(Kind.STORE, Kind.SERVICE)
    text += rng.choice(
        ways(
            ", which writes to |. It writes to |, which talks to |. This one uses |"
            "; that one writes to "
        )
    ) + story.the(store)
    story.link(hub, store)
    if rng.random() < 0.5:
        other = story.entity(Kind.SERVICE)
        text += rng.choice(
            (
                ". {X} writes there too",
                ". {X} also uses it",
                ". {X} writes to {s} as well",
                ". {X} also connects to {s}",
            )
        ).format(X=sentence(story.the(other))[:-1], s=store.words)
        story.link(other, store)
    return story.tell(sentence(text), sentence=True)
