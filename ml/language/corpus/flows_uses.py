"""One thing that leads to several, in few words: “django app talks to postgres and redis”."""

from __future__ import annotations

import random

from ml.language.corpus import terms_words
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.language.corpus.terms_lexicon import PRODUCTS
from ml.spec.model import Kind

_FRAMEWORKS = ways(
    "django|flask|rails|spring|laravel|express|fastapi|next.js|react|vue|svelte|android|ios|"
    "flutter|node|go|rust|php|wordpress|phoenix|electron|angular|nest|unity|streamlit|gradio"
)
_ROLES = ways("app|api|backend|frontend|server|service|worker|bot|site|client|dashboard|gateway")
_USES = ways(
    "talks to|uses|connects to|calls|depends on|writes to|sends data to|queries|is connected to|"
    "reads and writes|hits|feeds|sends events to|pushes to|needs|relies on|speaks to|goes to"
)
_SHORT = (" -> ", " → ", ": ", " => ", " uses ", " + ", " with ")


def _app(story: Story) -> Term:
    """“django app”, “billing worker”, “nginx”"""

    def draw(rng: random.Random) -> Term:
        roll = rng.random()
        if roll < 0.5:
            words = f"{rng.choice(_FRAMEWORKS)} {rng.choice(_ROLES)}"
            return Term(words, Kind.SERVICE, Form.NOUN)
        return terms_words.entity(rng, (Kind.SERVICE,))

    return story.fresh(draw)


def _backing(story: Story) -> Term:
    """A store or service, most of them known ones as hurried people type them."""

    def draw(rng: random.Random) -> Term:
        kind = rng.choice((Kind.STORE, Kind.STORE, Kind.SERVICE))
        if rng.random() < 0.6:
            words = rng.choice(PRODUCTS[kind])
            return Term(words.lower() if rng.random() < 0.6 else words, kind, Form.NAME)
        return terms_words.entity(rng, (kind,))

    return story.fresh(draw)


def app_uses(rng: random.Random) -> Draft:
    """user -> nginx -> django app; the django app talks to postgres, redis and s3"""
    story = Story(rng)
    chain = [_app(story)]
    if rng.random() < 0.4:
        chain.insert(0, story.entity(Kind.PERSON) if rng.random() < 0.6 else _app(story))
    if rng.random() < 0.25:
        chain.insert(-1, _app(story))
    targets = [_backing(story) for _ in range(rng.choice((2, 2, 2, 3, 3, 4)))]
    hub = chain[-1]
    if len(chain) > 1:
        way = rng.choice((" -> ", " → ", " calls ", " goes to ", " hits ", " uses "))
        if len(chain) > 2 and "-" not in way and "→" not in way:
            way = " -> "
        text = way.join(story.name(term) for term in chain)
        verb = rng.choice(_USES)
        text += rng.choice(
            (
                f"; {hub.words} {verb} ",
                f". {sentence(hub.words)[:-1]} {verb} ",
                f", which {verb} ",
                f", and {hub.words} {verb} ",
                f", {hub.words} {verb} ",
                f"\n{hub.words} -> ",
                f". It {verb} ",
                f". That one {verb} ",
            )
        )
    else:
        text = story.the(hub)
        text += rng.choice((f" {rng.choice(_USES)} ",) * 3 + _SHORT)
    plus = text.endswith((" + ", " with ")) and len(chain) == 1
    text += story.listed(targets, bare=plus or rng.random() < 0.5)
    story.chain(*chain)
    story.fan(hub, targets)
    if rng.random() < 0.3:
        source = rng.choice(targets[:-1])
        end = _backing(story)
        text += rng.choice((". ", "; ", ", ")) + f"{source.words} {rng.choice(_USES)} "
        text += story.the(end)
        story.link(source, end)
    return story.tell(text, sentence=True)


def three_things(rng: random.Random) -> Draft:
    """a does three things: b, c and d; nothing joins those three"""
    story = Story(rng)
    head = story.things(1)[0] if rng.random() < 0.6 else story.action()
    acting = rng.random() < 0.5
    count = rng.choice((2, 3, 3, 4, 5))
    arms = story.actions(count) if acting else story.things(count)
    n = {2: "two", 3: "three", 4: "four", 5: "five"}[count]
    n = n if rng.random() < 0.7 else str(count)
    what = rng.choice(
        ("things", "tasks", "jobs", "actions")
        if acting
        else ("outputs", "targets", "places", "results", "destinations", "consumers", "parts")
    )
    text = story.the(head) + rng.choice(
        (
            f", then {n} {what}: ",
            f" leads to {n} {what}: ",
            f" has {n} {what}: ",
            f" -> {n} {what}: ",
            f", from there {n} {what} side by side: ",
            f", which starts {n} {what} at once: ",
            f", {n} {what}: ",
            f" splits into {n} {what}: ",
        )
    )
    text += story.listed(arms, bare=True)
    story.fan(head, arms)
    if rng.random() < 0.3:
        last = story.steps(1)[0]
        both = "both" if count == 2 else "all"
        text += rng.choice((f". {both.capitalize()} end in ", f"; {both} lead to ",
                            f". After {both} of them "))  # fmt: skip
        text += story.name(last)
        for arm in arms:
            story.link(arm, last)
    return story.tell(sentence(text) if rng.random() < 0.4 else text, sentence=True)
