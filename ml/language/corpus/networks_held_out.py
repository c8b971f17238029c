"""Network phrasings kept out of training: they measure what carries over to unseen wording."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_branches import blocks
from ml.language.corpus.networks_counted import mlp
from ml.language.corpus.networks_counts import hidden_sizes, layer_size
from ml.language.corpus.networks_layers import Layer, conv, draw_layers, image, pool
from ml.language.corpus.networks_skips import bare, start
from ml.language.corpus.networks_wording import say, spell
from ml.spec.model import Kind


def held_out_widths(rng: random.Random) -> Draft:
    """Counted networks told by widths and ends."""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng, most=4), layer_size(rng)
    row = " and then ".join(map(str, hidden))
    text = say(
        rng,
        "[Start from {i} numbers, squeeze them through {h} hidden units and finish at {o}.|"
        "Layer widths going left to right: {i} first, next {h}, last {o}.|"
        "There should be {i} dots on the left, {h} dots in between and {o} dots on the right of "
        "the net.|Width {i} at the entrance, {h} inside, {o} at the exit of my perceptron.|"
        "I've got {i} signals coming in, {o} coming out and {h} hidden ones inside.]",
        i=inputs, h=row, o=outputs,
    )  # fmt: skip
    return mlp(inputs, hidden, outputs).draft(text)


def held_out_spoken(rng: random.Random) -> Draft:
    """Counted networks as somebody dictates them."""
    inputs, outputs = rng.randint(1, 12), rng.randint(1, 12)
    size, number = rng.randint(2, 12), rng.randint(1, 4)
    text = say(
        rng,
        "[Um, so {i} neurons that read the data, {k} hidden rows of {n} neurons, and {o} that "
        "answer.|"
        "It reads {i} values, thinks with {k} hidden layers that hold {n} neurons apiece, and "
        "answers with {o} values.|"
        "My net eats {i} numbers, chews them in {k} hidden layers ({n} neurons apiece) and spits "
        "out {o}.|"
        "Every one of the {k} hidden layers owns {n} neurons; {i} feed it from below, {o} leave "
        "at the top.]",
        i=spell(rng, inputs, 0.6), o=spell(rng, outputs, 0.6), n=spell(rng, size, 0.6),
        k=spell(rng, number, 0.6),
    )  # fmt: skip
    return mlp(inputs, [size] * number, outputs).draft(text)


def held_out_convolutions(rng: random.Random) -> Draft:
    """CNNs told as a journey of the image."""
    first = image(rng)
    layers = [first]
    for _ in range(rng.randint(1, 4)):
        layers.append(conv(rng))
        if rng.random() < 0.7:
            layers.append(pool(rng))
    hidden, outputs = hidden_sizes(rng, most=2), rng.randint(2, 20)
    layers += [Layer(text="", kind=Kind.DENSE, label="Dense", count=count) for count in hidden]
    layers.append(Layer(text="", kind=Kind.OUTPUT, count=outputs))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    path = ", after that ".join(bare(layer) for layer in layers[1:] if layer.text)
    dense = ", after that ".join(f"a fully connected layer holding {count}" for count in hidden)
    text = say(
        rng,
        "[What happens to {x} here: first {p}, after that {d}, and it ends in {o} classes.|"
        "We push {x} through {p}, after that {d}, ending up with {o} classes.]",
        x=first.text, p=path, d=dense, o=outputs,
    )  # fmt: skip
    return sketch.draft(text)


def held_out_shortcut(rng: random.Random) -> Draft:
    """A skip connection told as a bypass."""
    first, used = start(rng), [""]
    used.append(first.label)
    layers = [first, *blocks(rng, rng.randint(3, 5), used)]
    source = rng.randrange(len(layers) - 2)
    target = rng.randrange(source + 2, len(layers))
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    sketch.chain(*ids)
    sketch.link(ids[source], ids[target])
    text = say(
        rng,
        "[Chain these up: {r}. On top of that, a bypass lets {a} reach {b} directly.|"
        "One after the other we have {r}, besides which {b} listens to {a}.|"
        "Wire {r} in series and let {a} jump over to {b} as well.]",
        r=", ".join(bare(layer) for layer in layers),
        a=bare(layers[source]),
        b=bare(layers[target]),
    )  # fmt: skip
    return sketch.draft(text)


def held_out_fork(rng: random.Random) -> Draft:
    """Parallel branches told as a fork."""
    first, used = start(rng), [""]
    used.append(first.label)
    arms = blocks(rng, rng.choice((2, 2, 3)), used)
    after = blocks(rng, 1, used)[0]
    sketch = Sketch()
    source = draw_layers(sketch, [first])[0]
    ends = draw_layers(sketch, arms)
    merge = sketch.add(Kind.ADD, "Concat")
    for end in ends:
        sketch.link(source, end)
        sketch.link(end, merge)
    sketch.chain(merge, *draw_layers(sketch, [after]))
    text = say(
        rng,
        "[The {x} forks: one arm for each of {r}. A concat glues the arms together before {t}.|"
        "Let {r} each work on the {x} at the same time; a concat brings them together and {t} "
        "comes last.]",
        x=first.text, r=" and ".join(bare(layer) for layer in arms), t=bare(after),
    )  # fmt: skip
    return sketch.draft(text)
