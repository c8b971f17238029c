"""Other ways to write a flow down: cases, indentation, mermaid, order words, takes and gives."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_conditions import decision
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, fits, ways
from ml.spec.model import Kind

_CRITERIA = ways(
    "type|status|priority|size|language|category|country|format|result|score range|"
    "intent|risk level|"
    "topic|source|amount|age group|severity|weekday|channel|colour|mode|department|version|outcome"
)
_CASES = ways(
    "high|medium|low|urgent|billing|technical|other|new|returning|error|success|pdf|"
    "image|text|audio|"
    "small|large|default|vip|guest|admin|English|Korean|German|red|green|yellow|spam|"
    "refund|question|"
    "complaint|bug|feature|internal|external|domestic|international|weekday|weekend|approved|"
    "rejected|unclear|hot|warm|cold|A|B|C|1|2|3|domain expert|unknown|positive|neutral|negative"
)


def switch(rng: random.Random) -> Draft:
    """a, depending on the type: x -> b, y -> c, z -> d"""
    story = Story(rng)
    before = story.steps(rng.choice((1, 1, 2, 3)))
    text = rng.choice((" -> ", ", then ", " → ")).join(story.name(term) for term in before)
    words = rng.choice(_CRITERIA)
    if rng.random() < 0.7:
        words = f"{rng.choice(terms_lexicon.TOPICS)} {words}"
    asked = decision(story.cased(words))
    story.take(asked)
    said = asked.label[:-1] if asked.label[:-1] == story.cased(words) else story.cased(words)
    text += rng.choice(
        (
            f". Depending on the {said}: ",
            f", then by {said}: ",
            f", then depending on {said}: ",
            f" -> {said}? ",
            f". Route by {said}: ",
            f". The {said} decides: ",
            f". Switch on {said}: ",
        )
    )
    story.name(asked)
    story.chain(*before, asked)
    cases = [story.cased(word) for word in rng.sample(_CASES, rng.choice((2, 3, 3, 4)))]
    arm = rng.choice((" -> ", ": ", " → ", " => "))
    parts = []
    for case in dict.fromkeys(cases):
        target = story.steps(1)[0]
        parts.append(f"{case}{arm}{story.name(target)}")
        story.link(asked, target, case)
    glue = rng.choice((", ", "; ", "\n", "\n"))
    text = text.rstrip() + "\n" if glue == "\n" else text
    return story.tell(text + glue.join(parts))


def indented(rng: random.Random) -> Draft:
    """An indented list: each item hangs below the one that it is indented under."""
    story = Story(rng)
    mark = rng.choice(("- ", "* ", "", "• "))
    tab = rng.choice(("  ", "    ", "\t", "   "))
    lines: list[str] = []

    def grow(parent: Term | None, depth: int) -> None:
        term = story.steps(1)[0] if parent is not None else story.things(1)[0]
        lines.append(tab * depth + mark + story.name(term))
        if parent is not None:
            story.link(parent, term)
        if depth < 3 and len(lines) < 12:
            for _ in range(rng.choice((2, 2, 3)) if depth == 0 else rng.choice((0, 0, 1, 2, 2))):
                grow(term, depth + 1)

    grow(None, 0)
    ask_tree = rng.choice(("", "", "tree:\n", "Draw this tree:\n", "hierarchy of our setup:\n"))
    return story.tell(ask_tree + "\n".join(lines), wrap=False)


def mermaid(rng: random.Random) -> Draft:
    """graph TD; A[Load] --> B[Clean]; a pasted mermaid or dot text"""
    story = Story(rng)
    terms = story.steps(rng.randint(3, 7))
    edges = [(rng.randrange(max(0, i - 2), i), i) for i in range(1, len(terms))]
    ids = rng.choice(("ABCDEFGH", "abcdefgh", ("n1", "n2", "n3", "n4", "n5", "n6", "n7")))
    dot = rng.random() < 0.35
    shown: set[int] = set()
    lines = []
    for a, b in edges:
        sides = []
        for index in (a, b):
            name = story.name(terms[index])
            if dot:
                sides.append(f'"{name.strip(chr(34))}"')
            else:
                sides.append(f"{ids[index]}[{name}]" if index not in shown else ids[index])
            shown.add(index)
        lines.append(f"{sides[0]} {'->' if dot else '-->'} {sides[1]}")
        story.link(terms[a], terms[b])
    if dot:
        glue = rng.choice((";\n", "; "))
        text = (
            rng.choice(("digraph {", "digraph G {"))
            + " "
            + glue.join(lines)
            + rng.choice((" }", ";}"))
        )
    else:
        head = rng.choice(ways("graph TD|flowchart LR|graph LR|flowchart TD|mermaid:\ngraph TD"))
        glue = rng.choice(("\n", "\n    ", "; "))
        text = head + (glue if glue != "; " else "; ") + glue.join(lines)
    return story.tell(text, wrap=rng.random() < 0.3)


def before_and_after(rng: random.Random) -> Draft:
    """Before b, a. After b, c."""
    story = Story(rng)
    middle = story.actions(1)[0]
    first, last = story.actions(1)[0], story.actions(1)[0]
    way = rng.randrange(5)
    if way == 0:
        text = f"before we {story.name(middle)}, we {story.name(first)}"
        text += f". After that we {story.name(last)}"
    elif way == 1:
        text = f"{story.name(first)} before {rng.choice(('you', 'we'))} {story.name(middle)}"
        text += f", and afterwards {story.name(last)}"
    elif way == 2:
        text = f"after we {story.name(first)} we {story.name(middle)}; only then {story.name(last)}"
    elif way == 3:
        text = f"once we {story.name(first)}, we {story.name(middle)}"
        text += f", and when that is done we {story.name(last)}"
    else:
        text = f"we {story.name(last)} last, after we {story.name(middle)}"
        text += f"; before both we {story.name(first)}"
    story.chain(first, middle, last)
    tail = story.actions(rng.choice((0, 0, 1)))
    if tail:
        text += ". Finally " + story.name(tail[0])
        story.link(last, tail[0])
    return story.tell(sentence(text), sentence=True)


def takes_and_gives(rng: random.Random) -> Draft:
    """The ranking model takes features and history and returns scores. The scores go to the app."""
    story = Story(rng)
    ins = [story.entity(Kind.DATA, Kind.DOCUMENT) for _ in range(rng.choice((1, 2, 2, 3)))]
    doer = story.entity(Kind.MODEL, Kind.SERVICE, Kind.PROCESS)
    out = story.entity(Kind.DATA, Kind.DOCUMENT)
    verb = rng.choice(("takes", "receives", "uses", "consumes", "gets"))
    text = f"{story.the(doer)} {verb} {story.listed(ins)} "
    text += rng.choice(
        ways("and returns|and produces|and outputs|to produce|and gives|and generates")
    )
    text += f" {story.the(out)}"
    for term in ins:
        story.link(term, doer)
    story.link(doer, out)
    roll = rng.random()
    if roll < 0.35:
        last = story.entity(Kind.SERVICE, Kind.STORE, Kind.PERSON)
        text += (
            rng.choice((f". {sentence(story.the(out))[:-1]} ", ", which "))
            + rng.choice(("goes to", "is sent to", "is stored in", "is shown to", "ends up in"))
            + f" {story.the(last)}"
        )
        story.link(out, last)
    elif roll < 0.55:
        last = story.entity(Kind.MODEL, Kind.PROCESS)
        final = story.entity(Kind.DATA)
        text += f". {sentence(story.the(last))[:-1]} then takes {story.the(out)}"
        text += f" and returns {story.the(final)}"
        story.chain(out, last, final)
    return story.tell(sentence(text), sentence=True)


def sends_item(rng: random.Random) -> Draft:
    """The crawler sends pages to the parser; what is sent is no node."""
    story = Story(rng)
    terms = [story.entity(Kind.SERVICE, Kind.PERSON, Kind.MODEL) for _ in range(rng.randint(2, 5))]
    parts = []
    for index, after in enumerate(terms[1:], 1):
        before = terms[index - 1] if rng.random() < 0.7 else rng.choice(terms[:index])
        item = (
            rng.choice(terms_lexicon.OBJECTS) + "s"
            if rng.random() < 0.5
            else rng.choice(
                ways("the results|its output|the data|a message|everything|the request|an event")
            )
        )
        verb = rng.choice(
            ("sends", "passes", "forwards", "hands", "delivers", "pushes", "transfers")
        )
        parts.append(f"{story.the(before)} {verb} {story.cased(item)} to {story.the(after)}")
        story.link(before, after)
    glue = rng.choice((". ", ", ", "; ", "\n"))
    parts = [sentence(part)[:-1] for part in parts] if glue in {". ", "\n"} else parts
    return story.tell(glue.join(parts), sentence=True)


_PRONOUN = ways(
    "clean it|check it|resize it|store it|compress it|send it off|print it|sign it|"
    "translate it|sort it|"
    "archive it|label it|review it|upload it|encrypt it|test it|deploy it|paint it|wash it|dry it|"
    "cut it|weigh it|pack it|ship it|index it|parse it|score it|publish it|rank it|"
    "approve it|tag it"
)


def with_it(rng: random.Random) -> Draft:
    """fetch the page, parse it, store it and notify the team"""
    story = Story(rng)
    first = story.action()
    rest = []
    for _ in range(rng.randint(1, 4)):
        words = rng.choice(_PRONOUN)
        if rng.random() < 0.15:
            words = words.replace(" it", " them")
        term = Term(story.cased(words), Kind.PROCESS, Form.VERB)
        if fits(term.words) and story.take(term):
            rest.append(term)
    last = story.actions(rng.choice((0, 1)))
    terms = [first, *rest, *last]
    names = [story.name(term) for term in terms]
    text = rng.choice(("", "we ", "first ", "please ", "first we ")) + ", ".join(names[:-1])
    text += rng.choice((" and ", " and then ", ", then ", ", finally ")) + names[-1]
    story.chain(*terms)
    return story.tell(sentence(text) if rng.random() < 0.5 else text, sentence=True)
