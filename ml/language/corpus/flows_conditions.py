"""Conditions that decisions ask about, in the ways people word them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from ml.language.corpus import terms_lexicon
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import MAX_LABEL, Kind

_IS = ways(
    "valid|empty|too large|complete|correct|available|in stock|approved|urgent|overdue|ready|"
    "safe|expired|new|a duplicate|above the limit|good enough|too old|missing|encrypted|"
    "critical|spam|toxic|relevant|over budget|signed|full|stable|healthy|in the cache|"
    "on the list|known|public|paid|broken|within budget|clean|positive|confirmed|over 18|"
    "from the EU|a refund|better than before|already indexed|eligible|risky|locked"
)

_DOES = ways(
    "passes:pass|fails:fail|exists:exist|matches:match|times out:time out|succeeds:succeed|"
    "arrives:arrive|contains errors:contain errors|needs approval:need approval|"
    "looks right:look right|has attachments:have attachments|"
    "meets the threshold:meet the threshold|needs a review:need a review|has changed:|"
    "returns an error:return an error|went through:go through|improves:improve|"
    "converges:converge|drops:drop|responds:respond"
)

_MEASURES: dict[str, tuple[str, ...]] = {
    "share": ways(
        "score|accuracy|loss|confidence|error rate|similarity|F1|probability|risk score|"
        "AUC|p-value|"
        "drift score|match score|validation loss|precision|recall|overlap|churn risk"
    ),
    "percent": ways(
        "accuracy|CPU load|error rate|humidity|battery level|discount|coverage|progress"
    ),
    "amount": ways("price|amount|total|order value|balance|budget|cost|fee|salary|invoice total"),
    "count": ways(
        "age|temperature|latency|stock level|file size|credit score|queue length|distance|weight|"
        "number of retries|number of errors|attempts|visitors|word count|page count|wait time"
    ),
}

_DROPPED = re.compile(
    r"^(?:the|a|an|our|its)\s+|^(?:it's|it is|they are|it|they|we)\s+", re.IGNORECASE
)


@dataclass(frozen=True)
class Condition:
    """`clause` after if or whether, `question` on its own (may equal the clause)."""

    clause: str
    question: str


def label_of_condition(words: str) -> str:
    """The condition as a decision's label: without "the" or "it is" before it, with "?"."""
    words = _DROPPED.sub("", words.strip().rstrip(" ?.,"))
    return words[:1].upper() + words[1:] + "?"


def decision(words: str) -> Term:
    """The decision that these words name; its label is the question."""
    return Term(label_of_condition(words), Kind.DECISION, Form.NAME)


def condition(rng: random.Random) -> Condition:
    """A condition whose label fits in every wording."""
    while True:
        made = _condition(rng)
        if max(len(made.clause), len(made.question)) < MAX_LABEL:
            return made


def _condition(rng: random.Random) -> Condition:
    roll = rng.random()
    if roll < 0.3:
        unit = rng.choice(tuple(_MEASURES))
        measure = rng.choice(_MEASURES[unit])
        number = {
            "share": f"0.{rng.randint(1, 99)}",
            "percent": f"{rng.randint(1, 99)}%",
            "amount": rng.choice((f"${rng.randint(1, 90) * 10}", f"{rng.randint(1, 90) * 50} EUR")),
            "count": f"{rng.choice((rng.randint(2, 99), rng.randint(1, 50) * 100))}",
        }[unit]
        if rng.random() < 0.5:
            sign = rng.choice((">", "<", ">=", "<=", "=="))
            words = f"{measure} {sign} {number}"
            return Condition(words, words)
        side = rng.choice(ways("above|below|over|under|at least|more than|less than|higher than"))
        return Condition(
            rng.choice((f"the {measure} is {side} {number}", f"{measure} is {side} {number}")),
            rng.choice((f"is the {measure} {side} {number}", f"{measure} {side} {number}")),
        )
    subject = _subject(rng)
    if roll < 0.62:
        state = rng.choice(_IS)
        short = rng.random() < 0.2
        clause = (
            rng.choice((state, f"it's {state}", f"it is {state}"))
            if short
            else rng.choice((f"the {subject} is {state}", f"{subject} is {state}"))
        )
        question = (
            state if short else rng.choice((f"is the {subject} {state}", f"{subject} {state}"))
        )
        return Condition(clause, question)
    does, _, base = rng.choice(_DOES).partition(":")
    if not base:
        return Condition(f"the {subject} {does}", f"has the {subject} {does.removeprefix('has ')}")
    clause = rng.choice(
        (f"the {subject} {does}", f"the {subject} {does}", f"it {does}", f"{subject} {does}")
    )
    return Condition(clause, rng.choice((f"does the {subject} {base}", f"{subject} {does}")))


def _subject(rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.25:
        return rng.choice(
            ways(
                "payment|user|order|request|file|test|build|answer|model|form|customer|query|"
                "token|email|image|item|ticket|loss|input|document"
            )
        )
    if roll < 0.7:
        return rng.choice(terms_lexicon.OBJECTS)
    return f"{rng.choice(terms_lexicon.TOPICS)} {rng.choice(terms_lexicon.OBJECTS)}"
