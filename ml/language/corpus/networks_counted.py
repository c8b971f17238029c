"""Fully connected networks with counts, in sentences."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_counts import (
    Worded,
    hidden_sizes,
    hidden_words,
    input_words,
    layer_size,
    output_with_activation,
    output_words,
)
from ml.language.corpus.networks_wording import a, ask, say, spell
from ml.spec.model import Kind

NET = (
    "[|a |a |an ][neural network|neural net|DL model|NN|NN model|neural network|neural net|NN|"
    "nn|NN model|DL model|deep learning model|MLP|mlp|"
    "multilayer perceptron|multi-layer perceptron|feedforward network|feed-forward net|network|"
    "net|model|ANN|fully connected network|fully-connected net|FC network|dense network|DNN|"
    "deep neural network|artificial neural network|feed forward neural network|classifier|"
    "regressor|regression network|CNN|CNN model|Conv neural network|convolutional neural network|"
    "deep network|small network|"
    "simple neural net|tiny net|vanilla NN|basic neural network|perceptron]"
)
HAS = (
    "[with|with|with|of|of|consist of|consist of|consists of|consisting of|that has|having|"
    "which has|has|made of|composed of|w/|including|containing|built from|comprising|using]"
)


def net(rng: random.Random) -> str:
    """What a network is called, with its right article or none."""
    words = say(rng, NET)
    article, _, noun = words.partition(" ")
    return a(noun) if article in ("a", "an") else words.strip()


def mlp(
    inputs: int, hidden: list[int], outputs: int, label: str = "", output_label: str = ""
) -> Sketch:
    """Input, inner layers with that label (“Hidden” when none) and output, in a row."""
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT, count=inputs)]
    ids += [sketch.add(Kind.DENSE, label or "Hidden", count=count) for count in hidden]
    ids.append(sketch.add(Kind.OUTPUT, output_label, count=outputs))
    sketch.chain(*ids)
    return sketch


def sentence(rng: random.Random) -> Draft:
    """“A net with 4 inputs, two hidden layers of 8 and 3 outputs.”"""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng), layer_size(rng)
    first = input_words(rng, inputs)
    middle = hidden_words(rng, hidden)
    last = Worded(text=output_words(rng, outputs), label="")
    if rng.random() < 0.12:
        last = output_with_activation(rng, outputs)
    join = rng.choice((", {m}, and {o}", ", {m} and {o}", ", {m}, {o}", ", then {m}, then {o}",
                       ", {m}, then {o}", " and {m} and {o}", ", {m}, and {o}", "; {m}; {o}",
                       ", then {m} and finally {o}", ", followed by {m} and {o}", " {m} {o}",
                       ", and {m}, and {o}", " -> {m} -> {o}", " → {m} → {o}", " + {m} + {o}",
                       ", then {m}, and {o}", ", {m}, and then {o}"))  # fmt: skip
    if join == " {m} {o}" and (first[-1].isdigit() or middle.text[-1].isdigit()):
        join = ", {m}, {o}"  # two numbers side by side would be read as one row
    body = first + join.format(m=middle.text, o=last.text)
    head = say(rng, rng.choice(("{net} {has} ", "{net} {has} ", "{net}: ", "{net}, ", "")),
               net=net(rng), has=say(rng, HAS))  # fmt: skip
    sketch = mlp(inputs, hidden, outputs, middle.label, last.label)
    return sketch.draft(ask(rng, head + body))


def reversed_sentence(rng: random.Random) -> Draft:
    """The output or the inner layers are mentioned before the input; the flow is the same."""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng), layer_size(rng)
    middle = hidden_words(rng, hidden)
    i, o = input_words(rng, inputs), output_words(rng, outputs)
    text = say(
        rng,
        "[{net} with {i} and {o}, {m}|{net} with {i} and {o} and {m} [in between|between them|"
        "in the middle]|{net} with {m}, {i} and {o}|{net} that maps {i} to {o} with {m}|"
        "{net} with {m}; {i}, {o}|{net} with {m} between {i} and {o}|"
        "{net} ({i}, {o}) with {m}|{net} going from {i} to {o} through {m}|{m}, {i}, {o}]",
        net=net(rng), i=i, o=o, m=middle.text,
    )  # fmt: skip
    return mlp(inputs, hidden, outputs, middle.label).draft(ask(rng, text))


def only_hidden(rng: random.Random) -> Draft:
    """Only the inner layers are said, with or without sizes: input and output are drawn anyway."""
    if rng.random() < 0.5:
        number = rng.randint(1, 6)
        words = say(
            rng,
            "[{n} hidden layer{s}|{n}-hidden-layer{s}|{n} layers hidden]",
            n=spell(rng, number, 0.5), s="s" if number > 1 else "",
        )  # fmt: skip
        words = words if number > 1 else rng.choice(("one hidden layer", "a single hidden layer"))
        return mlp(1, [1] * number, 1).draft(ask(rng, f"{net(rng)} with {words}"))
    hidden = hidden_sizes(rng)
    middle = hidden_words(rng, hidden)
    text = f"{net(rng)} {rng.choice(('with', 'with', 'of', 'that has', 'having'))} {middle.text}"
    return mlp(1, hidden, 1, middle.label).draft(ask(rng, text))
