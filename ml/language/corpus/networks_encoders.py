"""Pretrained encoders told part by part: vision transformers, BERT and the like."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import WORDS_IN
from ml.language.corpus.networks_blocks import repeated
from ml.language.corpus.networks_layers import Layer, draw_layers, image
from ml.language.corpus.networks_transformer_parts import JOINTS, POSITION, layer_norm, part
from ml.language.corpus.networks_wording import ask, capital, say, spell
from ml.spec.model import Kind


def vision_transformer(rng: random.Random) -> Draft:
    """“ViT: image, 16x16 patches, linear projection, position embedding, 6 blocks, MLP head”."""
    first = image(rng) if rng.random() < 0.5 else part(Kind.INPUT, "image")
    layers = [first]
    side = rng.choice((8, 14, 16, 16, 32))
    cut = rng.choice(
        ("patches", "patches", f"{side}x{side} patches", "patchify", "image patches", "patch split")
    )
    layers.append(part(Kind.PROCESS, cut))
    roll = rng.random()
    if roll < 0.5:
        layers.append(part(Kind.EMBEDDING, rng.choice(("patch embedding", "linear embedding"))))
    elif roll < 0.85:
        layers.append(part(Kind.DENSE, "linear projection"))
    if rng.random() < 0.6:
        name = rng.choice(("position embedding", "positional embedding", *POSITION[:3]))
        layers.append(part(Kind.EMBEDDING if "embedding" in name else Kind.PROCESS, name))
    times = rng.choice((1, 2, 3, 4, 4, 6, 6, 8, 10, 12, 24))
    unit = rng.choice(("encoder block", "transformer block", "encoder layer", "transformer encoder "
                       "layer", "ViT block", "transformer encoder block"))  # fmt: skip
    text = f"{spell(rng, times, 0.4)} {unit}s" if times > 1 else unit
    if times > 1 and rng.random() < 0.3:
        text = rng.choice((f"{times}x {unit}", f"{unit} x{times}"))
    layers.append(repeated(text, capital(unit), times))
    if rng.random() < 0.3:
        layers.append(layer_norm(rng))
    if rng.random() < 0.2:
        layers.append(part(Kind.PROCESS, "CLS token"))
    name = rng.choice(("MLP head", "classification head", "mlp head", "classifier", ""))
    layers += [part(Kind.MODEL, name)] if name else []
    n = rng.choice((2, 5, 10, 10, 100, 1000, rng.randint(2, 500)))
    layers.append(Layer(text=f"{n} classes", kind=Kind.OUTPUT, count=n))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    joint = rng.choice(JOINTS)
    head = rng.choice(("ViT: ", "vision transformer: ", "vit with ", "a ViT, ", "", "ViT - "))
    return sketch.draft(
        ask(rng, head + joint.join(layer.text for layer in layers), free_case=False)
    )


def text_classifier(rng: random.Random) -> Draft:
    """“BERT for classification: tokens, BERT, [CLS], dropout, linear, 3 classes”."""
    model = rng.choice(("BERT", "bert", "RoBERTa", "DistilBERT", "DeBERTa", "ELECTRA", "XLM-R",
                        "ALBERT", "BERT-base", "bert-large", "MiniLM", "CamemBERT"))  # fmt: skip
    word = rng.choice((*WORDS_IN, "sentence", "text", "tweets"))
    layers = [part(Kind.INPUT, word)]
    if rng.random() < 0.4:
        layers.append(part(Kind.PROCESS, rng.choice(("tokenizer", "wordpiece", "tokenization"))))
    layers.append(part(Kind.MODEL, model))
    if rng.random() < 0.45:
        name, kind = rng.choice(
            (("CLS token", Kind.PROCESS), ("pooler", Kind.DENSE), ("mean pooling", Kind.POOL))
        )
        label = "Avg pool" if kind is Kind.POOL else capital(name)
        layers.append(Layer(text=name, kind=kind, label=label))
    if rng.random() < 0.4:
        layers.append(Layer(text="dropout", kind=Kind.PROCESS, label="Dropout"))
    if rng.random() < 0.7:
        n = rng.choice((1, 1, 64, 128, 256, 768))
        text = rng.choice(("dense", "linear layer", "linear", "fully connected layer"))
        text += f" {n}" if n > 1 else ""
        layers.append(Layer(text=text, kind=Kind.DENSE, count=n))
    if rng.random() < 0.35:
        layers.append(Layer(text="softmax", kind=Kind.ACTIVATION, label="Softmax"))
    n = rng.choice((1, 2, 2, 3, 3, 5, 6, 20, 28))
    if n > 1:
        text = say(rng, "{n} [classes|labels|outputs]", n=n)
        layers.append(Layer(text=text, kind=Kind.OUTPUT, count=n))
    else:
        layers.append(part(Kind.OUTPUT, rng.choice(("label", "sentiment", "score", "class"))))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    texts = [layer.text for layer in layers]
    row = rng.choice(JOINTS).join(texts)
    task = rng.choice(("classification", "sentiment", "spam detection", "text classification"))
    head = rng.choice(("", "", f"{model} for {task}: ", f"fine-tuned {model}: ", f"{task}: "))
    return sketch.draft(ask(rng, head + row, free_case=False))
