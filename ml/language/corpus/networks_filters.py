"""Convolutional networks in brief: rows of filter numbers, shorthand, code."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_conv import cnn_name, tail_layers
from ml.language.corpus.networks_layers import Layer, draw_layers, image, pool
from ml.language.corpus.networks_wording import activation, ask, listed, say, size, spell
from ml.spec.model import Kind

_FILTERS = (4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 100, 128, 192, 256, 384, 512)


def filters(rng: random.Random, number: int) -> list[int]:
    """Filter numbers, mostly growing."""
    chosen = [rng.choice(_FILTERS) for _ in range(number)]
    return sorted(chosen) if rng.random() < 0.7 else chosen


def filters_in_row(rng: random.Random) -> Draft:
    """“3 conv layers with 32, 64 and 128 filters, each followed by max pooling”."""
    number = rng.randint(2, 5)
    row = filters(rng, number)
    k = rng.choice((0, 0, 3, 3, 5, 7))
    kernel = f"{size(rng, k, k)} " if k else ""
    pooled = pool(rng) if rng.random() < 0.5 else None
    name, written = activation(rng) if rng.random() < 0.15 else ("", "")
    act = f" {name}" if name else ""
    layers = [image(rng)] if rng.random() < 0.7 else []
    first = layers[0].text if layers else ""
    for count in row:
        kernel_label = f" {k}x{k}" if k else ""
        layers.append(Layer(text="", kind=Kind.CONV, label=f"Conv{kernel_label}, {count}{act}"))
        if pooled is not None:
            layers.append(pooled)
    tail = tail_layers(rng)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [*layers, *tail]))
    counts = listed(rng, [str(count) for count in row])
    text = say(
        rng,
        "[{n} {k}{c} layers with {r} filters|{n} {k}{c} layers ({r} filters)|{k}{c} layers with "
        "{r} [filters|channels]|"
        "{k}{c} layers of {r} filters|{n} {k}{c} layers with {r} [filters|channels|kernels][ "
        "respectively|]|{n} {k}convs ({r})|{k}convs with {r} filters]",
        n=spell(rng, number, 0.5), k=kernel, c=say(rng, "[conv|convolutional|"
                                                        "convolution]"), r=counts,
    )  # fmt: skip
    text += say(rng, "[ with {w}| ({w})| using {w}]", w=written) if name else ""
    if pooled is not None:
        p = pooled.text.removeprefix("a ")
        text += say(rng, "[, each followed by {p}|, each followed by a {p}|, {p} after each|, "
                         "with {p} after each of them|"
                         ", each with {p}|, {p} after every conv]", p=p)  # fmt: skip
    parts = [*([first] if first else []), text, *(layer.text for layer in tail)]
    joint = rng.choice((", ", ", then ", ", ", "; "))
    head = say(rng, rng.choice(("{n} with ", "{n}: ", "{n}, ", "")), n=cnn_name(rng))
    return sketch.draft(ask(rng, head + joint.join(parts)))


def shorthand_conv(rng: random.Random) -> Draft:
    """“conv32-conv64-pool-fc128-fc10”."""
    gap = rng.choice(("", "", " ", "_", "-"))
    joint = rng.choice((" → ", " -> ", "->", " > ", ", ", " ")) if gap in ("-",
                        " ") else rng.choice(
        ("-", " - ", " → ", " -> ", "->", ", ", " ", ">", "/"))  # fmt: skip
    if gap == " " and joint == " ":
        joint = ", "
    sketch = Sketch()
    ids, texts = [], []
    dense = rng.choice(("fc", "fc", "dense", "FC"))
    if rng.random() < 0.4:
        ids.append(sketch.add(Kind.INPUT))
        texts.append("input")
    for count in (max(10, count) for count in filters(rng, rng.randint(1, 5))):
        texts.append(f"conv{gap}{count}")
        ids.append(sketch.add(Kind.CONV, f"Conv, {count}"))
        if rng.random() < 0.5:
            word, label = rng.choice(
                (("pool", "Pool"), ("maxpool", "Max pool"), ("avgpool", "Avg pool"))
            )
            texts.append(word)
            ids.append(sketch.add(Kind.POOL, label))
    if rng.random() < 0.3:
        texts.append("flatten")
        ids.append(sketch.add(Kind.PROCESS, "Flatten"))
    sizes = [
        rng.choice((32, 64, 100, 128, 256, 512, 1024)) for _ in range(rng.choice((0, 1, 1, 2)))
    ]
    for count in sizes:
        texts.append(f"{dense}{gap}{count}")
        ids.append(sketch.add(Kind.DENSE, count=count))
    last = rng.choice((10, 10, 10, 12, 20, 26, 50, 100, 1000))
    texts.append(f"{dense}{gap}{last}")
    ids.append(sketch.add(Kind.OUTPUT, count=last))
    if rng.random() < 0.3:
        texts.append("softmax")
        ids.append(sketch.add(Kind.ACTIVATION, "Softmax"))
    sketch.chain(*ids)
    head = rng.choice(("", "", "CNN ", "cnn: ", "net: ", "convnet "))
    return sketch.draft(ask(rng, head + joint.join(texts)))


def conv_code(rng: random.Random) -> Draft:
    """Keras or PyTorch layers of a CNN."""
    torch = rng.random() < 0.5
    p = (
        rng.choice(("nn.", "", "torch.nn."))
        if torch
        else rng.choice(("", "layers.", "keras.layers."))
    )
    sketch = Sketch()
    ids, calls = [], []
    before = rng.choice((1, 3))
    if not torch and rng.random() < 0.6:
        side = rng.choice((28, 32, 64, 128, 224))
        calls.append(f"{p}Input(shape=({side}, {side}, {before}))")
        ids.append(sketch.add(Kind.INPUT, f"Image {side}x{side}x{before}"))
    for count in filters(rng, rng.randint(1, 4)):
        k = rng.choice((3, 3, 5, 7))
        label = f"Conv {k}x{k}, {count}"
        if torch:
            calls.append(f"{p}Conv2d({before}, {count}, {rng.choice(('', 'kernel_size='))}{k})")
            ids.append(sketch.add(Kind.CONV, label))
            if rng.random() < 0.2:
                calls.append(f"{p}BatchNorm2d({count})")
                ids.append(sketch.add(Kind.NORM, "Batch norm"))
            if rng.random() < 0.7:
                calls.append(f"{p}ReLU()")
                ids.append(sketch.add(Kind.ACTIVATION, "ReLU"))
        else:
            relu = rng.random() < 0.6
            kernel = rng.choice((f"{k}", f"({k}, {k})", f"kernel_size={k}"))
            calls.append(f"{p}Conv2D({count}, {kernel}" + (", activation='relu')" if relu else ")"))
            ids.append(sketch.add(Kind.CONV, label + (" ReLU" if relu else "")))
        before = count
        if rng.random() < 0.6:
            call = (
                "MaxPool2d(2)"
                if torch
                else rng.choice(("MaxPooling2D(2)", "MaxPooling2D((2, 2))", "MaxPool2D(2)"))
            )
            calls.append(p + call)
            ids.append(sketch.add(Kind.POOL, "Max pool 2x2"))
    calls.append(f"{p}Flatten()")
    ids.append(sketch.add(Kind.PROCESS, "Flatten"))
    last = rng.choice((2, 5, 10, 10, 100))
    if torch:
        inner = rng.choice((400, 512, 1024, 1600, 3136))
        calls.append(f"{p}Linear({inner}, {last})")
        ids.append(sketch.add(Kind.OUTPUT, count=last))
    else:
        n = rng.choice((32, 64, 128, 256))
        calls += [f"{p}Dense({n}, activation='relu')", f"{p}Dense({last}, activation='softmax')"]
        ids.append(sketch.add(Kind.DENSE, "Dense ReLU", count=n))
        ids.append(sketch.add(Kind.OUTPUT, "Output Softmax", count=last))
    sketch.chain(*ids)
    joint = rng.choice((", ", ",\n", "\n", " -> "))
    row = joint.join(calls)
    if joint in (", ", ",\n") and rng.random() < 0.5:
        row = f"{p}Sequential({row})" if torch else f"Sequential([{row}])"
    head = rng.choice(("", "", "draw ", "draw this model: ", "my CNN: ", "visualize ", "model:\n"))
    return sketch.draft(head + row)
