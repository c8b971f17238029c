"""Recurrent layers in a row: “gru units” are one layer's, “gru layers” are layers, and acronyms."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import ENDS, STARTS, UNITS
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import ask, capital, say, spell
from ml.spec.model import Kind

_CELLS = ("LSTM", "LSTM", "GRU", "GRU", "RNN", "BiLSTM", "BiGRU")
_ACRONYMS = ("CNN", "CRF", "MLP", "TCN", "GNN", "VAE", "DNN", "LLM", "GAN", "HMM", "SVM", "RBM",
             "FFN", "KNN", "PCA", "NAS", "GCN", "MoE", "SSM", "CTC", "ASR", "TTS")  # fmt: skip
_SPELT = {"CNN", "CRF", "MLP", "LLM", "VAE", "GAN", "GNN", "RBM", "TCN", "DNN", "GCN", "FFN"}
"""What nobody reads as a word: its label is in capitals, however it is typed."""
_SEEN = ("syllable codes", "letters", "frames", "sensor readings", "tweets", "prices", "log lines",
         "phonemes", "strokes", "keystrokes", "amino acids", "notes", "moves", "clicks", "packets",
         "heartbeats", "sales history", "audio frames", "syllables", "subwords", "byte stream",
         "gestures", "tick data", "bases", "reviews", "subtitles", "chords", "poses")  # fmt: skip
_GIVEN = ("parts of speech", "next word", "forecast", "entities", "emotion", "next note",
          "phrase", "audio", "headline", "tempo", "fault code", "intent", "gloss", "stress level",
          "next price", "slot labels", "verdict", "rating", "next key", "melody", "punctuation",
          "arrival time", "pitch", "text", "anomaly score")  # fmt: skip


def cells(rng: random.Random) -> Layer:
    """One recurrent layer or several, with their units or without."""
    label = rng.choice(_CELLS)
    w = rng.choice((label.lower(), label.lower(), label))
    u = rng.choice((*UNITS, rng.randint(2, 600)))
    times = rng.choice((1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8))
    n = spell(rng, times, 0.5)
    counted = rng.random() < 0.7
    if times == 1 and counted:
        text = say(
            rng,
            "[{w} {u}|{w} {u}|{u} {w}|{w}({u})|{w} ({u})|{u} {w} units|{u} {w} units|{u} {w} cells|"
            "{w} with {u} units|a {w} of {u}|{w} layer with {u} units|one {w} layer, {u} units|"
            "{w}-{u}|{u}-unit {w}|{w}: {u}|{w}, hidden size {u}|a {w} with {u} cells|{w} w/ {u}|"
            "{u} hidden {w} units|{w} layer of {u} cells|a layer of {u} {w} units]",
            w=w, u=u,
        )  # fmt: skip
    elif times == 1:
        text = say(rng, "[{w}|{w}|a {w}|{w} layer|one {w} layer|a single {w}]", w=w)
    elif counted:
        text = say(
            rng,
            "[{n} stacked {w} layers with {u} units each|{n} {w} layers with {u} units each|{n} "
            "{w} layers of {u}|{n} {w} layers ({u} units)|{n} stacked {w} layers with {u} units|"
            "{d}x {w} {u}|{w} {u} x{d}|a stack of {n} {w} layers with {u} units|{n} {w} layers of "
            "{u} units each|{n} layers of {w}, {u} units each|{n} {w}s with {u} units each|"
            "{d} x {w}({u})|{n} {w} layers, each {u} wide|{n}-layer {w} with {u} units]",
            w=w, u=u, n=n, d=times,
        )  # fmt: skip
    else:
        text = say(
            rng,
            "[{n} {w} layers|{n} {w} layers|{n} {w}s|{n} stacked {w}s|a stack of {n} {w} layers|"
            "{d}x {w}|{w} x{d}|{n} layers of {w}|{n} stacked {w} layers|{n}-layer {w}]",
            w=w, n=n, d=times,
        )  # fmt: skip
    return Layer(
        text=text, kind=Kind.RECURRENT, label=label, count=u if counted else 1, times=times
    )


def acronym(rng: random.Random) -> Layer:
    """A model known by its letters; every letter is copied."""
    if rng.random() < 0.3:
        letters = "".join(rng.choice("ABCDEFGHKLMNPQRSTVXZ") for _ in range(rng.choice((2, 3, 4))))
        letters += rng.choice(("", "", "", "-2", "Net", "3", "-L"))
        return Layer(text=letters, kind=Kind.MODEL, label=letters)
    letters = rng.choice(_ACRONYMS)
    if letters in _SPELT and rng.random() < 0.6:
        return Layer(text=letters.lower(), kind=Kind.MODEL, label=letters)
    return Layer(text=letters, kind=Kind.MODEL, label=letters)


def _between(rng: random.Random) -> list[Layer]:
    roll = rng.random()
    if roll < 0.4:
        rate = rng.choice(("0.1", "0.2", "0.25", "0.3", "0.4", "0.5", f"0.{rng.randint(11, 69)}"))
        rate = rate.rstrip("0")
        text = say(rng, "[dropout {r}|dropout {r}|dropout of {r}|dropout({r})|{r} dropout]", r=rate)
        return [Layer(text=text, kind=Kind.PROCESS, label=f"Dropout {rate}")]
    if roll < 0.5:
        return [Layer(text="dropout", kind=Kind.PROCESS, label="Dropout")]
    if roll < 0.65:
        return [Layer(text="attention", kind=Kind.ATTENTION)]
    if roll < 0.75:
        return [Layer(text=rng.choice(("layer norm", "layernorm")), kind=Kind.NORM,
                      label="Layer norm")]  # fmt: skip
    if roll < 0.9:
        u = rng.choice(UNITS)
        return [Layer(text=f"dense {u}", kind=Kind.DENSE, count=u)]
    return [acronym(rng)]


def _early(rng: random.Random) -> list[Layer]:
    roll = rng.random()
    if roll < 0.35:
        return []
    if roll < 0.65:
        word = rng.choice(("word", "char", "token", "byte", "note", "item", "phoneme", "subword"))
        u = rng.choice(UNITS)
        if rng.random() < 0.4:
            return [Layer(text=f"embedding {u}", kind=Kind.EMBEDDING, count=u)]
        name = rng.choice((f"{word} embedding", "embedding"))
        return [Layer(text=name, kind=Kind.EMBEDDING, label=capital(name))]
    if roll < 0.85:
        word, label = rng.choice((("conv1d", "Conv 1D"), ("1d conv", "Conv 1D"), ("conv", "Conv")))
        return [Layer(text=word, kind=Kind.CONV, label=label)] * rng.choice((1, 1, 2, 3))
    if roll < 0.93:
        word = rng.choice(("spectrogram", "mel filters", "windowing", "tokenizer", "z-scoring"))
        return [Layer(text=word, kind=Kind.PROCESS, label=capital(word))]
    return [acronym(rng)]


def _ending(rng: random.Random) -> list[Layer]:
    last = rng.choice(_GIVEN) if rng.random() < 0.6 else rng.choice(ENDS)
    named = Layer(text=last, kind=Kind.OUTPUT, label=capital(last))
    roll = rng.random()
    if roll < 0.35:
        n = rng.choice((1, 2, 3, 5, 10, rng.randint(2, 99)))
        s = "s" if n > 1 else ""
        text = say(rng, "[{n} output{s}|{n} output{s}|output {n}]", n=spell(rng, n, 0.3), s=s)
        return [Layer(text=text, kind=Kind.OUTPUT, count=n)]
    if roll < 0.5:
        return [Layer(text="crf", kind=Kind.MODEL, label="CRF"), named]
    if roll < 0.75:
        n = rng.choice((5, 10, 20, rng.randint(2, 300)))
        return [Layer(text=f"dense {n}", kind=Kind.DENSE, count=n), named]
    if roll < 0.85:
        return [Layer(text="softmax", kind=Kind.ACTIVATION, label="Softmax"), named]
    return [named]


_HEADS = ("", "", "", "", "parser: ", "speech model: ", "my model: ", "our forecaster, ", "rnn: ",
          "sequence model: ", "net for the demo: ", "from the paper: ", "the old one: ", "v3: ",
          "next word model, ", "kaggle entry: ", "for my thesis: ")  # fmt: skip


def recurrent_row(rng: random.Random) -> Draft:
    """words, word embedding, 2 bilstm layers with 64 units each, dropout 0.3, crf, tags"""
    middle = [cells(rng)]
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        if rng.random() < 0.6:
            middle += _between(rng)
        middle.append(middle[-1] if rng.random() < 0.15 else cells(rng))
    if rng.random() < 0.4:
        middle += _between(rng)
    first = rng.choice(_SEEN) if rng.random() < 0.6 else rng.choice(STARTS)
    layers = [Layer(text=first, kind=Kind.INPUT, label=capital(first)), *_early(rng), *middle]
    layers += _ending(rng)
    while sum(layer.times for layer in layers) > 24:
        layers.pop(2)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    joint = rng.choice((", ", ", ", " -> ", " -> ", " → ", ", then ", " then ", " > ", "\n", " + "))
    text = joint.join(layer.text for layer in layers)
    head = rng.choice(_HEADS)
    head = head.rstrip(" ,") + "\n" if "\n" in joint and head else head
    if "\n" in joint:
        return sketch.draft(head + text)
    return sketch.draft(ask(rng, head + text, free_case=False))


_CONTEXT = ("", "", "", " for humidity curves", " for tide heights", ", for bus arrivals",
            " for stock ticks", " for my thesis", ", energy use", " for a pump",
            " (toy example)", ", small one", " for rainfall", " for dial readings")  # fmt: skip


def counted_ends(rng: random.Random) -> Draft:
    """3 stacked gru layers with 16 units over 7 features, dropout 0.2, then 2 outputs"""
    stack = cells(rng)
    i, o = rng.choice((1, 2, 3, 4, 6, 10, rng.randint(2, 300))), rng.choice((1, 1, 2, 3, 5, 10, 24))
    between = _between(rng) if rng.random() < 0.4 else []
    late = [layer for layer in between if layer.kind is not Kind.MODEL]
    i_s, o_s = "s" if i > 1 else "", "s" if o > 1 else ""
    n, m = spell(rng, i, 0.3), spell(rng, o, 0.3)
    x = stack.text + "".join(f", {layer.text}" for layer in late)
    text = say(
        rng,
        "[{x} on {n} feature{s} and then {m} output{t}|{x}, {n} input{s} before it and {m} "
        "output{t} after it|{n} input{s}, {x} and {m} output{t}|rnn with {n} input{s}, {x} and {m} "
        "output{t}|{n} feature{s} -> {x} -> {m} output{t}|{x} on top of {n} input{s}, {m} output{t}"
        "|take {n} input{s}, put {x} on them, end with {m} output{t}|{x} between {n} input{s} and "
        "{m} output{t}|{n} in, {x}, {m} out|{x}; input {n}, output {m}|input of {n}, {x}, output "
        "of {m}|{n} variable{s} per step, {x}, {m} output{t}|{x}, fed with {n} feature{s}, giving "
        "{m} output{t}|recurrent net: {n} input{s}, {x}, {m} output{t}|{n} sensor value{s} into "
        "{x}, then {m} output{t}|{m} output{t} after {x}, {n} input{s} before]",
        x=x, n=n, m=m, s=i_s, t=o_s,
    )  # fmt: skip
    sketch = Sketch()
    first, last = (
        Layer(text="", kind=Kind.INPUT, count=i),
        Layer(text="", kind=Kind.OUTPUT, count=o),
    )
    sketch.chain(*draw_layers(sketch, [first, stack, *late, last]))
    return sketch.draft(ask(rng, text + rng.choice(_CONTEXT), free_case=False))
