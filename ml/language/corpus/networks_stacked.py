"""Networks said in one breath: sizes, kernels and counts in a long row, few words between them."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_conv import cnn_name
from ml.language.corpus.networks_counted import HAS, mlp, net
from ml.language.corpus.networks_counts import layer_size
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import ask, say, size, slips, spell
from ml.spec.model import Kind

_WIDE = (16, 32, 32, 50, 64, 64, 100, 128, 128, 200, 256, 256, 300, 512, 512, 1024, 1024, 2048)
_SIDES = (16, 28, 32, 48, 64, 96, 100, 128, 160, 224, 256, 300, 384, 512, 600, 768, 1024)
_UNITS = "[nodes|nodes|nodes|units|neurons|elements]"


def counts_in_a_row(rng: random.Random) -> Draft:
    """“NN of 6 input nodes, 9 4 and 3 nodes in each of the 3 mid layers, and 2 output elements.”"""
    inputs = _few(rng)
    hidden = [_few(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 5)))]
    outputs = _few(rng)
    text = say(
        rng,
        "[{h} {w} {i}|{h} {w} {i}|{h}: {i}], {m}, and {o}",
        h=net(rng), w=say(rng, HAS), i=_ends(rng, inputs, "input"), m=_middle(rng, hidden),
        o=_ends(rng, outputs, "output"),
    )  # fmt: skip
    return mlp(inputs, hidden, outputs).draft(_manners(rng, text))


def stack_in_a_row(rng: random.Random) -> Draft:
    """“CNN with 64 * 64 input, conv layer, and then 2 x 2 pooling layer, …, and 3 output size.”"""
    side = rng.choice(_SIDES) if rng.random() < 0.8 else rng.randint(10, 1100)
    groups = [_group(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6)))]
    hidden = [rng.choice(_WIDE) for _ in range(rng.choice((1, 1, 2, 2, 3, 3)))]
    outputs = _few(rng)
    first = Layer(
        text=say(rng, "{s} [input|input|input image|image]", s=size(rng, side, side)),
        kind=Kind.INPUT,
        label=f"Image {side}x{side}",
    )
    sketch = Sketch()
    ids = draw_layers(sketch, [first, *(layer for group in groups for layer in group)])
    ids += [sketch.add(Kind.DENSE, "Hidden", count=count) for count in hidden]
    ids.append(sketch.add(Kind.OUTPUT, count=outputs))
    sketch.chain(*ids)
    row = _paired(rng, groups) if rng.random() < 0.5 else _flat(rng, groups)
    text = say(
        rng,
        "{h} {w} {i}, {r}, {m}, and {o}",
        h=cnn_name(rng), w=say(rng, HAS), i=first.text, r=row, m=_middle(rng, hidden),
        o=_ends(rng, outputs, "output"),
    )  # fmt: skip
    return sketch.draft(_manners(rng, text))


def _few(rng: random.Random) -> int:
    return rng.randint(1, 12) if rng.random() < 0.75 else layer_size(rng)


def _ends(rng: random.Random, count: int, which: str) -> str:
    return say(
        rng,
        "{n} {w} [nodes|nodes|elements|size|layer nodes|units|neurons|values]",
        n=count, w=which,
    )  # fmt: skip


def _middle(rng: random.Random, sizes: list[int]) -> str:
    """The inner layers; a row has any sign between its numbers, or none."""
    row = str(sizes[0])
    for count in sizes[1:]:
        row += rng.choice((", ", ", ", " ", ", and ", " and ")) + str(count)
    if len(sizes) == 1:
        where = "[in|in|in the|in a]"
    else:
        where = "[in|in|in the|in the|in {k}|in the {k}|in each of the {k}]"
    return say(
        rng,
        "[|||and |then |then and ]{r} " + _UNITS + f" {where} [[hidden|mid|intermediate|inner] "
        "[layers|layers|layer]|[hidden|hidden|mid] layers|hidden layer|hiddens]",
        r=row, k=len(sizes),
    )  # fmt: skip


def _group(rng: random.Random) -> list[Layer]:
    """One to three convolutions and, most of the time, a pool."""
    times = rng.choice((1, 1, 1, 1, 2, 2, 3))
    group = [_conv(rng)] * times if rng.random() < 0.5 else [_conv(rng) for _ in range(times)]
    return [*group, _pool(rng)] if rng.random() < 0.9 else group


def _conv(rng: random.Random) -> Layer:
    name = rng.choice(("conv layer", "convolutional layer", "convolutional layer", "convolution"))
    text, label = name, "Conv"
    if rng.random() < 0.75:
        kernel = rng.choice((3, 3, 3, 3, 3, 5, 7))
        text, label = f"{size(rng, kernel, kernel)} {name}", f"Conv {kernel}x{kernel}"
    elif rng.random() < 0.35:
        side = rng.randint(3, 770)
        s = size(rng, side, side)
        text += rng.choice((f" (output is {s})", f" (output: {s} feature map)", f" (output {s})"))
        label += f" {side}x{side}"
    return Layer(text=text, kind=Kind.CONV, label=label)


def _pool(rng: random.Random) -> Layer:
    name, label = rng.choice(
        (
            ("pooling layer", "Pool"),
            ("pooling layer", "Pool"),
            ("max pooling layer", "Max pool"),
            ("average pooling layer", "Avg pool"),
        )
    )
    if rng.random() < 0.7:
        window = rng.choice((2, 2, 2, 2, 3))
        return Layer(
            text=f"{size(rng, window, window)} {name}",
            kind=Kind.POOL,
            label=f"{label} {window}x{window}",
        )
    return Layer(text=name, kind=Kind.POOL, label=label)


def _flat(rng: random.Random, groups: list[list[Layer]]) -> str:
    """Every layer by itself, joined ever differently."""
    texts = [layer.text for group in groups for layer in group]
    row = texts[0]
    for text in texts[1:]:
        row += rng.choice((", ", ", ", ", then ", ", and ", ", and then ")) + text
    return row


def _paired(rng: random.Random, groups: list[list[Layer]]) -> str:
    """“a 3 x 3 conv layer and a 2 x 2 pooling layer, then 2 3 x 3 conv layers and a …”: equal
    convolutions of a group become one counted phrase."""
    parts = []
    for group in groups:
        convs = [layer for layer in group if layer.kind is Kind.CONV]
        if len({layer.label for layer in convs}) == 1 and "(" not in convs[0].text:
            number = spell(rng, len(convs), 0.2)
            said = [f"a {convs[0].text}" if len(convs) == 1 else f"{number} {convs[0].text}s"]
        else:
            said = [f"a {layer.text}" for layer in convs]
        said += [f"a {layer.text}" for layer in group if layer.kind is Kind.POOL]
        parts.append(" and ".join(said))
    row = parts[0]
    for part in parts[1:]:
        row += rng.choice((", ", ", then ", ", then ", ", followed by ")) + part
    return row


def _manners(rng: random.Random, text: str) -> str:
    """Half of them bare, half as people ask."""
    return slips(rng, text) if rng.random() < 0.5 else ask(rng, text)
