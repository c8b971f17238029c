"""The same thing N times: stacks of equal blocks, deep rows of equal layers, repeated rows."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import MODIFIERS
from ml.language.corpus.networks_blocks import (
    ENDS,
    STARTS,
    any_layer,
    final,
    invented,
    named_block,
    repeated,
)
from ml.language.corpus.networks_conv import cnn_name, tail_layers
from ml.language.corpus.networks_counted import HAS, mlp, net
from ml.language.corpus.networks_counts import input_words, layer_size, output_words
from ml.language.corpus.networks_layers import (
    Layer,
    activation_layer,
    conv,
    draw_layers,
    image,
    norm,
    pool,
)
from ml.language.corpus.networks_skips import bare
from ml.language.corpus.networks_wording import ask, capital, say, slips, spell
from ml.spec.model import Kind

_SORTS = (
    "transformer", "conformer", "residual", "attention", "encoder", "decoder", "mixer", "dense",
    "inception", "ResNet", "swin", "ConvNeXt", "Mamba", "graph", "MLP", "transformer encoder",
    "transformer decoder", "squeeze", "upsampling", "downsampling", "bottleneck", "highway",
    "mobile", "WaveNet", "dilated", "performer", "linear attention", "U-Net", "state space",
)  # fmt: skip
_UNITS = ("block", "block", "block", "layer", "layer", "module", "stage", "cell", "unit")
_TIMES = (2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 11)
_STACK = (
    "[{n} {b}s|{n} {b}s|{n} {b}s|{n} {b}s|{d}x {b}|{d} x {b}|{d} × {b}|{b} x{d}|{b} x {d}|{b} ×{d}|"
    "{b} (x{d})|a stack of {n} {b}s|{n} {b}s in a row|{n} stacked {b}s|{n} identical {b}s|"
    "{n} {b}s one after another|{b}, {n} times|{n} times the {b}|{n} equal {b}s|{n} of the {b}s|"
    "{b} repeated {n} times|{n} {b}s stacked|{n} {b}s back to back|{b}s ({d})|{d}* {b}]"
)
_ONE = "[one {b}|a single {b}|{b}|1 {b}]"


def _name(rng: random.Random) -> str:
    """“conformer block”, “gated stage”, “Zorbla layer”."""
    first = rng.choice(_SORTS)
    if rng.random() < 0.25:
        return f"{rng.choice(MODIFIERS)} block"
    if rng.random() < 0.15:
        first = invented(rng)
    # Such a layer is no block: other families draw it with a kind of its own.
    own = first.endswith(("dense", "attention", "MLP", "sampling"))
    return f"{first} {'block' if own else rng.choice(_UNITS)}"


def _stack(rng: random.Random) -> Layer:
    """One to eleven blocks drawn one by one, or twelve and more in one node."""
    times = rng.choice(_TIMES)
    if rng.random() < 0.12:
        times = rng.choice((1, 1, 12, 12, 16, 24, rng.randint(12, 64)))
    name = _name(rng)
    text = say(
        rng, _STACK if times > 1 else _ONE, n=spell(rng, times, 0.45), d=times, b=name
    )  # fmt: skip
    return repeated(text, capital(name), times)


def stacked_blocks(rng: random.Random) -> Draft:
    """“audio, conv, 8 conformer blocks, linear”: as many nodes as are said."""
    layers = [_stack(rng)]
    if rng.random() < 0.25 and layers[0].times < 9:
        second = _stack(rng)
        if second.label != layers[0].label:
            layers.append(second)
    if rng.random() < 0.5:
        layers.insert(0, _single(rng))
    if rng.random() < 0.7:
        name = rng.choice(STARTS)
        layers.insert(0, Layer(text=name, kind=Kind.INPUT, label=capital(name)))
    if rng.random() < 0.3:
        layers.append(_single(rng))
    if rng.random() < 0.6 or len(layers) < 2:
        name = rng.choice(ENDS)
        end = Layer(text=name, kind=Kind.OUTPUT, label=capital(name))
        layers.append(final(rng) if rng.random() < 0.5 else end)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    joint = rng.choice((", ", ", ", ", then ", " -> ", " → ", " followed by ", " > ", ", ", " + "))
    texts = [layer.text for layer in layers]
    row = joint.join(texts)
    if rng.random() < 0.25:
        row = ", ".join(texts[:-1]) + " and " + texts[-1]
    head = rng.choice(("", "", "", "model: ", "network with ", "a net of ", "it has ", "just "))
    return sketch.draft(ask(rng, head + row, free_case=False))


def _single(rng: random.Random) -> Layer:
    while True:
        layer = named_block(rng) if rng.random() < 0.4 else any_layer(rng)
        if layer.times == 1:
            return layer


def equal_hidden(rng: random.Random) -> Draft:
    """“8 inputs, fourteen hidden layers of 8 units, 2 outputs”: every layer is drawn."""
    number = rng.choice((2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 12, 13, 14, 15, 16, 18, 20))
    count = rng.choice((rng.randint(2, 64), rng.randint(2, 16), 50, 100, 128, 256, 10, 20))
    dense = rng.random() < 0.25
    k = say(rng, "[dense|fully connected|fc|linear]" if dense else "[hidden|hidden|hidden|inner]")
    text = say(
        rng,
        "[{n} {k} layers of {c}|{n} {k} layers of {c} {u}|{n} {k} layers with {c} {u} each|"
        "{n} {k} layers, {c} {u} each|{n} {k} layers, each with {c} {u}|{n} {k} layers ({c} {u})|"
        "{n} {k} layers of {c} {u} each|{n} {k} layers [at|with] {c} {u}|{n} {c}-unit {k} layers|"
        "{n} times a {k} layer of {c}|{d}x {k} {c}|{d} x {k} layer ({c})|{k} layer of {c} x {d}|"
        "{n} {k} layers of width {c}|{n} {k} layers of size {c}|{c} {u} in each of the {n} {k} "
        "layers|{n} equal {k} layers of {c}|{n} {k} layers, all with {c} {u}]",
        n=spell(rng, number, 0.5), d=number, c=count, k=k, u=say(rng, "[units|neurons|nodes]"),
    )  # fmt: skip
    label = "Dense" if dense else "Hidden"
    if rng.random() < 0.2:
        return mlp(1, [count] * number, 1, label).draft(ask(rng, f"{net(rng)} with {text}"))
    inputs, outputs = layer_size(rng), layer_size(rng)
    i, o = input_words(rng, inputs), output_words(rng, outputs)
    body = say(
        rng,
        "[{i}, {m}, {o}|{i}, {m}, {o}|{i}, {m} and {o}|{i}, then {m}, then {o}|{i} -> {m} -> {o}|"
        "{m} between {i} and {o}|{m}, {i}, {o}|{i}; {m}; {o}|{o}, {i}, {m}|{i} and {o} with {m}]",
        i=i, m=text, o=o,
    )  # fmt: skip
    head = say(rng, rng.choice(("{h} {w} ", "{h}: ", "", "")), h=net(rng), w=say(rng, HAS))
    return mlp(inputs, [count] * number, outputs, label).draft(ask(rng, head + body))


_TWICE = {2: ("twice", "two times", "2 times"), 3: ("three times", "3 times", "thrice")}


def _often(rng: random.Random, times: int) -> str:
    return rng.choice(_TWICE.get(times, (f"{spell(rng, times, 0.6)} times",) * 2 + (f"{times}x",)))


def _row(rng: random.Random) -> list[Layer]:
    """A few layers as they come in blocks, or any."""
    if rng.random() < 0.45:
        return [_single(rng) for _ in range(rng.choice((1, 2, 2, 3)))]
    row = [conv(rng, plain=0.6)]
    if rng.random() < 0.6:
        row.append(norm(rng))
    if rng.random() < 0.6:
        row.append(activation_layer(rng))
    if rng.random() < 0.5:
        row.append(pool(rng))
    return row


def _again(rng: random.Random, parts: list[str], times: int) -> str:
    """The row of a block and how often it comes."""
    comma = rng.choice((", ", ", ", " → ", " -> ", " + ", ", then "))
    row = comma.join(parts)
    n, o = spell(rng, times, 0.6), _often(rng, times)
    tight = rng.choice((" + ", " -> ", ", ", "+", " → ")).join(parts)
    forms = [
        "{d} x ({t})", "{d}x ({t})", "({t}) x {d}", "({t}) x{d}", "[{t}] * {d}", "{d} × ({t})",
        "({t}) × {d}", "{o}: {r}", "{o} ({t})", "{o} ({t})", "{n} blocks of ({t})",
        "{n} blocks ({t})", "{n} blocks, each {r}", "({t}) repeated {o}", "({t}), {o}",
        "repeat {o}: {r}", "{o} this block: {r}", "{n} times ({t})", "({t}) {o} in a row",
        "{n} groups of ({t})", "{n} identical blocks of ({t})", "a block ({t}) stacked {o}",
    ]  # fmt: skip
    text = rng.choice(forms)
    for name, value in {"d": times, "n": n, "o": o, "t": tight, "r": row}.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def repeated_rows(rng: random.Random) -> Draft:
    """“three times: conv, bn, relu, pool”, “N x (conv + relu)”, then the tail."""
    block = _row(rng)
    times = rng.choice((2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10))
    while times * len(block) > 22:
        times -= 1
    parts = [bare(layer) for layer in block]
    first = image(rng) if rng.random() < 0.5 else Layer(text="input", kind=Kind.INPUT)
    layers = [first] if rng.random() < 0.8 else []
    tail = tail_layers(rng) if rng.random() < 0.6 else [_single(rng)]
    if rng.random() < 0.25:
        tail = [final(rng)]
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [*layers, *block * times, *tail]))
    body = _again(rng, parts, times)
    ends = [layer.text for layer in tail]
    joint = rng.choice(("; ", ", then ", " -> ", " → ", ". Then ", ", and then ", ", after that "))
    lead = rng.choice((": ", ", then ", " -> ", "; ", ", ")) if layers else ""
    text = (first.text + lead if layers else "") + body + joint + ", ".join(ends)
    head = say(rng, rng.choice(("{n}: ", "{n} with ", "", "")), n=cnn_name(rng))
    return sketch.draft(ask(rng, head + text, free_case=False))


def same_again(rng: random.Random) -> Draft:
    """“input, then conv, relu, pool; repeat this block twice”: two blocks in all."""
    block = _row(rng)
    while len(block) < 2 or len({layer.label for layer in block}) < len(block):
        block = [_single(rng) for _ in range(rng.choice((2, 2, 3)))]
    times = rng.choice((2, 2, 2, 3, 3, 4, 5))
    tail = tail_layers(rng) if rng.random() < 0.5 else [final(rng)]
    sketch = Sketch()
    first = sketch.add(Kind.INPUT)
    sketch.chain(first, *draw_layers(sketch, [*block * times, *tail]))
    row = rng.choice((", ", " then ", " -> ", " + ")).join(bare(layer) for layer in block)
    how = [
        f"repeat this block {_often(rng, times)}", f"repeated {_often(rng, times)}",
        f"this block comes {_often(rng, times)}", f"all of that {_often(rng, times)}",
        f"{_often(rng, times)} in total", f"the block is repeated {_often(rng, times)}",
        f"that block {_often(rng, times)}", f"do this {_often(rng, times)}",
    ]  # fmt: skip
    if times == 2:
        how += ["then the same again", "then the same block again", "and once more the same",
                "then that again", "and the same block a second time"]  # fmt: skip
    said = rng.choice(how)
    block_word = rng.choice(("a block of ", "a block with ", "a block: ", "block = ", ""))
    text = say(
        rng,
        "[input, then {b}{r}; {h}; then {e}|input -> {b}{r} ({h}) -> {e}|input. {B}{r}, {h}. Then "
        "{e}|input, {b}{r}, {h}, then {e}|input, {b}{r}. {H}. Finally {e}|input; {b}{r}, {h}; {e}]",
        b=block_word, B=capital(block_word), r=row, h=said, H=capital(said),
        e=", ".join(layer.text for layer in tail),
    )  # fmt: skip
    return sketch.draft(slips(rng, text, free_case=False))
