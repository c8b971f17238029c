"""Autoencoders, U-Nets, VAEs, GANs and diffusion, described rather than only named."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_counted import mlp
from ml.language.corpus.networks_counts import layer_size
from ml.language.corpus.networks_wording import ask, capital, say, spell
from ml.spec.model import Kind

_AE = (
    "[|a |an |][autoencoder|auto-encoder|autoencoder|AE|undercomplete autoencoder|"
    "dense autoencoder]"
)


def counted_autoencoder(rng: random.Random) -> Draft:
    """“Autoencoder 784-128-32-128-784”: down and up again."""
    down = sorted({layer_size(rng) + 2 for _ in range(rng.choice((2, 2, 3, 3, 4)))}, reverse=True)
    if len(down) < 2:
        down = [down[0] * 4, down[0]]
    sizes = down + down[-2::-1]
    outer, code = down[0], down[-1]
    ae = say(rng, _AE)
    if len(down) == 2 and rng.random() < 0.5:
        return _with_latent(rng, ae, outer, [], code)
    if rng.random() < 0.4:
        return _with_latent(rng, ae, outer, down[1:-1], code)
    row = rng.choice(("-", " - ", "→", " → ", " -> ", "->", ", ", " to ", "/", " > ", " ")).join(
        map(str, sizes)
    )
    text = say(rng, "[{a} {r}|{a} {r}|{a} with layers {r}|{a} ({r})|{r} {b}|{a}: {r}|{a} with "
                    "layer sizes {r}|"
                    "{a} of shape {r}]", a=ae.strip(), r=row, b="autoencoder")  # fmt: skip
    return mlp(sizes[0], sizes[1:-1], sizes[-1]).draft(ask(rng, text))


def _with_latent(rng: random.Random, ae: str, outer: int, middle: list[int], code: int) -> Draft:
    """The inmost layer has a name: latent and code are embeddings, a bottleneck is dense."""
    name, kind = rng.choice(
        (("bottleneck", Kind.DENSE), ("latent", Kind.EMBEDDING), ("code", Kind.EMBEDDING),
         ("latent space", Kind.EMBEDDING), ("latent vector", Kind.EMBEDDING))
    )  # fmt: skip
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT, count=outer)]
    ids += [sketch.add(Kind.DENSE, "Hidden", count=count) for count in middle]
    ids.append(sketch.add(kind, capital(name), count=code))
    ids += [sketch.add(Kind.DENSE, "Hidden", count=count) for count in reversed(middle)]
    ids.append(sketch.add(Kind.OUTPUT, count=outer))
    sketch.chain(*ids)
    if middle:
        down = " and ".join(map(str, middle))
        up = " and ".join(map(str, reversed(middle)))
        text = say(
            rng,
            "[{a} with {i} inputs, hidden layer{s} of {d}, [a |]{n} of {c}, hidden layer{s} of "
            "{u} and {i} outputs|{a}: {i} in, {d} hidden, {n} {c}, {u} hidden, {i} out|"
            "{a}, input {i}, hidden {d}, {n} {c}, hidden {u}, output {i}]",
            a=ae, i=outer, d=down, u=up, n=name, c=code, s="s" if len(middle) > 1 else "",
        )  # fmt: skip
    else:
        text = say(
            rng,
            "[{a} with {i} inputs, [a |]{n} of {c} and {i} outputs|{a} that squeezes {i} inputs "
            "into a {n} of {c} "
            "and reconstructs {i} outputs|{a}: {i} inputs, {c} {n} units, {i} outputs|"
            "{a} from {i} to a {c}-unit {n} and back to {i}|{a} with {i} inputs and [a |]{n} of "
            "{c}|{i}-dim {a2} with a {c}-dim {n}]",
            a=ae, a2="autoencoder", i=outer, n=name, c=code,
        )  # fmt: skip
    return sketch.draft(ask(rng, text))


def _kind(name: str) -> Kind:
    return Kind.RECURRENT if name.startswith("LSTM") else Kind.MODEL


def block_autoencoder(rng: random.Random) -> Draft:
    """Encoder, code and decoder as blocks, with what goes in and comes out."""
    first = rng.choice(
        ("image", "input", "signal", "x", "audio", "sentence", "noisy image", "spectrogram", "face")
    )
    encoder = rng.choice(
        ("encoder", "CNN encoder", "conv encoder", "LSTM encoder", "MLP encoder", "deep encoder")
    )
    decoder = rng.choice(("decoder", encoder.replace("encoder", "decoder")))
    code = rng.choice(
        ("latent code", "latent vector", "code", "latent", "latent space", "embedding", "z")
    )
    last = rng.choice(
        (
            "reconstruction",
            "reconstructed image",
            "output",
            "clean image",
            "x hat",
            "restored signal",
        )
    )
    sketch = Sketch()
    sketch.chain(
        sketch.add(Kind.INPUT, capital(first)), sketch.add(_kind(encoder), capital(encoder)),
        sketch.add(Kind.EMBEDDING, capital(code)), sketch.add(_kind(decoder), capital(decoder)),
        sketch.add(Kind.OUTPUT, capital(last)),
    )  # fmt: skip
    text = say(
        rng,
        "[autoencoder: {x} → {e} → {c} → {d} → {y}|{x} -> {e} -> {c} -> {d} -> {y}|"
        "autoencoder with {x}, {e}, {c}, {d} and {y}|{x} goes into the {e}, which gives the {c}; "
        "the {d} turns it into the {y}|the {e} compresses the {x} to the {c}, the {d} makes the {y}"
        "|{x}, {e}, {c}, {d}, {y}|an autoencoder: {x}, {e}, {c}, {d}, {y}]",
        x=first, e=encoder, c=code, d=decoder, y=last,
    )  # fmt: skip
    if text.startswith("the "):  # the encoder is mentioned first; the flow starts with its input
        text = text.replace("the", "The", 1)
    return sketch.draft(ask(rng, text, free_case=False))


def unet(rng: random.Random) -> Draft:
    """A U-Net with N levels: encoders, bottleneck, decoders, each level with its skip."""
    levels = rng.randint(2, 5)
    image = rng.random() < 0.3
    side = rng.choice((64, 128, 256, 512, 572))
    sketch = Sketch()
    first = sketch.add(Kind.INPUT, f"Image {side}x{side}" if image else "Image")
    down = [sketch.add(Kind.MODEL, f"Encoder {level}") for level in range(1, levels + 1)]
    middle = sketch.add(Kind.MODEL, "Bottleneck")
    up = [sketch.add(Kind.MODEL, f"Decoder {level}") for level in range(levels, 0, -1)]
    sketch.chain(first, *down, middle, *up, sketch.add(Kind.OUTPUT, "Mask"))
    for encoder, decoder in zip(down, reversed(up), strict=True):
        sketch.link(encoder, decoder)
    n = spell(rng, levels, 0.5)
    size = f" for {side}x{side} images" if image else ""
    text = say(
        rng,
        "[[a |]{u} with {n} levels{s}|{n}-level {u}{s}|[a |]{u} of depth {n}{s}|[a |]{u}{s}, {n} "
        "levels deep|"
        "[a |]{u} with {n} encoder and {n} decoder [blocks|levels|stages]{s}|[a |]{u} with {n} "
        "[downsampling|down] and {n} [upsampling|up] [blocks|steps|stages] and skip "
        "connections{s}]",
        u=rng.choice(("U-Net", "UNet", "unet", "u-net", "U-net")), n=n, s=size,
    )  # fmt: skip
    return sketch.draft(ask(rng, text))


def gan(rng: random.Random) -> Draft:
    """Generator against discriminator, in the person's own words."""
    noise = rng.choice(("noise", "random noise", "latent z", "noise vector", "z"))
    real = rng.choice(("real images", "real data", "real samples", "training images", "real faces"))
    fake = rng.choice(("fake image", "fake images", "generated image", "fake samples", "fakes", ""))
    generator = rng.choice(("generator", "generator", "generator network", "G"))
    critic = rng.choice(("discriminator", "discriminator", "critic", "D"))
    verdict = rng.choice(("real or fake", "real/fake", "score", "verdict"))
    back = rng.random() < 0.3
    sketch = Sketch()
    z, g = sketch.add(Kind.INPUT, capital(noise)), sketch.add(Kind.MODEL, capital(generator))
    made = [sketch.add(Kind.DATA, capital(fake))] if fake else []
    r = sketch.add(Kind.DATA, capital(real))
    d, out = sketch.add(Kind.MODEL, capital(critic)), sketch.add(Kind.OUTPUT, capital(verdict))
    sketch.chain(z, g, *made, d, out)
    sketch.link(r, d)
    f = f" → {fake}" if fake else ""
    makes = f" makes {fake}" if fake else ""
    text = say(
        rng,
        "[GAN: {z} → {g}{f} → {d}, {r} → {d}, {d} → {v}|{z} goes to the {g}{m_which}, the {d} sees "
        "{them} and {r} and says {v}|{z} -> {g}{f2} -> {d} -> {v}; {r} -> {d}|"
        "a GAN where {z} feeds the {g}{m_and} and the {d} gets that and {r} to decide {v}]",
        z=noise, g=generator, d=critic, r=real, v=verdict, f=f, f2=f.replace("→", "->"),
        m_which=f", which{makes}" if fake else "", m_and=f" that{makes}" if fake else "",
        them="them" if fake.endswith("s") else "its output" if not fake else "it",
    )  # fmt: skip
    if back:
        sketch.link(d, g, "loss")
        text += say(
            rng,
            "[, the loss goes from {d} back to {g}|; {d} -> {g} (loss)|"
            ", with the loss fed from the {d} back to the {g}]",
            d=critic, g=generator,
        )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def vae(rng: random.Random) -> Draft:
    """Encoder, mean and variance side by side, a sample of them, decoder."""
    first = rng.choice(("image", "input", "x", "face", "molecule", "melody", "digit"))
    mean, variance = rng.choice(
        (("mean", "variance"), ("mean", "log variance"), ("mu", "sigma"), ("mean", "std"),
         ("mu", "log var"))
    )  # fmt: skip
    z = rng.choice(("latent z", "z", "sample", "latent sample", "latent vector"))
    last = rng.choice(("reconstruction", "output", "x hat", "new image", "decoded sample"))
    sketch = Sketch()
    x, encoder = sketch.add(Kind.INPUT, capital(first)), sketch.add(Kind.MODEL, "Encoder")
    m, v = sketch.add(Kind.DENSE, capital(mean)), sketch.add(Kind.DENSE, capital(variance))
    code, decoder = sketch.add(Kind.EMBEDDING, capital(z)), sketch.add(Kind.MODEL, "Decoder")
    sketch.chain(x, encoder, m, code, decoder, sketch.add(Kind.OUTPUT, capital(last)))
    sketch.chain(encoder, v, code)
    text = say(
        rng,
        "[VAE: {x} → encoder → {m} and {v} → {z} → decoder → {y}|"
        "variational autoencoder: {x} -> encoder -> ({m}, {v}) -> {z} -> decoder -> {y}|"
        "VAE with {x}, encoder, {m} and {v}, {z}, decoder and {y}|the {x} goes into an encoder "
        "which "
        "outputs {m} and {v}, both give the {z}, the decoder turns it into the {y}|"
        "VAE where the encoder maps {x} to {m} and {v}, from which {z} is drawn, then decoder, "
        "{y}]",
        x=first, m=mean, v=variance, z=z, y=last,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def attention_block(rng: random.Random) -> Draft:
    """Queries, keys and values from one input or two."""
    q, k, v = rng.choice(
        (("Q", "K", "V"), ("query", "key", "value"), ("queries", "keys", "values"))
    )
    x = rng.choice(("input", "x", "tokens", "hidden states", "embeddings", "features"))
    score = rng.choice(("dot product", "scores", "matmul", "attention scores", "similarity"))
    mix = rng.choice(("weighted sum", "second matmul", "output", "context"))
    sketch = Sketch()
    source = sketch.add(Kind.EMBEDDING if x == "embeddings" else Kind.INPUT, capital(x))
    ids = [sketch.add(Kind.DENSE, capital(name)) for name in (q, k, v)]
    s, soft = sketch.add(Kind.PROCESS, capital(score)), sketch.add(Kind.ACTIVATION, "Softmax")
    m = sketch.add(Kind.OUTPUT if mix in ("output", "context") else Kind.PROCESS, capital(mix))
    for id in ids:
        sketch.link(source, id)
    sketch.chain(ids[0], s, soft, m)
    sketch.link(ids[1], s)
    sketch.link(ids[2], m)
    text = say(
        rng,
        "[{x} → {q}, {k}, {v}; {q} and {k} → {s} → softmax → {m}; {v} → {m}|"
        "attention: {x} gives {q}, {k} and {v}. {q} and {k} go into {s}, then softmax, then {m} "
        "together with {v}|{x} is projected to {q}, {k} and {v}; {q} and {k} give the {s}, "
        "softmax, "
        "and the {v} join in the {m}|self-attention with {x}, {q}, {k}, {v}, {s} of {q} and {k}, "
        "softmax and {m} with {v}]",
        x=x, q=q, k=k, v=v, s=score, m=mix,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))
