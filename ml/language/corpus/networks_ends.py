"""What goes in and what comes out, said before everything else or only at the end."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import ENDS, STARTS, any_layer, final, named_block
from ml.language.corpus.networks_layers import Layer, conv, draw_layers, image, pool
from ml.language.corpus.networks_skips import bare
from ml.language.corpus.networks_wording import a, ask, capital, say, slips
from ml.spec.model import Kind

_FIRST_LATE = (
    "[. The input is {i}, by the way|. The input is {i}|, the input is {i}|; input is {i}|, input: "
    "{i}|. It takes {i} as input|. Input: {i}|, fed with {i}|, with {i} as the input|. {I} "
    "[goes|go] in|, and the input is {i}|. Oh, and the input is {i}|. Btw the input is {i}|; {i} "
    "is what goes in|, applied to {i}|. We feed it {i}|. What goes in is {i}]"
)
_LAST_EARLY = (
    "[output: {o}. |output is {o}. |the output is {o}. |the result is {o}; |we want {o} at the "
    "end. |it should output {o}. |it ends in {o}. |output {o}, |it gives {o}. |out: {o}; |{o} at "
    "the end, |the last thing is {o}. |it predicts {o}. |last: {o}. |at the very end {o}, ]"
)
_BETWEEN = (
    "[in between |between them |then inside: |layers: |inside: |in the middle |it has |the layers "
    "are |it goes through |body: |hidden part: |made of |before that ]"
)


def _body(rng: random.Random) -> list[Layer]:
    layers: list[Layer] = []
    while not 1 <= sum(layer.times for layer in layers) <= 12:
        layers = []
        for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5))):
            roll = rng.random()
            if roll < 0.35:
                layers += [conv(rng), *([pool(rng)] if rng.random() < 0.5 else [])]
            else:
                layers.append(named_block(rng) if roll < 0.6 else any_layer(rng))
    return layers


def _first(rng: random.Random) -> Layer:
    if rng.random() < 0.35:
        return image(rng)
    name = rng.choice([start for start in STARTS if start != "input"])
    plain = rng.random() < 0.5 or name.split()[-1][-1] == "s" or name in ("text", "audio")
    return Layer(text=name if plain else a(name), kind=Kind.INPUT, label=capital(name))


def _last(rng: random.Random) -> Layer:
    roll = rng.random()
    if roll < 0.4:
        return final(rng)
    if roll < 0.65:
        n = rng.choice((2, 3, 5, 10, 10, 20, 100, rng.randint(2, 999)))
        text = say(rng, "[{n} classes|{n} values|{n} numbers|{n} scores|{n} labels]", n=n)
        return Layer(text=text, kind=Kind.OUTPUT, count=n)
    name = rng.choice([end for end in ENDS if end != "output"])
    return Layer(text=name, kind=Kind.OUTPUT, label=capital(name))


def late_ends(rng: random.Random) -> Draft:
    """“conv, pool, dense 10 — the input is an image, by the way”, “output: 10 classes. …”.

    The flow is the same however it is told: what goes in is the first node.
    """
    first, body, last = _first(rng), _body(rng), _last(rng)
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [first, *body, last]))
    joint = rng.choice((", ", ", ", ", then ", " -> ", " → ", " then ", " followed by "))
    texts = [bare(layer) for layer in body]
    row = joint.join(texts)
    roll = rng.random()
    i, o = first.text, last.text
    if roll < 0.35:
        text = row + joint + o + say(rng, _FIRST_LATE, i=i, I=capital(i))
    elif roll < 0.6:
        text = say(rng, _LAST_EARLY, o=o) + i + joint + row
    elif roll < 0.8:
        text = say(rng, _LAST_EARLY, o=o)
        text += say(rng, "[input: {i}|input is {i}|the input is {i}|it takes {i}|in: {i}]", i=i)
        text += rng.choice((". ", ", ", "; ")) + say(rng, _BETWEEN) + row
    else:
        lead = say(rng, "[from {i} to {o}|{i} in, {o} out|{i} to {o}|maps {i} to {o}]", i=i, o=o)
        text = lead + say(rng, "[: |, through |, via |; layers: |, with |, inside: ]") + row
    head = rng.choice(("", "", "", "net: ", "my model: ", "a network. ", "draw a net: "))
    if roll < 0.8 and ". " in text:
        parts = [capital(part) if rng.random() < 0.6 else part for part in text.split(". ")]
        text = ". ".join(parts)
    whole = capital(head + text) if rng.random() < 0.4 else head + text
    return sketch.draft(slips(rng, whole, free_case=False))


_SEEN = (
    "image", "text", "audio", "sentence", "tokens", "video", "mri scan", "photo", "x-ray", "review",
    "tweet", "spectrogram", "point cloud", "selfie", "waveform", "question", "email", "CT scan",
    "satellite image", "frames", "query", "face", "ECG", "molecule", "user history", "board",
    "prompt", "features", "graph", "time series", "pixels", "speech", "sketch", "genome", "lidar",
)  # fmt: skip
_NETS = (
    "cnn", "CNN", "resnet", "ResNet-50", "unet", "U-Net", "bert", "BERT", "sentence encoder",
    "transformer", "ViT", "vit", "mlp", "MLP", "encoder", "decoder", "GAN", "vgg16", "yolo",
    "YOLOv8", "backbone", "classifier", "GNN", "autoencoder", "whisper", "clip encoder", "GPT-2",
    "feature extractor", "mobilenet", "detector", "text encoder", "wav2vec", "fpn", "T5",
)  # fmt: skip
_GIVEN = (
    "label", "class", "tumor mask", "sentiment", "caption", "transcript", "box", "boxes", "mask",
    "score", "cat or dog", "embedding", "age", "price", "translation", "summary", "diagnosis",
    "emotion", "depth map", "next word", "answer", "prediction", "spam score", "heart rate",
    "action", "move", "logits", "keypoints", "probability", "energy", "rating", "genre", "digit",
)  # fmt: skip


def small_model(rng: random.Random) -> Draft:
    """“image → cnn → label”: what goes into a network is an input, what it gives is an output."""
    first, last = rng.choice(_SEEN), rng.choice(_GIVEN)
    names = rng.sample(_NETS, rng.choice((1, 1, 1, 2, 2, 3)))
    while len({name.lower() for name in (first, *names, last)}) < len(names) + 2:
        names = rng.sample(_NETS, len(names))
    ending = rng.random() < 0.75
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT, capital(first))]
    ids += [
        sketch.add(Kind.MODEL, name.upper() if name in {"cnn", "mlp"} else capital(name))
        for name in names
    ]
    if ending:
        ids.append(sketch.add(Kind.OUTPUT, capital(last)))
    sketch.chain(*ids)
    row = [first, *names, *([last] if ending else [])]
    if rng.random() < 0.6:
        text = rng.choice((" → ", " -> ", "->", " > ", " => ", " to ", ", then ", "→")).join(row)
    else:
        text = say(
            rng,
            "[{i} into {m}|{i} goes into {m}|{i} is fed to {m}|{i} goes through {m}|feed {i} to "
            "{m}|{i} through {m}|{i} enters {m}]",
            i=rng.choice(("the ", "")) + first,
            m=rng.choice((", then ", " and then ", ", then into ")).join(names),
        )  # fmt: skip
        if ending:
            text += say(
                rng, "[, out comes {o}|, which gives {o}|, giving {o}|, which predicts {o}|, then "
                "{o}|, output {o}| and we get {o}|, out: {o}]", o=rng.choice(("the ", "")) + last
            )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))
