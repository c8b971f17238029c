"""Networks in few words: abbreviations in a row, an encoder and a decoder by counts, settings."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import ask, capital, say, spell
from ml.spec.model import Kind

_SHORT: tuple[tuple[Kind, str, str], ...] = (
    (Kind.CONV, "Conv", "[conv|conv|Conv|CONV|cnv]"),
    (Kind.CONV, "Conv 3x3", "[conv3x3|3x3 conv|conv 3x3|3x3conv]"),
    (Kind.CONV, "Conv 1x1", "[conv1x1|1x1 conv|conv 1x1]"),
    (Kind.NORM, "Batch norm", "[bn|bn|BN|batchnorm]"),
    (Kind.NORM, "Layer norm", "[layernorm|LN|layer norm]"),
    (Kind.ACTIVATION, "ReLU", "[relu|relu|ReLU|RELU]"),
    (Kind.ACTIVATION, "GELU", "[gelu|GELU]"),
    (Kind.POOL, "Max pool", "[maxpool|max pool|mp]"),
    (Kind.POOL, "Pool", "[pool|pool|Pool]"),
    (Kind.PROCESS, "Dropout", "[dropout|Dropout]"),
    (Kind.PROCESS, "Flatten", "[flatten|flat|Flatten]"),
    (Kind.RECURRENT, "LSTM", "[lstm|LSTM]"),
    (Kind.DENSE, "Dense", "[fc|FC|dense|linear]"),
)
_BODY = (14, 5, 2, 9, 1, 10, 1, 3, 4, 1, 0, 0, 1)
_STAGES = (
    ("conv", Kind.CONV, "Conv"),
    ("dense", Kind.DENSE, "Dense"),
    ("LSTM", Kind.RECURRENT, "LSTM"),
    ("attention", Kind.ATTENTION, "Attention"),
    ("residual", Kind.MODEL, "Residual"),
)


def _short(rng: random.Random, weights: tuple[int, ...] = _BODY) -> Layer:
    kind, label, words = rng.choices(_SHORT, weights)[0]
    return Layer(text=say(rng, words), kind=kind, label=label)


def terse_row(rng: random.Random) -> Draft:
    """“conv bn relu conv bn relu pool fc10”, perhaps with its input added again."""
    layers = [_short(rng) for _ in range(rng.randint(3, 8))]
    if rng.random() < 0.3:  # the same few again and again, as blocks are
        few = layers[: rng.choice((2, 3, 3))]
        layers = few * rng.choice((2, 2, 3))
    joint = rng.choice((" ", " ", "-", " - ", "+", " + ", "/", ", ", " > ", " → "))
    sketch = Sketch()
    if rng.random() < 0.4:
        start = sketch.add(Kind.INPUT)
        ids = [start, *draw_layers(sketch, layers), sketch.add(Kind.ADD)]
        row = joint.join(layer.text for layer in layers)
        row += say(
            rng,
            "[, add the input|, then add the input|, plus the input| + input|, add input back|"
            ", skip from input to the end| with a skip connection around it|, with residual|"
            " with a shortcut around everything|, and add the input again]",
        )
        if rng.random() < 0.6:
            row += rng.choice((", relu", ", then relu", ", final relu", " and relu"))
            ids.append(sketch.add(Kind.ACTIVATION, "ReLU"))
        sketch.chain(*ids)
        sketch.link(start, ids[len(layers) + 1])
    else:
        if rng.random() < 0.5:
            n = rng.randint(2, 1000)
            text = say(rng, "[fc {n}|fc{n}|FC({n})|dense {n}|linear {n}]", n=n)
            layers.append(Layer(text=text, kind=Kind.DENSE, count=n))
        sketch.chain(*draw_layers(sketch, layers))
        row = joint.join(layer.text for layer in layers)
    head = rng.choice(("", "", "", "block: ", "net: ", "layers ", "a block with ", "stack of "))
    return sketch.draft(ask(rng, head + row, free_case=False))


def down_and_up(rng: random.Random) -> Draft:
    """“an encoder with 3 conv layers, a bottleneck of 64 and a decoder with 3 conv layers”"""
    word, kind, label = rng.choice(_STAGES)
    down, up = rng.randint(1, 5), rng.randint(1, 5)
    up = down if rng.random() < 0.6 else up
    up_word, up_label = word, label
    if kind is Kind.CONV and rng.random() < 0.6:
        up_word, up_label = say(rng, "[transposed conv|transposed convolution]"), "Transposed conv"
    name = rng.choice(("bottleneck", "latent", "code", "latent vector", "embedding"))
    size = rng.choice((1, rng.randint(2, 64), 32, 64, 128, 256))
    middle = Kind.EMBEDDING
    if name == "bottleneck":  # with a size it is a layer, else a block
        middle = Kind.DENSE if size > 1 else Kind.MODEL
    text = say(
        rng,
        "[an encoder with {d}, a {m} and a decoder with {u}|encoder of {d}, {m}, decoder of "
        "{u}|encoder: {d}; {m}; decoder: {u}|{d} in the encoder, then {m}, then {u} in the "
        "decoder|encoder ({d}) -> {m} -> decoder ({u})]",
        d=_times(rng, down, word), u=_times(rng, up, up_word),
        m=say(rng, "[{m} of {n}|{m} of size {n}|{n}-d {m}|{m} ({n})]", m=name, n=size)
        if size > 1
        else name,
    )  # fmt: skip
    sketch = Sketch()
    ids = [sketch.add(kind, label) for _ in range(down)]
    ids.append(sketch.add(middle, capital(name), count=size))
    ids += [sketch.add(kind, up_label) for _ in range(up)]
    sketch.chain(*ids)
    return sketch.draft(ask(rng, text))


def _times(rng: random.Random, number: int, word: str) -> str:
    if number == 1:
        return rng.choice((f"one {word} layer", f"a {word} layer"))
    return f"{spell(rng, number, 0.4)} {word} {rng.choice(('layers', 'layers', 'blocks'))}"


def set_up(rng: random.Random) -> Draft:
    """“transformer decoder with 6 layers, 8 heads, d_model 512”: what is no layer is not drawn."""
    name, kind = rng.choice(
        (
            ("transformer decoder", Kind.MODEL),
            ("transformer encoder", Kind.MODEL),
            ("decoder", Kind.MODEL),
            ("encoder", Kind.MODEL),
            ("attention", Kind.ATTENTION),
            ("LSTM", Kind.RECURRENT),
            ("GRU", Kind.RECURRENT),
            ("mixer", Kind.MODEL),
            ("graph conv", Kind.CONV),
            ("residual", Kind.MODEL),
        )
    )
    number = rng.randint(2, 10)
    unit = rng.choice(("layer", "layer", "block"))
    kind = Kind.MODEL if (name, unit) == ("attention", "block") else kind
    extras = [
        say(rng, "[{n} heads|{n} attention heads|heads={n}]", n=rng.choice((2, 4, 8, 12, 16))),
        say(
            rng,
            "[d_model {n}|d_model={n}|hidden size {n}|width {n}|model dim {n}|dim {n}]",
            n=rng.choice((64, 128, 256, 384, 512, 768, 1024)),
        ),
        say(rng, "[dropout {n}|dropout rate {n}]", n=rng.choice(("0.1", "0.2", "0.5"))),
        say(rng, "[learning rate {n}|lr {n}|lr={n}]", n=rng.choice(("1e-3", "3e-4", "0.001"))),
        say(rng, "[batch size {n}|batches of {n}]", n=rng.choice((16, 32, 64, 256))),
    ]
    has_heads = "attention" in name or "coder" in name
    chosen = rng.sample(extras if has_heads else extras[1:], rng.choice((1, 1, 2, 3)))
    layers = say(
        rng,
        "[{n} {u}s|{n} {u}s|{d}-{u}|depth: {n} {u}s]",
        n=spell(rng, number, 0.3), d=number, u=unit,
    )  # fmt: skip
    rest = rng.choice((", ", ", ", " and ")).join(chosen)
    text = (
        f"{layers} {name} with {rest}"
        if layers.endswith(unit)
        else say(rng, "{m}[ with | of |: |, ]{l}[, | and ]{r}", m=name, l=layers, r=rest)
    )
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT)]
    label = capital(name) + (f" {unit}" if kind is Kind.MODEL else "")
    ids += [sketch.add(kind, label) for _ in range(number)]
    sketch.chain(*ids, sketch.add(Kind.OUTPUT))
    return sketch.draft(ask(rng, text, free_case=False))
