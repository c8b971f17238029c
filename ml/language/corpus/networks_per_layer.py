"""Filters and units told layer by layer: “two 3x3 convs with 64 filters, then two with 128”."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_conv import cnn_name, tail_layers
from ml.language.corpus.networks_counts import output_words
from ml.language.corpus.networks_layers import (
    Layer,
    activation_layer,
    draw_layers,
    image,
    norm,
    pool,
    row_of_layers,
)
from ml.language.corpus.networks_skips import bare
from ml.language.corpus.networks_wording import ask, say, size, spell
from ml.spec.model import Kind

_FILTERS = (4, 6, 8, 12, 16, 16, 24, 32, 32, 48, 64, 64, 96, 128, 128, 192, 256, 256, 384, 512)
_KERNELS = (1, 3, 3, 3, 3, 3, 5, 5, 7, 11)


def _growing(rng: random.Random, number: int) -> list[int]:
    """Distinct filter numbers, mostly growing."""
    chosen = rng.sample(sorted(set(_FILTERS)), number)
    return sorted(chosen) if rng.random() < 0.75 else chosen


def runs_of_convs(rng: random.Random) -> Draft:
    """The first run says what it is of; the others say only how many and how wide."""
    widths = _growing(rng, rng.choice((2, 2, 3, 3, 4)))
    times = [rng.choice((1, 2, 2, 2, 3, 3, 4)) for _ in widths]
    k = rng.choice((0, 3, 3, 3, 5, 7))
    kernel = f"{size(rng, k, k)} " if k else ""
    label = f"Conv {k}x{k}" if k else "Conv"
    unit = rng.choice(("filters", "filters", "channels", "kernels", "feature maps"))
    pooled = pool(rng) if rng.random() < 0.5 else None
    each = pooled is not None and rng.random() < 0.5
    noun = rng.choice(("conv", "convolution", "conv layer", "convolutional layer"))
    layers = [image(rng)] if rng.random() < 0.65 else []
    parts = [layers[0].text] if layers else []
    more = rng.choice(("", "", "another ", "then "))
    for place, (width, number) in enumerate(zip(widths, times, strict=True)):
        n, s = spell(rng, number, 0.7), "s" if number > 1 else ""
        if place == 0:
            text = say(
                rng,
                "[{n} {k}{c}{s} with {f} {u}|{n} {k}{c}{s} of {f} {u}|{n} {k}{c}{s} ({f} {u})|"
                "{n} {k}{c}{s}, {f} {u}]",
                n=n, k=kernel, c=noun, s=s, f=width, u=unit,
            )  # fmt: skip
        else:
            extra = more if more != "another " or number > 1 else "another "
            text = say(
                rng,
                "[{x}{n} with {f}|{x}{n} with {f}|{x}{n} of {f}|{x}{n} with {f} {u}|{x}{n} more "
                "with {f}|{x}{n} {c}{s} with {f}]",
                x=extra, n=n, f=width, u=unit, c=noun, s=s,
            )  # fmt: skip
        layers += [Layer(text="", kind=Kind.CONV, label=f"{label}, {width}")] * number
        parts.append(text)
        if pooled is not None:
            layers.append(pooled)
            if not each:
                parts[-1] += rng.choice((" and ", " + ", " and a ")) + bare(pooled)
    tail = tail_layers(rng)
    joint = rng.choice((", then ", ", then ", ", ", "; ", ", followed by "))
    text = joint.join(parts)
    if each and pooled is not None:
        text += say(
            rng, "[, {p} after each group|, with {p} after every group|, each group followed by {p}"
            "|; after each group {p}]", p=bare(pooled)
        )  # fmt: skip
    text += rng.choice((", then ", ", ", "; ")) + ", ".join(layer.text for layer in tail)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [*layers, *tail]))
    head = say(rng, rng.choice(("{n} with ", "{n}: ", "", "")), n=cnn_name(rng))
    return sketch.draft(ask(rng, head + text.replace("then then", "then")))


_NOTATIONS = (
    "{w} {f} filters {k}", "{w} {f} {k} filters", "{w} with {f} {k} filters", "{w} {k}, {f}",
    "{w} {k} {f}", "{w} {k} ({f})", "{w} ({f}, {k})", "{w}({f}, {k})", "{w} {k}, {f} filters",
    "{w} {k} with {f} filters", "{k} {w} {f}", "{k} {w}, {f} filters", "{k} {w} x {f} channels",
    "{k} {w} with {f} channels", "{w} {k}, {f} channels", "{f} filters of {k} {w}",
    "{w} {k} / {f}", "{w} layer: {f} filters, {k}", "{w}, {f} filters, kernel {k}",
    "{k} {w} ({f} filters)", "{w}: {k}, {f} filters", "{f} {k} {w} filters", "{w} {k} -> {f}",
    "{w}({k}, {f})", "{w} w/ {f} {k} filters", "{k} {w} {f} ch",
)  # fmt: skip
_ONLY_FILTERS = ("{w} {f} filters", "{w} with {f} filters", "{w} ({f})", "{w}({f})", "{w} {f}",
                 "{w}, {f} filters", "{w}: {f} filters", "{w} {f} ch", "{w} w/ {f} filters",
                 "{f}-filter {w}", "{w} of {f}")  # fmt: skip
_ONLY_KERNEL = ("{w} {k}", "{k} {w}", "{w}({k})", "{w} ({k})", "{w} with {k} kernel",
                "{w}, kernel {k}", "{w} k={k}")  # fmt: skip


def filters_by_layer(rng: random.Random) -> Draft:
    """“Conv2D 16 filters 3x3, relu, maxpool, Conv2D 32 filters 3x3 …” in one notation."""
    word = rng.choice(("Conv2D", "Conv2D", "conv2d", "conv", "conv", "Conv", "convolution",
                       "conv layer", "CONV", "conv_2d", "Conv2d"))  # fmt: skip
    notation = rng.choice(_NOTATIONS)
    roll = rng.random()
    if roll < 0.15:
        notation = rng.choice(_ONLY_FILTERS)
    elif roll < 0.25:
        notation = rng.choice(_ONLY_KERNEL)
    if "layer:" in notation and "layer" in word:
        word = "conv"
    stays = rng.choice((0, 0, 3, 5))
    layers = [image(rng)] if rng.random() < 0.6 else []
    pooled = pool(rng) if rng.random() < 0.6 else None
    normed = norm(rng) if rng.random() < 0.25 else None
    active = activation_layer(rng) if rng.random() < 0.45 else None
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5))):
        k, f = stays or rng.choice(_KERNELS), rng.choice(_FILTERS)
        label = "Conv"
        if "{k}" in notation:
            label += f" {k}x{k}"
        if "{f}" in notation:
            label += f", {f}"
        text = notation.replace("{w}", word).replace("{f}", str(f))
        layers.append(Layer(text=text.replace("{k}", size(rng, k, k)), kind=Kind.CONV, label=label))
        layers += [one for one in (normed, active) if one is not None]
        if pooled is not None and rng.random() < 0.75:
            layers.append(pooled)
    layers += tail_layers(rng)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    return sketch.draft(
        row_of_layers(rng, cnn_name(rng), [layer.text for layer in layers], free_case=False)
    )


_WIDE = (
    (Kind.DENSE, "Dense", ("dense", "dense", "fully connected", "FC", "linear")),
    (Kind.DENSE, "Hidden", ("hidden",)),
    (Kind.RECURRENT, "LSTM", ("LSTM", "lstm")),
    (Kind.RECURRENT, "GRU", ("GRU", "gru")),
    (Kind.RECURRENT, "BiLSTM", ("BiLSTM", "bilstm")),
)


def runs_of_units(rng: random.Random) -> Draft:
    """“two dense layers of 256, one of 64”, “an LSTM layer with 128 units, another with 64”."""
    kind, label, words = rng.choice(_WIDE)
    word = rng.choice(words)
    sizes = rng.sample((8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 512, 1024), rng.choice(
        (2, 2, 3, 4)))  # fmt: skip
    times = [rng.choice((1, 1, 2, 2, 3, 4)) for _ in sizes]
    unit = rng.choice(("", "", " units", " neurons" if kind is Kind.DENSE else " units"))
    lead = rng.choice(("of", "with"))
    parts = []
    for place, (width, number) in enumerate(zip(sizes, times, strict=True)):
        n, s = spell(rng, number, 0.75), "s" if number > 1 else ""
        if place == 0:
            parts.append(f"{n} {word} layer{s} {lead} {width}{unit}")
        elif number == 1 and rng.random() < 0.6:
            parts.append(f"{rng.choice(('another', 'one more', 'another one'))} {lead} {width}")
        else:
            more = rng.choice(("", " more"))
            parts.append(f"{n}{more} {lead} {width}")
    body = rng.choice((", then ", ", ", ", ", " and ")).join(parts)
    outputs = rng.choice((1, 2, 3, 5, 10, rng.randint(1, 40)))
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT)]
    for width, number in zip(sizes, times, strict=True):
        ids += [sketch.add(kind, label, count=width) for _ in range(number)]
    sketch.chain(*ids, sketch.add(Kind.OUTPUT, count=outputs))
    text = say(
        rng,
        "[input, {b}, {o}|input, {b} and {o}|input -> {b} -> {o}|an input, then {b}, then {o}]",
        b=body, o=output_words(rng, outputs),
    )  # fmt: skip
    return sketch.draft(ask(rng, text))
