"""Layers and blocks of every sort, those with invented names included."""

from __future__ import annotations

import random

from ml.language.corpus.network_terms import (
    BLOCK_NOUNS,
    KNOWN_BLOCKS,
    MODIFIERS,
    STEP_NOUNS,
    SYLLABLES,
)
from ml.language.corpus.networks_layers import (
    Layer,
    activation_layer,
    conv,
    dense,
    dropout,
    norm,
    pool,
)
from ml.language.corpus.networks_wording import capital, say, spell
from ml.spec.model import Kind

UNITS = (8, 16, 20, 32, 50, 64, 100, 128, 200, 256, 300, 400, 512, 768, 1024)


def invented(rng: random.Random) -> str:
    """A name nobody has heard of: “Zorbla”, “quimi-nex”, “TaVel”, “rho7”."""
    parts = [rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 2, 3)))]
    way = rng.randrange(7)
    if way == 0:
        return "".join(part.capitalize() for part in parts)
    if way == 1:
        return "-".join(parts)
    if way == 2:
        return "".join(parts) + str(rng.randint(1, 99))
    if way == 3:
        return "".join(parts).upper()[: rng.randint(3, 5)]
    if way == 4:
        return "".join(parts).capitalize() + rng.choice(("Net", "Former", "Mix", "Cell", "Hub"))
    return "".join(parts).capitalize() if way == 5 else "".join(parts)


_NUMBERED = (
    ("conv", Kind.CONV), ("conv_", Kind.CONV), ("conv ", Kind.CONV), ("fc", Kind.DENSE),
    ("dense_", Kind.DENSE), ("pool", Kind.POOL), ("block", Kind.MODEL),
    ("block ", Kind.MODEL), ("stage ", Kind.MODEL), ("layer", Kind.DENSE), ("layer ", Kind.DENSE),
    ("enc", Kind.MODEL), ("dec", Kind.MODEL), ("encoder ", Kind.MODEL), ("decoder ", Kind.MODEL),
    ("res", Kind.MODEL), ("lstm", Kind.RECURRENT), ("bn", Kind.NORM), ("norm ", Kind.NORM),
    ("attn", Kind.ATTENTION), ("head ", Kind.MODEL), ("branch ", Kind.MODEL), ("step ",
    Kind.PROCESS),
)  # fmt: skip


def numbered_block(rng: random.Random) -> Layer:
    """A name that is a word and a number below 10: “conv1”, “block 2”, “fc7”.

    From 10 on the number is one of filters or units: “conv32”, “fc128”.
    """
    stem, kind = rng.choice(_NUMBERED)
    name = f"{stem}{rng.randint(1, 9)}"
    return Layer(text=name, kind=kind, label=capital(name))


def named_block(rng: random.Random) -> Layer:
    """A block with a name of the person's own: it is copied."""
    if rng.random() < 0.25:
        name, kind = rng.choice(KNOWN_BLOCKS)
        return Layer(text=name, kind=kind, label=capital(name))
    if rng.random() < 0.2:
        return numbered_block(rng)
    first = invented(rng) if rng.random() < 0.4 else rng.choice(MODIFIERS)
    if rng.random() < 0.2:
        first += " " + rng.choice(MODIFIERS)
    noun, kind = rng.choice(
        (
            (rng.choice(BLOCK_NOUNS), Kind.MODEL),
            (rng.choice(BLOCK_NOUNS), Kind.MODEL),
            (rng.choice(STEP_NOUNS), Kind.PROCESS),
            ("attention", Kind.ATTENTION),
            ("embedding", Kind.EMBEDDING),
            ("pooling", Kind.POOL),
            ("norm", Kind.NORM),
        )
    )
    name = f"{first} {noun}"
    if rng.random() < 0.15:
        name += f" {rng.choice(('A', 'B', '1', '2', 'v2', 'X'))}"
    return Layer(text=name, kind=kind, label=capital(name))


def recurrent(rng: random.Random, *, times: int = 1) -> Layer:
    """LSTM, GRU and the like, with units or none."""
    label = rng.choice(("LSTM", "LSTM", "LSTM", "GRU", "GRU", "RNN", "BiLSTM", "BiGRU"))
    word = label if rng.random() < 0.6 else label.lower()
    if label.startswith("Bi") and rng.random() < 0.5:
        label = f"Bidirectional {label[2:]}"
        word = rng.choice((label, label.lower()))
    s = "s" if times > 1 else ""
    n = f"{spell(rng, times, 0.5)} " if times > 1 else ""
    if rng.random() < 0.5:
        units = rng.choice(UNITS)
        text = say(
            rng,
            "[{n}{w} layer{s} with {u} units|{n}{w} layer{s} of {u}|{n}{w} layer{s} ({u})|"
            "{n}{u}-unit {w} layer{s}|{n}{w} layer{s} with {u} hidden units|{n}{w} layer{s}, {u} "
            "units]",
            n=n, w=word, s=s, u=units,
        ) if times > 1 else say(
            rng, "[{w} {u}|{w}({u})|{w} with {u} units|{w} layer of {u}|{w} ({u})|{u}-unit "
                 "{w}]", w=word, u=units
        )  # fmt: skip
        return Layer(text=text, kind=Kind.RECURRENT, label=label, count=units, times=times)
    text = say(rng, "[{n}{w} layer{s}|{n}{w}{s}]", n=n, w=word, s=s)
    return Layer(text=text, kind=Kind.RECURRENT, label=label, times=times)


def embedding(rng: random.Random) -> Layer:
    if rng.random() < 0.4:
        n = rng.choice(UNITS)
        text = say(rng, "[embedding {n}|embedding({n})|embedding layer of {n}|embedding of size "
                        "{n}|{n}-dimensional embedding|embedding ({n})|embedding dim "
                        "{n}]", n=n)  # fmt: skip
        return Layer(text=text, kind=Kind.EMBEDDING, count=n)
    if rng.random() < 0.5:
        name = (
            rng.choice(("word", "token", "position", "patch", "item", "user", "char"))
            + " embedding"
        )
        return Layer(text=name, kind=Kind.EMBEDDING, label=capital(name))
    text = rng.choice(("embedding", "embedding layer", "an embedding layer", "embeddings"))
    return Layer(text=text, kind=Kind.EMBEDDING)


def attention(rng: random.Random) -> Layer:
    label, words = rng.choice(
        (
            ("Self-attention", ("self-attention", "self attention", "self-attention layer")),
            ("Multi-head attention", ("multi-head attention", "multihead attention", "MHA")),
            ("Cross-attention", ("cross-attention", "cross attention")),
            ("Attention", ("attention", "attention layer", "an attention layer")),
        )
    )  # fmt: skip
    return Layer(text=rng.choice(words), kind=Kind.ATTENTION, label=label)


_FIXED = (
    (Kind.PROCESS, "Flatten", ("flatten", "a flatten layer", "Flatten")),
    (Kind.PROCESS, "Reshape", ("reshape", "a reshape")),
    (
        Kind.NORM,
        "Layer norm",
        ("layer norm", "LayerNorm", "layernorm", "layer normalization", "LN"),
    ),
    (Kind.POOL, "Global avg pool", ("global average pooling", "global avg pool", "GAP")),
    (Kind.POOL, "Global max pool", ("global max pooling", "global max pool")),
    (Kind.CONV, "Transposed conv", ("transposed conv", "transposed convolution", "transpose conv")),
    (Kind.CONV, "Depthwise conv", ("depthwise conv", "depthwise convolution")),
    (Kind.CONV, "Conv 1D", ("1D conv", "conv1d", "1d convolution", "Conv1D")),
    (Kind.PROCESS, "Positional encoding", ("positional encoding", "positional encodings")),
    (
        Kind.DENSE,
        "Dense",
        ("dense", "a dense layer", "fully connected layer", "fc", "linear layer"),
    ),
    (Kind.MODEL, "Residual block", ("residual block", "a residual block")),
    (Kind.MODEL, "Transformer block", ("transformer block", "a transformer block")),
    (Kind.PROCESS, "Padding", ("padding", "a padding layer")),
    (Kind.ACTIVATION, "Softmax", ("softmax", "a softmax", "softmax layer")),
)


def fixed(rng: random.Random) -> Layer:
    kind, label, words = rng.choice(_FIXED)
    return Layer(text=rng.choice(words), kind=kind, label=label)


def model_blocks(rng: random.Random) -> Layer:
    """Blocks that come in numbers."""
    name = rng.choice(("transformer block", "residual block", "encoder block", "conformer block",
                       "attention block", "transformer layer", "encoder layer", "decoder layer",
                       "dense block", "inception block", "mixer block"))  # fmt: skip
    if rng.random() < 0.25:
        name = f"{invented(rng)} block"
    times = rng.choice((2, 2, 3, 3, 4, 6, 8, 12, 12, 16, 24, 32, 48, rng.randint(12, 99)))
    text = rng.choice((f"{spell(rng, times, 0.3)} {name}s", f"{times}x {name}", f"{name} x{times}",
                       f"{times} {name}s", f"a stack of {times} {name}s"))  # fmt: skip
    return repeated(text, capital(name), times)


def repeated(text: str, label: str, times: int) -> Layer:
    """Equal blocks: up to 11 are written out, more are one node with “xN”."""
    if times < 12:
        return Layer(text=text, kind=Kind.MODEL, label=label, times=times)
    return Layer(text=text, kind=Kind.MODEL, label=f"{label} x{times}")


STARTS = ("tokens", "text", "audio", "image", "video", "sentence", "waveform", "features", "input",
           "point cloud", "time series", "user id", "spectrogram", "DNA sequence", "question",
           "video frames", "log events", "notes", "sensor data", "input tokens")  # fmt: skip
ENDS = ("logits", "prediction", "caption", "output", "label", "score", "class", "answer", "mask",
         "transcript", "translation", "rating", "forecast", "embedding vector", "text", "reward",
         "probability", "keypoints", "summary", "output")  # fmt: skip


def final(rng: random.Random) -> Layer:
    """The output with its number, and softmax or sigmoid as they like."""
    n = rng.choice((2, 3, 4, 5, 6, 7, 10, 10, 12, 20, 100, rng.randint(2, 999)))
    if rng.random() < 0.4:
        name = rng.choice(("softmax", "softmax", "sigmoid", "Softmax"))
        text = say(rng, "[dense {n} with {w}|dense layer of {n} with {w}|dense({n}, {w})|fc {n} "
                        "with {w}|"
                        "{n}-way {w}|output layer of {n} with {w}]", n=n, w=name)  # fmt: skip
        return Layer(text=text, kind=Kind.OUTPUT, label=f"Output {name.capitalize()}", count=n)
    text = say(rng, "[dense {n}|dense layer of {n}|{n} outputs|output layer of {n}|linear {n}|fc "
                    "{n}|{n} classes|output of size {n}|output {n}]", n=n)  # fmt: skip
    return Layer(text=text, kind=Kind.OUTPUT, count=n)


def any_layer(rng: random.Random) -> Layer:
    """One layer of whatever sort, or a few equal ones."""
    make = rng.choices(
        (named_block, recurrent, embedding, attention, fixed, model_blocks, conv, pool, dropout,
         norm, activation_layer, dense),
        weights=(5, 3, 2, 2, 4, 1.5, 2, 1, 2, 1.5, 1, 3),
    )[0]  # fmt: skip
    if make is recurrent and rng.random() < 0.35:
        return recurrent(rng, times=rng.choice((2, 2, 3, 4)))
    return make(rng)
