"""Edits without end: a diagram, what somebody wants changed, and the diagram after it.

The diagrams are those of the training families; what the model is to write are the lines of
`ml.spec.changes` that lead from the one to the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from ml.errors import SpecError
from ml.language.corpus import edits_links, edits_nodes, edits_places
from ml.language.corpus.edits_wording import Change
from ml.language.corpus.networks_wording import say
from ml.language.corpus.styles import WISHES
from ml.spec.changes import apply_changes
from ml.spec.model import Hue, Spec
from ml.spec.text import STYLE_WORDS, parse_spec, write_spec

MAX_NODES = 20
"""Longer diagrams than this are not edited in training: they would fill the context."""

AGAIN_SHARE = 0.3
"""How often what an edit left is edited again: its numbers have gaps and are out of order."""

Changing: TypeAlias = Callable[[random.Random, Spec], Change | None]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """`family` names the changes and `description` says them; `text` is what the model is to
    write."""

    family: str
    before: Spec
    description: str
    text: str
    after: Spec

    @property
    def present(self) -> str:
        """The diagram text that the model is shown."""
        return write_spec(self.before)

    @property
    def free(self) -> tuple[str, ...]:
        """Whatever an edit changes was asked for."""
        return ()


def restyle(rng: random.Random, spec: Spec) -> Change | None:
    """Another style in one or two respects."""
    fields = rng.sample(list(STYLE_WORDS), k=rng.choice((1, 1, 2)))
    chosen, wishes = [], []
    for name in fields:
        word = rng.choice([w for w in STYLE_WORDS[name] if w is not getattr(spec.style, name)])
        chosen.append(word)
        wishes.append(rng.choice(WISHES[word]))
    wish = rng.choice((", ", " and ")).join(wishes)
    return Change(
        wish=say(rng, "[{w}|make it {w}|{w}, please|draw it {w}|now {w}]", w=wish),
        lines=f"style {' '.join(chosen)}",
    )


CHANGES: tuple[tuple[Changing, float], ...] = (
    (edits_places.add_after, 3.0),
    (edits_places.add_before, 2.0),
    (edits_places.add_between, 2.0),
    (edits_places.add_branch, 2.0),
    (edits_places.add_input, 1.5),
    (edits_places.remove, 3.0),
    (edits_places.remove_all, 0.7),
    (edits_places.move, 1.0),
    (edits_places.replace, 2.0),
    (edits_nodes.rename, 3.0),
    (edits_nodes.resize, 2.0),
    (edits_nodes.become, 1.0),
    (edits_nodes.paint, 3.0),
    (edits_nodes.paint_all, 1.5),
    (edits_nodes.swap, 0.7),
    (edits_links.link, 3.0),
    (edits_links.unlink, 1.5),
    (edits_links.turn_round, 0.7),
    (edits_links.relabel, 1.5),
    (edits_links.unlabel, 1.0),
    (edits_links.dash, 1.0),
    (restyle, 2.5),
)


def edits(seed: int, diagrams: Iterable[Spec]) -> Iterator[Edit]:
    """Edits of each diagram that has room for one, some of what an edit left. The same seed gives
    the same edits."""
    rng = random.Random(seed)
    for spec in diagrams:
        before = _painted(rng, spec)
        while before.edges and len(before.nodes) <= MAX_NODES:
            edit = _edit(rng, before)
            if edit is None:
                break
            yield edit
            if rng.random() >= AGAIN_SHARE:
                break
            before = edit.after


def _edit(rng: random.Random, before: Spec) -> Edit | None:
    functions = [change for change, _ in CHANGES]
    weights = [weight for _, weight in CHANGES]
    spec, made, names = before, [], []
    for change in rng.choices(functions, weights, k=rng.choices((1, 2, 3), (7, 2, 1))[0]):
        changed = change(rng, spec)
        if changed is None:
            continue
        try:
            spec = apply_changes(spec, changed.lines)
        except SpecError:  # more than a diagram may hold
            continue
        made.append(changed)
        names.append(change.__name__)
    after = parse_spec(write_spec(spec))
    if not made or after == before:
        return None
    wish = rng.choice((", ", ", and ", ". ", "; ", "\n", " and ")).join(c.wish for c in made)
    wish = say(rng, "[||||||please |Please |now |I want: |]{w}", w=wish)
    if rng.random() < 0.3:
        wish = wish[:1].upper() + wish[1:] + rng.choice((".", ".", "", "!"))
    return Edit(
        family=" + ".join(names),
        before=before,
        description=wish,
        text="".join(f"{change.lines}\n" for change in made),
        after=after,
    )


def _painted(rng: random.Random, spec: Spec) -> Spec:
    """Now and then some nodes have a colour already."""
    if rng.random() < 0.8:
        return parse_spec(write_spec(spec))
    hue = rng.choice(list(Hue))
    nodes = tuple(replace(node, hue=hue) if rng.random() < 0.25 else node for node in spec.nodes)
    return parse_spec(write_spec(replace(spec, nodes=nodes)))
