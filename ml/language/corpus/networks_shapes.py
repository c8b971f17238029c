"""Fully connected networks in shorthand (3-5-2), for a task or layer by layer."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import HIDDEN_NAMES, INPUT_NAMES, OUTPUT_NAMES
from ml.language.corpus.networks_counted import mlp, net
from ml.language.corpus.networks_counts import (
    hidden_sizes,
    hidden_words,
    input_words,
    layer_size,
    output_words,
)
from ml.language.corpus.networks_wording import activation, ask, capital, listed, say, slips, spell
from ml.spec.model import Kind

_JOINTS = ("-", "-", "-", " - ", "→", " → ", "->", " -> ", " > ", ">", "/", " / ", ", ", ",",
           "–", " – ", ":", " : ", "=>", " => ", " to ", " | ", "|", "⇒", " ➜ ", " ")  # fmt: skip


def shorthand(rng: random.Random) -> Draft:
    """“MLP 3-5-2”, “784→128→10”, “MLP(4, 16, 16, 3)”."""
    sizes = [layer_size(rng), *hidden_sizes(rng), layer_size(rng)]
    row = rng.choice(_JOINTS).join(map(str, sizes))
    commas = rng.choice((", ", ",")).join(map(str, sizes))
    m = say(rng, "[MLP|mlp|NN|nn|net|network|ANN|neural net|neural network|perceptron|FFN|DNN|"
                 "model|multilayer perceptron|feedforward net|dense net|FC net]")  # fmt: skip
    text = say(
        rng,
        "[{m} {r}|{m} {r}|{m} {r}|a {r} {m}|{r} {m}|{r}|{m}({c})|{m} ({c})|{m}: {r}|{m} ({c})|"
        "{m} with layers {r}|{m} with layer sizes {c}|layers = ({c})|sizes=({c})|{m} of shape {r}|"
        "{m} with architecture {r}|{m} ({r})|{m} topology {r}|{m}, layers {r}|layer sizes {r}|"
        "{m} with structure {r}|{k} layers: {c}|{k}-layer {m} with {l} {u}|{m} shaped {r}|"
        "{m} with {k} layers of {l} {u}|{m} with {k} layers: {c}|{m} with layers of {l} {u}|"
        "{k} layer {m}, {l} {u}|{m} whose layers have {l} {u}|{m} with {r} {u}|{m} layers: {r}|"
        "{m} where the layers have {c} {u}]",
        m=m, r=row, c=commas, k=spell(rng, len(sizes), 0.4), u=say(rng, "[neurons|units|nodes]"),
        l=listed(rng, [str(size) for size in sizes]),
    )  # fmt: skip
    if rng.random() < 0.15:
        text = text.replace("(", "[").replace(")", "]")
    return mlp(sizes[0], sizes[1:-1], sizes[-1]).draft(ask(rng, text))


def arrows_with_words(rng: random.Random) -> Draft:
    """“10 input → 20 hidden → 20 hidden → 3 output”."""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng), layer_size(rng)
    joint = rng.choice(
        (" → ", " -> ", "->", " > ", ", ", " - ", " => ", " then ", ", then ", " | ")
    )
    dense = rng.random() < 0.2
    way = rng.randrange(7)
    h = rng.choice(
        ("dense", "fc", "linear", "Dense") if dense else ("hidden", "hidden", "Hidden", "h")
    )
    i, o = rng.choice(
        (("input", "output"), ("in", "out"), ("Input", "Output"), ("inputs", "outputs"))
    )

    def one(name: str, count: int) -> str:
        return (f"{count} {name}", f"{name} {count}", f"{name} ({count})", f"{name}: {count}",
                f"{name}({count})", f"{name}[{count}]", f"{name} x{count}")[way]  # fmt: skip

    row = [one(i, inputs), *(one(h, count) for count in hidden), one(o, outputs)]
    text = joint.join(row)
    if rng.random() < 0.3:
        text = f"{net(rng)}{rng.choice((': ', ' ', ', ', ' with '))}{text}"
    return mlp(inputs, hidden, outputs, "Dense" if dense else "").draft(ask(rng, text))


def named_layers(rng: random.Random) -> Draft:
    """“pixels (64) → mixing layer (16) → digits (10)”: the names are copied."""
    hidden = hidden_sizes(rng, most=3)
    names = [
        rng.choice(INPUT_NAMES),
        *rng.sample(HIDDEN_NAMES, len(hidden)),
        rng.choice(OUTPUT_NAMES),
    ]
    if rng.random() < 0.3:
        names = [capital(name) for name in names]
    sizes = [layer_size(rng), *hidden, layer_size(rng)]
    sketch = Sketch()
    kinds = [Kind.INPUT, *[Kind.DENSE] * len(hidden), Kind.OUTPUT]
    sketch.chain(
        *(
            sketch.add(kind, capital(name), count=count)
            for kind, name, count in zip(kinds, names, sizes, strict=True)
        )
    )
    way = rng.randrange(5)
    forms = [
        (f"{name} ({count})", f"{name}: {count}", f"{name} [{count}]", f"{name} x{count}",
         f"{name} = {count}")[way]
        for name, count in zip(names, sizes, strict=True)
    ]  # fmt: skip
    joint = rng.choice((" → ", " -> ", " > ", ", ", ", then ", " => "))
    if rng.random() < 0.25:
        bullet = rng.choice(("- ", "* ", "• ", ""))
        head = rng.choice((net(rng) + ":", "layers:", "network layers:", "draw this net:"))
        return sketch.draft(capital(head) + "\n" + "\n".join(bullet + form for form in forms))
    text = joint.join(forms)
    if rng.random() < 0.4:
        text = f"{net(rng)}: {text}"
    return sketch.draft(ask(rng, text, free_case=False))


def task(rng: random.Random) -> Draft:
    """“A binary classifier for 12 features with two hidden layers of 16”: one output."""
    inputs, hidden = layer_size(rng), hidden_sizes(rng)
    middle = hidden_words(rng, hidden)
    n, m = spell(rng, inputs, 0.15), middle.text
    features = say(
        rng, "{n} [features|inputs|input features|variables|attributes|columns|predictors]", n=n
    )
    if rng.random() < 0.5:
        text = say(
            rng,
            "[[a |]binary classifier [for|on|with|over] {f}, {m}|binary classification net, {f}, "
            "{m}|[a |]regression net[work|] for {f} with {m}|[a |]regressor with {f} and {m}|"
            "a network that predicts one [number|value] from {f} with {m}|"
            "[a |]yes/no classifier with {f} and {m}|a network scoring {f} with {m} and one "
            "output]",
            f=features, m=m,
        )  # fmt: skip
        return mlp(inputs, hidden, 1, middle.label).draft(ask(rng, text))
    outputs = rng.randint(2, 30) if rng.random() < 0.8 else layer_size(rng) + 1
    o = spell(rng, outputs, 0.2)
    text = say(
        rng,
        "[[a |]{o}-class classifier [for|on|with|over] {f}, {m}|classif[y|ying] {f} into {o} "
        "[classes|categories|groups] with {m}|a network that takes {f}, has {m} and predicts {o} "
        "[classes|values|labels]|a net that takes {f}, passes them through {m} and outputs {o} "
        "[values|numbers|scores|probabilities]|{f} in, {m}, {o} [classes|values] out|"
        "a classifier with {f}, {m} and {o} [classes|labels]|{net} for {f} and {o} classes with "
        "{m}|an MLP mapping {f} to {o} [outputs|targets|values] [via|through|using] {m}]",
        f=features, m=m, o=o, net=net(rng),
    )  # fmt: skip
    return mlp(inputs, hidden, outputs, middle.label).draft(ask(rng, text))


def no_hidden(rng: random.Random) -> Draft:
    """Perceptrons and logistic regressions: inputs straight to outputs."""
    inputs, outputs = layer_size(rng), layer_size(rng)
    i, o = input_words(rng, inputs), output_words(rng, outputs)
    if rng.random() < 0.4:
        text = say(
            rng,
            "[[a |the |]perceptron with {i}|[a |]single[-| ]layer perceptron with {i}|logistic "
            "regression "
            "with {n} [features|inputs|variables]|[a |]linear regression on {n} [features|inputs]|"
            "one neuron with {n} inputs|a single neuron fed by {n} inputs]",
            i=i, n=spell(rng, inputs),
        )  # fmt: skip
        return mlp(inputs, [], 1).draft(ask(rng, text))
    text = say(
        rng,
        "[[a |]perceptron with {i} and {o}|{net} with {i} and {o}, no hidden layer[s|]|{i} "
        "directly "
        "connected to {o}|[a |]single[-| ]layer [perceptron|network|net] with {i} and {o}|{i} -> "
        "{o}|{net} without hidden layers, {i}, {o}|{i} fully connected to {o}]",
        i=i, o=o, net=net(rng),
    )  # fmt: skip
    return mlp(inputs, [], outputs).draft(ask(rng, text))


def layer_by_layer(rng: random.Random) -> Draft:
    """Every layer in a sentence or a line of its own."""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng, most=4), layer_size(rng)
    dense = rng.random() < 0.25
    kind = rng.choice(("dense", "fully connected", "linear", "FC") if dense else ("hidden",))
    names = say(rng, "[units|neurons|nodes]")
    act, written = activation(rng) if rng.random() < 0.2 else ("", "")
    tail = say(rng, "[, {w}| ({w})| with {w}]", w=written) if act else ""
    lines = [say(rng, "[input layer|input|the input]"), *[f"{kind} layer"] * len(hidden),
             say(rng, "[output layer|output|the output]")]  # fmt: skip
    way = rng.randrange(8)
    for place, count in enumerate((inputs, *hidden, outputs)):
        lines[place] += (
            f": {count} {names}", f" with {count} {names}", f" of {count}", f" - {count}",
            f" ({count})", f" ({count} {names})", f" has {count} {names}", f" = {count}",
        )[way]  # fmt: skip
        lines[place] += tail if 0 < place <= len(hidden) else ""
    label = ("Dense" if dense else "Hidden") + (f" {act}" if act else "")
    sketch = mlp(inputs, hidden, outputs, label)
    style = rng.randrange(5)
    if style == 0:
        body = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    elif style == 1:
        bullet = rng.choice(("- ", "- ", "* ", "• "))
        body = "\n".join(bullet + line for line in lines)
    elif style == 2:
        body = "\n".join(f"{n}) {line}" for n, line in enumerate(lines, start=1))
    elif style == 3:
        return sketch.draft(ask(rng, ", ".join(lines)))
    else:
        return sketch.draft(slips(rng, ". ".join(capital(line) for line in lines)))
    head = rng.choice((f"{capital(net(rng))}:\n", "layers:\n", "", "Draw this network:\n",
                       "please draw\n", "my net\n", "The model is\n"))  # fmt: skip
    return sketch.draft(head + body)
