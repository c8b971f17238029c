"""Layers of all networks as people write them and as they are drawn: images to activations."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ml.language.corpus.draft import Sketch
from ml.language.corpus.networks_wording import activation, ask, capital, say, size, spell
from ml.spec.model import Kind

_SIDES = (16, 24, 28, 28, 32, 32, 48, 56, 64, 64, 96, 100, 112, 128, 128, 150, 160, 192, 200, 224,
          224, 227, 240, 256, 256, 299, 300, 320, 384, 400, 416, 448, 480, 512, 600, 640, 768,
          1024)  # fmt: skip
_FILTERS = (4, 6, 8, 10, 12, 16, 20, 24, 32, 32, 48, 64, 64, 96, 128, 192, 256, 384, 512, 1024)
_UNITS = (16, 32, 50, 64, 84, 100, 120, 128, 128, 200, 256, 256, 512, 512, 1024, 2048, 4096)
_KERNELS = (1, 3, 3, 3, 3, 3, 5, 5, 5, 7, 7, 9, 11)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer, or `times` equal ones, as they are written and as they are drawn."""

    text: str
    kind: Kind
    label: str = ""
    count: int = 1
    times: int = 1


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
        "{s} pixel input|an image ({s})|input image {s}|{s} photos|{s} grayscale image|{s} RGB "
        "image]",
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
            "[{l}{w} layer{s} with {f} [filters|channels|kernels|feature maps]|{l}{w} layer{s} "
            "({f} filters)|{l}{f}-filter {w} layer{s}|{l}{w} layer{s} of {f} filters]",
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


def dense(rng: random.Random) -> Layer:
    n = rng.choice((*_UNITS, rng.randint(2, 999)))
    text = say(
        rng,
        "[dense {n}|dense layer of {n}|fc {n}|FC {n}|fully connected layer with {n} [units|"
        "neurons]|"
        "fully connected {n}|dense({n})|a dense layer with {n} units|linear {n}|{n}-unit dense "
        "layer|fully-connected layer ({n})|FC layer of {n}]",
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
    mark = rng.choice(("{n}. ", "{n}. ", "{n}) ", "- ", "- ", "* ", "• ", ""))
    lines = "\n".join(mark.replace("{n}", str(n)) + text for n, text in enumerate(texts, start=1))
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
