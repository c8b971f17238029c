"""Descriptions and the structures they ask for, read from a file: what a model is measured on.

A JSON object a line, all of one form. Our own is `{"prompt": …, "text": …}` with a diagram text
of the spec dialect. The reference project's is `{"id": …, "prompt": …, "structure": …}`, where a
structure has types in place of labels:

- a network lists its layers; the first dense one is our input, the last one our output, and
  the size of a convolution or a pool, which follows from the image, is left out
- a flow lists its nodes. `numeric`, `str`, `picture` and `chart` are data of four classes and
  `db` is a store; `func` and `process`, which its sentences use for the same words, are both a
  process. What “a D converts A into B” says is A to B there, D left out: here it is A to D to B.
  Conversions that its sentence keeps to itself are left out, for nobody could draw them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ml.errors import SpecError
from ml.language.corpus.draft import Sketch
from ml.language.corpus.examples import Example
from ml.language.corpus.flows_lines import DOERS, class_of
from ml.spec.model import Kind, Spec, Style
from ml.spec.text import parse_spec

_LAYERS = {"cnn_input": Kind.INPUT, "conv": Kind.CONV, "pool": Kind.POOL, "dense": Kind.DENSE}
_STEPS = {"func": Kind.PROCESS, "process": Kind.PROCESS, "model": Kind.MODEL}
_THINGS = {
    "numeric": Kind.DATA,
    "str": Kind.DATA,
    "picture": Kind.DATA,
    "chart": Kind.DATA,
    "db": Kind.STORE,
}
_CONVERSION = re.compile(r"\ba ([\w -]+) converts ([\w, ]+?) into ([\w ]+?)(?=,|\.|\n|$)")


@dataclass(frozen=True, kw_only=True)
class Prompts:
    """What a file asks; `view` is what of a diagram its form can tell right from wrong."""

    examples: tuple[Example, ...]
    view: Callable[[Spec], Spec]


def read_prompts(path: Path) -> Prompts:
    """The examples of a file.

    Raises:
        SpecError: no line, a line that is of neither form, or lines of both.
        OSError: the file cannot be read.
    """
    examples, forms = [], set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            forms.add("text" in row)
            examples.append(_written(row) if "text" in row else _reference(row))
        except (ValueError, KeyError, TypeError, SpecError) as error:
            raise SpecError(f"{path}, line {number}: {error}") from error
    if len(forms) != 1:
        raise SpecError(f"{path}: {'lines of two forms' if forms else 'no prompts'}")
    return Prompts(examples=tuple(examples), view=_whole if forms == {True} else without_names)


def spread(examples: Sequence[Example], count: int) -> list[Example]:
    """So many of the examples, or all, evenly spread and in their order."""
    count = min(count, len(examples))
    return [examples[place * len(examples) // count] for place in range(count)]


def without_names(spec: Spec) -> Spec:
    """The diagram with the class of things, the size of images, and no other names."""

    def name(kind: Kind, label: str) -> str:
        if kind is Kind.INPUT:
            return label
        return class_of(label) if kind is Kind.DATA else kind.default_label

    nodes = (replace(node, label=name(node.kind, node.label)) for node in spec.nodes)
    return replace(spec, nodes=tuple(nodes))


def _whole(spec: Spec) -> Spec:
    return spec


def _written(row: dict[str, Any]) -> Example:
    return Example(family="written", description=row["prompt"], spec=parse_spec(row["text"]))


def _reference(row: dict[str, Any]) -> Example:
    prompt, structure = row["prompt"], row["structure"]
    if structure["task"] == "dl_model":
        family, sketch = "network", _network(structure["layer_types"], structure["layer_sizes"])
    else:
        family, sketch = "flow", _flow(structure["nodes"], prompt)
    spec = Spec(style=Style(), nodes=tuple(sketch.nodes), edges=tuple(sketch.edges))
    return Example(family=family, description=prompt.strip(), spec=spec)


def _network(types: list[str], sizes: list[int]) -> Sketch:
    sketch, last = Sketch(), len(types) - 1
    for place, (kind, size) in enumerate(
        zip((_LAYERS[type] for type in types), sizes, strict=True)
    ):
        if kind is Kind.INPUT:
            sketch.add(kind, f"Image {size}x{size}")
        elif kind is Kind.DENSE:
            ends = {0: Kind.INPUT, last: Kind.OUTPUT}
            sketch.add(ends.get(place, kind), count=size)
        else:
            sketch.add(kind)
    sketch.chain(*range(last + 1))
    return sketch


def _flow(rows: list[dict[str, Any]], prompt: str) -> Sketch:
    types = {row["id"]: row["type"] for row in rows}
    doers: list[Kind] = []
    said: list[tuple[str, str, int]] = []
    for doer, sources, targets in _CONVERSION.findall(prompt):
        said += [(a, b, len(doers)) for a in _classes(sources) for b in _classes(targets)]
        doers.append(next(kind for kind, words in DOERS if doer in words))
    edges: list[tuple[int, int, int | None]] = []
    for source, target in sorted((row["id"], target) for row in rows for target in row["targets"]):
        ends = (types[source], types[target])
        if not _THINGS.keys() >= set(ends):
            edges.append((source, target, None))
        elif found := next((one for one in said if one[:2] == ends), None):
            said.remove(found)
            edges.append((source, target, found[2]))
    sketch = Sketch()
    linked = {end for source, target, _ in edges for end in (source, target)}
    places = {id: sketch.add(*_node(type)) for id, type in types.items() if id in linked}
    between = [sketch.add(kind) for kind in doers]
    for source, target, doer in edges:
        if doer is None:
            sketch.link(places[source], places[target])
        else:
            sketch.chain(places[source], between[doer], places[target])
    return sketch


def _classes(things: str) -> list[str]:
    return [class_of(words) for words in re.split(", | and ", things)]


def _node(type: str) -> tuple[Kind, str]:
    return (_THINGS[type], type) if type in _THINGS else (_STEPS[type], "")
