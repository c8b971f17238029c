"""Verbs by the way an arrow points: “a writes to b” is a → b, “a reads from b” is b → a."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind


@dataclass(frozen=True)
class Verb:
    """A verb with its preposition in the third person; forward means subject → object."""

    one: str
    forward: bool

    @property
    def many(self) -> str:
        """For several subjects: “writes to” → “write to”."""
        return plural(self.one)


_IRREGULAR = {"is": "are", "has": "have", "goes": "go", "does": "do"}


def plural(words: str) -> str:
    """A verb of the third person for several subjects: “pushes to” → “push to”."""
    first, space, rest = words.partition(" ")
    rest = rest.replace("its ", "their ")
    if first in _IRREGULAR:
        first = _IRREGULAR[first]
    elif first.endswith("ies"):
        first = first[:-3] + "y"
    elif first.endswith(("ches", "shes", "sses")):
        first = first[:-2]
    else:
        first = first[:-1]
    return first + space + rest


_INTO_STORE = ways(
    "writes to|writes into|saves to|stores its data in|stores everything in|pushes to|appends to|"
    "dumps into|fills|puts jobs in|inserts rows into|logs to|persists to|keeps its state in|"
    "publishes to|adds to|drops messages in|backs up to|exports to|loads data into|updates|"
    "uploads to|enqueues in|saves its results in|archives to|syncs to|streams into"
)
_ASKS_STORE = ways(
    "queries|looks in|searches|looks things up in|checks|uses|owns|connects to|falls back to|"
    "talks to|depends on|asks"
)
_FROM_STORE = ways(
    "reads from|takes from|consumes from|pulls from|fetches from|loads from|drains|"
    "picks jobs from|gets its data from|subscribes to|listens to|is fed by|reads|empties|"
    "takes jobs off|imports from|gets messages from|consumes|gets its work from|pulls out of"
)
_TO_SERVICE = ways(
    "calls|talks to|asks|triggers|sends requests to|hits|invokes|notifies|pings|forwards to|"
    "routes to|scrapes|monitors|sits in front of|is in front of|uses|depends on|delegates to|"
    "reports to|sends events to|passes everything to|connects to|streams to|hands over to|"
    "goes through|posts to|starts|queries|speaks to|feeds|sends data to|writes to|pushes to|"
    "relies on|redirects to|wakes up|checks with"
)
_FROM_SERVICE = ways(
    "gets data from|is called by|receives events from|is triggered by|is fed by|reads from|"
    "gets its input from|is used by|is started by|receives requests from|takes orders from|"
    "pulls from|listens to|is notified by"
)
_TO_PERSON = ways(
    "notifies|emails|alerts|texts|pings|pages|informs|reports to|sends a mail to|warns"
)
_BY_PERSON = ways(
    "uses|opens|talks to|asks|logs in to|chats with|visits|clicks through|goes to|calls|"
    "sends requests to|starts|works with|signs in to"
)
_MAKES = ways("writes|produces|prints|generates|creates|sends out|exports|makes")


def verb(rng: random.Random, subject: Term, target: Term, *, backward: float = 0.35) -> Verb:
    """A verb that fits both; with that probability one whose arrow ends at the subject."""
    if subject.kind is Kind.PERSON:
        return Verb(rng.choice(_BY_PERSON), True)
    if target.kind is Kind.PERSON:
        return Verb(rng.choice(_TO_PERSON), True)
    if target.kind is Kind.DOCUMENT:
        return Verb(rng.choice(_MAKES), True)
    back = rng.random() < backward
    if target.kind is Kind.STORE:
        return from_store(rng) if back else into_store(rng)
    if back and subject.kind is not Kind.STORE:
        return Verb(rng.choice(_FROM_SERVICE), False)
    return Verb(rng.choice(_TO_SERVICE), True)


def into_store(rng: random.Random) -> Verb:
    return Verb(rng.choice(_INTO_STORE if rng.random() < 0.7 else _ASKS_STORE), True)


def from_store(rng: random.Random) -> Verb:
    return Verb(rng.choice(_FROM_STORE), False)
