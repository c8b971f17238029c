"""Named things that something turns into other named things."""

from __future__ import annotations

import random

from ml.language.corpus import terms_words
from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.flows_terms import label_of
from ml.spec.model import Kind


def conversions(rng: random.Random) -> Draft:
    """a is turned into b by c, d turns b into e: named things, each the same wherever named."""
    sketch = Sketch()
    ids: dict[str, int] = {}
    used: set[str] = set()

    def fresh(*kinds: Kind) -> tuple[str, Kind]:
        while True:
            term = terms_words.entity(rng, kinds)
            if term.words.lower() not in used:
                used.add(term.words.lower())
                return term.words, term.kind

    def named(item: tuple[str, Kind]) -> int:
        if item[0] not in ids:
            ids[item[0]] = sketch.add(item[1], label_of(item[0]))
        return ids[item[0]]

    item = fresh(Kind.DATA, Kind.DOCUMENT, Kind.STORE)
    parts = []
    for _ in range(rng.randint(2, 5)):
        doer = fresh(Kind.PROCESS, Kind.MODEL, Kind.SERVICE)
        result = fresh(Kind.DATA, Kind.DOCUMENT, Kind.STORE)
        forms = (
            ("{x} {v} {a} {i} {b}", (doer, item, result)),
            ("{a} goes through {x} and becomes {b}", (item, doer, result)),
            ("{x} takes {a} and {o} {b}", (doer, item, result)),
            ("from {a} {x} makes {b}", (item, doer, result)),
        )
        form, order = rng.choice(forms)
        verb, into = rng.choice(
            (("converts", "into"), ("turns", "into"), ("transforms", "to"), ("maps", "to"))
        )
        parts.append(
            form.format(
                x=doer[0],
                a=item[0],
                b=result[0],
                v=verb,
                i=into,
                o=rng.choice(("outputs", "produces", "returns", "gives")),
            )
        )
        for each in order:
            named(each)
        sketch.chain(named(item), named(doer), named(result))
        item = result
    mark = rng.choice(("- ", "* ", ""))
    if mark:
        return sketch.draft("\n".join(mark + part for part in parts))
    glue = rng.choice((". ", "; ", ", then "))
    return sketch.draft(glue.join(p[:1].upper() + p[1:] if glue == ". " else p for p in parts))
