"""One thing after another: arrows, commas, connectives, lists and prose."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

ARROWS = (" -> ",) * 8 + ways(" → | → | => | > |->|→| --> | >> | ➜ | ⟶ |=>| ⇒ |>| —> ")
SIZES = ((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20), (3, 8, 12, 12, 10, 8, 6, 4, 3, 2, 1, 1, 1))


def length(rng: random.Random, *, low: int = 2, high: int = 20) -> int:
    while True:
        count = rng.choices(*SIZES)[0]
        if low <= count <= high:
            return count


def arrow(rng: random.Random) -> str:
    return rng.choice(ARROWS)


def _framed(story: Story, terms: list[Term]) -> list[Term]:
    """Now and then with a start and an end, or an input and an output, around the terms."""
    roll = story.rng.random()
    if roll > 0.16:
        return terms
    if roll > 0.06:
        first = story.rng.choice(("start", "Start", "begin"))
        last = story.rng.choice(("end", "End", "stop", "done", "finish"))
        return [Term(first, Kind.START), *terms, Term(last, Kind.END)]
    ends = [Term("input", Kind.INPUT), *terms, Term("output", Kind.OUTPUT)]
    return ends if roll > 0.02 else ends[:-1]


def _with_ends(terms: list[Term]) -> list[Term]:
    """Data that goes into models, and what they give, are the ends of a network.

    As soon as anything else stands between, it is a pipeline, and data stays data.
    """
    first, last = terms[0], terms[-1]
    inner = terms[1:-1] if last.kind is Kind.DATA else terms[1:]
    if first.kind is not Kind.DATA or not inner or {term.kind for term in inner} != {Kind.MODEL}:
        return terms
    ends = [replace(last, kind=Kind.OUTPUT)] if last.kind is Kind.DATA else []
    return [replace(first, kind=Kind.INPUT), *inner, *ends]


def arrows(rng: random.Random) -> Draft:
    """a -> b -> c"""
    story = Story(rng)
    terms = _framed(story, _with_ends(story.steps(length(rng))))
    mark = arrow(rng)
    text = mark.join(story.name(term) for term in terms)
    story.chain(*terms)
    return story.tell(text)


def arrow_lines(rng: random.Random) -> Draft:
    """One step a line with arrows between, or an arrow chain broken over lines."""
    story = Story(rng)
    terms = _framed(story, _with_ends(story.steps(length(rng))))
    mark = rng.choice(("->", "→", "=>", "|", "↓", "v"))
    glue = rng.choice((f"\n{mark}\n", f"\n{mark} ", f" {mark}\n"))
    if mark in {"|", "v", "↓"}:
        glue = f"\n{mark}\n"
    text = glue.join(story.name(term) for term in terms)
    story.chain(*terms)
    return story.tell(text)


def commas(rng: random.Random) -> Draft:
    """a, then b, then c; a, b, c in that order"""
    story = Story(rng)
    terms = story.steps(length(rng, high=12))
    names = [story.name(term) for term in terms]
    style = rng.randrange(6)
    if style == 0 and len(names) > 2:
        text = ", ".join(names)
    elif style == 1:
        text = rng.choice((", then ", " then ", ", and then ", " and then ", "; then ")).join(names)
    elif style == 2:
        text = (
            ", ".join(names[:-1])
            + rng.choice((" and finally ", ", finally ", " and then "))
            + names[-1]
        )
    elif style == 3:
        text = (
            ", ".join(names[:-1])
            + f" and {names[-1]}"
            + rng.choice(
                (", in that order", " in this order", ", one after the other", " - in sequence")
            )
        )
    elif style == 4:
        text = rng.choice((" followed by ", ", followed by ", ", next ", ", after that ")).join(
            names
        )
    else:
        text = rng.choice(("; ", " | ", " / ", " … ")).join(names)
        if " / " in text or " | " in text:
            text += rng.choice((" in sequence", ", one after another", " (in order)"))
    story.chain(*terms)
    return story.tell(text)


_FIRST = ways(
    "first |First, |first we |First we |To begin, |We |you |Initially, |First you |||To start off, "
)
_THEN = ways(
    "then |then we |After that, |after that we |Next, |next we |Afterwards |"
    "Once that's done, |Second, |and then we |Then you |later, |"
    "When this is finished, |subsequently |From there we |Now "
)
_LAST = ways(
    "finally |Finally, |finally we |Lastly, |at the end we |In the end, |"
    "and last, |As the last step, |To finish, |To wrap up, "
)


def prose_actions(rng: random.Random) -> Draft:
    """First we a. Then b. Finally c."""
    story = Story(rng)
    terms = story.actions(length(rng, high=9))
    short = rng.random() < 0.4
    parts: list[str] = []
    for index, term in enumerate(terms):
        words = story.name(term)
        if rng.random() < 0.05 and not words[:1].isupper():
            words = f"we {words}"
        if index == 0:
            parts.append(rng.choice(_FIRST) + words)
        elif index == len(terms) - 1 and len(terms) > 2:
            parts.append(rng.choice(_LAST) + words)
        else:
            parts.append(rng.choice(_THEN) + words)
    story.chain(*terms)
    if short:
        text = ", ".join([parts[0]] + [_lower(part) for part in parts[1:]])
        text = sentence(text) if rng.random() < 0.5 else text
    else:
        text = " ".join(sentence(part) for part in parts)
    return story.tell(text, sentence=True)


def _lower(text: str) -> str:
    for word in (*_THEN, *_LAST):
        if text.startswith(word):
            return text[0].lower() + text[1:]
    return text


def pairs_prose(rng: random.Random) -> Draft:
    """a and then b, which is followed by c; after c comes d"""
    story = Story(rng)
    terms = story.steps(length(rng, low=3, high=8))
    text = story.the(terms[0])
    openings = ways(
        " comes first, followed by | first, then | and then |"
        " is the first step; then comes | is followed by "
    )
    text += rng.choice(openings) + story.the(terms[1])
    for before, after in itertools.pairwise(terms[1:]):
        way = rng.randrange(5)
        if way == 0:
            text += f". After {story.the(before)} comes {story.the(after)}"
        elif way == 1:
            text += f", then {story.the(after)}"
        elif way == 2:
            text += f". Next is {story.the(after)}"
        elif way == 3:
            text += f". {sentence(story.the(before))[:-1]} is followed by {story.the(after)}"
        else:
            text += f", after which comes {story.the(after)}"
    story.chain(*terms)
    return story.tell(sentence(text), sentence=True)


_FLOWS = ways(
    "goes to|is sent to|feeds|flows into|goes into|is passed to|feeds into|"
    "leads to|is followed by|is handed to|gets sent to|moves on to|connects to|"
    "points to|is forwarded to"
)
_WHICH = ways(
    ", which goes to |, which feeds |, and that goes to |, which is passed to |"
    ", which flows into |, from there to | and from there to |, that one feeds |"
    ", which sends it to |, then on to |, which hands it over to "
)


def passes_along(rng: random.Random) -> Draft:
    """The a goes to the b, which goes to the c."""
    story = Story(rng)
    terms = story.things(length(rng, low=3, high=8))
    if rng.random() < 0.5:
        text = f"{story.the(terms[0])} {rng.choice(_FLOWS)} {story.the(terms[1])}"
        for term in terms[2:]:
            text += rng.choice(_WHICH) + story.the(term)
        text = sentence(text)
    else:
        parts = []
        for before, after in itertools.pairwise(terms):
            subject = story.the(before)
            if before is not terms[0] and rng.random() < 0.25:
                subject = rng.choice(("this", "that", "it"))
            parts.append(sentence(f"{subject} {rng.choice(_FLOWS)} {story.the(after)}"))
        text = " ".join(parts)
    story.chain(*terms)
    return story.tell(text, sentence=True)


def through(rng: random.Random) -> Draft:
    """From a through b and c to d; a is turned into b …"""
    story = Story(rng)
    terms = story.things(length(rng, low=3, high=7))
    first, last = story.the(terms[0]), ""
    way = rng.randrange(4)
    middle = story.listed(terms[1:-1])
    last = story.the(terms[-1])
    text = (
        f"from {first} through {middle} to {last}",
        f"{first} goes through {middle} and ends up in {last}",
        f"{first} passes through {middle} before it reaches {last}",
        f"start from {first}, go via {middle} and finish with {last}",
    )[way]
    story.chain(*terms)
    return story.tell(sentence(text) if rng.random() < 0.6 else text, sentence=True)


def numbered(rng: random.Random) -> Draft:
    """1. a 2. b 3. c"""
    story = Story(rng)
    terms = story.steps(length(rng))
    form = rng.choice(ways("{}. |{}. |{}) |({}) |Step {}: |step {} - |{}: |{} - |Step {}. |#{} "))
    glue = "\n" if rng.random() < 0.65 else rng.choice((" ", ", ", "; "))
    start = 0 if rng.random() < 0.04 else 1
    end = rng.choice(("", "", "", ".", ";"))
    text = glue.join(
        form.format(number) + story.name(term) + end for number, term in enumerate(terms, start)
    )
    story.chain(*terms)
    return story.tell(text)


def bulleted(rng: random.Random) -> Draft:
    """- a - b - c, one a line"""
    story = Story(rng)
    terms = _framed(story, _with_ends(story.steps(length(rng))))
    mark = rng.choice(ways("- |- |* |• |– |+ |-|  - |· |▪ ||> "))
    end = rng.choice(("", "", "", "", ".", ","))
    text = "\n".join(mark + story.name(term) + end for term in terms)
    story.chain(*terms)
    return story.tell(text)


def ordinals(rng: random.Random) -> Draft:
    """The first step is a, the second is b …"""
    story = Story(rng)
    terms = story.steps(length(rng, low=2, high=6))
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    form = rng.choice(
        ways("{} step is {}|{} step: {}|{}: {}|{} we have {}|{} comes {}|{} stage: {}")
    )
    glue = rng.choice((". ", ", ", "; ", "\n"))
    the = "the " if "step is" in form else ""
    parts = [
        the + form.format(word, story.name(term)) for word, term in zip(words, terms, strict=False)
    ]
    if glue in {". ", "\n"}:
        parts = [part[:1].upper() + part[1:] for part in parts]
    story.chain(*terms)
    return story.tell(glue.join(parts))
