"""Two sides that are compared: siamese, two-tower and CLIP-like networks."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import invented
from ml.language.corpus.networks_wording import ask, capital, say
from ml.spec.model import Kind

_PAIRS = (("query", "document"), ("user", "item"), ("image", "text"), ("question", "answer"),
          ("image", "caption"), ("resume", "job ad"), ("audio", "text"), ("sketch", "photo"),
          ("song", "listener"), ("product", "shopper"), ("video", "audio"), ("code", "docstring"),
          ("patient", "trial"), ("ad", "viewer"), ("molecule", "protein"), ("recipe", "photo"),
          ("title", "body"), ("photo", "landmark"), ("ticket", "expert"), ("map",
          "image"))  # fmt: skip
_MERGES = ("dot product", "cosine similarity", "distance", "L2 distance", "contrastive "
                                                                          "loss", "similarity",
           "euclidean distance", "comparison", "triplet loss", "inner product",
                                                               "L1 distance")  # fmt: skip
_SCORES = (
    "score",
    "similarity score",
    "match or not",
    "same or different",
    "match",
    "relevance",
    "rating",
)
_PARTS = ("tower", "encoder", "encoder", "tower", "branch", "network")


def two_towers(rng: random.Random) -> Draft:
    """Each side has a tower of its own; a product or distance compares them."""
    left, right = rng.choice(_PAIRS)
    part = rng.choice(_PARTS)
    way = rng.randrange(3)
    towers = [f"{left} {part}", f"{right} {part}"]
    if way == 1:
        towers = [f"{invented(rng)} {part}", f"{invented(rng)} {part}"]
    elif way == 2:
        towers = rng.sample(("BERT", "ViT", "ResNet", "MLP", "CNN", "Swin", "GNN", "T5"), 2)
    merge = rng.choice(_MERGES)
    last = rng.choice(_SCORES) if rng.random() < 0.6 else ""
    sketch = Sketch()
    a, b = sketch.add(Kind.INPUT, capital(left)), sketch.add(Kind.MODEL, capital(towers[0]))
    c, d = sketch.add(Kind.INPUT, capital(right)), sketch.add(Kind.MODEL, capital(towers[1]))
    join = sketch.add(Kind.PROCESS, capital(merge))
    sketch.chain(a, b, join)
    sketch.chain(c, d, join)
    if last:
        sketch.link(join, sketch.add(Kind.OUTPUT, capital(last)))
    end = say(rng, "[ -> {y}|, giving the {y}|, then {y}| for the {y}]", y=last) if last else ""
    text = say(
        rng,
        "[{a} goes through the {t} and {b} through the {u}, then {m}{e}|{a} -> {t}, {b} -> {u}, "
        "both into {m}{e}|"
        "{a} into {t}; {b} into {u}; both meet in a {m}{e}|two towers: {a} → {t}, {b} → {u}, "
        "joined by {m}{e}|two-tower model, {a} with {t}, {b} with {u}, compared by {m}{e}|"
        "{a} → {t} → {m} and {b} → {u} → the same {m}{e}|the {a} is encoded by the {t}, the {b} "
        "by the {u}, and the {m} compares them{e}]",
        a=left, b=right, t=towers[0], u=towers[1], m=merge, e=end,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def siamese(rng: random.Random) -> Draft:
    """Two inputs through the same encoder: it is drawn once, both inputs point to it."""
    kind = rng.choice(
        ("image", "sentence", "signature", "face", "audio clip", "photo", "document", "fingerprint")
    )
    first, second = rng.choice(
        (("{k} A", "{k} B"), ("{k} 1", "{k} 2"), ("left {k}", "right {k}"),
         ("first {k}", "second {k}"))
    )  # fmt: skip
    names = (first.replace("{k}", kind), second.replace("{k}", kind))
    shared = rng.choice(
        ("encoder", "CNN", "network", "backbone", "BERT", "ResNet", f"{invented(rng)} encoder")
    )
    word = rng.choice(("shared", "same", "common"))
    merge = rng.choice(_MERGES)
    last = rng.choice(_SCORES) if rng.random() < 0.6 else ""
    sketch = Sketch()
    a, b = (sketch.add(Kind.INPUT, capital(name)) for name in names)
    label = f"Shared {shared}" if word == "shared" else capital(shared)
    net = sketch.add(Kind.MODEL, label)
    sketch.link(a, net)
    sketch.link(b, net)
    join = sketch.add(Kind.PROCESS, capital(merge))
    sketch.chain(net, join, *([sketch.add(Kind.OUTPUT, capital(last))] if last else []))
    end = say(rng, "[ -> {y}|, giving the {y}|, then {y}| for the {y}]", y=last) if last else ""
    text = say(
        rng,
        "[siamese network: {a} and {b} go through [a|the] {w} {s}, then {m}{e}|{a} and {b} -> "
        "{w} {s} -> {m}{e}|"
        "{a} and {b} both enter [a|the] {w} {s}, followed by {m}{e}|siamese net with {a} and {b}, "
        "[a|the] {w} {s} and {m}{e}|{a}, {b} → {w} {s} → {m}{e}]",
        a=names[0], b=names[1], w=word, s=shared, m=merge, e=end,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))
