"""Numbers of inputs, hidden units and outputs, in the words of people."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ml.language.corpus.network_terms import ORDINALS
from ml.language.corpus.networks_wording import activation, listed, say, spell

_ROUND = (8, 10, 12, 16, 20, 24, 32, 40, 48, 50, 64, 80, 96, 100, 128, 150, 200, 256, 300, 400,
          500, 512, 768, 784, 1000, 1024, 1500, 2048, 4096)  # fmt: skip


def layer_size(rng: random.Random, most: int = 4096) -> int:
    """Mostly small, often a round number of the trade, sometimes anything."""
    way = rng.random()
    if way < 0.5:
        return rng.randint(1, 12)
    if way < 0.8:
        return rng.choice([number for number in _ROUND if number <= most])
    return rng.randint(2, min(most, rng.choice((30, 100, 999, 2500))))


def hidden_sizes(rng: random.Random, *, most: int = 5) -> list[int]:
    """The sizes of 1 to `most` inner layers; alike now and then."""
    number = rng.choices(range(1, most + 1), weights=(30, 35, 22, 8, 5)[:most])[0]
    if rng.random() < 0.3:
        return [layer_size(rng)] * number
    return [layer_size(rng) for _ in range(number)]


@dataclass(frozen=True, kw_only=True)
class Worded:
    """Some words and the label of each layer they speak of."""

    text: str
    label: str


def input_words(rng: random.Random, count: int) -> str:
    if count == 1 and rng.random() < 0.6:
        return say(rng, "[one input|a single input|1 input|one input neuron|an input node]")
    n = spell(rng, count, 0.2)
    return say(
        rng,
        "[{n} inputs|{n} input|{n} input nodes|{n} input neurons|{n} input units|{n} input size|"
        "{n} input elements|{n} input layer nodes|{n} input features|{n} features|{n} in|"
        "an input layer of {n}|an input layer with {n} [nodes|neurons|units|elements|features]|"
        "input layer of {n}|input size {n}|input size of {n}|input dim {n}|input dimension {n}|"
        "an input of size {n}|an input of {n}|{n} nodes in the input layer|{n}-dimensional input|"
        "{n}-d input|input layer ({n})|{n} input variables|{n} input values|{n} input cells|"
        "{n} neurons at the input|{n} entries as input|input: {n}|{n} input dims]",
        n=n,
    )


def output_words(rng: random.Random, count: int) -> str:
    if count == 1 and rng.random() < 0.6:
        return say(
            rng,
            "[one output|a single output|1 output|one output neuron|an output node|"
            "a single output unit|just one output|one output unit|an output neuron]",
        )
    n = spell(rng, count, 0.2)
    return say(
        rng,
        "[{n} outputs|{n} output|{n} output nodes|{n} output neurons|{n} output units|"
        "{n} output size|{n} output elements|{n} output layer nodes|{n} out|{n} output classes|"
        "an output layer of {n}|an output layer with {n} [nodes|neurons|units|elements|classes]|"
        "output layer of {n}|output size {n}|output size of {n}|output dim {n}|{n} classes|"
        "an output of size {n}|{n} nodes in the output layer|{n}-dimensional output|"
        "output layer ({n})|{n} output values|{n} class output|{n} neurons at the output|"
        "output: {n}|{n} output categories|{n} targets|{n} output logits]",
        n=n,
    )


_UNITS = "[nodes|nodes|neurons|units|neurons|units|elements|cells|features|perceptrons]"
_HIDDEN = (
    "[hidden|hidden|hidden|hidden|intermediate|mid|middle|inner]",
    "[dense|dense|fully connected|fully-connected|FC|fc|linear]",
)


def hidden_words(rng: random.Random, sizes: list[int]) -> Worded:
    """The inner layers in one phrase, with or without an activation."""
    dense = rng.random() < 0.22
    kind = say(rng, _HIDDEN[dense])
    units = say(rng, _UNITS)
    label = "Dense" if dense else "Hidden"
    number = spell(rng, len(sizes), 0.5)
    counts = [str(size) for size in sizes]
    if max(sizes) <= 12 and rng.random() < 0.12:
        counts = [spell(rng, size, 1.0) for size in sizes]
    n = counts[0]
    if len(sizes) == 1:
        template = (
            f"[one|a|a single|1] {kind} layer [of|with|having] {{n}}[| {units}]|"
            f"{kind} layer [of|with] {{n}} {units}|a {{n}}-unit {kind} layer|"
            f"{{n}} {units} in [the |a |] {kind} layer|{{n}} {kind} {units}|"
            f"one {kind} layer ({{n}}[| {units}])|{kind} layer size {{n}}"
        )
        if not dense:
            template += (
                "|{n} hidden|{n} in hidden layer|{n} in the hidden|{n} nodes in hidden layers|"
                "and {n} nodes in mid layers|{n} nodes in hiddens|{n} in the middle|hidden size "
                "{n}|{n} nodes in intermediate layers|hidden: {n}|hidden dim {n}"
            )
    elif len(set(sizes)) == 1 and rng.random() < 0.8:
        template = (
            f"{number} {kind} layers [of|with|having] {{n}}[| {units}]|"
            f"{number} {kind} layers [of|with] {{n}} {units} each|{number} {kind} layers, {{n}} "
            f"each|{number} {kind} layers, {{n}} {units} each|{number} {{n}}-unit {kind} layers|"
            f"{number} {kind} layers of size {{n}}|{{n}} {units} in each of {number} {kind} layers|"
            f"{number} {kind} layers ({{n}} {units} each)|{{n}} {units} in each of the {number} "
            f"{kind} layers|{number} {kind} layers each [with|having] {{n}} {units}"
        )
    else:
        row = listed(rng, counts)
        slashed = rng.choice(("/", "-", ", ", ",", " / ", " - ")).join(counts)
        template = (
            f"{row} {units} in [the |each of the {number} |{number} |the {number} |]{kind} layers|"
            f"{row} nodes in [the |]{kind} [layers|layer]|"
            f"{kind} layers [of|with|having] {row}[| {units}]|{number} {kind} layers [of|with] "
            f"{row}[| {units}]|"
            f"{number} {kind} layers [with|of] {row} {units} [respectively|each in turn|]|"
            f"{number} {kind} layers ({row})|{kind} layers: {slashed}|{kind} layers ({slashed})|"
            f"{kind} sizes {slashed}|{kind} layers sized {slashed}|{kind} layers {slashed}|"
            f"{number} {kind} layers, {row} {units}"
        )
        if not dense:
            template += (
                f"|{row} nodes in [the |]hiddens|{row} nodes in {number} hiddens|{row} nodes in "
                f"the {number} hiddens|{row} hidden {units}|"
                f"{row} in the middle|{row} nodes in [|the |{number} ][mid|intermediate] layers|"
                f"{row} in the hidden layers"
            )
        if len(sizes) <= 4 and rng.random() < 0.2:
            template = _in_order(rng, sizes, kind, units)
    text = say(rng, f"[{template}]", n=n).replace("  ", " ")
    if rng.random() < 0.15:
        name, written = activation(rng)
        text += say(
            rng, "[ with {w}| ({w})|, {w} activation| using {w}| with {w} activation]", w=written
        )
        label = f"{label} {name}"
    return Worded(text=text, label=label)


def _in_order(rng: random.Random, sizes: list[int], kind: str, units: str) -> str:
    parts = []
    for place, count in enumerate(sizes):
        name = ORDINALS[place] if place < len(sizes) - 1 or rng.random() < 0.6 else "last"
        head = f"{name} {kind} layer" if place == 0 else f"{name} one"
        parts.append(
            say(rng, f"[the|a] {head} [of|with|having] {count}[| {units}]")
            if place == 0
            else say(rng, f"[the|a] {head} [of|with] {count}")
        )
    return rng.choice((", ", ", then ", " and ")).join(parts)


def output_with_activation(rng: random.Random, count: int) -> Worded:
    """The output with sigmoid, softmax or the like."""
    name = rng.choice(("Softmax", "Sigmoid", "Tanh") if count > 1 else ("Sigmoid", "Tanh"))
    w = rng.choice((name, name.lower()))
    n = spell(rng, count, 0.2)
    many = "s" if count > 1 else ""
    text = say(
        rng,
        "[{n} {w} output{s}|{n} output{s} with {w}|{n} output{s} ({w})|output layer of {n} with "
        "{w}|a {w} output of size {n}|a {w} output layer with {n} unit{s}|{n} {w} output unit{s}|"
        "{n} output node{s}, {w} activation]",
        n=n, w=w, s=many,
    )  # fmt: skip
    return Worded(text=text, label=f"Output {name}")
