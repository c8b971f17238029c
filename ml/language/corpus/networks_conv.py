"""Convolutional networks: image, convolutions and pools in any order, dense tail."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_counted import HAS
from ml.language.corpus.networks_counts import hidden_sizes, hidden_words, output_words
from ml.language.corpus.networks_layers import (
    Layer,
    activation_layer,
    conv,
    dense,
    draw_layers,
    dropout,
    image,
    norm,
    pool,
    row_of_layers,
)
from ml.language.corpus.networks_wording import ask, listed, say, spell
from ml.spec.model import Kind


def cnn_name(rng: random.Random) -> str:
    return say(
        rng,
        "[CNN|cnn|a CNN|a convolutional neural network|convolutional network|a convnet|ConvNet|NN|"
        "a neural network|neural net|DL model|NN model|a deep learning model|an image classifier|"
        "CNN model|image classification network|vision model|a small CNN|conv net|conv neural "
        "network|"
        "A deep learning model|neural network|neural net|NN|an image model|a conv network|deep "
        "CNN|DL model|NN|network]",
    )


def _body(rng: random.Random, *, most: int = 12) -> list[list[Layer]]:
    """Groups of convolutions, most of them with a pool at their end."""
    groups: list[list[Layer]] = []
    wanted = rng.randint(2, most)
    while sum(layer.times for group in groups for layer in group) < wanted:
        if rng.random() < 0.3:
            group = [conv(rng, times=rng.choice((2, 2, 2, 3)), plain=0.15)]
        else:
            group = [conv(rng, plain=0.4) for _ in range(rng.choice((1, 1, 1, 2)))]
        if rng.random() < 0.85:
            group.append(pool(rng))
        groups.append(group)
    return groups


def _join_groups(rng: random.Random, groups: list[list[Layer]]) -> str:
    """The layers in a row, joined the same way throughout or, as often, ever differently."""
    if rng.random() < 0.35:
        inner = rng.choice((" and ", " + ", " followed by ", ", ", " then ", " and a "))
        outer = rng.choice((", ", ", then ", "; ", " → ", " -> ", ", and then "))
        texts = [inner.join(layer.text for layer in group) for group in groups]
        return outer.join(texts).replace(" a a ", " a ")
    text = ""
    for place, layer in enumerate(layer for group in groups for layer in group):
        text += (
            rng.choice((", ", ", ", ", then ", ", and ", ", and then ", " and ")) if place else ""
        ) + layer.text
    return text


def layers_in_sentence(rng: random.Random) -> Draft:
    """“28x28 image, 3x3 conv layer, then max pooling, 128 nodes in the hidden layer, 10 "
    "outputs.”"""
    first, groups = image(rng), _body(rng, most=rng.choice((4, 8, 14, 18)))
    hidden = hidden_sizes(rng, most=3) if rng.random() < 0.8 else []
    outputs = rng.randint(1, 12) if rng.random() < 0.7 else rng.randint(2, 1000)
    sketch = Sketch()
    ids = draw_layers(sketch, [first, *[layer for group in groups for layer in group]])
    tail, label = output_words(rng, outputs), "Dense"
    if hidden:
        middle = hidden_words(rng, hidden)
        label = middle.label
        tail = middle.text + rng.choice((", and ", " and ", ", ", ", then ")) + tail
    ids += [sketch.add(Kind.DENSE, label, count=count) for count in hidden]
    ids.append(sketch.add(Kind.OUTPUT, count=outputs))
    sketch.chain(*ids)
    join = rng.choice((", ", ", then ", ", and ", ", then and ", ", and then ", ", followed by "))
    head = say(
        rng, rng.choice(("{n} {h} ", "{n} {h} ", "{n}: ", "")), n=cnn_name(rng), h=say(rng, HAS)
    )
    text = head + first.text + rng.choice((", ", ", ", ", then ")) + _join_groups(rng, groups)
    return sketch.draft(ask(rng, text + join + tail))


def tail_layers(rng: random.Random) -> list[Layer]:
    """Flatten or global pooling, dense layers and the output, each a layer of its own."""
    layers: list[Layer] = []
    if rng.random() < 0.3:
        text = rng.choice(("flatten", "flatten", "Flatten"))
        layers.append(Layer(text=text, kind=Kind.PROCESS, label="Flatten"))
    elif rng.random() < 0.3:
        text = rng.choice(("global average pooling", "global avg pool"))
        layers.append(Layer(text=text, kind=Kind.POOL, label="Global avg pool"))
    for _ in range(rng.choice((0, 1, 1, 2))):
        layers.append(dense(rng))
        if rng.random() < 0.25:
            layers.append(dropout(rng))
    n = rng.choice((2, 3, 4, 5, 10, 10, 10, 20, 50, 100, 200, 1000, rng.randint(2, 500)))
    text, label = rng.choice(
        (
            ("[{n} classes|{n} outputs|output {n}|{n} output classes|output layer of {n}]", ""),
            ("[dense {n}|fc {n}|dense layer of {n}|fully connected layer with {n} units]", ""),
            ("[softmax over {n} classes|{n}-way softmax|softmax output of {n}|dense {n} with "
             "softmax|"
             "softmax with {n} classes|{n} softmax outputs|dense({n}, softmax)]", "Output Softmax"),
        )
    )  # fmt: skip
    layers.append(Layer(text=say(rng, text, n=n), kind=Kind.OUTPUT, label=label, count=n))
    return layers


def layer_rows(rng: random.Random) -> Draft:
    """The layers of a CNN as arrows, a list or a sentence, with norms and activations of their "
    "own."""
    layers = [image(rng)] if rng.random() < 0.8 else []
    for _ in range(rng.randint(1, 4)):
        layers.append(conv(rng))
        if rng.random() < 0.25:
            layers.append(norm(rng))
        if rng.random() < 0.25:
            layers.append(activation_layer(rng))
        if rng.random() < 0.7:
            layers.append(pool(rng))
    layers += tail_layers(rng)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    return sketch.draft(row_of_layers(rng, cnn_name(rng), [layer.text for layer in layers]))


def repeated_blocks(rng: random.Random) -> Draft:
    """“Three blocks of conv + batch norm + pool, then dense 10”: every block is drawn."""
    first, times = image(rng), rng.randint(2, 4)
    block = [conv(rng, plain=0.7)]
    if rng.random() < 0.2:
        block.append(conv(rng, plain=0.7))
    if rng.random() < 0.3:
        block.append(norm(rng))
    if rng.random() < 0.3:
        block.append(activation_layer(rng))
    if rng.random() < 0.85 or len(block) == 1:
        block.append(pool(rng))
    while times * len(block) > 12:
        times -= 1
    parts = [layer.text.removeprefix("a ") for layer in block]
    row = rng.choice((" + ", " + ", " and ", "/", "-", "+")).join(parts)
    if rng.random() < 0.3:
        row = f"({rng.choice((', ', ' → ', ' -> ', ', then ')).join(parts)})"
    n = spell(rng, times, 0.6)
    body = say(
        rng,
        "[{n} blocks of {r}|{n} blocks of {r}|{d} x {r}|{n} times {r}|{n} {r} blocks|{r} x {d}|"
        "{n} blocks, each with {r}|[a |]block of {r}, repeated {n} times|{n} stages of {r}|{r} "
        "repeated {n} times]",
        n=n, d=times, r=row,
    )  # fmt: skip
    tail = tail_layers(rng)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [first, *block * times, *tail]))
    joint = rng.choice((", ", ", then ", " → ", " -> ", ", followed by "))
    head = say(rng, rng.choice(("{n} with ", "{n}: ", "{n}, ", "")), n=cnn_name(rng))
    return sketch.draft(
        ask(rng, head + joint.join([first.text, body, *[layer.text for layer in tail]]))
    )


def counted_stacks(rng: random.Random) -> Draft:
    """“CNN with 3 conv layers, 2 pooling layers and 2 dense layers of 64”: in the order said."""
    layers = [conv(rng, times=rng.randint(2, 5), plain=0.6)]
    if rng.random() < 0.6:
        layers.append(pool(rng, times=rng.choice((1, 1, 2, 3))))
    if rng.random() < 0.7:
        times = rng.choice((1, 2, 2, 3))
        n = rng.choice((32, 64, 100, 128, 256, 512)) if rng.random() < 0.6 else 1
        lead, s = (spell(rng, times, 0.5), "s") if times > 1 else ("a", "")
        text = say(rng, "{l} [dense|fully connected|fc] layer{s}", l=lead, s=s)
        if n > 1:
            each = " each" if times > 1 else ""
            text += rng.choice((f" of {n}", f" with {n} units{each}"))
        layers.append(Layer(text=text, kind=Kind.DENSE, count=n, times=times))
    if layers[-1].count > 1 or rng.random() < 0.6:
        n = rng.randint(2, 20)
        layers.append(Layer(text=output_words(rng, n), kind=Kind.OUTPUT, count=n))
    if rng.random() < 0.6:
        layers.insert(0, image(rng))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    row = listed(rng, [layer.text for layer in layers])
    return sketch.draft(ask(rng, f"{cnn_name(rng)} {say(rng, HAS)} {row}"))
