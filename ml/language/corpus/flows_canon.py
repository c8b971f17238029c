"""Flows that people ask for by name alone: one fixed diagram for each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_canon_life import LIFE
from ml.language.corpus.flows_canon_machines import MACHINES
from ml.language.corpus.networks_wording import a, ask, say
from ml.spec.model import Spec
from ml.spec.text import parse_spec

_OF_THINGS = (
    "[{a}|{a}|{a}|{n}|{n}|a [simple|basic|typical|generic|small|standard] {n}|the {n}|the {n}|"
    "[our|my] {n}|{n} [diagram|flowchart|overview|flow chart|architecture|flow]|the parts of {a}|"
    "the [steps|stages] of {a}|how {a} works|{n} in one picture|{n}, [nothing special|high level|"
    "the usual steps]|{a} for [beginners|a talk|my slides]]"
)
_OF_TOPICS = (
    "[{n}|{n}|how {n} works|how {n} works|[diagram|flowchart|overview|flow chart] of {n}|"
    "the [steps|stages|process] of {n}|{n} [step by step|in a nutshell|explained|for beginners|"
    "as a flowchart|in one picture]|what happens [in|during] {n}|{n} [overview|diagram|flowchart]]"
)
_KOREAN = (
    "[{n} 그려줘|{n} 흐름도|{n} 순서도를 그려줘|{n} 다이어그램 그려줘|{n} 과정을 보여줘|"
    "{n} 흐름을 그려 주세요|{n} 동작 방식을 그려줘|{n} 구조 설명해줘|{n} 순서도|{n}?]"
)
_QUESTIONS = (
    "[how does {n} work?|how does {n} work|How does {n} work?|explain {n}|explain how {n} works|"
    "explain {n} with a diagram|can you explain {n}?|what is {n}?|what happens in {n}?|"
    "show me how {n} works|teach me {n}|i don't understand {n}|I never understood {n}, draw it]"
)


@dataclass(frozen=True, kw_only=True)
class Canon:
    """Names with an article, names without, and the diagram."""

    things: tuple[str, ...]
    topics: tuple[str, ...]
    spec: Spec


@cache
def canon() -> tuple[Canon, ...]:
    """Every named flow with its one diagram."""
    return tuple(
        Canon(
            things=tuple(things.split("|")),
            topics=tuple(topics.split("|")),
            spec=parse_spec(
                "\n".join(f"{number} {line}" for number, line in enumerate(text.split("; ")))
            ),
        )
        for things, topics, text in MACHINES + LIFE
    )


def flow_by_name(rng: random.Random) -> Draft:
    """“Draw a RAG pipeline”, “how does git work?”"""
    chosen = rng.choice(canon())
    way = rng.random()
    if way < 0.5:
        name = rng.choice(chosen.things)
        text = ask(rng, say(rng, _OF_THINGS, n=name, a=a(name)))
    elif way < 0.75:
        text = ask(rng, say(rng, _OF_TOPICS, n=rng.choice(chosen.topics)))
    elif way < 0.95:
        text = say(rng, _QUESTIONS, n=rng.choice(chosen.topics))
    else:
        text = say(rng, _KOREAN, n=rng.choice(chosen.things + chosen.topics))
    return Draft(description=text, nodes=chosen.spec.nodes, edges=chosen.spec.edges)
