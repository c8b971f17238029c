"""Architectures that people ask for by name alone: one fixed diagram for each."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache

from ml.language.corpus.draft import Draft
from ml.language.corpus.networks_canon_other import OTHER
from ml.language.corpus.networks_canon_sequences import SEQUENCES
from ml.language.corpus.networks_canon_vision import VISION
from ml.language.corpus.networks_wording import a, ask, say, size
from ml.spec.model import Kind, Node, Spec
from ml.spec.text import parse_spec


@dataclass(frozen=True, kw_only=True)
class Canon:
    """Ways to name an architecture and its diagram."""

    names: tuple[str, ...]
    spec: Spec


@cache
def canon() -> tuple[Canon, ...]:
    """Every named architecture with its one diagram."""
    return tuple(
        Canon(names=tuple(names.split("|")), spec=parse_spec(text))
        for names, text in VISION + SEQUENCES + OTHER
    )


def by_name(rng: random.Random) -> Draft:
    """“Draw a U-Net”."""
    chosen = rng.choice(canon())
    name = rng.choice(chosen.names)
    text = say(
        rng,
        "[{n}|{n}|{a}|{a}|{n} architecture|the {n} architecture|{a} diagram|the structure of {a}|"
        "{n} model|a basic {n}|a typical {n}|{n} overview|the {n}|a simple {n}|a standard {n}|"
        "{n} structure|the main parts of {a}|how {a} works|{n} in one picture|{n} high level|"
        "the layers of {a}|what is inside {a}|{a} for beginners|{n}, the usual one]",
        n=name, a=a(name) if name[0] not in "t" or not name.startswith("the ") else name,
    )  # fmt: skip
    return Draft(description=ask(rng, text), nodes=chosen.spec.nodes, edges=chosen.spec.edges)


def what_is(rng: random.Random) -> Draft:
    """“How does a GAN work?”"""
    chosen = rng.choice(canon())
    name = rng.choice(chosen.names)
    text = say(
        rng,
        "[how does {a} work?|how does {a} work|How does {a} work?|what is {a}?|explain {a}|"
        "can you explain {a}?|what does {a} look like inside?|explain {a} with a diagram|"
        "show me how {a} works|teach me {n}|i don't get how {n} works|what are the layers of {a}?|"
        "{n}?|{n} explained|{n} cheat sheet|{n} 그려줘|{n} 구조를 그려줘|{n} 구조도|{n} 다이어그램|"
        "{n} 모델 그림|{n} 구조 보여줘|{n} 구조 설명해줘|{n} 아키텍처를 그려 주세요]",
        n=name, a=a(name),
    )  # fmt: skip
    return Draft(description=text, nodes=chosen.spec.nodes, edges=chosen.spec.edges)


def adapted(rng: random.Random) -> Draft:
    """“VGG16 for 7 classes and 96x96 images”: a named architecture with ends of one's own."""
    chosen = rng.choice([one for one in canon() if _end(one).count > 1])
    name = rng.choice(chosen.names)
    nodes = list(chosen.spec.nodes)
    words = []
    start = nodes[0]
    if start.label.startswith("Image ") and rng.random() < 0.6:
        sides = [rng.choice((28, 32, 48, 64, 96, 100, 128, 150, 200, 256, 300, 384, 512))] * 2
        sides += [rng.choice((1, 3))] * (rng.random() < 0.4)
        nodes[0] = replace(start, label="Image " + "x".join(map(str, sides)))
        words.append(say(rng, "[{s} images|{s} input|{s} pictures|an input of {s}|{s} photos]",
                         s=size(rng, *sides)))  # fmt: skip
    if not words or rng.random() < 0.7:
        count = rng.randint(2, 30) if rng.random() < 0.7 else rng.randint(2, 999)
        end = nodes.index(_end(chosen))
        nodes[end] = replace(nodes[end], count=count)
        words.append(say(rng, "{n} [classes|outputs|output classes|categories|labels]", n=count))
    rng.shuffle(words)
    row = rng.choice((" and ", ", ", " with ")).join(words)
    text = say(
        rng,
        "[{n} for {w}|{a} for {w}|{n} with {w}|{a} with {w}|{n}, {w}|{n} ({w})|{n} but with {w}|"
        "{n} adapted to {w}|{n} architecture for {w}]",
        n=name, a=a(name), w=row,
    )  # fmt: skip
    return Draft(description=ask(rng, text), nodes=tuple(nodes), edges=chosen.spec.edges)


def _end(canon: Canon) -> Node:
    """The output, or else the last node."""
    outputs = [node for node in canon.spec.nodes if node.kind is Kind.OUTPUT]
    return outputs[0] if outputs else canon.spec.nodes[-1]
