"""Connections told by number, by rule or one by one."""

from __future__ import annotations

import random
from itertools import pairwise

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import final
from ml.language.corpus.networks_layers import (
    draw_layers,
)
from ml.language.corpus.networks_skips import bare, distinct_layers, start
from ml.language.corpus.networks_wording import ask, capital, listed, say, slips, spell
from ml.spec.model import Kind

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def numbered_skip(rng: random.Random) -> Draft:
    """“Five conv layers with a skip from the first to the fourth.”"""
    number = rng.randint(3, 6)
    kind, label, word = rng.choice(
        ((Kind.CONV, "Conv", "conv"), (Kind.DENSE, "Dense", "dense"),
         (Kind.DENSE, "Dense", "fully connected"), (Kind.DENSE, "Hidden", "hidden"),
         (Kind.RECURRENT, "LSTM", "LSTM"), (Kind.RECURRENT, "GRU", "GRU"),
         (Kind.CONV, "Conv 3x3", "3x3 conv"))
    )  # fmt: skip
    ends = kind is Kind.DENSE and label == "Hidden"
    sketch = Sketch()
    before = [sketch.add(Kind.INPUT)] if ends or rng.random() < 0.5 else []
    ids = [sketch.add(kind, label) for _ in range(number)]
    after = [sketch.add(Kind.OUTPUT)] if before else []
    sketch.chain(*before, *ids, *after)
    source = rng.randrange(number - 2)
    target = rng.randrange(source + 2, number)
    sketch.link(ids[source], ids[target])
    o = _ORDINALS
    last = "last" if target == number - 1 and rng.random() < 0.5 else o[target]
    row = f"{spell(rng, number, 0.5)} {word} layers"
    if before:
        row = say(rng, "[input, {r}, output|an input, {r} and an output|input -> {r} -> output|"
                       "{r} between input and output]", r=row)  # fmt: skip
    text = say(
        rng,
        "[{r} with a skip [connection |]from the {a} to the {b}|{r}, the {a} also [feeds|"
        "connects to] the {b}|"
        "{r} and a shortcut from the {a} {w} layer to the {b} [one|{w} layer]|{r}, plus a skip "
        "from {w} layer {i} to {j}]",
        r=row, a=o[source], b=last, w=word, i=source + 1, j=target + 1,
    )  # fmt: skip
    return sketch.draft(ask(rng, text))


def densely_connected(rng: random.Random) -> Draft:
    """Every layer points to all later ones."""
    layers = [start(rng), *distinct_layers(rng, rng.randint(2, 4))]
    sketch = Sketch()
    ids = draw_layers(sketch, layers)
    for place, source in enumerate(ids):
        for target in ids[place + 1 :]:
            sketch.link(source, target)
    row = (
        listed(rng, [bare(layer) for layer in layers])
        if len(layers) > 9
        else ", ".join(map(bare, layers))
    )
    text = say(
        rng,
        "[{r}, each connected to all later ones|{r}, every layer [feeds|connected to] all the "
        "following ones|"
        "densely connected: {r}, each one feeds every later one|{r}; each layer gets the outputs "
        "of all the earlier ones]",
        r=row,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def edge_list(rng: random.Random) -> Draft:
    """Every arrow is written out; nodes are numbered as they are first mentioned."""
    layers = [start(rng), *distinct_layers(rng, rng.randint(3, 7))]
    pairs = [(rng.randrange(max(0, late - 2), late), late) for late in range(1, len(layers))]
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        early = rng.randrange(len(layers) - 1)
        pair = (early, rng.randrange(early + 1, len(layers)))
        if pair not in pairs:
            pairs.append(pair)
    if rng.random() < 0.6:
        pairs.sort()
    arrow = rng.choice((" -> ", " → ", "->", " => ", " > ", " to ", " feeds ", " goes to "))
    sketch = Sketch()
    number: dict[int, int] = {}
    texts = []
    for pair in pairs:
        for place in pair:
            if place not in number:
                layer = layers[place]
                number[place] = sketch.add(layer.kind, layer.label, count=layer.count)
        sketch.link(number[pair[0]], number[pair[1]])
        texts.append(bare(layers[pair[0]]) + arrow + bare(layers[pair[1]]))
    if rng.random() < 0.4:
        head = rng.choice(("", "network:\n", "edges:\n", "draw\n", "Connections:\n", "my model\n"))
        return sketch.draft(head + "\n".join(texts))
    row = rng.choice(("; ", ", ", " ; ", ". ")).join(texts)
    head = rng.choice(
        ("", "", "network: ", "draw ", "model with these connections: ", "connections: ")
    )
    return sketch.draft(slips(rng, head + row, free_case=False))


def prose(rng: random.Random) -> Draft:
    """A row of layers told in sentences, with pronouns."""
    layers = [start(rng), *distinct_layers(rng, rng.randint(2, 6))]
    if rng.random() < 0.5:
        layers.append(final(rng))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    names = [bare(layer) for layer in layers]
    way = rng.randrange(4)
    if way == 0:
        text = say(
            rng, "[It starts with|First comes|We start with|We begin with] [the |]{x}. ", x=names[0]
        )
        middles = [
            say(rng, "[Then comes|Next is|After that comes|That goes into|This is followed by|"
                     "It feeds|Then there is|Its output goes to] [the |]{x}. ", x=name)
            for name in names[1:-1]
        ]  # fmt: skip
        text += "".join(middles)
        text += say(
            rng,
            "[Finally|At the end|Last comes|The last step is|In the end we have][,|] {x}.",
            x=names[-1],
        )
        text = text.replace("Last comes,", "Last comes").replace("step is,", "step is")
        text = text.replace("we have,", "we have")
    elif way == 1:
        verb = rng.choice(("feeds", "goes to", "goes into", "is passed to", "leads to"))
        text = ". ".join(
            f"{capital(one)} {verb} {other}" for one, other in pairwise(names)
        ) + "."  # fmt: skip
    elif way == 2:
        verb = rng.choice(("goes through", "is fed into", "enters", "goes into", "is sent through"))
        text = f"the {names[0]} {verb} {names[1]}"
        for name in names[2:]:
            text += (
                rng.choice((", then ", ", then through ", ", which feeds ", ", then into ")) + name
            )
    else:
        text = f"{names[0]} into {names[1]}, " + ", ".join(f"into {name}" for name in names[2:])
    return sketch.draft(
        ask(rng, text, free_case=False) if way > 1 else slips(rng, text, free_case=False)
    )
