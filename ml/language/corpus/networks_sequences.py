"""Recurrent networks and transformers with sizes and numbers of layers."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import LANGUAGES, WORDS_IN
from ml.language.corpus.networks_blocks import UNITS, final, repeated
from ml.language.corpus.networks_counts import input_words, layer_size, output_words
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import ask, capital, say, spell
from ml.spec.model import Kind

_BLOCKS = ("transformer block", "transformer layer", "encoder layer", "decoder block",
           "decoder layer", "transformer encoder layer", "attention block", "encoder "
                                                                            "block")  # fmt: skip
_CELLS = ("LSTM", "GRU", "RNN", "BiLSTM", "BiGRU")


def counted_recurrent(rng: random.Random) -> Draft:
    """“RNN with 10 inputs, 20 hidden units and 5 outputs”, “3-layer LSTM with 64 units”."""
    cell = rng.choice(_CELLS)
    word = cell if rng.random() < 0.7 else cell.lower()
    times = rng.choice((1, 1, 2, 2, 3, 4))
    inputs, units, outputs = layer_size(rng), rng.choice((*UNITS, layer_size(rng))), layer_size(rng)
    n = spell(rng, times, 0.4)
    i, o = input_words(rng, inputs), output_words(rng, outputs)
    if times == 1:
        stack = say(rng, "[{w} with {u} units|{u}-unit {w}|{w} layer of {u}|one {w} layer with "
                         "{u} hidden units|{w} layer ({u})|{u} {w} units|{u} {w} "
                         "cells]", w=word, u=units)  # fmt: skip
    else:
        stack = say(
            rng,
            "[{n} {w} layers of {u}|{n} {w} layers with {u} units[ each|]|{n} stacked {w} layers "
            "of {u} units|"
            "{n}-layer {w} with {u} units|{n} {w}s of {u} units|stack of {n} {w} layers with {u} "
            "units each]",
            n=n, w=word, u=units,
        )  # fmt: skip
    text = say(
        rng,
        "[{i}, {s}, {o}|{i} -> {s} -> {o}|network with {i}, {s} and {o}|{i}, then {s}, then {o}|"
        "recurrent network: {i}, {s}, {o}|a recurrent net with {i}, {s} and {o}|{w} network with "
        "{i}, {s}, {o}]",
        i=i, s=stack, o=o, w=word,
    )  # fmt: skip
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT, count=inputs)]
    ids += [sketch.add(Kind.RECURRENT, cell, count=units) for _ in range(times)]
    sketch.chain(*ids, sketch.add(Kind.OUTPUT, count=outputs))
    return sketch.draft(ask(rng, text))


def seq2seq(rng: random.Random) -> Draft:
    """Encoder and decoder with what goes in and out, with or without attention."""
    cell = rng.choice((*_CELLS[:4], "transformer", ""))
    source, target = rng.sample(LANGUAGES, 2)
    if rng.random() < 0.4:
        source, target = rng.sample(WORDS_IN, 2)
    encoder, decoder = (f"{cell} encoder", f"{cell} decoder") if cell else ("encoder", "decoder")
    kind = Kind.RECURRENT if cell in _CELLS else Kind.MODEL
    context = rng.choice(("context vector", "context", "thought vector", ""))
    attention = not context and rng.random() < 0.5
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT, capital(source)), sketch.add(kind, capital(encoder))]
    if context:
        ids.append(sketch.add(Kind.EMBEDDING, capital(context)))
    if attention:
        ids.append(sketch.add(Kind.ATTENTION))
    ids.append(sketch.add(kind, capital(decoder)))
    softmax = [sketch.add(Kind.ACTIVATION, "Softmax")] if rng.random() < 0.25 else []
    sketch.chain(*ids, *softmax, sketch.add(Kind.OUTPUT, capital(target)))
    row = [
        source,
        encoder,
        *([context] if context else []),
        *(["attention"] if attention else []),
        decoder,
    ]
    row += (["softmax"] if softmax else []) + [target]
    joint = rng.choice((" -> ", " → ", ", ", ", then ", " > "))
    text = joint.join(row)
    head = rng.choice(
        (
            "seq2seq: ",
            "seq2seq model: ",
            "",
            "translation model: ",
            "encoder-decoder: ",
            "a seq2seq with ",
        )
    )
    return sketch.draft(ask(rng, head + text, free_case=False))


def transformer_stack(rng: random.Random) -> Draft:
    """Embedding, N blocks and a head; twelve blocks or more are one node with “xN”."""
    times = rng.choice((1, 2, 3, 4, 6, 8, 12, 12, 16, 24, 32, 48, 96, rng.randint(5, 100)))
    block = rng.choice(_BLOCKS)
    text = say(
        rng,
        "[{n} {b}s|{n} {b}s|{d}x {b}|{b} x{d}|a stack of {n} {b}s|{n} stacked {b}s]"
        if times > 1
        else "[one {b}|a single {b}|{b}]",
        n=spell(rng, times, 0.3), d=times, b=block,
    )  # fmt: skip
    stack = repeated(text, capital(block), times)
    first = rng.choice(WORDS_IN)
    layers = [Layer(text=first, kind=Kind.INPUT, label=capital(first))]
    if rng.random() < 0.8:
        n = rng.choice((128, 256, 512, 768, 1024))
        counted = rng.random() < 0.3
        name = rng.choice(
            ("token embedding", "embedding", "embedding layer", "word embedding", "patch embedding")
        )
        label = "" if name.startswith("embedding") else capital(name)
        layers.append(Layer(text=f"{name} of size "
                                 f"{n}" if counted else name, kind=Kind.EMBEDDING, label=label,
                            count=n if counted else 1))  # fmt: skip
    if rng.random() < 0.5:
        layers.append(Layer(text=rng.choice(("positional encoding", "positional encodings")),
                                                                    kind=Kind.PROCESS,
                            label="Positional encoding"))  # fmt: skip
    layers.append(stack)
    if rng.random() < 0.3:
        layers.append(
            Layer(text=rng.choice(("layer norm", "LayerNorm")), kind=Kind.NORM, label="Layer norm")
        )
    if rng.random() < 0.3:
        name = rng.choice(
            ("classification head", "MLP head", "LM head", "linear head", "span head")
        )
        layers.append(Layer(text=name, kind=Kind.MODEL, label=capital(name)))
    if rng.random() < 0.6:
        layers.append(final(rng))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    texts = [layer.text for layer in layers]
    joint = rng.choice((", ", ", ", " → ", " -> ", ", then ", " followed by "))
    row = joint.join(texts) if rng.random() < 0.6 else ", ".join(texts[:-1]) + " and " + texts[-1]
    head = rng.choice(("", "", "transformer: ", "transformer with ", "a transformer: "
                                                                     "", "LLM with ", "ViT style "
                                                                                      "model: ",
                       "BERT-like model: ", "a small GPT: "))  # fmt: skip
    return sketch.draft(ask(rng, head + row, free_case=False))


def encoder_decoder_stack(rng: random.Random) -> Draft:
    """“Transformer with 6 encoder layers and 6 decoder layers”."""
    encoders, decoders = rng.randint(1, 4), rng.randint(1, 4)
    if rng.random() < 0.6:
        encoders = decoders = rng.choice((2, 3, 4, 6, 6, 8, 12))
    unit = rng.choice(("layer", "layer", "block"))
    source, target = rng.sample(WORDS_IN, 2)
    ends = rng.random() < 0.6
    layers = [Layer(text=source, kind=Kind.INPUT, label=capital(source))] if ends else []
    for name, number in (("encoder", encoders), ("decoder", decoders)):
        label = f"{capital(name)} {unit}"
        text = f"{spell(rng, number, 0.4)} {name} {unit}{'s' if number > 1 else ''}"
        layers.append(repeated(text, label, number))
    if ends:
        layers.append(Layer(text=target, kind=Kind.OUTPUT, label=capital(target)))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    texts = [layer.text for layer in layers]
    text = rng.choice(
        (", ".join(texts[:-1]) + " and " + texts[-1], " -> ".join(texts), ", then ".join(texts))
    )
    head = rng.choice(
        (
            "transformer with ",
            "a transformer: ",
            "",
            "encoder-decoder transformer with ",
            "transformer, ",
        )
    )
    return sketch.draft(ask(rng, head + text, free_case=False))
