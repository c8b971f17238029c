"""Transformers told part by part: blocks, encoders with decoders, vision transformers, BERT."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.network_terms import WORDS_IN
from ml.language.corpus.networks_blocks import repeated
from ml.language.corpus.networks_layers import Layer, draw_layers, image
from ml.language.corpus.networks_wording import ask, capital, say, slips, spell
from ml.spec.model import Kind

_ADD_NORM = ("add & norm", "add & norm", "add and norm", "Add & Norm", "add&norm", "add + norm")
_FFN = ("FFN", "ffn", "feed forward", "feed-forward", "feedforward", "feed forward network", "MLP",
        "feed-forward layer", "mlp")  # fmt: skip
_SELF = ("self-attention", "self attention", "multi-head attention", "multi-head self-attention",
         "multihead attention", "masked self-attention", "attention", "MHSA", "causal attention",
         "masked multi-head attention", "window attention", "linear attention")  # fmt: skip
_CROSS = ("cross-attention", "cross attention", "encoder-decoder attention", "cross attn",
          "multi-head cross-attention")  # fmt: skip
_POSITION = ("positional encoding", "positional encodings", "position encoding", "pos encoding",
             "sinusoidal encoding", "rotary encoding")  # fmt: skip
_EMBEDDINGS = ("embedding", "embeddings", "token embedding", "word embedding", "input embedding",
               "token embeddings", "subword embedding", "embedding layer")  # fmt: skip
_JOINTS = (", ", ", ", ", ", " -> ", " → ", ", then ", " > ")


def _part(kind: Kind, words: str) -> Layer:
    """A part that is labelled as it is written, save for the usual names of layers."""
    usual = {
        "embeddings": "Embedding", "embedding layer": "Embedding",
        "positional encodings": "Positional encoding", "self attention": "Self-attention",
        "multihead attention": "Multi-head attention", "cross attention": "Cross-attention",
        "layernorm": "Layer norm", "layer norm": "Layer norm", "LayerNorm": "Layer norm",
    }  # fmt: skip
    return Layer(text=words, kind=kind, label=usual.get(words, capital(words)))


def _norm(rng: random.Random) -> Layer:
    return _part(Kind.NORM, rng.choice(("layer norm", "LayerNorm", "layernorm", "RMSNorm")))


_HEADS = (
    ("linear", Kind.DENSE, "Dense"), ("linear layer", Kind.DENSE, "Dense"),
    ("output projection", Kind.DENSE, ""), ("classifier", Kind.MODEL, ""),
    ("classification head", Kind.MODEL, ""), ("MLP head", Kind.MODEL, ""),
    ("LM head", Kind.MODEL, ""), ("softmax layer", Kind.ACTIVATION, "Softmax"),
)  # fmt: skip


def _head(rng: random.Random) -> list[Layer]:
    """The end: a head, a softmax, classes, or what comes out by name."""
    layers: list[Layer] = []
    roll = rng.random()
    if roll < 0.4:
        name, kind, label = rng.choice(_HEADS)
        layers.append(Layer(text=name, kind=kind, label=label or capital(name)))
    if rng.random() < 0.3 and "Softmax" not in [layer.label for layer in layers]:
        layers.append(Layer(text="softmax", kind=Kind.ACTIVATION, label="Softmax"))
    if roll < 0.6:
        n = rng.choice((2, 3, 4, 5, 10, 20, 100, 1000))
        text = say(rng, "[{n} classes|{n} outputs|{n} labels|output {n}]", n=n)
        layers.append(Layer(text=text, kind=Kind.OUTPUT, count=n))
    elif roll < 0.9:
        name = rng.choice(("next token", "label", "output", "translation", "logits", "sentiment",
                           "output tokens", "answer", "class", "summary", "tags"))  # fmt: skip
        layers.append(_part(Kind.OUTPUT, name))
    return layers


def _block(rng: random.Random, *, cross: bool) -> list[Layer]:
    """The parts of one block; what is written alike is labelled alike."""
    add_norm = rng.choice(_ADD_NORM)
    after = [Layer(text=add_norm, kind=Kind.NORM, label=capital(add_norm))]
    roll = rng.random()
    if roll > 0.8:
        after = [_norm(rng)]
    elif roll > 0.65:
        after = []
    parts = [_part(Kind.ATTENTION, rng.choice(_SELF)), *after]
    if cross:
        parts += [_part(Kind.ATTENTION, rng.choice(_CROSS)), *after]
    return [*parts, _part(Kind.MODEL, rng.choice(_FFN)), *after]


def block_parts(rng: random.Random) -> Draft:
    """“tokens, embedding, positional encoding, self-attention, add & norm, FFN, add & norm”."""
    layers = []
    if rng.random() < 0.7:
        layers.append(_part(Kind.INPUT, rng.choice((*WORDS_IN, "input", "tokens"))))
        if rng.random() < 0.7:
            layers.append(_part(Kind.EMBEDDING, rng.choice(_EMBEDDINGS)))
        if rng.random() < 0.6:
            layers.append(_part(Kind.PROCESS, rng.choice(_POSITION)))
    block = _block(rng, cross=rng.random() < 0.25)
    times = rng.choice((1, 1, 1, 2, 2, 3, 4)) if len(block) < 6 else rng.choice((1, 1, 2))
    tail = _head(rng) if rng.random() < 0.6 else []
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, [*layers, *block * times, *tail]))
    joint = rng.choice(_JOINTS)
    row = joint.join(layer.text for layer in block)
    if times > 1:
        inner = ", ".join(layer.text for layer in block)
        row = say(
            rng,
            "[{n} times ({r})|{d} x ({r})|({r}) x {d}|{n} blocks of ({r})|{n} blocks ({r})|{d}x "
            "({r})|({r}) {n} times]",
            n=spell(rng, times, 0.6), d=times, r=inner,
        )  # fmt: skip
    parts = [*(layer.text for layer in layers), row, *(layer.text for layer in tail)]
    head = rng.choice(("", "", "transformer: ", "transformer block: ", "encoder: ", "a transformer "
                       "with ", "attention block: ", "decoder-only model: "))  # fmt: skip
    return sketch.draft(ask(rng, head + joint.join(parts), free_case=False))


def _stack_or_parts(rng: random.Random, name: str, *, cross: bool) -> list[Layer]:
    """One block in its parts, or N blocks as such."""
    if rng.random() < 0.6:
        return _block(rng, cross=cross)
    times = rng.choice((1, 2, 3, 4, 6, 6, 8, 12))
    unit = rng.choice((f"{name} block", f"{name} layer"))
    text = f"{spell(rng, times, 0.4)} {unit}s" if times > 1 else unit
    if times > 1 and rng.random() < 0.3:
        text = f"{times}x {unit}"
    layers = [repeated(text, capital(unit), times)]
    if cross:
        layers.append(_part(Kind.ATTENTION, rng.choice(_CROSS)))
    return layers


def encoder_decoder_parts(rng: random.Random) -> Draft:
    """Encoder and decoder, each with its parts; the encoder's end also feeds the cross-attention.

    Nothing joins the two but that: the decoder has an input of its own.
    """
    source, target = rng.sample((*WORDS_IN, "source tokens", "target tokens"), 2)
    while source == target:
        source, target = rng.sample(WORDS_IN, 2)
    encoder = [_part(Kind.INPUT, source)]
    decoder = [_part(Kind.INPUT, target)]
    embedding, position = rng.choice(_EMBEDDINGS), rng.choice(_POSITION)
    if rng.random() < 0.8:
        encoder.append(_part(Kind.EMBEDDING, embedding))
        decoder.append(_part(Kind.EMBEDDING, embedding))
        if rng.random() < 0.7:
            encoder.append(_part(Kind.PROCESS, position))
            decoder.append(_part(Kind.PROCESS, position))
    encoder += _stack_or_parts(rng, "encoder", cross=False)
    decoder += _stack_or_parts(rng, "decoder", cross=True)
    tail = _head(rng)
    sketch = Sketch()
    left = draw_layers(sketch, encoder)
    right = draw_layers(sketch, [*decoder, *tail])
    sketch.chain(*left)
    sketch.chain(*right)
    cross = next(
        place
        for place, node in enumerate(sketch.nodes)
        if place in right and node.kind is Kind.ATTENTION and node.label.lower() in _CROSS_LABELS
    )
    sketch.link(left[-1], cross)
    joint = rng.choice((", ", ", ", " -> ", " → "))
    down = joint.join(layer.text for layer in encoder)
    up = joint.join(layer.text for layer in (*decoder, *tail))
    name = next(layer.text for layer in decoder if layer.label.lower() in _CROSS_LABELS)
    text = say(
        rng,
        "[encoder: {e}. [D|d]ecoder: {d}. The encoder [output |]feeds the {x}|encoder: {e}\\n"
        "decoder: {d}\\nthe encoder output goes into the {x}|the encoder has {e}; the decoder has "
        "{d}; the {x} sees the encoder output|encoder ({e}), decoder ({d}), encoder output into "
        "the {x}|encoder = {e}; decoder = {d}; {x} gets the encoder output|decoder's {x} takes "
        "what comes from the encoder. Encoder: {e}. Decoder: {d}|{e} in the encoder, {d} in the "
        "decoder, and the encoder output also goes to the {x}]",
        e=down, d=up, x=name,
    ).replace("\\n", "\n")  # fmt: skip
    head = rng.choice(("", "", "transformer. ", "seq2seq transformer: ", "a transformer: "))
    return sketch.draft(slips(rng, head + text, free_case=False))


_CROSS_LABELS = {words.lower() for words in _CROSS} | {"cross-attention"}


def vision_transformer(rng: random.Random) -> Draft:
    """“ViT: image, 16x16 patches, linear projection, position embedding, 6 blocks, MLP head”."""
    first = image(rng) if rng.random() < 0.5 else _part(Kind.INPUT, "image")
    layers = [first]
    side = rng.choice((8, 14, 16, 16, 32))
    cut = rng.choice(
        ("patches", "patches", f"{side}x{side} patches", "patchify", "image patches", "patch split")
    )
    layers.append(_part(Kind.PROCESS, cut))
    roll = rng.random()
    if roll < 0.5:
        layers.append(_part(Kind.EMBEDDING, rng.choice(("patch embedding", "linear embedding"))))
    elif roll < 0.85:
        layers.append(_part(Kind.DENSE, "linear projection"))
    if rng.random() < 0.6:
        name = rng.choice(("position embedding", "positional embedding", *_POSITION[:3]))
        layers.append(_part(Kind.EMBEDDING if "embedding" in name else Kind.PROCESS, name))
    times = rng.choice((1, 2, 3, 4, 4, 6, 6, 8, 10, 12, 24))
    unit = rng.choice(("encoder block", "transformer block", "encoder layer", "transformer encoder "
                       "layer", "ViT block", "transformer encoder block"))  # fmt: skip
    text = f"{spell(rng, times, 0.4)} {unit}s" if times > 1 else unit
    if times > 1 and rng.random() < 0.3:
        text = rng.choice((f"{times}x {unit}", f"{unit} x{times}"))
    layers.append(repeated(text, capital(unit), times))
    if rng.random() < 0.3:
        layers.append(_norm(rng))
    if rng.random() < 0.2:
        layers.append(_part(Kind.PROCESS, "CLS token"))
    name = rng.choice(("MLP head", "classification head", "mlp head", "classifier", ""))
    layers += [_part(Kind.MODEL, name)] if name else []
    n = rng.choice((2, 5, 10, 10, 100, 1000, rng.randint(2, 500)))
    layers.append(Layer(text=f"{n} classes", kind=Kind.OUTPUT, count=n))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    joint = rng.choice(_JOINTS)
    head = rng.choice(("ViT: ", "vision transformer: ", "vit with ", "a ViT, ", "", "ViT - "))
    return sketch.draft(
        ask(rng, head + joint.join(layer.text for layer in layers), free_case=False)
    )


def text_classifier(rng: random.Random) -> Draft:
    """“BERT for classification: tokens, BERT, [CLS], dropout, linear, 3 classes”."""
    model = rng.choice(("BERT", "bert", "RoBERTa", "DistilBERT", "DeBERTa", "ELECTRA", "XLM-R",
                        "ALBERT", "BERT-base", "bert-large", "MiniLM", "CamemBERT"))  # fmt: skip
    word = rng.choice((*WORDS_IN, "sentence", "text", "tweets"))
    layers = [_part(Kind.INPUT, word)]
    if rng.random() < 0.4:
        layers.append(_part(Kind.PROCESS, rng.choice(("tokenizer", "wordpiece", "tokenization"))))
    layers.append(_part(Kind.MODEL, model))
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
        layers.append(_part(Kind.OUTPUT, rng.choice(("label", "sentiment", "score", "class"))))
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    texts = [layer.text for layer in layers]
    row = rng.choice(_JOINTS).join(texts)
    task = rng.choice(("classification", "sentiment", "spam detection", "text classification"))
    head = rng.choice(("", "", f"{model} for {task}: ", f"fine-tuned {model}: ", f"{task}: "))
    return sketch.draft(ask(rng, head + row, free_case=False))
