"""Transformers told part by part: blocks, and encoders with decoders."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import WORDS_IN
from ml.language.corpus.networks_blocks import repeated
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import ask, capital, say, slips, spell
from ml.spec.model import Kind

_ADD_NORM = ("add & norm", "add & norm", "add and norm", "Add & Norm", "add&norm", "add + norm")
_FFN = ("FFN", "ffn", "feed forward", "feed-forward", "feedforward", "feed forward network", "MLP",
        "feed-forward layer", "mlp")  # fmt: skip
_SELF = ("self-attention", "self attention", "multi-head attention", "multi-head self-attention",
         "multihead attention", "masked self-attention", "attention", "MHSA", "causal attention",
         "masked multi-head attention", "window attention", "linear attention")  # fmt: skip
_CROSS = ("cross-attention", "cross attention", "encoder-decoder attention", "cross attn",
          "multi-head cross-attention")  # fmt: skip
POSITION = ("positional encoding", "positional encodings", "position encoding", "pos encoding",
             "sinusoidal encoding", "rotary encoding")  # fmt: skip
_EMBEDDINGS = ("embedding", "embeddings", "token embedding", "word embedding", "input embedding",
               "token embeddings", "subword embedding", "embedding layer")  # fmt: skip
JOINTS = (", ", ", ", ", ", " -> ", " → ", ", then ", " > ")


def part(kind: Kind, words: str) -> Layer:
    """A part that is labelled as it is written, save for the usual names of layers."""
    usual = {
        "embeddings": "Embedding", "embedding layer": "Embedding",
        "positional encodings": "Positional encoding", "self attention": "Self-attention",
        "multihead attention": "Multi-head attention", "cross attention": "Cross-attention",
        "layernorm": "Layer norm", "layer norm": "Layer norm", "LayerNorm": "Layer norm",
    }  # fmt: skip
    return Layer(text=words, kind=kind, label=usual.get(words, capital(words)))


def layer_norm(rng: random.Random) -> Layer:
    return part(Kind.NORM, rng.choice(("layer norm", "LayerNorm", "layernorm", "RMSNorm")))


_HEADS = (
    ("linear", Kind.DENSE, "Dense"), ("linear layer", Kind.DENSE, "Dense"),
    ("output projection", Kind.DENSE, ""), ("classifier", Kind.MODEL, ""),
    ("classification head", Kind.MODEL, ""), ("MLP head", Kind.MODEL, ""),
    ("LM head", Kind.MODEL, ""), ("softmax layer", Kind.ACTIVATION, "Softmax"),
)  # fmt: skip


def _head(rng: random.Random) -> list[Layer]:
    """The end: a head, a softmax, classes, or what comes out by name."""
    layers: list[Layer] = []
    roll = rng.random()
    if roll < 0.4:
        name, kind, label = rng.choice(_HEADS)
        layers.append(Layer(text=name, kind=kind, label=label or capital(name)))
    if rng.random() < 0.3 and "Softmax" not in [layer.label for layer in layers]:
        layers.append(Layer(text="softmax", kind=Kind.ACTIVATION, label="Softmax"))
    if roll < 0.6:
        n = rng.choice((2, 3, 4, 5, 10, 20, 100, 1000))
        text = say(rng, "[{n} classes|{n} outputs|{n} labels|output {n}]", n=n)
        layers.append(Layer(text=text, kind=Kind.OUTPUT, count=n))
    elif roll < 0.9:
        name = rng.choice(("next token", "label", "output", "translation", "logits", "sentiment",
                           "output tokens", "answer", "class", "summary", "tags"))  # fmt: skip
        layers.append(part(Kind.OUTPUT, name))
    return layers


def _block(rng: random.Random, *, cross: bool) -> list[Layer]:
    """The parts of one block; what is written alike is labelled alike."""
    add_norm = rng.choice(_ADD_NORM)
    after = [Layer(text=add_norm, kind=Kind.NORM, label=capital(add_norm))]
    roll = rng.random()
    if roll > 0.8:
        after = [layer_norm(rng)]
    elif roll > 0.65:
        after = []
    parts = [part(Kind.ATTENTION, rng.choice(_SELF)), *after]
    if cross:
        parts += [part(Kind.ATTENTION, rng.choice(_CROSS)), *after]
    return [*parts, part(Kind.MODEL, rng.choice(_FFN)), *after]


def block_parts(rng: random.Random) -> Draft:
    """“tokens, embedding, positional encoding, self-attention, add & norm, FFN, add & norm”."""
    layers = []
    if rng.random() < 0.7:
        layers.append(part(Kind.INPUT, rng.choice((*WORDS_IN, "input", "tokens"))))
        if rng.random() < 0.7:
            layers.append(part(Kind.EMBEDDING, rng.choice(_EMBEDDINGS)))
        if rng.random() < 0.6:
            layers.append(part(Kind.PROCESS, rng.choice(POSITION)))
    block = _block(rng, cross=rng.random() < 0.25)
    times = rng.choice((1, 1, 1, 2, 2, 3, 4)) if len(block) < 6 else rng.choice((1, 1, 2))
    tail = _head(rng) if rng.random() < 0.6 else []
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [*layers, *block * times, *tail]))
    joint = rng.choice(JOINTS)
    row = joint.join(layer.text for layer in block)
    if times > 1:
        inner = ", ".join(layer.text for layer in block)
        row = say(
            rng,
            "[{n} times ({r})|{d} x ({r})|({r}) x {d}|{n} blocks of ({r})|{n} blocks ({r})|{d}x "
            "({r})|({r}) {n} times]",
            n=spell(rng, times, 0.6), d=times, r=inner,
        )  # fmt: skip
    parts = [*(layer.text for layer in layers), row, *(layer.text for layer in tail)]
    head = rng.choice(("", "", "transformer: ", "transformer block: ", "encoder: ", "a transformer "
                       "with ", "attention block: ", "decoder-only model: "))  # fmt: skip
    return sketch.draft(ask(rng, head + joint.join(parts), free_case=False))


def residual_parts(rng: random.Random) -> Draft:
    """“x, self-attention, add & norm, FFN, add & norm, with skips around attention and FFN”."""
    layers = [part(Kind.INPUT, rng.choice((*WORDS_IN, "input", "x", "tokens")))]
    if rng.random() < 0.5:
        layers.append(part(Kind.EMBEDDING, rng.choice(_EMBEDDINGS)))
    merge = Layer(text="add", kind=Kind.ADD)
    group = [merge, layer_norm(rng)] if rng.random() < 0.4 else [merge]
    if rng.random() < 0.5:
        words = rng.choice(_ADD_NORM)
        group = [Layer(text=words, kind=Kind.NORM, label=capital(words))]
    attention, ffn = part(Kind.ATTENTION, rng.choice(_SELF)), part(Kind.MODEL, rng.choice(_FFN))
    tail = _head(rng) if rng.random() < 0.5 else []
    rows = [*layers, attention, *group, ffn, *group, *tail]
    sketch = Sketch()
    ids = draw_layers(sketch, rows)
    sketch.chain(*ids)
    first = len(layers)
    sketch.link(ids[first - 1], ids[first + 1])
    sketch.link(ids[first + len(group)], ids[first + len(group) + 2])
    what = rng.choice(("residual connections", "skip connections", "shortcuts", "residuals"))
    text = rng.choice(JOINTS).join(layer.text for layer in rows) + say(
        rng,
        "[, with {w} around {a} and {f}|; {w} around both {a} and {f}|, {w} around the {a} and "
        "the {f}|. There are {w} around {a} and {f}|, plus {w} around {a} and {f}|, each of {a} "
        "and {f} with a {o} around it|. A {o} goes around {a}, another around {f}]",
        w=what, o=what.removesuffix("s"), a=attention.text, f=ffn.text,
    )  # fmt: skip
    head = rng.choice(("", "", "transformer block: ", "encoder block: ", "block: "))
    return sketch.draft(ask(rng, head + text, free_case=False))


def _stack_or_parts(rng: random.Random, name: str, *, cross: bool) -> list[Layer]:
    """One block in its parts, or N blocks as such."""
    if rng.random() < 0.6:
        return _block(rng, cross=cross)
    times = rng.choice((1, 2, 3, 4, 6, 6, 8, 12))
    unit = rng.choice((f"{name} block", f"{name} layer"))
    text = f"{spell(rng, times, 0.4)} {unit}s" if times > 1 else unit
    if times > 1 and rng.random() < 0.3:
        text = f"{times}x {unit}"
    layers = [repeated(text, capital(unit), times)]
    if cross:
        layers.append(part(Kind.ATTENTION, rng.choice(_CROSS)))
    return layers


def encoder_decoder_parts(rng: random.Random) -> Draft:
    """Encoder and decoder, each with its parts; the encoder's end also feeds the cross-attention.

    Nothing joins the two but that: the decoder has an input of its own.
    """
    source, target = rng.sample((*WORDS_IN, "source tokens", "target tokens"), 2)
    while source == target:
        source, target = rng.sample(WORDS_IN, 2)
    encoder = [part(Kind.INPUT, source)]
    decoder = [part(Kind.INPUT, target)]
    embedding, position = rng.choice(_EMBEDDINGS), rng.choice(POSITION)
    if rng.random() < 0.8:
        encoder.append(part(Kind.EMBEDDING, embedding))
        decoder.append(part(Kind.EMBEDDING, embedding))
        if rng.random() < 0.7:
            encoder.append(part(Kind.PROCESS, position))
            decoder.append(part(Kind.PROCESS, position))
    encoder += _stack_or_parts(rng, "encoder", cross=False)
    decoder += _stack_or_parts(rng, "decoder", cross=True)
    tail = _head(rng)
    sketch = Sketch()
    left = draw_layers(sketch, encoder)
    right = draw_layers(sketch, [*decoder, *tail])
    sketch.chain(*left)
    sketch.chain(*right)
    cross = next(
        place
        for place, node in enumerate(sketch.nodes)
        if place in right and node.kind is Kind.ATTENTION and node.label.lower() in _CROSS_LABELS
    )
    sketch.link(left[-1], cross)
    joint = rng.choice((", ", ", ", " -> ", " → "))
    down = joint.join(layer.text for layer in encoder)
    up = joint.join(layer.text for layer in (*decoder, *tail))
    name = next(layer.text for layer in decoder if layer.label.lower() in _CROSS_LABELS)
    text = say(
        rng,
        "[encoder: {e}. [D|d]ecoder: {d}. The encoder [output |]feeds the {x}|encoder: {e}\\n"
        "decoder: {d}\\nthe encoder output goes into the {x}|the encoder has {e}; the decoder has "
        "{d}; the {x} sees the encoder output|encoder ({e}), decoder ({d}), encoder output into "
        "the {x}|encoder = {e}; decoder = {d}; {x} gets the encoder output|decoder's {x} takes "
        "what comes from the encoder. Encoder: {e}. Decoder: {d}|{e} in the encoder, {d} in the "
        "decoder, and the encoder output also goes to the {x}]",
        e=down, d=up, x=name,
    ).replace("\\n", "\n")  # fmt: skip
    head = rng.choice(("", "", "transformer. ", "seq2seq transformer: ", "a transformer: "))
    return sketch.draft(slips(rng, head + text, free_case=False))


_CROSS_LABELS = {words.lower() for words in _CROSS} | {"cross-attention"}
