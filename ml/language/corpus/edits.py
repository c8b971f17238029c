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
from ml.language.corpus import edits_korean, edits_links, edits_many, edits_nodes, edits_places
from ml.language.corpus.edits_wording import Change
from ml.language.corpus.networks_wording import say
from ml.language.corpus.styles import WISHES
from ml.spec.changes import apply_changes, as_wished
from ml.spec.model import Hue, Spec
from ml.spec.text import STYLE_WORDS, parse_spec, write_spec

MAX_NODES = 20
"""Longer diagrams than this are not edited in training: they would fill the context."""

AGAIN_SHARE = 0.3
"""How often what an edit left is edited again: its numbers have gaps and are out of order."""

KOREAN_SHARE = 0.08
TRIES = 4
"""How many changes are drawn for each that is wanted: not every one suits every diagram."""

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
        wish=say(
            rng,
            "[{w}|make it {w}|{w}, please|draw it {w}|now {w}|all of it {w}|the whole diagram {w}|"
            "[can you|could you|can we] make it {w}[?|]|it should be {w}|{w} would be "
            "[better|nicer]]",
            w=wish,
        ),
        lines=f"style {' '.join(chosen)}",
    )


_IMPERATIVES = frozenset(
    ("add", "append", "call", "change", "color", "colour", "connect", "delete", "disconnect",
     "double", "draw", "drop", "flip", "get", "give", "halve", "highlight", "insert", "label",
     "leave", "link", "make", "mark", "move", "name", "paint", "put", "remove", "rename",
     "replace", "reset", "reverse", "set", "show", "start", "substitute", "swap", "switch", "take",
     "turn", "use", "write")
)  # fmt: skip
"""Words that “can you” may stand before."""

CHANGES: tuple[tuple[Changing, float], ...] = (
    (edits_places.add_after, 3.0),
    (edits_places.add_before, 2.0),
    (edits_places.add_at_end, 1.5),
    (edits_places.add_between, 2.0),
    (edits_places.add_branch, 2.0),
    (edits_places.add_input, 1.5),
    (edits_places.remove, 3.0),
    (edits_places.remove_all, 2.5),
    (edits_places.add_each, 2.0),
    (edits_places.move, 1.0),
    (edits_places.replace, 2.0),
    (edits_nodes.rename, 3.0),
    (edits_nodes.resize, 3.0),
    (edits_nodes.become, 1.0),
    (edits_nodes.paint, 3.0),
    (edits_nodes.paint_all, 2.5),
    (edits_nodes.swap, 1.0),
    (edits_many.rename_alike, 3.0),
    (edits_many.paint_each, 0.7),
    (edits_many.unpaint, 3.0),
    (edits_many.resize_like, 2.0),
    (edits_many.resize_ends, 3.5),
    (edits_many.rename_ways, 4.0),
    (edits_many.dash_ways, 2.0),
    (edits_links.link, 3.0),
    (edits_links.unlink, 1.5),
    (edits_links.turn_round, 1.0),
    (edits_links.redirect, 1.5),
    (edits_links.relabel, 2.5),
    (edits_links.unlabel, 2.5),
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
    korean = rng.random() < KOREAN_SHARE
    usual = edits_korean.CHANGES if korean else CHANGES
    functions, weights = [change for change, _ in usual], [weight for _, weight in usual]
    wanted = rng.choices((1, 2, 3), (6, 3, 1))[0]
    spec, made, names = before, [], []
    for change in rng.choices(functions, weights, k=TRIES * wanted):
        changed = change(rng, spec)
        if changed is None:
            continue
        try:
            spec = apply_changes(spec, changed.lines)
        except SpecError:  # more than a diagram may hold
            continue
        made.append(changed)
        names.append(change.__name__)
        if len(made) == wanted:
            break
    after = parse_spec(write_spec(spec))
    if not made or after == before:
        return None
    wishes = [change.wish for change in made]
    wish = edits_korean.message(rng, wishes) if korean else _message(rng, wishes)
    return Edit(
        family="korean" if korean else " + ".join(names),
        before=before,
        description=wish,
        text=as_wished(before, "".join(f"{change.lines}\n" for change in made), wish),
        after=after,
    )


def _message(rng: random.Random, wishes: list[str]) -> str:
    """Several wishes as one message, with the manners of a chat."""
    if len(wishes) > 1 and rng.random() < 0.1:
        form = rng.choice(("{}) ", "{}. ", "({}) "))
        parts = (form.format(number) + wish for number, wish in enumerate(wishes, start=1))
        return rng.choice(("\n", " ")).join(parts)
    joint = rng.choice(
        (", ", ", and ", ". ", "; ", "\n", " and ", ". also ", ", and also ", ". oh and ", " + ")
    )
    wish = joint.join(wishes)
    if wish.partition(" ")[0] in _IMPERATIVES and rng.random() < 0.3:
        wish = say(
            rng,
            "[can you|could you|can we|could we|would you|you need to|we have to|i want you to|"
            "let's] [please |pls |]{w}",
            w=wish,
        )
    wish = say(
        rng,
        "[||||||||please |Please |pls |now |I want: |ok now |also |oh and |hmm, |one more "
        "thing: ]{w}[|||||||| please| pls|, thanks|?| thx]",
        w=wish,
    )
    if rng.random() < 0.3:
        wish = wish[:1].upper() + wish[1:] + rng.choice((".", ".", "", "!"))
    elif rng.random() < 0.3:
        wish = wish.replace("'", "")
    return wish


def _painted(rng: random.Random, spec: Spec) -> Spec:
    """Now and then some nodes have a colour already."""
    if rng.random() < 0.8:
        return parse_spec(write_spec(spec))
    hue = rng.choice(list(Hue))
    nodes = tuple(replace(node, hue=hue) if rng.random() < 0.25 else node for node in spec.nodes)
    return parse_spec(write_spec(replace(spec, nodes=nodes)))
