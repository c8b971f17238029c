"""Long printouts of models layer by layer, and layers that have names of their own with sizes."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon, terms_words
from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import ACTIVATIONS, HIDDEN_NAMES, MODIFIERS
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import capital, say, slips, spell
from ml.spec.model import Kind

_HEADS = (
    "", "", "model summary:", "print(model) gives:", "from keras:", "torch says:", "all of it:",
    "the whole model, every layer:", "from the log:", "draw every layer:", "layer by layer:",
    "don't shorten it:", "layers in order:", "my deep net:", "summary():", "the stack:", "model:",
    "as is, please:", "from the notebook:", "tabular net:", "long one:", "paste:", "architecture:",
)  # fmt: skip
_DENSE = ("dense {n}{p}", "Dense {n}{p}", "dense({n}{q})", "Dense({n}{q})", "fc {n}{p}",
          "linear {n}{p}", "fc({n}{q})", "{n} dense{p}", "dense {n}{r}")  # fmt: skip
_DROP = ("dropout {r}", "dropout {r}", "Dropout({r})", "dropout({r})", "drop {r}", "dropout of {r}")
_NORM = ("batchnorm", "batch norm", "BatchNormalization", "BN", "bn")
_MARKS = (", ", ", ", ", ", "; ", " -> ", " → ", " | ", " / ", "\n", "\n", "\n- ", " - ", " > ")
_WIDTHS = (8, 10, 12, 16, 20, 24, 30, 32, 40, 45, 48, 50, 60, 64, 80, 90, 96, 100, 120, 128, 150,
           160, 180, 192, 200, 240, 250, 256, 300, 384, 400, 500, 512, 600, 768, 1024)  # fmt: skip


class _Hand:
    """One printout's way of writing each layer."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.mark = rng.choice(_MARKS)
        self.dense_way = rng.choice(_DENSE)
        self.drop_way = rng.choice(_DROP)
        self.norm_way = rng.choice(_NORM)
        self.rate = rng.choice(("0.1", "0.2", "0.25", "0.3", "0.4", "0.5"))
        self.activation = rng.choice((*["ReLU"] * 4, *ACTIVATIONS))
        self.act_way = rng.choice(ACTIVATIONS[self.activation])

    def dense(self, n: int, *, active: bool) -> Layer:
        w = self.act_way
        p, q, r = (f" {w}", f", {w}", f" ({w})") if active else ("", "", "")
        text = self.dense_way.format(n=n, p=p, q=q, r=r)
        label = f"Dense {self.activation}" if active else "Dense"
        return Layer(text=text, kind=Kind.DENSE, label=label, count=n)

    def dropout(self) -> Layer:
        if self.rng.random() < 0.2:
            self.rate = self.rng.choice(("0.1", "0.2", "0.3", "0.5"))
        text = self.drop_way.format(r=self.rate)
        return Layer(text=text, kind=Kind.PROCESS, label=f"Dropout {self.rate}")

    def norm(self) -> Layer:
        return Layer(text=self.norm_way, kind=Kind.NORM, label="Batch norm")

    def separate(self) -> Layer:
        return Layer(text=self.act_way, kind=Kind.ACTIVATION, label=self.activation)


def _last(rng: random.Random) -> Layer:
    n = rng.choice((2, 3, 4, 5, 7, 10, 12, rng.randint(2, 99)))
    if rng.random() < 0.5:
        name = rng.choice(("softmax", "softmax", "sigmoid"))
        text = say(rng, "[{n} outputs with {w}|dense {n} {w}|dense({n}, {w})|{w} {n}|output {n} "
                        "({w})|{w} over {n} classes|{n}-way {w}]", n=n, w=name)  # fmt: skip
        return Layer(text=text, kind=Kind.OUTPUT, label=f"Output {capital(name)}", count=n)
    text = say(rng, "[{n} outputs|output {n}|{n} classes|output({n})|out {n}]", n=n)
    return Layer(text=text, kind=Kind.OUTPUT, count=n)


def printout(rng: random.Random) -> Draft:
    """input 60, dense 120 relu, dropout 0.3, … twelve layers or more, none left out."""
    hand = _Hand(rng)
    n = rng.choice((*_WIDTHS, rng.randint(3, 999)))
    text = say(rng, "[input {n}|input {n}|input({n})|{n} inputs|Input {n}|in {n}]", n=n)
    layers = [Layer(text=text, kind=Kind.INPUT, count=n)]
    drops, norms = rng.random() < 0.75, rng.random() < 0.3
    apart = norms and rng.random() < 0.6
    active = not apart and rng.random() < 0.8
    for _ in range(rng.randint(3, 9)):
        width = rng.choice(_WIDTHS)
        same = 1 if rng.random() < 0.8 else 2
        for _ in range(same):
            layers.append(hand.dense(width, active=active))
            layers += [hand.norm()] if norms else []
            layers += [hand.separate()] if apart else []
            layers += [hand.dropout()] if drops and rng.random() < 0.85 else []
    layers.append(_last(rng))
    layers = layers[-22:] if len(layers) > 22 else layers
    if layers[0].kind is not Kind.INPUT:
        layers[0] = Layer(text=text, kind=Kind.INPUT, count=n)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    body = hand.mark.join(layer.text for layer in layers)
    if hand.mark == "\n- ":
        body = "- " + body
    head = rng.choice(_HEADS)
    gap = "\n" if "\n" in hand.mark else " "
    whole = f"{head}{gap}{body}" if head else body
    return sketch.draft(whole if "\n" in whole else slips(rng, whole, free_case=False))


_SIZES = ("nodes", "units", "neurons", "values", "cells", "nodes")


def _name(rng: random.Random) -> str:
    """A layer's own name: a word, two words or one nobody has read before."""
    roll = rng.random()
    if roll < 0.3:
        return rng.choice(terms_lexicon.OBJECTS)
    if roll < 0.5:
        return f"{rng.choice(MODIFIERS)} {rng.choice(terms_lexicon.OBJECTS)}"
    if roll < 0.65:
        return rng.choice(HIDDEN_NAMES)
    if roll < 0.8:
        return terms_words.syllables(rng)
    word = rng.choice(("probes", "thrust", "blend", "gains", "pixels", "joints", "latent", "votes"))
    if roll < 0.9:
        return rng.choice((word, rng.choice(terms_lexicon.TOPICS)))
    return f"{rng.choice('abcdefghkmnpqrsxz')}{rng.randint(1, 9)}"


def named_with_sizes(rng: random.Random) -> Draft:
    """the first layer is called pulse and has 6 nodes, then one called mix with 12, …"""
    names: list[str] = []
    count = rng.choice((3, 3, 3, 4, 4, 5, 6))
    while len(names) < count:
        name = _name(rng)
        if name.lower() not in names and name.lower() not in {"hidden", "middle", "input"}:
            names.append(name)
    unit = rng.choice(_SIZES)
    sizes = [rng.randint(2, 99) if rng.random() < 0.8 else rng.randint(100, 999) for _ in names]
    parts = []
    way = rng.randrange(7)
    for place, (name, size) in enumerate(zip(names, sizes, strict=True)):
        first, last = place == 0, place == count - 1
        n = spell(rng, size, 0.2)
        where = "first" if first else "last" if last else "next"
        parts.append(
            (
                f"the {where} layer is called {name} and has {n} {unit}",
                f"a layer named {name} with {n} {unit}",
                f"{'first' if first else 'finally' if last else 'then'} {name} ({n} {unit})",
                f"{where} layer: {name}, {n} {unit}",
                f"layer {place + 1} is {name} with {n} {unit}",
                f"the {where} one is {name} and has {n} {unit}",
                f"the {where} layer, {name}, has {n} {unit}",
            )[way]
        )
    joint = rng.choice((", ", "; ", ", then ", ". ", "\n", ", ")) if way != 2 else ", "
    text = joint.join(parts)
    head = rng.choice(("", "", "net with named layers: ", "my mlp: ", "layers have names: ", "so "))
    head = head if "\n" not in joint else ""
    sketch = Sketch()
    kinds = [Kind.INPUT, *[Kind.DENSE] * (count - 2), Kind.OUTPUT]
    ids = [
        sketch.add(kind, capital(name), count=size)
        for kind, name, size in zip(kinds, names, sizes, strict=True)
    ]
    sketch.chain(*ids)
    return sketch.draft(slips(rng, head + text, free_case=False))
