"""One trunk and several outputs or heads: sized ones, named ones, ones with layers of their own."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import MODIFIERS
from ml.language.corpus.networks_blocks import final, named_block
from ml.language.corpus.networks_branches import blocks, put
from ml.language.corpus.networks_layers import Layer, dense, image
from ml.language.corpus.networks_skips import bare, start
from ml.language.corpus.networks_wording import ask, capital, say, slips, spell
from ml.spec.model import Kind

_TASKS = (
    "age", "gender", "emotion", "depth", "segmentation", "class", "boxes", "mask", "price", "mood",
    "sentiment", "intent", "topic", "toxicity", "policy", "value", "speed", "steering", "brake",
    "landmarks", "identity", "material", "normals", "language", "rating", "colour", "brand",
    "size", "pose", "gaze", "hair color", "blur", "keypoints", "tags", "urgency", "weight",
    "temperature", "humidity", "wind", "demand", "risk", "dose", "breed", "species", "make",
    "year", "genre", "tempo", "key", "pitch", "duration", "energy", "forces", "objectness", "angle",
    "throttle", "title", "quality", "income", "churn", "spam", "lane", "offset", "width", "text",
)  # fmt: skip


def _tasks(rng: random.Random) -> list[str]:
    names = rng.sample(_TASKS, rng.choice((2, 2, 3, 3, 3, 4, 5)))
    if rng.random() < 0.12:
        names = [f"{rng.choice(MODIFIERS)} {name}" for name in names]
    return names if len(set(names)) == len(names) else _tasks(rng)


def _and(rng: random.Random, parts: list[str], *, comma: bool = False) -> str:
    """“a, b and c”, or, where nothing else could be meant, “a, b, c”."""
    last = rng.choice((" and ", " and ", ", and " if len(parts) > 2 else " and ", " & "))
    if comma and rng.random() < 0.3:
        last = ", "
    return ", ".join(parts[:-1]) + last + parts[-1]


def _trunk(rng: random.Random, used: list[str]) -> list[Layer]:
    first = image(rng) if rng.random() < 0.35 else start(rng)
    used.append(first.label)
    return [first, *blocks(rng, rng.choice((1, 1, 2, 2, 3)), used)]


def several_outputs(rng: random.Random) -> Draft:
    """“One backbone, three outputs: age, gender (2), emotion (7)”: each hangs on the trunk."""
    trunk = _trunk(rng, [""])
    names = _tasks(rng)
    sized = rng.random() < 0.35
    counts = [rng.choice((1, 2, 3, 5, 7, 10, rng.randint(2, 50))) if sized else 1 for _ in names]
    what, kind, suffix = rng.choice(
        (
            ("output", Kind.OUTPUT, ""), ("output", Kind.OUTPUT, ""), ("output", Kind.OUTPUT, ""),
            ("result", Kind.OUTPUT, ""), ("prediction", Kind.OUTPUT, ""),
            ("target", Kind.OUTPUT, ""), ("head", Kind.MODEL, " head"),
        )
    )  # fmt: skip
    sketch = Sketch()
    ids = [put(sketch, layer) for layer in trunk]
    sketch.chain(*ids)
    texts = []
    form = rng.choice(("{t} ({n})", "{t} ({n} classes)", "{t} with {n} values", "{t}: {n}"))
    for name, count in zip(names, counts, strict=True):
        label = name + suffix
        sketch.link(ids[-1], sketch.add(kind, capital(label), count=count))
        texts.append(form.replace("{t}", label).replace("{n}", str(count)) if count > 1 else label)
    row = _and(rng, texts, comma=True)
    chain = rng.choice((", ", " -> ", " → ", ", then ")).join(map(bare, trunk))
    n = spell(rng, len(names), 0.7)
    text = say(
        rng,
        "[{c}, {n} {w}s: {r}|{c} and {n} {w}s: {r}|{c}; {w}s: {r}|{c} with {n} {w}s ({r})|{c}. "
        "{N} {w}s: {r}|{n} {w}s: {r}. Before that {c}|{c}, then {n} {w}s, {r}|{c} -> {r}|{c}, "
        "then separate {w}s for {r}|{c}. It has {n} {w}s: {r}|{c}, from there to {r}|{c}, one {w} "
        "each for {r}|{c}, {w}s are {r}|{c}, at the end {n} {w}s: {r}]"
        if suffix == ""
        else "[{c}, {n} {w}s: {r}|{c} and {n} {w}s: {r}|{c}, then {r}|{c} with {r} on top|{c} -> "
        "{r}|{c}. On top: {r}|{c}, shared by {n} {w}s: {r}]",
        c=chain, n=n, N=capital(n), w=what, r=row,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def heads_of_layers(rng: random.Random) -> Draft:
    """“… one head is dense 64 then age, the other dense 32 then gender”."""
    used = [""]
    trunk = _trunk(rng, used)
    names = rng.sample(_TASKS, rng.choice((2, 2, 2, 3)))
    sketch = Sketch()
    ids = [put(sketch, layer) for layer in trunk]
    sketch.chain(*ids)
    arms = []
    for name in names:
        layers = [dense(rng) if rng.random() < 0.5 else named_block(rng)]
        while layers[0].label in used and layers[0].kind is not Kind.DENSE:
            layers = [named_block(rng)]
        used.append(layers[0].label)
        own = [put(sketch, layer) for layer in layers]
        sketch.chain(ids[-1], *own, sketch.add(Kind.OUTPUT, capital(name)))
        arms.append([*(bare(layer) for layer in layers), name])
    inner = rng.choice((" then ", " -> ", " → ", " followed by ", ", then "))
    chain = rng.choice((", ", " -> ", ", then ")).join(map(bare, trunk))
    which = rng.choice(
        (
            ("one is ", "the other is ", "a third is "),
            ("first head: ", "second head: ", "third head: "),
            ("one branch: ", "another branch: ", "third branch: "),
            ("head 1: ", "head 2: ", "head 3: "),
            ("one goes ", "another goes ", "the third goes "),
            ("", "", ""),
        )
    )
    rows = [mark + inner.join(arm) for mark, arm in zip(which, arms, strict=False)]
    text = say(
        rng,
        "[{c}, then {n} heads|{c}, splits into {n} heads|{c} with {n} heads|{c} and {n} "
        "branches|{c} -> {n} heads]",
        c=chain, n=spell(rng, len(names), 0.7),
    ) + rng.choice((": ", ". ", "\n", ":\n"))  # fmt: skip
    glue = rng.choice(("; ", "\n", ", ")) if inner != ", then " else "; "
    if text.endswith("\n"):
        glue = "\n"
    return sketch.draft(slips(rng, text + glue.join(rows), free_case=False))


def all_from_one(rng: random.Random) -> Draft:
    """“the encoder goes to a decoder, a classifier and a projection head”: no chain."""
    used = [""]
    trunk = _trunk(rng, used)[: rng.choice((1, 2, 2))]
    arms = blocks(rng, rng.choice((2, 2, 3, 3, 4)), used)
    tail = [final(rng)] if rng.random() < 0.35 else []
    sketch = Sketch()
    ids = [put(sketch, layer) for layer in trunk]
    sketch.chain(*ids)
    ends = [put(sketch, layer) for layer in arms]
    for end in ends:
        sketch.link(ids[-1], end)
    chain = rng.choice((" -> ", " → ", ", then ", " into ")).join(map(bare, trunk))
    row = _and(rng, [bare(layer) for layer in arms])
    text = say(
        rng,
        "[{c}, which goes to {r}|{c}, feeding {r}|{c}, then {r} side by side|{c}. From there to "
        "{r}|{c}; its output goes to {r}|{c}, shared by {r}|{c}, used by {r}|{c}, that feeds {r} "
        "separately|{c}, on top of it {r}, next to each other|{c} goes to {r} in parallel]",
        c=chain, r=row,
    )  # fmt: skip
    if tail:
        merge = put(sketch, tail[0])
        for end in ends:
            sketch.link(end, merge)
        text += say(
            rng, "[, {a} into {t}|. {A} of them feed {t}|; {a} lead to {t}|, and {a} go to {t}]",
            a=(both := "both" if len(arms) == 2 else "all"), A=capital(both), t=tail[0].text,
        )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))
