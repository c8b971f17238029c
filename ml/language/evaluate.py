"""How well a language model draws and changes: `diagram-bot eval structure`, `eval refine`.

A node is right when its kind, count and label are, an edge when both its nodes are and its
label is; numbers do not matter and neither does style. F1 is over multisets, per diagram, and
averaged. An edit is right when the whole diagram is: order, style and colours too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ml.errors import SpecError
from ml.language.corpus.edits import Edit
from ml.language.corpus.examples import Example
from ml.language.generator import Generator, Prompt
from ml.spec.changes import apply_changes
from ml.spec.model import MAX_NODES, Spec
from ml.spec.text import parse_spec, write_spec

BATCH = 16


@dataclass(frozen=True, kw_only=True)
class StructureScore:
    """One diagram against the one that was wanted; a text that does not parse scores 0.

    `size` is how many nodes were wanted.
    """

    family: str
    size: int
    valid: bool
    finished: bool
    exact: bool
    node_f1: float
    edge_f1: float


def score_structure(
    family: str,
    wanted: Spec,
    text: str,
    *,
    finished: bool,
    view: Callable[[Spec], Spec] = lambda spec: spec,
) -> StructureScore:
    """How near a text comes to the structure that was wanted, as far as `view` shows of both."""
    size = len(wanted.nodes)
    try:
        wanted, got = view(wanted), view(parse_spec(text))
    except SpecError:
        return StructureScore(
            family=family,
            size=size,
            valid=False,
            finished=finished,
            exact=False,
            node_f1=0.0,
            edge_f1=0.0,
        )
    nodes, edges = f1(_nodes(wanted), _nodes(got)), f1(_edges(wanted), _edges(got))
    return StructureScore(
        family=family,
        size=size,
        valid=True,
        finished=finished,
        exact=nodes == edges == 1.0,
        node_f1=nodes,
        edge_f1=edges,
    )


def evaluate_structure(
    generator: Generator,
    examples: Sequence[Example],
    *,
    done: Callable[[int], object] = lambda _: None,
    view: Callable[[Spec], Spec] = lambda spec: spec,
) -> list[StructureScore]:
    """The score of the greedy answer to every example; `done` hears how many more are."""
    scores = []
    for start in range(0, len(examples), BATCH):
        batch = examples[start : start + BATCH]
        prompts = [
            Prompt(id=str(index), description=example.description, count=1, seed=0)
            for index, example in enumerate(batch)
        ]
        for example, (sample,) in zip(batch, generator.write(prompts), strict=True):
            scores.append(
                score_structure(
                    example.family,
                    example.spec,
                    sample.text,
                    finished=sample.finished,
                    view=view,
                )
            )
        done(len(batch))
    return scores


@dataclass(frozen=True, kw_only=True)
class EditScore:
    """One changed diagram against the one that was wanted; `answer` is what the model wrote and
    `kept` is the share of the nodes that nobody wanted changed which are as they were, with their
    edges."""

    family: str
    answer: str
    valid: bool
    exact: bool
    kept: float


def score_edit(edit: Edit, text: str) -> EditScore:
    """How near the changes that a model wrote come to the diagram that was wanted."""
    try:
        got = parse_spec(write_spec(apply_changes(edit.before, text)))
    except SpecError:
        return EditScore(family=edit.family, answer=text, valid=False, exact=False, kept=0.0)
    before, wanted, there = (_lines(spec) for spec in (edit.before, edit.after, got))
    untouched = [id for id, line in before.items() if wanted.get(id) == line]
    kept = [there.get(id) == before[id] for id in untouched]
    return EditScore(
        family=edit.family,
        answer=text,
        valid=True,
        exact=_whole(got) == _whole(edit.after),
        kept=float(np.mean(kept)) if kept else 1.0,
    )


def evaluate_edits(
    generator: Generator,
    edits: Sequence[Edit],
    *,
    done: Callable[[int], object] = lambda _: None,
) -> list[EditScore]:
    """The score of the greedy answer to every edit; `done` hears how many more are."""
    scores = []
    for start in range(0, len(edits), BATCH):
        batch = edits[start : start + BATCH]
        prompts = [
            Prompt(
                id=str(index),
                description=edit.description,
                count=1,
                seed=0,
                present=edit.present,
            )
            for index, edit in enumerate(batch)
        ]
        for edit, (sample,) in zip(batch, generator.write(prompts), strict=True):
            scores.append(score_edit(edit, sample.text))
        done(len(batch))
    return scores


def edit_summary(scores: Iterable[EditScore]) -> dict[str, float]:
    """The share of valid and exact edits and of untouched nodes that were kept; 0 of none."""
    scores = list(scores)
    return {
        name: float(np.mean([float(getattr(score, name)) for score in scores] or [0.0]))
        for name in ("valid", "exact", "kept")
    }


def summary(scores: Iterable[StructureScore]) -> dict[str, float]:
    """The share of valid, finished and exact diagrams and the mean F1 of nodes and edges.

    Of no scores at all, everything is 0.
    """
    scores = list(scores)
    return {
        name: float(np.mean([float(getattr(score, name)) for score in scores] or [0.0]))
        for name in ("valid", "finished", "exact", "node_f1", "edge_f1")
    }


SIZES = {
    "up to 4 nodes": 4,
    "up to 8 nodes": 8,
    "up to 12 nodes": 12,
    "13 nodes or more": MAX_NODES,
}


def by_size(scores: Iterable[StructureScore]) -> dict[str, list[StructureScore]]:
    """The scores by how many nodes were wanted, in the groups of SIZES."""
    groups: dict[str, list[StructureScore]] = {name: [] for name in SIZES}
    for score in scores:
        groups[next(name for name, most in SIZES.items() if score.size <= most)].append(score)
    return groups


def f1(wanted: Counter[Hashable], got: Counter[Hashable]) -> float:
    """The harmonic mean of precision and recall of two multisets; 1 when both are empty."""
    total = wanted.total() + got.total()
    return 2 * (wanted & got).total() / total if total else 1.0


def _whole(spec: Spec) -> Hashable:
    """All that a Spec says, whatever its numbers."""
    same = spec.renumbered()
    return same.style, same.nodes, frozenset(same.edges)


def _lines(spec: Spec) -> dict[int, Hashable]:
    """Every node by its number, with its edges."""
    return {
        node.id: (node, frozenset(edge for edge in spec.edges if edge.source == node.id))
        for node in spec.nodes
    }


def _nodes(spec: Spec) -> Counter[Hashable]:
    return Counter((node.kind, node.count, node.label.casefold()) for node in spec.nodes)


def _edges(spec: Spec) -> Counter[Hashable]:
    names = {node.id: (node.kind, node.count, node.label.casefold()) for node in spec.nodes}
    return Counter(
        (names[edge.source], names[edge.target], edge.label.casefold()) for edge in spec.edges
    )
