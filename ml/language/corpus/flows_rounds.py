"""Round and round: the last step leads to an earlier one that is named again, and what two swap."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon, terms_words
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chatter import framed
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Term, ways
from ml.language.corpus.flows_walks import jotted
from ml.language.corpus.terms_everyday import who
from ml.spec.model import Kind

_GLUES = (", ", ", ", ", ", ", then ", " then ", " -> ", " -> ", " → ", " => ", "; ", ". Then ",
          " > ", ", next ", "\n", "\n-> ", " and then ", ". ")  # fmt: skip
_WAYS_BACK = ways(
    "and back to {b}|back to {b}|then {b} again|and {b} again|then back to {b}|and again {b}|"
    "go back to {b}|and then it's {b} again|return to {b}|then start over with {b}|and so on "
    "with {b}|repeat from {b}|then again {b}|which leads back to {b}|(back to {b})|{b} again|"
    "and that leads to {b} again|loop back to {b}|and round again to {b}|then on to {b} again|"
    "and from there to {b} again|until the next {b}|continue with {b} again|goto {b}"
)
_EVER = ways(
    ", over and over|, and so on|, every day|, all day long| and so forth|, in a loop|, endlessly|"
    ", until the end of time|, again and again|, around the clock|, without an end|, day after day|"
    ", nonstop|, every week|, non-stop|...|, and on and on| etc| (it never stops)|, 24/7|, for ever"
)
_LATER = ways(
    "after {a} go back to {b}|from {a} back to {b}|{a} goes back to {b}|{a} leads to {b} again|"
    "then {a} -> {b}|after {a} it's {b} again|after {a} comes {b} again|{a} done, {b} again|"
    "when {a} is over, return to {b}|{a} is followed by {b} again|loop from {a} to {b}|after {a} "
    "start again at {b}|{a} feeds back into {b}|the arrow from {a} goes back to {b}|{a} -> {b}"
)
_DASHED = ways(
    "dashed arrow from {a} to {b}|a dashed line from {a} back to {b}|dashed: {a} -> {b}|"
    "{a} -> {b} (dashed)|from {a} back to {b} (dashed)|feedback from {a} to {b}, dashed|"
    "dashed feedback from {a} to {b}|{a} goes back to {b} with a dashed arrow|and a dashed edge "
    "from {a} to {b}|dotted arrow back from {a} to {b}|what {a} gives flows back to {b} (dashed)|"
    "a dashed feedback arrow {a} -> {b}|{a} informs {b} (dashed line)|{a} --> {b} as a dashed line"
)


def round_again(rng: random.Random) -> Draft:
    """a, b, c and back to a, over and over — or: a, b, c; after c go back to b."""
    story = Story(rng)
    terms = jotted(story, rng.choice((2, 3, 3, 3, 4, 4, 5, 6, 8)))
    back = terms[0] if rng.random() < 0.6 else rng.choice(terms[:-1])
    glue = rng.choice(_GLUES)
    text = glue.join(story.name(term) for term in terms)
    story.chain(*terms)
    roll = rng.random()
    if roll < 0.65:
        join = rng.choice((glue, ", ", ", ", " ", "; ")) if "\n" not in glue else glue
        way = rng.choice(_WAYS_BACK)
        if glue.strip() in {"->", "→", "=>", ">"}:
            way = rng.choice((way, "{b}", "{b}", "{b} again", "back to {b}", "(back to {b})"))
            join = glue
        text += join + way.format(b=back.words)
        text += rng.choice(_EVER) if rng.random() < 0.35 else ""
        story.link(terms[-1], back)
    else:
        source = terms[-1]
        text += rng.choice((". ", "; ", ", and ", ". And ")) if "\n" not in glue else "\n"
        text += rng.choice(_LATER).format(a=source.words, b=back.words)
        story.link(source, back)
    return story.tell(framed(rng, text), wrap=False)


def dashed_feedback(rng: random.Random) -> Draft:
    """a, b, c, d; feedback from d to b, dashed"""
    story = Story(rng)
    terms = jotted(story, rng.choice((3, 3, 4, 5, 6)))
    glue = rng.choice(_GLUES)
    text = glue.join(story.name(term) for term in terms)
    story.chain(*terms)
    source, back = terms[-1], rng.choice(terms[:-1])
    if rng.random() < 0.3:
        place = rng.randrange(2, len(terms))
        source, back = terms[place], rng.choice(terms[:place])
    text += (rng.choice(("; ", ". ", ", plus ", " + ", ", and ", ". Plus ")) if "\n" not in glue
             else "\n")  # fmt: skip
    text += rng.choice(_DASHED).format(a=source.words, b=back.words)
    story.link(source, back, dashed=True)
    return story.tell(framed(rng, text), wrap=False)


_GOODS = ways(
    "reward|money|goods|orders|heat|water|a ping|the answer|tokens|questions|feedback|signals|bids|"
    "an ack|grades|homework|votes|taxes|letters|advice|data|samples|comments|fees|rent|parcels|"
    "commands|readings|prompts|replies|drafts|edits|offers|invoices|gifts|photos|scores|jobs|news|"
    "a challenge|a token|a receipt|results|a nod|the ball|logits|gradients|weights|noise|states"
)
_PARTS = ways(
    "client:server|buyer:seller|teacher:student|tenant:landlord|farmer:mill|pitcher:catcher|"
    "player:game|generator:discriminator|planner:critic|policy:simulator|learner:world|thermostat:heater|bank:shop|editor:author|"
    "pump:boiler|writer:reviewer|parent:kid|sensor node:base server|doctor:lab|fan:band|"
    "controller:plant|state:citizen|worker:factory|trainer:trainee|host:guest|king:baron|"
    "generator model:judge model|peer:tracker|browser:backend|shop:supplier|bee:flower"
)
_HANDS = ways("sends|gives|passes|hands|returns|delivers|posts|emails|forwards|offers")


def _item(rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.5:
        return rng.choice(_GOODS)
    if roll < 0.8:
        return rng.choice(terms_lexicon.OBJECTS)
    return f"{rng.choice(terms_lexicon.ADJECTIVES)} {rng.choice(terms_lexicon.OBJECTS)}"


def _kind(words: str) -> Kind:
    """People are persons; what computes or is built is what its name says."""
    last = words.split()[-1]
    if last in {"model", "generator", "discriminator", "planner", "critic", "policy", "simulator",
                "learner", "world"}:  # fmt: skip
        return Kind.MODEL
    if last in {"client", "server", "browser", "backend", "tracker", "controller"}:
        return Kind.SERVICE
    if last in {"mill", "game", "heater", "thermostat", "pump", "boiler", "plant", "lab",
                "factory", "flower", "bee", "shop", "bank", "state", "band", "peer"}:  # fmt: skip
        return Kind.PROCESS
    return Kind.PERSON


def _pair(story: Story) -> tuple[Term, Term]:
    rng = story.rng
    while True:
        roll = rng.random()
        if roll < 0.4:
            words = rng.choice(_PARTS).split(":")
            one, other = (Term(story.cased(word), _kind(word)) for word in words)
        elif roll < 0.6:
            one, other = (Term(story.cased(who(rng)), Kind.PERSON) for _ in range(2))
        else:
            kinds = (Kind.SERVICE, Kind.MODEL, Kind.PERSON)
            one, other = (terms_words.entity(rng, kinds) for _ in range(2))
            one, other = (term.reworded(story.cased(term.words)) for term in (one, other))
        if one.label.lower() != other.label.lower() and story.take(one) and story.take(other):
            return one, other


def swap(rng: random.Random) -> Draft:
    """a sends b to c, c gives d back to a: what goes over stands on the arrows."""
    story = Story(rng)
    one, other = _pair(story)
    first, second = _item(rng), _item(rng)
    taken = {one.label.lower(), other.label.lower()}
    while first == second or {first, second} & taken:
        first, second = _item(rng), _item(rng)
    a, b = story.the(one), story.the(other)
    labels = [story.cased(item.removeprefix("the ").removeprefix("a ").removeprefix("an "))
              for item in (first, second)]  # fmt: skip
    x, y = story.cased(first), story.cased(second)
    v, w = rng.choice(_HANDS), rng.choice(_HANDS)
    text = rng.choice(
        (
            f"{a} {v} {x} to {b}, {b} {w} {y} back to {a}",
            f"{a} {v} {x} to {b} and {b} {w} {y} to {a}",
            f"{a} {v} {x} to {b}, {'who' if other.kind is Kind.PERSON else 'which'} {w} {y} back",
            f"{a} {v} {x} to {b} and gets {y} back",
            f"{a} {v} {b} {x}, {b} {w} {a} {y}",
            f"{a} -> {b}: {x}, {b} -> {a}: {y}",
            f"{a} -> {b} ({x}), {b} -> {a} ({y})",
            f"from {a} to {b} goes {x}, from {b} to {a} comes {y}",
            f"{a} {v} {x} to {b}. {b} answers with {y}",
            f"{a} {v} {x} to {b}; in return {b} {w} {y}",
            f"{a} and {b}: {a} {v} {x}, {b} {w} {y} back",
            f"{a} gets {y} from {b} and {v} {x} to {b}",
            f"{a} -{x}-> {b} -{y}-> {a}",
            f"{a} --{x}--> {b}, {b} --{y}--> {a}",
        )
    )
    text += rng.choice(
        (
            "",
            "",
            "",
            f", {x} and {y} go on the arrows",
            f". put {x} and {y} on the arrows",
            ", with that written on the arrows",
            f"; label the arrows {x} and {y}",
            ". The arrows say what is sent",
            ", label the edges",
            f" (arrow labels: {x}, {y})",
        )
    )
    story.link(one, other, labels[0])
    story.link(other, one, labels[1])
    if rng.random() < 0.3:
        third = story.fresh(lambda rng: terms_words.entity(rng, (Kind.SERVICE, Kind.PERSON)))
        z = story.cased(_item(rng))
        label = z.removeprefix("the ").removeprefix("a ").removeprefix("an ")
        if label.lower() not in {*taken, third.label.lower()}:
            text += rng.choice((". ", "; ")) + f"{b} also {v} {z} to {story.the(third)}"
            story.link(other, third, label)
    return story.tell(framed(rng, text), wrap=False)
