"""Skip and residual connections: a layer that points past the next one."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import any_layer, final, named_block
from ml.language.corpus.networks_layers import (
    Layer,
    activation_layer,
    conv,
    draw_layers,
    image,
    norm,
)
from ml.language.corpus.networks_wording import ask, capital, say, spell
from ml.spec.model import Kind

_JOINTS = (" → ", " -> ", " > ", ", ", ", then ", " => ")


def distinct_layers(rng: random.Random, number: int) -> list[Layer]:
    """Layers no two of which have the same label, so that each can be spoken of."""
    layers: list[Layer] = []
    while len(layers) < number:
        layer = named_block(rng) if rng.random() < 0.6 else any_layer(rng)
        if layer.times == 1 and layer.label not in [other.label for other in layers]:
            layers.append(layer)
    return layers


def start(rng: random.Random) -> Layer:
    name = rng.choice(
        ("input", "image", "text", "audio", "features", "x", "tokens", "video", "signal")
    )
    return Layer(text=name, kind=Kind.INPUT, label=capital(name))


def bare(layer: Layer) -> str:
    return layer.text.removeprefix("a ").removeprefix("an ")


def skips(rng: random.Random) -> Draft:
    """A row of layers and one or two connections past some of them, by name or by place."""
    layers = distinct_layers(rng, rng.randint(3, 6))
    if rng.random() < 0.6:
        layers.insert(0, start(rng))
    if rng.random() < 0.5:
        layers.append(final(rng))
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    sketch.chain(*ids)
    row = rng.choice(_JOINTS).join(layer.text for layer in layers)
    said = []
    for _ in range(rng.choice((1, 1, 1, 2))):
        source = rng.randrange(len(layers) - 2)
        target = rng.randrange(source + 2, len(layers))
        if any(edge.source == source and edge.target == target for edge in sketch.edges):
            continue
        a, b = bare(layers[source]), bare(layers[target])
        dashed = rng.random() < 0.15
        d = rng.choice(("dashed ", "dotted ")) if dashed else ""
        said.append(
            say(
                rng,
                "[a {d}skip connection from {a} to {b}|a {d}skip from [the |]{a} to [the |]{b}|"
                "a {d}shortcut from {a} to {b}|a {d}residual connection from {a} to {b}|"
                "a {d}shortcut connection {a} -> {b}|a direct {d}connection from {a} to {b}|"
                "an extra {d}arrow from {a} to {b}]"
                if dashed or rng.random() < 0.7
                else "[{a} also going to {b}|{a} also feeding {b}|{a} also connected to {b}|"
                "{a} skipping ahead to {b}|{a} wired straight to {b} too]",
                a=a, b=b, d=d,
            )
        )  # fmt: skip
        sketch.link(ids[source], ids[target], dashed=dashed)
    text = row + say(rng, "[, with | with | plus |, plus |, and |; |, there is also | (plus ]")
    closing = ")" if text.endswith("(plus ") else ""
    return sketch.draft(ask(rng, text + " and ".join(said) + closing, free_case=False))


def also(rng: random.Random) -> Draft:
    """Sentences: “… The stem also feeds the head.”"""
    layers = [start(rng), *distinct_layers(rng, rng.randint(3, 6))]
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    sketch.chain(*ids)
    row = rng.choice((" → ", " -> ", ", then ", ", ", " then ")).join(
        bare(layer) for layer in layers
    )
    source = rng.randrange(len(layers) - 2)
    target = rng.randrange(source + 2, len(layers))
    sketch.link(ids[source], ids[target])
    text = say(
        rng,
        "[{r}. {A} also feeds {b}|{r}. {A} also goes to {b}|{r}. {A} is also passed to {b}|"
        "{r}. [Skip|skip]: {a} -> {b}|{r}. There is a skip connection from {a} to {b}|{r}. Add a "
        "shortcut from "
        "{a} to {b}|{r}. The output of {a} also goes to {b}|{r}\\n{a} -> {b}|{r}; {a} -> {b}|"
        "{r}, where {b} also gets {a}|{r}. {b} also receives {a}|{r}. Also connect {a} to {b}|"
        "{r}, and {a} goes straight to {b} as well|{r}. A skip links {a} and {b}]",
        r=row, a=bare(layers[source]), A=capital(bare(layers[source])), b=bare(layers[target]),
    ).replace("\\n", "\n")  # fmt: skip
    head = rng.choice(
        ("", "", "draw ", "model: ", "network: ", "Please draw this: ", "architecture: ")
    )
    return sketch.draft(head + text)


def residual_block(rng: random.Random) -> Draft:
    """Layers whose input is added to their output: the input points to them and to an Add."""
    first = image(rng) if rng.random() < 0.3 else start(rng)
    layers: list[Layer] = []
    for _ in range(rng.choice((1, 2, 2, 2, 3))):
        layers.append(conv(rng) if rng.random() < 0.7 else named_block(rng))
        if rng.random() < 0.4:
            layers.append(norm(rng))
        if rng.random() < 0.35:
            layers.append(activation_layer(rng))
    after = [activation_layer(rng)] if rng.random() < 0.5 else []
    sketch = Sketch()
    ids = draw_layers(sketch, [first, *layers])
    merge = sketch.add(Kind.ADD)
    sketch.chain(*ids, merge)
    sketch.link(ids[0], merge)
    sketch.chain(merge, *draw_layers(sketch, after))
    row = rng.choice(_JOINTS).join(bare(layer) for layer in layers)
    x = first.text
    text = say(
        rng,
        "[[a |]residual block: {x}, {r}, then add [the |]{x} back|{x} goes through {r} and is "
        "added to the "
        "result|[a |]residual block with {x}, {r} and the {x} added at the end|{x} -> {r} -> add "
        "{x}|[a |]res block: {x} into {r}, then the {x} is added|{x}, {r}, add (skip from {x})|"
        "{x} passes {r}, then the {x} is summed with the output|ResNet block: {x}, {r}, add with "
        "{x}|{x}, then {r} with a residual connection around [it|them] that is added]",
        x=x, r=row,
    )  # fmt: skip
    if after:
        text += rng.choice((", then ", ", followed by ", " and then ")) + after[0].text
    return sketch.draft(ask(rng, text, free_case=False))


def residual_stack(rng: random.Random) -> Draft:
    """“Image, then 3 residual blocks of two convs, each with a shortcut that is added.”"""
    first = image(rng) if rng.random() < 0.6 else start(rng)
    times, per = rng.choice(((2, 1), (2, 2), (2, 2), (3, 1), (3, 2), (4, 2), (2, 3)))
    layer = conv(rng, plain=0.7)
    tail = final(rng)
    sketch = Sketch()
    last = draw_layers(sketch, [first])[0]
    for _ in range(times):
        ids = draw_layers(sketch, [layer] * per)
        merge = sketch.add(Kind.ADD)
        sketch.chain(last, *ids, merge)
        sketch.link(last, merge)
        last = merge
    sketch.chain(last, *draw_layers(sketch, [tail]))
    t, n = spell(rng, times, 0.6), spell(rng, per, 0.6)
    what = f"{n} {bare(layer)}s" if per > 1 else f"one {bare(layer)}"
    if per > 1 and any(mark in layer.text for mark in ("layer", "(", "with", "using", "of")):
        what = f"{per} x {bare(layer)}"
    text = say(
        rng,
        "[{x}, {t} residual blocks of {w} [each |]with an added shortcut, {e}|{x} → {t} residual "
        "blocks "
        "({w} + add) → {e}|{x}, then {t} residual blocks, each {w} and an add with the block's "
        "input, then {e}|"
        "[a |]small ResNet: {x}, {t} residual blocks [with|of] {w} [each|] and an add, {e}|"
        "ResNet with {x}, {t} residual blocks of {w} and a skip that is added, then {e}]",
        x=first.text, t=t, w=what, e=tail.text,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def concat_skip(rng: random.Random) -> Draft:
    """An early layer is concatenated with a later one."""
    layers = [start(rng), *distinct_layers(rng, rng.randint(2, 4))]
    after = [layer for layer in (*distinct_layers(rng, 2), final(rng)) if layer.label not in
             [other.label for other in layers]][-rng.choice((1, 1, 2)):]  # fmt: skip
    source = rng.randrange(len(layers) - 1)
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    merge = sketch.add(Kind.ADD, "Concat")
    sketch.chain(*ids, merge)
    sketch.link(ids[source], merge)
    sketch.chain(merge, *draw_layers(sketch, after))
    row = rng.choice(_JOINTS).join(bare(layer) for layer in layers)
    text = say(
        rng,
        "[{r}, concat with {a}, then {e}|{r}, concatenated with {a}, then {e}|{r}, then "
        "concatenate with "
        "the {a}, then {e}|{r} -> concat (also from {a}) -> {e}|{r}, concat with the output of "
        "{a}, {e}]",
        r=row, a=bare(layers[source]), e=", then ".join(bare(layer) for layer in after),
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))
