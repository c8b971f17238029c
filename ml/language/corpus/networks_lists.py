"""Free lists of layers of every sort, invented ones included."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import ENDS, STARTS, any_layer, final, invented, named_block
from ml.language.corpus.networks_counted import net
from ml.language.corpus.networks_counts import input_words, layer_size, output_words
from ml.language.corpus.networks_layers import (
    Layer,
    activation_layer,
    dense,
    draw_layers,
    dropout,
    norm,
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


def mixed_counted(rng: random.Random) -> Draft:
    """A counted network with dropout, norms and activations between its layers."""
    inputs, outputs = layer_size(rng), layer_size(rng)
    layers = [Layer(text=input_words(rng, inputs), kind=Kind.INPUT, count=inputs)]
    hidden = rng.random() < 0.4
    for _ in range(rng.randint(1, 4)):
        if hidden:
            n = layer_size(rng)
            text = say(
                rng, "[hidden {n}|hidden layer of {n}|{n} hidden [units|neurons]|hidden ({n})]", n=n
            )
            layers.append(Layer(text=text, kind=Kind.DENSE, label="Hidden", count=n))
        else:
            layers.append(dense(rng))
        if rng.random() < 0.3:
            layers.append(norm(rng))
        if rng.random() < 0.3:
            layers.append(activation_layer(rng))
        if rng.random() < 0.5:
            layers.append(dropout(rng))
    layers.append(Layer(text=output_words(rng, outputs), kind=Kind.OUTPUT, count=outputs))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    return sketch.draft(row_of_layers(rng, net(rng), [layer.text for layer in layers]))
