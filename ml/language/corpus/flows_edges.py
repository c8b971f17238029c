"""Graphs given as lists of edges: "A to B, A to C, C to D"."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Term, ways


def _dag(rng: random.Random, count: int, *, extra: float) -> list[tuple[int, int]]:
    """A connected graph without cycles, edges sorted by their source."""
    edges = set()
    for target in range(1, count):
        edges.add((rng.randrange(max(0, target - 3), target), target))
    for _ in range(int(count * extra)):
        source, target = sorted(rng.sample(range(count), 2))
        edges.add((source, target))
    return sorted(edges)


def _named_edges(
    rng: random.Random, story: Story, terms: Sequence[Term], edges: list[tuple[int, int]]
) -> str:
    mark = rng.choice(ways(" -> | -> | to | → |->| --> | => | goes to | > "))
    glue = (
        rng.choice((", ", "\n", "\n", "; ", ". ", " ; ", ",\n", " and "))
        if len(edges) < 4
        else rng.choice((", ", "\n", "\n", "; ", ". ", ",\n"))
    )
    bullet = rng.choice(("", "", "- ", "* ")) if "\n" in glue else ""
    if rng.random() < 0.35:
        by_source: dict[int, list[int]] = {}
        for source, target in edges:
            by_source.setdefault(source, []).append(target)
        listed = rng.choice((", ", " and ", " & ")) if glue.strip(" ,") else " and "
        parts = []
        for source, targets in by_source.items():
            start = story.name(terms[source])
            parts.append(bullet + start + mark + listed.join(story.name(terms[t]) for t in targets))
    else:
        parts = [bullet + story.name(terms[a]) + mark + story.name(terms[b]) for a, b in edges]
    for a, b in edges:
        story.link(terms[a], terms[b])
    return glue.join(parts)


def edge_list(rng: random.Random) -> Draft:
    """A to B, A to C, C to D"""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 9))
    return story.tell(
        _named_edges(rng, story, terms, _dag(rng, len(terms), extra=rng.choice((0, 0.2, 0.4))))
    )


def any_edges(rng: random.Random) -> Draft:
    """Edges in any order, cycles too."""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 7))
    edges = _dag(rng, len(terms), extra=0.2)
    rng.shuffle(edges)
    if rng.random() < 0.5:
        source, target = sorted(rng.sample(range(len(terms)), 2), reverse=True)
        edges.append((source, target))
    return story.tell(_named_edges(rng, story, terms, edges))


def nodes_then_edges(rng: random.Random) -> Draft:
    """Boxes a, b, c. a points to b and c."""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 7))
    word = rng.choice(("boxes", "nodes", "Nodes", "elements", "components", "Parts", "Boxes"))
    text = f"{word}: {', '.join(story.name(term) for term in terms)}"
    text += rng.choice(ways(". Edges: |\nedges: |. Arrows: |\narrows: |. Connections: |; links: "))
    edges = _named_edges(rng, story, terms, _dag(rng, len(terms), extra=0.3))
    return story.tell(text.rstrip() + "\n" + edges if "\n" in edges else text + edges)
