"""Networks as Keras or PyTorch code."""

from __future__ import annotations

import random
from itertools import pairwise

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_blocks import UNITS
from ml.language.corpus.networks_wording import activation
from ml.spec.model import Kind


def code(rng: random.Random) -> Draft:
    """Keras or PyTorch code: each layer of it, activations of their own only where it says so."""
    return _keras(rng) if rng.random() < 0.5 else _torch(rng)


def _keras(rng: random.Random) -> Draft:
    inputs = rng.choice((*UNITS, rng.randint(2, 99)))
    sizes = [rng.choice(UNITS) for _ in range(rng.randint(1, 4))]
    outputs = rng.choice((1, 1, 2, 3, 5, 10, 10, 100))
    sketch = Sketch()
    ids, calls = [sketch.add(Kind.INPUT, count=inputs)], []
    shape = rng.random() < 0.5
    if shape:
        calls.append(
            rng.choice((f"Input({inputs})", f"Input(shape=({inputs},))", f"Input(({inputs},))"))
        )
    for place, count in enumerate(sizes):
        name, written = activation(rng)
        written = written.lower().replace(" ", "_")
        plain = rng.random() < 0.2
        extra = (
            ""
            if plain
            else rng.choice((f", activation='{written}'", f", {written}", f', "{written}"'))
        )
        if place == 0 and not shape:
            extra = (
                f", input_dim={inputs}" + extra
                if "=" in extra or not extra
                else extra + f", input_dim={inputs}"
            )
        calls.append(f"Dense({count}{extra})")
        ids.append(sketch.add(Kind.DENSE, "" if plain else f"Dense {name}", count=count))
        if rng.random() < 0.2:
            calls.append("Dropout(0.5)")
            ids.append(sketch.add(Kind.PROCESS, "Dropout 0.5"))
    last = rng.choice(("", "sigmoid" if outputs == 1 else "softmax"))
    calls.append(f"Dense({outputs}, activation='{last}')" if last else f"Dense({outputs})")
    ids.append(
        sketch.add(Kind.OUTPUT, f"Output {last.capitalize()}" if last else "", count=outputs)
    )
    sketch.chain(*ids)
    return sketch.draft(
        _wrapped(
            rng,
            calls,
            ("Sequential([{c}])", "keras.Sequential([{c}])", "{c}", "model = Sequential([{c}])"),
        )
    )


def _torch(rng: random.Random) -> Draft:
    sizes = [rng.choice(UNITS) for _ in range(rng.randint(2, 5))] + [
        rng.choice((1, 2, 3, 5, 10, 100))
    ]
    prefix = rng.choice(("nn.", "nn.", "", "torch.nn."))
    sketch = Sketch()
    ids, calls = [sketch.add(Kind.INPUT, count=sizes[0])], []
    name = rng.choice(("ReLU", "ReLU", "GELU", "Tanh", "SiLU", ""))
    for before, count in pairwise(sizes[:-1]):
        calls.append(f"{prefix}Linear({before}, {count})")
        ids.append(sketch.add(Kind.DENSE, count=count))
        if name:
            calls.append(f"{prefix}{name}()")
            ids.append(sketch.add(Kind.ACTIVATION, name))
        if rng.random() < 0.15:
            calls.append(f"{prefix}Dropout(0.2)")
            ids.append(sketch.add(Kind.PROCESS, "Dropout 0.2"))
    calls.append(f"{prefix}Linear({sizes[-2]}, {sizes[-1]})")
    ids.append(sketch.add(Kind.OUTPUT, count=sizes[-1]))
    if rng.random() < 0.3:
        last = "Sigmoid" if sizes[-1] == 1 else "Softmax"
        calls.append(f"{prefix}{last}()")
        ids.append(sketch.add(Kind.ACTIVATION, last))
    sketch.chain(*ids)
    return sketch.draft(
        _wrapped(
            rng, calls, (prefix + "Sequential({c})", "{c}", "net = " + prefix + "Sequential({c})")
        )
    )


def _wrapped(rng: random.Random, calls: list[str], forms: tuple[str, ...]) -> str:
    joint = rng.choice((", ", ", ", ",\n  ", " -> ", ",", "\n"))
    form = "{c}" if joint in (" -> ", "\n") else rng.choice(forms)
    head = rng.choice(("", "", "draw ", "draw this model: ", "diagram of ", "what does this look "
                                                                            "like: ",
                       "visualize ", "can you draw this? ", "my model: "))  # fmt: skip
    return head + form.replace("{c}", joint.join(calls))
