"""Services that each have a store of their own, and what stands before all of them."""

from __future__ import annotations

import random

from ml.language.corpus import terms_systems
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_talk import glued
from ml.language.corpus.flows_terms import Term
from ml.spec.model import Kind


def _certain(story: Story, term: Term) -> Term:
    """This very term, in the letter case of the story."""
    return story.fresh(lambda _: term)


def owns_its_own(rng: random.Random) -> Draft:
    """The cart service owns the cart db, the menu service owns the menu db. …"""
    story = Story(rng)
    head = rng.choice(("service", "service", "api", "app", "worker", "backend", "server"))
    thing = rng.choice(("db", "database", "cache", "queue", "bucket", "store", "index"))
    words = terms_systems.topics(rng, rng.choice((2, 2, 3, 3, 4)))
    pairs = []
    for topic in words:
        owner = _certain(story, terms_systems.of_topic(topic, head, Kind.SERVICE))
        owned = _certain(story, terms_systems.of_topic(topic, thing, Kind.STORE))
        pairs.append((owner, owned))
    parts = []
    owners = [owner for owner, _ in pairs]
    roll = rng.random()
    fronts = story.fresh(terms_systems.front)
    before = rng.random() < 0.4
    if before:
        if rng.random() < 0.3:
            who = story.fresh(terms_systems.client)
            parts.append(f"{story.the(who)} {rng.choice(('calls', 'talks to', 'goes through'))} "
                         f"{story.the(fronts)}")  # fmt: skip
            story.link(who, fronts)
        says = rng.choice(
            ("calls", "routes to", "sends to", "talks to", "forwards to", "fans out to")
        )
        parts.append(f"{story.the(fronts)} {says} {story.listed(owners)}")
        story.fan(fronts, owners)
    if roll < 0.35 and before:
        each = "each" if len(pairs) > 2 else rng.choice(("each", "both"))
        if each == "both":
            verb_words = "use their own"
        else:
            verb_words = rng.choice(("of them uses its own", "has its own", "of them owns its own"))
        parts.append(
            f"{each} {verb_words} {thing} ({', '.join(story.name(own) for _, own in pairs)})"
        )
    else:
        says = rng.choice(("owns", "uses", "writes to", "has", "keeps its data in", "saves to",
                           "is backed by", "reads and writes", "talks to", "queries"))  # fmt: skip
        said = []
        for place, (owner, owned) in enumerate(pairs):
            word = says if place == 0 or rng.random() < 0.9 else rng.choice(("owns", "uses"))
            if place and says.endswith(" to") and rng.random() < 0.2:
                word = "to"
            said.append(f"{story.the(owner)} {word} {story.the(owned)}")
        parts.append(", ".join(said) if rng.random() < 0.6 else
                     ", ".join(said[:-1]) + " and " + said[-1])  # fmt: skip
    for owner, owned in pairs:
        story.link(owner, owned)
    calls = 1 if not before else rng.choice((0, 1, 1))
    if len(owners) > 2:
        calls += rng.choice((0, 1))
    for _ in range(calls):
        a, b = rng.sample(owners, 2)
        also = "also " if before and rng.random() < 0.5 else ""
        parts.append(f"{story.the(a)} {also}{rng.choice(('calls', 'asks', 'talks to', 'uses'))} "
                     f"{story.the(b)}")  # fmt: skip
        story.link(a, b)
    if not before:
        whom = "both" if len(owners) == 2 else rng.choice(("all of them", "all services"))
        if whom == "all services" and head != "service":
            whom = "all of them"
        parts.append(f"{story.the(fronts)} "
                     + rng.choice((f"in front of {whom}", f"sits in front of {whom}",
                                   f"calls {whom}", f"stands before {whom}",
                                   f"routes to {whom}", f"is in front of {whom}")))  # fmt: skip
        story.fan(fronts, owners)
    elif rng.random() < 0.4:
        last = story.fresh(terms_systems.store)
        things = {"cache": "caches", "index": "indexes"}
        plural_thing = things.get(thing, thing + "s")
        both = "both" if len(pairs) == 2 else "all"
        done = rng.choice(("fall back to", "are copied to", "sync to", "are replicated to",
                           "are backed up to", "drain into"))  # fmt: skip
        parts.append(f"{both} {plural_thing} {done} {story.the(last)}")
        for _, owned in pairs:
            story.link(owned, last)
    return glued(story, parts)
