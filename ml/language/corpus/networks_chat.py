"""Counted networks in hurried chat and as settings."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.networks_counted import mlp, net
from ml.language.corpus.networks_counts import (
    hidden_sizes,
    layer_size,
)
from ml.language.corpus.networks_wording import ask, say, slips


def chat(rng: random.Random) -> Draft:
    """Hurried chat: “nn w/ 5 in 3 hidden 1 out”."""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng, most=3), layer_size(rng)
    hid = rng.choice((" ", "+", "/", " and ", ", ", " & ")).join(map(str, hidden))
    text = say(
        rng,
        "[[nn|net|NN|mlp|network|nnet] [w/|with|w] {i} in[,|] {h} [hidden|hid|hidn|hiddens|in "
        "hidden|h][,|] "
        "{o} out|{i} in {h} hidden {o} out|in={i} hidden={h} out={o}|in {i} / hid {h} / out {o}|"
        "{i} ins, {h} in the middle, {o} outs|need a net {i} in {o} out w {h} hidden|"
        "yo make a nn, {i} inputs, {h} hidden, {o} outputs|{i} inp {h} hid {o} outp|"
        "gimme a nn {i} inputs {h} hidden {o} output|nn pls: {i} in, {h} hidden, {o} out|"
        "so i have {i} inputs and want {o} outputs with {h} hidden units between|"
        "input {i} hidden {h} output {o}|inputs: {i}; hidden: {h}; outputs: {o}|"
        "can u draw a nn w {i} inputs {h} hidden n {o} outputs|I: {i}, H: {h}, O: {o}|"
        "input_size={i}, hidden_size={h}, output_size={o}|{i} input, {h} hidden, {o} output]",
        i=inputs, h=hid, o=outputs,
    )  # fmt: skip
    return mlp(inputs, hidden, outputs).draft(slips(rng, text))


def settings(rng: random.Random) -> Draft:
    """The numbers as settings: “inputs: 4, hidden layers: 2, neurons per hidden layer: 16”."""
    inputs, outputs = layer_size(rng), layer_size(rng)
    if rng.random() < 0.5:
        number, n = rng.randint(1, 6), layer_size(rng)
        text = say(
            rng,
            "[inputs: {i}, hidden layers: {k}, [neurons|units|nodes] per hidden layer: {n}, "
            "outputs: {o}|[n_inputs|num_inputs|in_dim]={i} [n_hidden|num_hidden_layers|depth]={k} "
            "[hidden_size|width|hidden_dim]={n} [n_outputs|num_outputs|out_dim]={o}|"
            "{net} with {k} hidden layers x {n} units, {i} inputs, {o} outputs|"
            "{k} hidden layers, {n} [neurons|units] per layer, {i} inputs, {o} outputs|"
            "number of inputs {i}, number of hidden layers {k}, hidden units {n} each, number "
            "of outputs {o}]",
            i=inputs, k=number, n=n, o=outputs, net=net(rng),
        )  # fmt: skip
        return mlp(inputs, [n] * number, outputs).draft(ask(rng, text))
    hidden = hidden_sizes(rng)
    row = rng.choice((", ", ",")).join(map(str, hidden))
    text = rng.choice(
        (
            '{"input": {i}, "hidden": [{r}], "output": {o}}', "input: {i}\nhidden: "
                                                              "[{r}]\noutput: {o}",
            "input_dim={i}, hidden_dims=[{r}], output_dim={o}", "{i} / [{r}] / {o}",
            "{m}(in={i}, hidden=[{r}], out={o})", "hidden_layer_sizes=({r}), {i} inputs, {o} "
                                                  "outputs",
            "{m}(input_size={i}, hidden_sizes=({r}), output_size={o})", "in {i}, hidden [{r}], "
                                                                        "out {o}",
        )
    )  # fmt: skip
    for name, value in {
        "i": inputs,
        "r": row,
        "o": outputs,
        "m": rng.choice(("MLP", "mlp", "NN", "Net")),
    }.items():
        text = text.replace("{" + name + "}", str(value))
    head = rng.choice(
        ("", "", "draw ", "draw this: ", "network: ", "diagram for ", "please sketch ")
    )
    return mlp(inputs, hidden, outputs).draft(head + text)
