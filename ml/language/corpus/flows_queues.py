"""Queues and topics: who fills them and who takes from them."""

from __future__ import annotations

import random

from ml.language.corpus import terms_systems
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_directions import from_store, into_store, plural, verb
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_talk import glued, listed_all, point, too
from ml.language.corpus.flows_terms import ways


def fills_and_takes(rng: random.Random) -> Draft:
    """The crawler fills the page queue, the parser takes from it and writes to S3."""
    story = Story(rng)
    maker = story.fresh(rng.choice((terms_systems.service, terms_systems.client)))
    first = story.fresh(terms_systems.queue if rng.random() < 0.7 else terms_systems.store)
    fill = rng.choice(ways(
        "fills|writes to|pushes to|publishes to|puts jobs in|puts tasks on|drops messages in|"
        "adds to|sends jobs to|enqueues in|posts to|sends messages to|pushes jobs to|"
        "writes its events to"
    ))  # fmt: skip
    makers = [maker]
    if rng.random() < 0.2:
        makers.append(story.fresh(terms_systems.service))
    done = plural(fill) if len(makers) > 1 else fill
    parts = [f"{story.listed(makers)} {done} {story.the(first)}"]
    for source in makers:
        story.link(source, first)
    at, clear = first, True
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        worker = story.fresh(terms_systems.service)
        takes = from_store(rng).one
        it = "it" if clear and rng.random() < 0.6 else story.the(at)
        clear = True
        end = story.fresh(terms_systems.store)
        text = f"{story.the(worker)} {takes} {it}"
        story.link(at, worker)
        does = into_store(rng).one
        text += (
            rng.choice((" and ", " and ", ", then it ", " and then ")) + f"{does} {story.the(end)}"
        )
        story.link(worker, end)
        if rng.random() < 0.2:
            also = story.fresh(rng.choice((terms_systems.store, terms_systems.service)))
            text += f" and {verb(rng, worker, also, backward=0).one} {story.the(also)}"
            story.link(worker, also)
            clear = False  # “it” might be either
        parts.append(text)
        at = end
    if rng.random() < 0.6:
        reader = story.fresh(terms_systems.service)
        if rng.random() < 0.3:
            second = story.fresh(terms_systems.service)
            parts.append(
                f"{story.listed([reader, second])} {plural(from_store(rng).one)} {at.words}"
            )
            story.link(at, second)
        else:
            parts.append(f"{story.the(reader)} {from_store(rng).one} {story.the(at)}")
        story.link(at, reader)
    return glued(story, parts)


def publishers(rng: random.Random) -> Draft:
    """a and b publish to the orders topic, c, d and e subscribe to it; e also writes to f"""
    story = Story(rng)
    sources = [story.fresh(terms_systems.service) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    bus = story.fresh(terms_systems.queue)
    readers = [story.fresh(terms_systems.service) for _ in range(rng.choice((1, 2, 2, 3, 4)))]
    one = len(sources) == 1
    put = rng.choice(ways(
        "publishes to|publishes events to|emits to|sends events to|writes to|produces to|"
        "announces changes on|posts messages to|pushes to|broadcasts on"
    ))  # fmt: skip
    text = f"{story.listed(sources) if one else listed_all(story, sources)} "
    text += f"{put if one else plural(put)} {story.the(bus)}"
    for source in sources:
        story.link(source, bus)
    get = rng.choice(ways(
        "subscribes to|listens to|consumes|reads from|consumes from|gets events from|"
        "receives from|is subscribed to|picks events up from|is notified by"
    ))  # fmt: skip
    one = len(readers) == 1
    it = rng.choice(("it", "it", bus.words))
    if rng.random() < 0.25:
        heard = ways("delivers to|is consumed by|fans out to|notifies|is read by|is listened to by")
        part = f"{story.the(bus)} {rng.choice(heard)} {story.listed(readers)}"
    elif get == "subscribes to" and not one and rng.random() < 0.4:
        part = f"{story.listed(readers)} {rng.choice(('subscribe', 'are subscribed', 'listen'))}"
    else:
        part = f"{story.listed(readers) if one else listed_all(story, readers)} "
        part += f"{get if one else plural(get)} {it}"
    story.fan(bus, readers)
    parts = [text, part]
    for reader in rng.sample(readers, min(len(readers), rng.choice((0, 1, 1, 2)))):
        end = story.fresh(rng.choice((terms_systems.store, terms_systems.service,
                                      terms_systems.person)))  # fmt: skip
        says = verb(rng, reader, end, backward=0.1)
        words = rng.choice((says.one, f"then {says.one}", too(says.one)))
        parts.append(f"{story.the(reader)} {words} {story.the(end)}")
        point(story, reader, says, end)
    return glued(story, parts)
