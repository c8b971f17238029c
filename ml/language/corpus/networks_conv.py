"""Convolutional networks: image, convolutions and pools in any order, dense tail."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_counted import HAS, hidden_sizes, hidden_words, output_words
from ml.language.corpus.networks_wording import activation, ask, capital, listed, say, size, spell
from ml.spec.model import Kind

_SIDES = (16, 24, 28, 28, 32, 32, 48, 56, 64, 64, 96, 100, 112, 128, 128, 150, 160, 192, 200, 224,
          224, 227, 240, 256, 256, 299, 300, 320, 384, 400, 416, 448, 480, 512, 600, 640, 768,
          1024)  # fmt: skip
_FILTERS = (4, 6, 8, 10, 12, 16, 20, 24, 32, 32, 48, 64, 64, 96, 128, 192, 256, 384, 512, 1024)
_KERNELS = (1, 3, 3, 3, 3, 3, 5, 5, 5, 7, 7, 9, 11)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer, or `times` equal ones, as they are written and as they are drawn."""

    text: str
    kind: Kind
    label: str = ""
    count: int = 1
    times: int = 1


def cnn_name(rng: random.Random) -> str:
    return say(
        rng,
        "[CNN|cnn|a CNN|a convolutional neural network|convolutional network|a convnet|ConvNet|NN|"
        "a neural network|neural net|DL model|NN model|a deep learning model|an image classifier|"
        "CNN model|image classification network|vision model|a small CNN|conv net|conv neural network|"
        "A deep learning model|an image model|a conv network|deep CNN|DL model|NN|network]",
    )


def image(rng: random.Random) -> Layer:
    """The image and its size; without a size it is just “Image”."""
    if rng.random() < 0.1:
        text = say(rng, "[an image|an input image|image input|the image|image]")
        return Layer(text=text, kind=Kind.INPUT, label="Image")
    height = rng.choice(_SIDES) if rng.random() < 0.85 else rng.randint(8, 1200)
    width = height if rng.random() < 0.85 else rng.choice(_SIDES)
    sides = (height, width) if rng.random() < 0.75 else (height, width, rng.choice((1, 3, 3, 4)))
    s = size(rng, *sides)
    text = say(
        rng,
        "[{s} input|{s} input|{s} input image|{s} image|an input image of {s}|{s} images|"
        "image size {s}|an image of size {s}|input size {s}|input of {s}|an input of {s}|"
        "{s} inputs|image input {s}|{s} picture|input {s}|{s} image input|a {s} image|"
        "{s} pixel input|an image ({s})|input image {s}|{s} photos|{s} grayscale image|{s} RGB image]",
        s=s,
    )  # fmt: skip
    return Layer(text=text, kind=Kind.INPUT, label="Image " + "x".join(map(str, sides)))


_CONV = "[conv|conv|convolutional|convolution]"


def conv(rng: random.Random, *, times: int = 1, plain: float = 0.3) -> Layer:
    """A convolution with a kernel, filters, a feature map, an activation, or none of them."""
    word = say(rng, _CONV)
    label, kernel, filters, tail = "Conv", "", "", ""
    way = rng.random()
    if way > plain:
        k = rng.choice(_KERNELS)
        kernel = size(rng, k, k)
        label = f"Conv {k}x{k}"
        if rng.random() < 0.55:
            filters = str(rng.choice(_FILTERS))
    elif way > plain * 0.6:
        filters = str(rng.choice(_FILTERS))
    label += f", {filters}" if filters else ""
    if not filters and times == 1 and rng.random() < 0.18:
        side = rng.randint(3, 766)
        tail = say(
            rng,
            "[ (output is {s})| (output: {s} feature map)| (output {s})| with {s} output|"
            " giving a {s} feature map|, output {s}| -> {s}| (gives {s})]",
            s=size(rng, side, side),
        )
        label += f" {side}x{side}"
    elif rng.random() < 0.12:
        name, written = activation(rng)
        tail = say(rng, "[ with {w}| ({w})| using {w}]", w=written)
        label += f" {name}"
    text = _conv_words(rng, word, kernel, filters, times)
    return Layer(text=text + tail, kind=Kind.CONV, label=label, times=times)


def _conv_words(rng: random.Random, word: str, kernel: str, filters: str, times: int) -> str:
    s = "s" if times > 1 or rng.random() < 0.02 else ""
    number = spell(rng, times, 0.4) if times > 1 else ""
    lead = f"{number} " if number else rng.choice(("", "", "a "))
    if kernel and filters:
        return say(
            rng,
            "[{l}{k} {w} layer{s} with {f} [filters|channels|kernels|feature maps]|"
            "{l}{w} layer{s} with {f} {k} [filters|kernels]|{l}{w} layer{s} ({f} filters, {k})|"
            "{l}{w} layer{s} ({k}, {f})|{l}{w} {k}, {f} filters|{l}{k} {w}{s}, {f} filters|"
            "{l}{k} {w} {f}|{l}{w} layer{s}, {k} kernel, {f} filters]",
            l=lead, k=kernel, w=word, f=filters, s=s,
        )  # fmt: skip
    if kernel:
        return say(
            rng,
            "[{l}{k} {w} layer{s}|{l}{k} {w} layer{s}|{l}{k} {w}{s}|{l}{w} layer{s} {k}|"
            "{l}{w} layer{s} with [a |]{k} [kernel|filter]{s}|{l}{w} {k}|{l}{w} layer{s} ({k})]",
            l=lead, k=kernel, w=word, s=s,
        )  # fmt: skip
    if filters:
        return say(
            rng,
            "[{l}{w} layer{s} with {f} [filters|channels|kernels|feature maps]|{l}{w} layer{s} ({f} filters)|"
            "{l}{f}-filter {w} layer{s}|{l}{w} layer{s} of {f} filters]",
            l=lead, f=filters, w=word, s=s,
        )  # fmt: skip
    return say(rng, "[{l}{w} layer{s}|{l}{w} layer{s}|{l}{w}{s}]", l=lead, w=word, s=s)


def pool(rng: random.Random, *, times: int = 1) -> Layer:
    """Pooling: max, average or just pooling, with or without its size."""
    label, word = rng.choice(
        (
            ("Pool", "[pooling|pooling|pool]"),
            ("Max pool", "[max pooling|max pooling|max pool|2d max pooling]"),
            ("Max pool", "[max pooling|max pooling|max pool|max-pooling|maxpool|max-pool]"),
            ("Avg pool", "[average pooling|average pooling|avg pooling|avg pool|mean pooling]"),
        )
    )
    word = say(rng, word)
    s = "s" if times > 1 else ""
    number = f"{spell(rng, times, 0.4)} " if times > 1 else rng.choice(("", "", "a "))
    if rng.random() < 0.5:
        k = rng.choice((2, 2, 2, 2, 3, 4))
        label += f" {k}x{k}"
        text = say(
            rng,
            "[{n}{k} {w} layer{s}|{n}{k} {w} layer{s}|{n}{k} {w}|{n}{w} layer{s} {k}|{n}{w} {k}|"
            "{n}{w} layer{s} ({k})|{n}{w} layer{s} of {k}]",
            n=number, k=size(rng, k, k), w=word, s=s,
        )  # fmt: skip
    else:
        text = say(rng, "[{n}{w} layer{s}|{n}{w} layer{s}|{n}{w}]", n=number, w=word, s=s)
    return Layer(text=text, kind=Kind.POOL, label=label, times=times)


def draw_layers(sketch: Sketch, layers: list[Layer]) -> list[int]:
    """Adds the layers in a row, repeated ones one by one, and returns their numbers."""
    ids: list[int] = []
    for layer in layers:
        ids += [sketch.add(layer.kind, layer.label, count=layer.count) for _ in range(layer.times)]
    return ids


def _body(rng: random.Random, *, most: int = 12) -> list[list[Layer]]:
    """Groups of convolutions, most of them with a pool at their end."""
    groups: list[list[Layer]] = []
    while sum(layer.times for group in groups for layer in group) < rng.randint(2, most):
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
    """“28x28 image, 3x3 conv layer, then max pooling, 128 nodes in the hidden layer, 10 outputs.”"""
    first, groups = image(rng), _body(rng, most=rng.choice((4, 8, 14)))
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
    if rng.random() < 0.5:
        layers.append(
            rng.choice(
                (
                    Layer(text=rng.choice(("flatten", "flatten", "Flatten")), kind=Kind.PROCESS, label="Flatten"),
                    Layer(text=rng.choice(("global average pooling", "global avg pool")), kind=Kind.POOL, label="Global avg pool"),
                )
            )
        )  # fmt: skip
    for _ in range(rng.choice((0, 1, 1, 2))):
        layers.append(dense(rng))
        if rng.random() < 0.25:
            layers.append(dropout(rng))
    n = rng.choice((2, 3, 4, 5, 10, 10, 10, 20, 50, 100, 200, 1000, rng.randint(2, 500)))
    text, label = rng.choice(
        (
            ("[{n} classes|{n} outputs|output {n}|{n} output classes|output layer of {n}]", ""),
            ("[dense {n}|fc {n}|dense layer of {n}|fully connected layer with {n} units]", ""),
            ("[softmax over {n} classes|{n}-way softmax|softmax output of {n}|dense {n} with softmax|"
             "softmax with {n} classes|{n} softmax outputs|dense({n}, softmax)]", "Output Softmax"),
        )
    )  # fmt: skip
    layers.append(Layer(text=say(rng, text, n=n), kind=Kind.OUTPUT, label=label, count=n))
    return layers


def dense(rng: random.Random) -> Layer:
    n = rng.choice((16, 32, 50, 64, 84, 100, 120, 128, 128, 200, 256, 256, 512, 512, 1024, 2048, 4096,
                    rng.randint(2, 999)))  # fmt: skip
    text = say(
        rng,
        "[dense {n}|dense layer of {n}|fc {n}|FC {n}|fully connected layer with {n} [units|neurons]|"
        "fully connected {n}|dense({n})|a dense layer with {n} units|linear {n}|{n}-unit dense layer|"
        "fully-connected layer ({n})|FC layer of {n}]",
        n=n,
    )  # fmt: skip
    if rng.random() < 0.25:
        name, written = activation(rng)
        text += say(rng, "[ with {w}| ({w})|, {w} activation| {w}]", w=written)
        return Layer(text=text, kind=Kind.DENSE, label=f"Dense {name}", count=n)
    return Layer(text=text, kind=Kind.DENSE, count=n)


def dropout(rng: random.Random) -> Layer:
    if rng.random() < 0.5:
        rate = rng.choice(("0.5", "0.2", "0.3", "0.25", "0.1", "0.4"))
        text = say(rng, "[dropout {r}|dropout({r})|dropout of {r}|dropout ({r})]", r=rate)
        return Layer(text=text, kind=Kind.PROCESS, label=f"Dropout {rate}")
    return Layer(
        text=rng.choice(("dropout", "a dropout layer", "dropout layer")),
        kind=Kind.PROCESS,
        label="Dropout",
    )


def norm(rng: random.Random) -> Layer:
    text = rng.choice(("batch norm", "batchnorm", "batch normalization", "BN", "batch norm layer"))
    return Layer(text=text, kind=Kind.NORM, label="Batch norm")


def activation_layer(rng: random.Random) -> Layer:
    name, written = activation(rng)
    return Layer(text=written, kind=Kind.ACTIVATION, label=name)


def row_of_layers(
    rng: random.Random, head: str, texts: list[str], *, free_case: bool = True
) -> str:
    """Texts as an arrow row, a sentence, or a list of lines."""
    way = rng.random()
    if way < 0.35:
        row = rng.choice((" → ", " -> ", "->", " > ", " => ", " | ")).join(texts)
        return ask(
            rng, f"{head}: {row}" if head and rng.random() < 0.6 else row, free_case=free_case
        )
    if way < 0.65:
        joint = rng.choice((", ", ", ", ", then ", ", followed by ", " then "))
        last = rng.choice((", ", " and ", ", and finally ", ", then ", ", and "))
        row = joint.join(texts[:-1]) + last + texts[-1]
        link = rng.choice((": ", " with ", " - ", ", "))
        return ask(
            rng, f"{head}{link}{row}" if head and rng.random() < 0.7 else row, free_case=free_case
        )
    marks: Callable[[int], str] = rng.choice(
        (lambda n: f"{n}. ", lambda n: f"{n}) ", lambda n: "- ", lambda n: "* ", lambda n: "• ", lambda n: "")
    )  # fmt: skip
    lines = "\n".join(marks(n) + text for n, text in enumerate(texts, start=1))
    start = rng.choice(
        (
            f"{capital(head)}:\n" if head else "",
            "layers:\n",
            "Draw this:\n",
            "",
            "network:\n",
            "please draw\n",
        )
    )
    return start + lines


def layer_rows(rng: random.Random) -> Draft:
    """The layers of a CNN as arrows, a list or a sentence, with norms and activations of their own."""
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
        "[{n} blocks of {r}|{n} blocks of {r}|{n} x {r}|{n} times {r}|{n} {r} blocks|{r} x {n}|"
        "{n} blocks, each with {r}|[a |]block of {r}, repeated {n} times|{n} stages of {r}|{r} repeated {n} times]",
        n=n, r=row,
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
        n = rng.choice((32, 64, 100, 128, 256, 512))
        lead = spell(rng, times, 0.5) if times > 1 else "a"
        text = f"{lead} {rng.choice(('dense', 'fully connected', 'fc'))} layer{'s' if times > 1 else ''}"
        counted = rng.random() < 0.6
        text += (
            rng.choice((f" of {n}", f" with {n} units" + (" each" if times > 1 else "")))
            if counted
            else ""
        )
        layers.append(Layer(text=text, kind=Kind.DENSE, count=n if counted else 1, times=times))
    if layers[-1].count > 1 or rng.random() < 0.6:
        n = rng.randint(2, 20)
        layers.append(Layer(text=output_words(rng, n), kind=Kind.OUTPUT, count=n))
    first = [image(rng)] if rng.random() < 0.6 else []
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, first + layers))
    text = (
        f"{cnn_name(rng)} {say(rng, HAS)} {listed(rng, [layer.text for layer in first + layers])}"
    )
    return sketch.draft(ask(rng, text))
