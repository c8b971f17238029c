"""Networks that part and join: parallel branches, several inputs, several heads, ensembles."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import any_layer, final, named_block
from ml.language.corpus.networks_layers import Layer
from ml.language.corpus.networks_skips import bare, start
from ml.language.corpus.networks_wording import ask, capital, listed, say, slips, spell
from ml.spec.model import Kind

_MODALITIES = ("image", "text", "audio", "video", "tabular data", "depth map", "lidar", "radar",
               "EEG", "question", "user features", "item features", "title", "metadata",
               "left image",
               "right image", "query", "document", "anchor", "sketch", "caption", "time series",
               "weather", "map", "pose", "genes", "query image", "reference image")  # fmt: skip
_TASKS = ("age", "gender", "emotion", "depth", "segmentation", "class", "box", "mask", "price",
          "sentiment", "intent", "slots", "topic", "toxicity", "policy", "value", "mood", "speed",
          "steering", "landmarks", "identity", "material", "normals", "language", "rating",
          "click probability", "watch time", "start position", "end position")  # fmt: skip
_MODELS = ("random forest", "XGBoost", "SVM", "neural network", "logistic regression", "LightGBM",
           "k-NN", "naive Bayes", "CNN", "AdaBoost", "MLP", "decision tree", "CatBoost", "ResNet",
           "transformer", "ridge regression", "gradient boosting", "lasso", "ARIMA", "Prophet",
           "EfficientNet", "BERT", "linear model", "Gaussian "
                                                   "process", "ViT", "DenseNet")  # fmt: skip
_JOINS = (
    (Kind.ADD, "Concat", "[concatenated|concatenated|joined by concat]"),
    (Kind.ADD, "Concat", "[concatenated|merged with a concat|concatenated together]"),
    (Kind.ADD, "Add", "[added|summed|added together|summed up]"),
)


def blocks(rng: random.Random, number: int, used: list[str]) -> list[Layer]:
    """Layers with labels that are not in `used`, which grows."""
    layers: list[Layer] = []
    while len(layers) < number:
        layer = named_block(rng) if rng.random() < 0.55 else any_layer(rng)
        if layer.times == 1 and layer.label not in used and layer.kind is not Kind.OUTPUT:
            used.append(layer.label)
            layers.append(layer)
    return layers


def put(sketch: Sketch, layer: Layer) -> int:
    return sketch.add(layer.kind, layer.label, count=layer.count)


def parallel(rng: random.Random) -> Draft:
    """One start, two to four branches of one to three layers, joined, then a tail."""
    first, used = start(rng), [""]
    used.append(first.label)
    long = rng.random() < 0.4
    branches = [
        blocks(rng, rng.randint(1, 3) if long else 1, used)
        for _ in range(rng.choice((2, 2, 3, 3, 4)))
    ]
    kind, label, words = rng.choice(_JOINS)
    tail = [*blocks(rng, rng.choice((0, 0, 1)), used), final(rng)]
    sketch = Sketch()
    source = put(sketch, first)
    ends = []
    for branch in branches:
        ids = [put(sketch, layer) for layer in branch]
        sketch.chain(source, *ids)
        ends.append(ids[-1])
    merge = sketch.add(kind, label)
    for end in ends:
        sketch.link(end, merge)
    sketch.chain(merge, *(put(sketch, layer) for layer in tail))
    inner = rng.choice((" → ", " -> ", " then ", " followed by "))
    texts = [inner.join(bare(layer) for layer in branch) for branch in branches]
    n = spell(rng, len(branches), 0.7)
    if long and rng.random() < 0.4:
        rows = "\n".join(f"branch {place}: {text}" for place, text in enumerate(texts, start=1))
        text = (
            f"{first.text} goes into {n} branches\n{rows}\n{say(rng, words)}, then "
            f"{', then '.join(bare(layer) for layer in tail)}"
        )
        return sketch.draft(capital(text) if rng.random() < 0.5 else text)
    row = (
        listed(rng, texts)
        if len(texts) > 4
        else rng.choice((", ", "; ", " | ")).join(texts[:-1])
        + rng.choice((" and ", ", and "))
        + texts[-1]
    )
    text = say(
        rng,
        "[{x} goes to {n} [parallel |]branches: {r}[, |; |. They are |, all ]{w}, then {t}|"
        "{x} -> ({r}) -> {w} -> {t}|{x} is split into {r}, {w}, {t}|"
        "{x} feeds {r} in parallel[, |; ]{w}, then {t}|"
        "{x} with {n} parallel paths ({r}), {w}, followed by {t}|"
        "{n} [parallel |]branches from {x}: {r}, {w} and then {t}|"
        "{x} into {r} side by side, {w}, {t}|{x}, then in parallel {r}, {w}, {t}]",
        x=first.text, n=n, r=row, w=say(rng, words), t=", then "
                                                       "".join(bare(layer) for layer in tail),
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def several_inputs(rng: random.Random) -> Draft:
    """Each input through its own layers, then joined: late fusion."""
    names = rng.sample(_MODALITIES, rng.choice((2, 2, 2, 3)))
    used = [capital(name) for name in names]
    branches = [blocks(rng, rng.choice((1, 1, 1, 2)), used) for _ in names]
    kind, label, words = rng.choice(_JOINS)
    tail = [*blocks(rng, rng.choice((0, 1, 1)), used), final(rng)]
    sketch = Sketch()
    ends = []
    for name, branch in zip(names, branches, strict=True):
        ids = [sketch.add(Kind.INPUT, capital(name)), *(put(sketch, layer) for layer in branch)]
        sketch.chain(*ids)
        ends.append(ids[-1])
    merge = sketch.add(kind, label)
    for end in ends:
        sketch.link(end, merge)
    sketch.chain(merge, *(put(sketch, layer) for layer in tail))
    way = rng.choice(("[goes|go|is fed|is passed] [through|into|to] a", "arrow", "into", "through"))
    parts = []
    for name, branch in zip(names, branches, strict=True):
        row = rng.choice((" then ", " -> ", " followed by ")).join(bare(layer) for layer in branch)
        if way == "arrow":
            row = " -> ".join([name, *(bare(layer) for layer in branch)])
            parts.append(row)
        elif way.startswith("["):
            parts.append(
                say(rng, "{n} [goes through|goes into|is fed to|passes] {r}", n=name, r=row)
            )
        else:
            parts.append(f"{name} {way} {row}")
    joined = rng.choice((", ", "; ", ". ", " and ", "\n")).join(parts)
    text = joined + say(
        rng,
        "[, {w}, then {t}|, both {w}, then {t}|. [Then|Both|All] {w}, {t}|; {w} -> {t}|"
        ", outputs {w} and passed to {t}|, results {w}, then {t}|. The outputs are {w}, then {t}]",
        w=say(rng, words), t=", then ".join(bare(layer) for layer in tail),
    )  # fmt: skip
    return sketch.draft(slips(rng, text, free_case=False))


def several_heads(rng: random.Random) -> Draft:
    """A shared trunk and an output for each task."""
    first, used = start(rng), [""]
    trunk = blocks(rng, rng.randint(1, 3), used)
    tasks = rng.sample(_TASKS, rng.choice((2, 2, 3, 3, 4)))
    heads = rng.random() < 0.5
    sketch = Sketch()
    ids = [put(sketch, first), *(put(sketch, layer) for layer in trunk)]
    sketch.chain(*ids)
    for task in tasks:
        kind, name = (Kind.MODEL, f"{task} head") if heads else (Kind.OUTPUT, task)
        sketch.link(ids[-1], sketch.add(kind, capital(name)))
    names = [f"{task} head" if heads else task for task in tasks]
    row = ", ".join(names[:-1]) + rng.choice((" and ", ", ", ", and ")) + names[-1]
    if heads and rng.random() < 0.3:
        row = "the " + row
    chain = rng.choice((" → ", " -> ", ", then ", ", ")).join([first.text, *map(bare, trunk)])
    n = spell(rng, len(tasks), 0.6)
    text = say(
        rng,
        "[{c}, which feeds {r}|{c}, then {n} heads: {r}|{c} -> {r}|{c}, shared by {r}|"
        "multi-task model: {c}, then {r}|{c}, then it splits into {r}|{c} with {n} heads: {r}|"
        "multi-head network: {c}; heads: {r}|{c}, from there to {r}]"
        if heads
        else "[{c} with {n} outputs: {r}|{c}, outputs {r}|multi-task network: {c}, outputs: {r}|"
        "{c}, then {n} outputs {r}|{c} predicting {r}|{c}, which predicts {r}|{c} -> outputs {r}|"
        "multi-output model: {c}; outputs are {r}]",
        c=chain, n=n, r=row,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def ensemble(rng: random.Random) -> Draft:
    """Several models see the same and are merged."""
    names = rng.sample(_MODELS, rng.choice((2, 3, 3, 3, 4, 5)))
    merge_word, merge_label = rng.choice(
        (("majority vote", "Majority vote"), ("average", "Average"), ("weighted "
                                                                      "average", "Weighted "
                                                                                 "average"),
         ("voting", "Voting"), ("meta model", "Meta model"), ("stacking", "Stacking"), ("mean",
         "Mean"))
    )  # fmt: skip
    data = rng.choice(("features", "data", "input", "training data", "dataset", "x", ""))
    ending = rng.choice(("prediction", "final prediction", "output", "score", ""))
    sketch = Sketch()
    first = []
    if data:
        first = [sketch.add(Kind.DATA if "data" in data else Kind.INPUT, capital(data))]
    ids = [sketch.add(Kind.MODEL, capital(name)) for name in names]
    merge = sketch.add(Kind.MODEL if "model" in merge_word else Kind.PROCESS, merge_label)
    for id in ids:
        for source in first:
            sketch.link(source, id)
        sketch.link(id, merge)
    if ending:
        sketch.link(merge, sketch.add(Kind.OUTPUT, capital(ending)))
    row = ", ".join(names[:-1]) + rng.choice((" and ", ", ", ", and ")) + names[-1]
    end = say(rng, "[ -> {e}|, then {e}| giving the {e}| for the {e}]", e=ending) if ending else ""
    text = say(
        rng,
        "[{d} goes to {r}, combined by {m}{e}|{d} -> {r} -> {m}{e}|{d} into {r}, then {m}{e}|"
        "{d} feeds {r}; {m}{e}|ensemble: {d} to {r}, then {m}{e}]"
        if data
        else "[ensemble of {r} with {m}{e}|an ensemble of {r} combined by {m}{e}|{r} combined "
             "with {m}{e}|"
        "{r}, then {m} over all of them{e}|ensemble: {r} -> {m}{e}]",
        d=data, r=row, m=merge_word, e=end,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def experts(rng: random.Random) -> Draft:
    """A router and N equal experts, numbered: “Expert 1”, “Expert 2” …"""
    number = rng.randint(2, 6)
    first = start(rng)
    router = rng.choice(("router", "gate", "gating network"))
    expert = rng.choice(("expert", "expert", "expert MLP", "sub-network", "expert network"))
    merge = rng.choice(("weighted sum", "combine", "weighted average", "mixing"))
    sketch = Sketch()
    ids = [put(sketch, first), sketch.add(Kind.MODEL, capital(router))]
    sketch.chain(*ids)
    ends = [sketch.add(Kind.MODEL, f"{capital(expert)} {place + 1}") for place in range(number)]
    target = sketch.add(Kind.PROCESS, capital(merge))
    for end in ends:
        sketch.link(ids[1], end)
        sketch.link(end, target)
    done = rng.random() < 0.5
    if done:
        sketch.link(target, sketch.add(Kind.OUTPUT))
    text = say(
        rng,
        "[{x}, a {g}, {n} {e}s, then {m}{o}|{x} -> {g} -> {n} {e}s -> {m}{o}|mixture of experts: "
        "{x} into a {g}, "
        "which picks among {n} {e}s, then {m}{o}|MoE with {x}, {g}, {n} {e}s and {m}{o}|"
        "{x} goes to the {g}, the {g} sends it to {n} {e}s, {m} at the end{o}]",
        x=first.text, g=router, n=spell(rng, number, 0.5), e=expert, m=merge,
        o=rng.choice((", output", ", then output", " -> output")) if done else "",
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))
