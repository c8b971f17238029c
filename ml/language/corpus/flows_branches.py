"""Where a flow divides and meets again: fan-out, joins, parallel branches, trees, edge lists."""

from __future__ import annotations

import itertools
import random

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways

_SENDS = ways(
    "sends to|goes to|feeds|splits into|fans out to|branches into|writes to|"
    "forwards to|is sent to|is split into|connects to|goes to both|"
    "distributes to|points to|publishes to|leads to|pushes to|flows into|"
    "is passed to|feeds both|sends the data to|sends everything to|broadcasts to|"
    "is copied to"
)
_FEEDS = ways(
    "feed|go to|feed into|are merged in|are combined in|flow into|join in|"
    "both go to|both feed|are sent to|all go into|are joined in|meet in|"
    "come together in|lead to|send to|are passed to|converge in|end up in|"
    "write to|are inputs of|all feed|connect to"
)


def sends(rng: random.Random, count: int) -> str:
    while True:
        words = rng.choice(_SENDS)
        if "both" not in words or count == 2:
            return words


def feed(rng: random.Random, count: int) -> str:
    while True:
        words = rng.choice(_FEEDS)
        if (count == 2 or "both" not in words) and (count > 2 or not words.startswith("all")):
            return words


def fan_out(rng: random.Random) -> Draft:
    """A sends to B, C and D."""
    story = Story(rng)
    head = story.things(rng.choice((1, 1, 1, 2)))
    targets = story.things(rng.randint(2, 5))
    text = story.the(head[0])
    if len(head) == 2:
        text += rng.choice((" goes to ", " feeds ", " sends to ", " -> ")) + story.the(head[1])
        text += rng.choice((", which ", ". This ", ". That ", " and that one ", ", and it "))
    else:
        text += " "
    text += f"{sends(rng, len(targets))} {story.listed(targets)}"
    story.chain(*head)
    story.fan(head[-1], targets)
    return story.tell(sentence(text) if rng.random() < 0.7 else text, sentence=True)


def join(rng: random.Random) -> Draft:
    """B and C feed D, which goes to E."""
    story = Story(rng)
    sources = story.things(rng.randint(2, 5))
    tail = story.things(rng.choice((1, 1, 2, 3)))
    way = rng.randrange(4)
    if way == 0 and len(tail) == 1:
        text = (
            rng.choice(("merge", "combine", "join", "take", "concatenate"))
            + f" {story.listed(sources)} "
        )
        text += rng.choice(("into", "in", "to get")) + f" {story.the(tail[0])}"
    else:
        text = f"{story.listed(sources)} {feed(rng, len(sources))} {story.the(tail[0])}"
    for term in tail[1:]:
        text += rng.choice(
            ways(
                ", which goes to |, which feeds |, then |, then to | and then |"
                ". After that comes | -> "
            )
        ) + story.the(term)
    for source in sources:
        story.link(source, tail[0])
    story.chain(*tail)
    return story.tell(sentence(text) if rng.random() < 0.7 else text, sentence=True)


def diamond(rng: random.Random) -> Draft:
    """A goes to B and C; both feed D."""
    story = Story(rng)
    first, last = story.things(1), story.things(1)
    middle = story.things(rng.choice((2, 2, 2, 3, 3, 4)))
    text = f"{story.the(first[0])} {sends(rng, len(middle))} {story.listed(middle)}"
    both = "both" if len(middle) == 2 else "all"
    text += rng.choice(
        ways(". {B} |, and {b} |; {b} |, {b} of them |, then {b} |. {B} of these |, which {b} ")
    ).format(b=both, B=both.capitalize())
    text += (
        rng.choice(ways("go to|feed|feed into|end in|flow into|lead to|send to|connect to"))
        + f" {story.the(last[0])}"
    )
    story.fan(first[0], middle)
    for term in middle:
        story.link(term, last[0])
    tail = story.things(rng.choice((0, 0, 1, 2)))
    for term in tail:
        text += rng.choice(
            (", which goes to ", ", then ", ", which feeds ", " and then ")
        ) + story.the(term)
    story.chain(last[0], *tail)
    return story.tell(sentence(text), sentence=True)


def arrow_groups(rng: random.Random) -> Draft:
    """a -> (b, c) -> d"""
    story = Story(rng)
    groups: list[list[Term]] = []
    for _ in range(rng.randint(2, 5)):
        wide = rng.random() < 0.45 and (not groups or len(groups[-1]) == 1)
        groups.append(story.steps(rng.choice((2, 2, 3, 4)) if wide else 1))
    if all(len(group) == 1 for group in groups):
        groups.append(story.steps(2))
    left, right, comma = rng.choice(
        (
            ("(", ")", ", "),
            ("[", "]", ", "),
            ("{", "}", ", "),
            ("", "", " & "),
            ("", "", " + "),
            ("(", ")", " + "),
            ("(", ")", " | "),
            ("[", "]", " | "),
            ("", "", " and "),
            ("", "", ", "),
            ("(", ")", " and "),
            ("{", "}", "; "),
        )
    )
    mark = arrow(rng)
    if mark.strip() == ">" and mark == ">":
        mark = " > "
    parts = []
    for group in groups:
        names = [story.name(term) for term in group]
        parts.append(names[0] if len(names) == 1 else left + comma.join(names) + right)
    for before, after in itertools.pairwise(groups):
        for term in before:
            story.fan(term, after)
    return story.tell(mark.join(parts))


def parallel(rng: random.Random) -> Draft:
    """First a, then b and c in parallel, finally d."""
    story = Story(rng)
    acting = rng.random() < 0.6
    draw = story.actions if acting else story.things
    first, middle, last = draw(rng.choice((1, 1, 2))), draw(rng.choice((2, 2, 3))), draw(1)
    tail = rng.random() < 0.75
    text = rng.choice(("first ", "", "First ", "start with ")) + story.name(first[0])
    for term in first[1:]:
        text += rng.choice((", then ", " and then ")) + story.name(term)
    names = story.listed(middle, bare=True)
    text += rng.choice(
        (
            f", then {names} in parallel",
            f", then in parallel {names}",
            f". Then {names} at the same time",
            f", after that {names} (in parallel)",
            f". In parallel: {names}",
            f", then simultaneously {names}",
            f". After that, {names} run in parallel" if not acting else f", then at once {names}",
        )
    )
    if tail:
        text += rng.choice(
            ways(
                ", finally |. Finally |, and then |, and when all are done, |"
                ". Once they are done, |. At the end "
            )
        ) + story.name(last[0])
    story.chain(*first)
    story.fan(first[-1], middle)
    if tail:
        for term in middle:
            story.link(term, last[0])
    return story.tell(sentence(text), sentence=True)


def tree(rng: random.Random) -> Draft:
    """a splits into b and c; b into d and e."""
    story = Story(rng)
    level = story.things(1)
    parts = []
    verb = rng.choice(
        ways(
            "splits into|has the children|branches into|is divided into|contains|has|"
            "breaks down into|goes to|consists of"
        )
    )
    for _ in range(rng.choice((1, 2, 2))):
        following: list[Term] = []
        for parent in level:
            if level.index(parent) > 0 and rng.random() < 0.35:
                continue
            children = story.things(rng.choice((2, 2, 3)))
            parts.append(f"{story.the(parent)} {verb} {story.listed(children)}")
            story.fan(parent, children)
            following += children
        level = following[:4]
    glue = rng.choice((". ", "; ", "\n", ", "))
    text = glue.join(sentence(part)[:-1] if glue in {". ", "\n"} else part for part in parts)
    return story.tell(text, sentence=True)


def branches(rng: random.Random) -> Draft:
    """Several branches, each a chain, from one source; merged or not."""
    story = Story(rng)
    source = story.things(1)[0]
    lines = [story.steps(rng.randint(1, 3)) for _ in range(rng.choice((2, 2, 3)))]
    merged = rng.random() < 0.55
    count = {2: "two", 3: "three"}[len(lines)]
    mark = rng.choice((" -> ", ", then ", " then ", " → ", " followed by "))
    word = rng.choice(("branches", "paths", "branches", "parallel branches", "streams"))
    text = story.the(source) + rng.choice(
        (f" splits into {count} {word}", f" has {count} {word}", f" goes into {count} {word}")
    )
    names = rng.choice(
        (
            ("one", "the other", "a third"),
            ("first branch", "second branch", "third branch"),
            ("1", "2", "3"),
            ("branch A", "branch B", "branch C"),
            ("left", "right", "middle"),
        )
    )
    glue = rng.choice(("; ", ". ", "\n"))
    chains = [
        f"{word}: " + mark.join(story.name(term) for term in line)
        for word, line in zip(names, lines, strict=False)
    ]
    text += (":\n" if glue == "\n" else ": ") + glue.join(chains)
    for line in lines:
        story.chain(source, *line)
    if merged:
        last = story.things(1)[0]
        both = "both" if len(lines) == 2 else "all"
        text += rng.choice(
            (
                f". {both.capitalize()} end in ",
                f"\n{both} merge into ",
                f". {both.capitalize()} branches feed ",
                f". Then {both} come together in ",
                f"; {both} lead to ",
            )
        ) + story.the(last)
        for line in lines:
            story.link(line[-1], last)
    return story.tell(sentence(text), sentence=True)
