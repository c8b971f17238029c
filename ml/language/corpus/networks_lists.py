"""Free lists of layers of every sort, invented ones included."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import ENDS, STARTS, any_layer, final, invented, named_block
from ml.language.corpus.networks_layers import (
    Layer,
    draw_layers,
    dropout,
    row_of_layers,
)
from ml.language.corpus.networks_wording import capital, say
from ml.spec.model import Kind


def any_layers(rng: random.Random) -> Draft:
    """“embedding, then 2 LSTM layers, dropout, dense 10 with softmax”."""
    layers: list[Layer] = []
    if rng.random() < 0.5:
        name = rng.choice(STARTS)
        layers.append(Layer(text=name, kind=Kind.INPUT, label=capital(name)))
    layers += [any_layer(rng) for _ in range(rng.choice((2, 2, 3, 3, 4, 4, 5, 6, 8)))]
    if rng.random() < 0.6:
        layers.append(final(rng))
    elif rng.random() < 0.5:
        name = rng.choice(ENDS)
        layers.append(Layer(text=name, kind=Kind.OUTPUT, label=capital(name)))
    elif layers[-1].kind is Kind.DENSE:
        layers.append(dropout(rng))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    head = say(
        rng,
        "[network|a network|model|a model|neural net|layers|architecture|stack|my net|the model|]",
    )
    return sketch.draft(row_of_layers(rng, head, [layer.text for layer in layers], free_case=False))


def invented_chain(rng: random.Random) -> Draft:
    """Only blocks with names of their own, in a row."""
    layers = [named_block(rng) for _ in range(rng.randint(2, 7))]
    if rng.random() < 0.5:
        name = rng.choice(STARTS)
        layers.insert(0, Layer(text=name, kind=Kind.INPUT, label=capital(name)))
    if rng.random() < 0.5:
        name = rng.choice(ENDS)
        layers.append(Layer(text=name, kind=Kind.OUTPUT, label=capital(name)))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    name = invented(rng)
    head = rng.choice(("model", "our architecture", "", f"the {name} model", f"{name} network"))
    return sketch.draft(row_of_layers(rng, head, [layer.text for layer in layers], free_case=False))
