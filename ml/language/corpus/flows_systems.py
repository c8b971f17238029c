"""Systems told in prose: each sentence takes up a part that was named and says where it leads."""

from __future__ import annotations

import random
from collections.abc import Callable

from ml.language.corpus import terms_lexicon
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_TO = ways(
    "calls|sends requests to|talks to|passes the data to|hands over to|forwards everything to|"
    "goes to|feeds|leads to|connects to|streams to|uploads to|posts to|publishes to|queries"
)
_DOES = ways("checks|reads|validates|parses|counts|sorts|compresses|encrypts|waits for|looks at")
_PARTS = ways("splits into|branches into|fans out to|goes to both|is shared by|sends copies to")
_KEEPS = ways("stores it in|saves it to|writes to|keeps a copy in|logs to|archives it in")
_TELLS = ways("alerts|notifies|informs|emails|pings|reports to|shows it to")
_NUMBERS = {2: ("two", "2", "both"), 3: ("three", "3", "the three")}


class _System:
    """The description so far; `ends` are the parts that lead on, the newest last."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.story = Story(rng)
        self.ends: list[Term] = []
        self.clear = False  # whether "it" can only be the newest end

    def subject(self, term: Term) -> str:
        """The term at the start of a sentence, or a word that stands for the one just named."""
        if self.clear and len(self.ends) == 1 and self.rng.random() < 0.35:
            return self.rng.choice(("It", "This", "That one", "From there it"))
        return sentence(self.story.the(term))[:-1]

    def one(self) -> Term:
        """The only end; of several, the newest."""
        return self.ends[-1]


def _on(system: _System) -> str:
    """X calls Y, which feeds Z."""
    rng, story = system.rng, system.story
    source = system.one()
    terms = story.things(rng.choice((1, 1, 2)))
    text = f"{system.subject(source)} "
    if rng.random() < 0.2:
        text += f"{rng.choice(_DOES)} the {rng.choice(terms_lexicon.OBJECTS)} and "
    text += f"{rng.choice(_TO)} {story.the(terms[0])}"
    for term in terms[1:]:
        text += f"{rng.choice((', which ', ' and that one ', ', which then '))}"
        text += f"{rng.choice(_TO)} {story.the(term)}"
    story.chain(source, *terms)
    system.ends, system.clear = [terms[-1]], True
    return text


def _part(system: _System) -> str:
    """X splits into Y and Z; both go to W."""
    rng, story = system.rng, system.story
    source = system.one()
    arms = story.things(rng.choice((2, 2, 3)))
    verb = rng.choice([verb for verb in _PARTS if len(arms) == 2 or "both" not in verb])
    text = f"{system.subject(source)} "
    if rng.random() < 0.2:
        text += f"{rng.choice(_DOES)} the {rng.choice(terms_lexicon.OBJECTS)}, then "
    named = story.listed(arms)
    if rng.random() < 0.25:
        word = rng.choice(("parts", "branches", "services", "models", "systems", "places"))
        text += f"{rng.choice(('feeds', 'goes to', 'is sent to'))} "
        text += f"{rng.choice(_NUMBERS[len(arms)][:2])} {word}{rng.choice((', ', ': '))}{named}"
    else:
        text += f"{verb} {named}"
    story.fan(source, arms)
    system.ends, system.clear = arms, True
    if rng.random() < 0.75:
        meeting = story.entity()
        both = "both" if len(arms) == 2 else "all"
        text += rng.choice(
            (f", {both} ", f", and {both} ", f"; {both} ", f". {both.capitalize()} ")
        )
        text += rng.choice(("go to ", "write to ", "feed ", "end in ", "report to ", "send to "))
        text += story.the(meeting)
        for arm in arms:
            story.link(arm, meeting)
        system.ends = [meeting]
    return text


def _gather(system: _System) -> str:
    """The results of Y and Z are merged in W."""
    rng, story = system.rng, system.story
    if len(system.ends) < 2:
        return _also(system)
    meeting = story.entity()
    whose = rng.choice(("Their results", "Their outputs", "The results of these", "These", "They"))
    text = f"{whose} {rng.choice(('are merged in', 'are combined in', 'are joined by'))} "
    text += story.the(meeting)
    for end in system.ends:
        story.link(end, meeting)
    system.ends, system.clear = [meeting], True
    return text


def _also(system: _System) -> str:
    """V also feeds X: another source of a part that was named."""
    rng, story = system.rng, system.story
    target, source = system.one(), story.entity()
    text = f"{sentence(story.the(source))[:-1]} also {rng.choice(_TO)} {target.words}"
    story.link(source, target)
    system.clear = False
    return text


def _close(system: _System) -> str:
    """X stores it in S and alerts P."""
    rng, story = system.rng, system.story
    source = system.one()
    said = [
        (rng.choice(_KEEPS), story.entity(Kind.STORE)),
        (rng.choice(_TELLS), story.entity(Kind.PERSON)),
        (rng.choice(("produces", "prints", "returns", "writes")), story.entity(Kind.DOCUMENT)),
    ]
    said = rng.sample(said, rng.choice((1, 2, 2, 3)))
    parts = [f"{verb} {story.the(term)}" for verb, term in said]
    text = (
        f"{sentence(source.words)[:-1]} {parts[0]}"
        if len(parts) == 1
        else (f"{sentence(source.words)[:-1]} {', '.join(parts[:-1])} and {parts[-1]}")
    )
    story.fan(source, [term for _, term in said])
    system.ends = [source]
    return text


def _answer(system: _System) -> str:
    """The answer goes back to A."""
    rng, story = system.rng, system.story
    first = story.sketch.nodes[0].label
    source = system.one()
    if source.label == first:
        return _on(system)
    word = rng.choice(("result", "answer", "response", "output"))
    text = rng.choice((f"The {word} goes back to ", f"Finally the {word} returns to "))
    text += first
    story.link(source, Term(first, Kind.PROCESS))
    return text


def system_prose(rng: random.Random) -> Draft:
    """The app calls the API. It checks the token, then splits into a and b, both go to c."""
    system = _System(rng)
    system.ends = [system.story.entity()]
    pieces: list[Callable[[_System], str]] = [_on, _part, _also, _gather]
    parts = [rng.choice((_on, _on, _part))(system)]
    for _ in range(rng.choice((1, 2, 2, 3))):
        parts.append(rng.choices(pieces, (4, 3, 2, 2 if len(system.ends) > 1 else 0))[0](system))
    if rng.random() < 0.5:
        parts.append(rng.choice((_close, _close, _answer))(system))
    glue = rng.choice((". ", ". ", ". ", "; ", "\n"))
    return system.story.tell(sentence(glue.join(parts)), sentence=True)
