"""Jumps over layers that are spoken of by name, number or place."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import final, invented
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_skips import bare, distinct_layers, start
from ml.language.corpus.networks_wording import ask, capital, say, slips, spell
from ml.spec.model import Kind

_STEMS = (
    ("conv", Kind.CONV), ("conv", Kind.CONV), ("conv ", Kind.CONV), ("conv_", Kind.CONV),
    ("block", Kind.MODEL), ("block ", Kind.MODEL), ("stage ", Kind.MODEL), ("stage", Kind.MODEL),
    ("layer ", Kind.DENSE), ("layer", Kind.DENSE), ("fc", Kind.DENSE), ("enc", Kind.MODEL),
    ("res", Kind.MODEL), ("dense", Kind.DENSE), ("lstm", Kind.RECURRENT), ("module ", Kind.MODEL),
)  # fmt: skip


def _numbered(rng: random.Random, number: int) -> list[Layer]:
    """conv1, conv2, conv3 …"""
    stem, kind = rng.choice(_STEMS)
    if rng.random() < 0.1:
        stem, kind = f"{invented(rng)} ", Kind.MODEL
    names = [f"{stem}{place}" for place in range(1, number + 1)]
    return [Layer(text=name, kind=kind, label=capital(name)) for name in names]


def _noun(layers: list[Layer]) -> str:
    """What one of these is called where no number follows: “stage”, “conv”, else “layer”."""
    stem = layers[0].text[:-1].strip(" _")
    return stem if stem in ("conv", "block", "stage", "module", "lstm") else "layer"


def _row(rng: random.Random) -> list[Layer]:
    """Layers that can each be spoken of, most of them numbered."""
    if rng.random() < 0.65:
        layers = _numbered(rng, rng.randint(4, 8))
        if rng.random() < 0.5:
            layers.insert(0, start(rng))
        if rng.random() < 0.5:
            layers.append(final(rng))
        return layers
    return [start(rng), *distinct_layers(rng, rng.randint(3, 6))]


def straight_to(rng: random.Random) -> Draft:
    """“conv1, conv2, conv3, conv4, and conv1 straight to conv4”."""
    layers = _row(rng)
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    sketch.chain(*ids)
    said = []
    for _ in range(rng.choice((1, 1, 1, 2, 2))):
        source = rng.randrange(len(ids) - 2)
        target = rng.randrange(source + 2, len(ids))
        if any((edge.source, edge.target) == (source, target) for edge in sketch.edges):
            continue
        sketch.link(ids[source], ids[target])
        said.append(
            say(
                rng,
                "[{a} straight to {b}|{a} [also |]goes straight to {b}|{a} directly to {b}|{a} "
                "jumps to {b}|{a} skips to {b}|{a} also into {b}|from {a} straight into {b}|{a} "
                "also feeds {b}|a jump from {a} to {b}|{b} also sees {a}|{b} gets {a} too|{a} -> "
                "{b}|skip {a} -> {b}|{a} is also wired to {b}|{a} has a second arrow to {b}|{b} "
                "also takes the output of {a}|one more arrow from {a} to {b}|{a} and {b} are "
                "connected too]",
                a=bare(layers[source]), b=bare(layers[target]),
            )
        )  # fmt: skip
    row = rng.choice((", ", " -> ", " → ", ", then ", " > ")).join(map(bare, layers))
    text = row + rng.choice((", and ", ". ", "; ", ", plus ", " - ", ", but ", "\n"))
    return sketch.draft(slips(rng, text + " and ".join(said), free_case=False))


def around(rng: random.Random) -> Draft:
    """“a shortcut around layers 2 and 3”: from what comes before them to what comes after."""
    layers = _row(rng)
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    sketch.chain(*ids)
    low = rng.randrange(1, len(ids) - 1)
    high = min(low + rng.choice((0, 0, 1, 1, 1, 2)), len(ids) - 2)
    sketch.link(ids[low - 1], ids[high + 1])
    inner = layers[low : high + 1]
    names = [bare(layer) for layer in inner]
    what = listed_plainly(rng, names)
    digits = [layer.text[-1] for layer in inner]
    alike = len(inner) > 1 and len({layer.text[:-1] for layer in inner}) == 1
    if alike and "".join(digits).isdigit() and rng.random() < 0.6:
        stem = _noun(inner)
        what = f"{stem}s {listed_plainly(rng, digits)}"
        if len(digits) > 2 and rng.random() < 0.5:
            what = f"{stem}s {digits[0]}{rng.choice(('-', ' to ', ' through '))}{digits[-1]}"
    text = rng.choice((", ", " -> ", " → ", ", then ")).join(map(bare, layers)) + say(
        rng,
        "[, with |; |, plus |. There is | and |. Add |, ][a shortcut|a skip connection|a residual "
        "connection|a bypass|a skip|an arrow|a residual] [around|around|past|over] {w}",
        w=what,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def listed_plainly(rng: random.Random, names: list[str]) -> str:
    """“a, b and c”, so that nothing is lost between the names."""
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + rng.choice((" and ", " and ", " & ")) + names[-1]


def gathered(rng: random.Random) -> Draft:
    """“Features of stage 1 and 2 also go into the neck”: several earlier ones into one."""
    stages = _numbered(rng, rng.randint(3, 6))
    name = rng.choice(("neck", "fpn", "decoder", "head", "fusion", "aggregator", "detector",
                       "classifier", "pyramid", "concat", "merge layer", "mixer"))  # fmt: skip
    if rng.random() < 0.2:
        name = f"{invented(rng)} head"
    kind = Kind.ADD if name == "concat" else Kind.MODEL
    if name in ("fusion", "merge layer", "mixer"):
        kind = Kind.PROCESS
    goal = Layer(text=name, kind=kind, label=capital(name))
    before = [start(rng)] if rng.random() < 0.6 else []
    tail = [final(rng)] if rng.random() < 0.5 else []
    sketch = Sketch()
    ids = draw_layers(sketch, [*before, *stages, goal, *tail])
    sketch.chain(*ids)
    own = ids[len(before) : len(before) + len(stages)]
    target = ids[len(before) + len(stages)]
    every = rng.random() < 0.35
    chosen = (
        list(range(len(stages) - 1))
        if every
        else sorted(rng.sample(range(len(stages) - 1), rng.randint(1, len(stages) - 2)))
    )
    for place in chosen:
        sketch.link(own[place], target)
    stem = _noun(stages)
    if every:
        who = say(
            rng, "[all {s}s|all {n} {s}s|every {s}|the outputs of all {s}s|each {s}]", s=stem,
            n=spell(rng, len(stages), 0.5),
        )  # fmt: skip
    elif rng.random() < 0.5 and len(chosen) > 1:
        who = (
            stages[0].text[:-1].strip(" _")
            + " "
            + listed_plainly(rng, [str(place + 1) for place in chosen])
        )
    else:
        who = listed_plainly(rng, [stages[place].text for place in chosen])
    one = (len(chosen) == 1 and not every) or who.startswith(("every", "each"))
    text = rng.choice((", ", " -> ", " → ")).join(
        layer.text for layer in (*before, *stages, goal, *tail)
    )
    text += say(
        rng,
        "[. |; |, and |, where ][features of {w} also {v} {t}|{w} also {v} {t}|{w} {v} {t} too|"
        "the outputs of {w} also go into {t}|{t} also gets {w}|{w} {v} {t} as well|{t} takes "
        "the features of {w} too|{t} also receives the output of {w}]"
        if not every
        else "[. |; |, and |, where ][{w} {v} {t}|{w} also {v} {t}|{t} gets {w}|{w} {v} {t} "
        "directly|{t} takes {w}]",
        w=who, t=rng.choice(("the ", "")) + name,
        v=("goes into" if one else rng.choice(("go into", "go to", "feed", "lead to"))),
    )  # fmt: skip
    return sketch.draft(slips(rng, text, free_case=False))


def into_all(rng: random.Random) -> Draft:
    """“The time embedding goes into every block.”"""
    blocks = _numbered(rng, rng.randint(2, 5))
    name = rng.choice(("time embedding", "condition", "class label", "style vector", "prompt",
                       "speaker embedding", "mask", "noise level", "context", "text embedding",
                       "memory", "global features", "position", "latent z"))  # fmt: skip
    kind = Kind.EMBEDDING if "embedding" in name else Kind.INPUT
    first, tail = start(rng), final(rng)
    sketch = Sketch()
    ids = draw_layers(sketch, [first, *blocks, tail])
    sketch.chain(*ids)
    extra = sketch.add(kind, capital(name))
    for id in ids[1:-1]:
        sketch.link(extra, id)
    row = rng.choice((", ", " -> ", " → ", ", then ")).join(
        bare(layer) for layer in (first, *blocks, tail)
    )
    stem = _noun(blocks)
    all_of = rng.choice((f"every {stem}", f"all {stem}s", f"each {stem}", f"all the {stem}s"))
    one = all_of.startswith(("every", "each"))
    text = row + say(
        rng,
        "[. The {x} goes into {w}|; {x} goes to {w}|, and {w} also {get} the {x}|. {X} is fed to "
        "{w}|, with the {x} going into {w}|. A {x} feeds {w}|; {w} {take} the {x} too]",
        x=name, X=capital(name), w=all_of, get="gets" if one else "get",
        take="takes" if one else "take",
    )  # fmt: skip
    return sketch.draft(slips(rng, text, free_case=False))
