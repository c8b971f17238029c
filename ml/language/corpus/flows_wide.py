"""Many parts in many clauses: each clause has one source, and several targets if it likes."""

from __future__ import annotations

import random
from collections.abc import Callable

from ml.language.corpus import terms_systems
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_directions import plural, verb
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_talk import point, too
from ml.language.corpus.flows_terms import Term, ways
from ml.language.corpus.terms_lexicon import TOPICS
from ml.spec.model import Kind

_LEADS = ways(
    "our whole backend|architecture so far|current state|the big picture|all our services|"
    "system overview|who is wired to what|the platform|here is everything we run|full map|"
    "deployment view|what we have in production|target architecture|services and stores|v2 setup|"
    "the stack|draft for the design review|rough map, please tidy up|what talks to what"
)
_WHAT = ways(
    "shop|startup|platform|app|backend|game|marketplace|clinic|bank|school portal|news site|"
    "delivery service|booking site|streaming site|monorepo|hackathon project|data platform"
)


class _Map:
    """The parts of a system, layer by layer, and what each leads to."""

    def __init__(self, rng: random.Random, systems: float = 1.0) -> None:
        self.story = Story(rng)
        self.systems = rng.random() < systems
        clients = rng.choice((1, 1, 2, 3))
        self.clients = [self.draw(terms_systems.client) for _ in range(clients)]
        self.gate = self.draw(terms_systems.front)
        services = rng.choice((2, 3, 3, 4, 5))
        self.services = [self.draw(terms_systems.service) for _ in range(services)]
        self.leads: list[tuple[Term, list[Term]]] = []
        shared: list[Term] = []
        for service in self.services:
            backing = [self.draw(terms_systems.store)]
            roll = rng.random()
            if roll < 0.3:
                backing.append(self.draw(terms_systems.service))
            elif roll < 0.45 and shared:
                backing = [rng.choice(shared)]
            elif roll < 0.55:
                others = [other for other in self.services if other != service]
                backing.append(rng.choice(others))
            shared += backing[:1]
            self.leads.append((service, backing))
        self.tail: list[Term] = []
        if rng.random() < 0.6:
            self.tail = [self.draw(terms_systems.queue), self.draw(terms_systems.service)]
            if rng.random() < 0.4:
                self.tail.append(self.draw(terms_systems.store))

    def draw(self, of: Callable[[random.Random], Term]) -> Term:
        """A part of a system or, in another story, anything."""
        return self.story.fresh(of) if self.systems else self.story.entity()


def _titled(story: Story, text: str) -> Draft:
    rng = story.rng
    if rng.random() < 0.45:
        lead = rng.choice(_LEADS)
        if rng.random() < 0.4:
            lead = f"{rng.choice(TOPICS)} {rng.choice(_WHAT)}, {lead}"
        lead = lead if rng.random() < 0.6 else lead[:1].upper() + lead[1:]
        stop = ":\n" if "\n" in text else rng.choice((": ", ": ", ". ", " - "))
        text = lead + stop + text
        return story.tell(text, wrap=False)
    return story.tell(text)


def wide_arrows(rng: random.Random) -> Draft:
    """app -> gateway; gateway -> a, b, c; a -> db; b -> redis and d; c -> queue -> worker"""
    system = _Map(rng, systems=0.85)
    story = system.story
    arrow = rng.choice((" -> ", " -> ", " -> ", " → ", " => ", " --> ", "->", " > "))
    glue = rng.choice(("; ", "; ", "; ", "\n", ". ", " | "))
    ands = rng.random() < 0.5

    def several(terms: list[Term]) -> str:
        words = [story.name(term) for term in terms]
        if len(words) == 1:
            return words[0]
        return ", ".join(words[:-1]) + (" and " if ands else ", ") + words[-1]

    parts = []
    if len(system.clients) > 1 and rng.random() < 0.5:
        for client in system.clients:
            parts.append(f"{story.name(client)}{arrow}{story.name(system.gate)}")
    else:
        parts.append(several(system.clients) + arrow + story.name(system.gate))
    for client in system.clients:
        story.link(client, system.gate)
    parts.append(story.name(system.gate) + arrow + several(system.services))
    story.fan(system.gate, system.services)
    if rng.random() < 0.15:
        rng.shuffle(system.leads)
    for service, backing in system.leads:
        parts.append(story.name(service) + arrow + several(backing))
        story.fan(service, backing)
    if system.tail:
        source = rng.choice(system.services)
        parts.append(arrow.join(story.name(term) for term in (source, *system.tail)))
        story.chain(source, *system.tail)
    return _titled(story, glue.join(parts))


def wide_prose(rng: random.Random) -> Draft:
    """a, b and c go through the gateway; it calls d and e; d writes to f, e reads from g; …"""
    system = _Map(rng)
    story = system.story
    inner, outer = rng.choice(((", ", "; "), (", ", ". "), ("; ", ". "), (", ", "\n")))
    come = rng.choice(ways(
        "goes through|connects to|talks to|calls|sends requests to|comes in through|enters through|"
        "hits|uses"
    ))  # fmt: skip
    one = len(system.clients) == 1
    all_ = "" if one or rng.random() < 0.4 else " both" if len(system.clients) == 2 else " all"
    text = f"{story.listed(system.clients)}{all_} {come if one else plural(come)} "
    text += story.the(system.gate)
    for client in system.clients:
        story.link(client, system.gate)
    does = rng.choice(ways("calls|routes to|talks to|forwards to|distributes to|sends to"))
    gate = "it" if one and rng.random() < 0.2 else story.the(system.gate)
    sections = [text, f"{gate} {does} {story.listed(system.services)}"]
    story.fan(system.gate, system.services)
    said = []
    for service, backing in system.leads:
        phrases = []
        for target in backing:
            if target in system.services:
                phrases.append(f"{rng.choice(('calls', 'asks', 'uses'))} {story.the(target)}")
                story.link(service, target)
                continue
            says = verb(rng, service, target, backward=0.3)
            phrases.append(f"{says.one} {story.the(target)}")
            point(story, service, says, target)
        said.append(f"{story.the(service)} {' and '.join(phrases)}")
    sections.append(inner.join(said))
    if system.tail:
        source = rng.choice(system.services)
        queue, worker, *rest = system.tail
        put = too(rng.choice(("writes to", "pushes to", "publishes to", "sends events to")))
        text = f"{story.the(source)} {put} {story.the(queue)}"
        text += rng.choice((", ", " and ", ", and ")) + story.the(worker)
        text += f" {rng.choice(('reads from', 'takes from', 'listens to', 'consumes from'))} "
        text += rng.choice(("it", story.the(queue)))
        if rest:
            text += f" and {rng.choice(('writes to', 'saves to', 'fills'))} {story.the(rest[0])}"
        story.chain(source, *system.tail)
        sections.append(text)
    if outer in {". ", "\n"} and rng.random() < 0.7:
        sections = [part[:1].upper() + part[1:] for part in sections]
    text = outer.join(sections) + ("." if rng.random() < 0.4 else "")
    return _titled(story, text)


def strands(rng: random.Random) -> Draft:
    """a -> b -> c -> d, c -> e -> f, c -> g -> h and i, h and i -> k"""
    story = Story(rng)
    systems = rng.random() < 0.5

    def draw(store: float = 0.3) -> Term:
        if not systems:
            return story.steps(1)[0]
        return story.fresh(terms_systems.store if rng.random() < store else terms_systems.service)

    arrow = rng.choice((" -> ", " -> ", " → ", " => ", "->", " --> "))
    glue = rng.choice((", ", ", ", "; ", "\n", " and "))
    main = [draw(0.1) for _ in range(rng.choice((3, 4, 4, 5, 6)))]
    parts = [arrow.join(story.name(term) for term in main)]
    story.chain(*main)
    inner = [term for term in main[1:-1] if term.kind is not Kind.STORE] or [main[0]]
    forks: list[Term] = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        root = rng.choice(inner)
        strand = [draw() for _ in range(rng.choice((1, 1, 2, 2)))]
        if rng.random() < 0.25 and not forks:
            forks = [draw(0.1), draw(0.1)]
            strand_words = arrow.join(story.name(term) for term in (root, *strand))
            parts.append(strand_words + arrow + " and ".join(story.name(term) for term in forks))
            story.chain(root, *strand)
            story.fan(strand[-1], forks)
        else:
            parts.append(arrow.join(story.name(term) for term in (root, *strand)))
            story.chain(root, *strand)
            if strand[0].kind is not Kind.STORE:
                inner.append(strand[0])
    if forks and rng.random() < 0.6:
        end = draw(0.6)
        named = " and ".join(story.name(term) for term in forks)
        clear = parts[-1].endswith(story.name(forks[-1]))
        subject = rng.choice((named, f"both {named}", "both of them", "both")) if clear else named
        parts.append(subject + arrow + story.name(end))
        for fork in forks:
            story.link(fork, end)
    if glue == " and " and any(" and " in part for part in parts):
        glue = ", "
    return _titled(story, glue.join(parts))
