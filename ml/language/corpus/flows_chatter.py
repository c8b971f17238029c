"""What people type before and after a description that is no part of the diagram."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon, terms_words
from ml.language.corpus.flows_terms import ways
from ml.language.corpus.terms_doings import doing
from ml.language.corpus.terms_everyday import who

_NOUNS = ways(
    "bakery|garden|garage|office|kitchen|band|choir|club|theatre|museum|zoo|farm|vineyard|brewery|"
    "lab|ward|pharmacy|dentist|school|library|archive|warehouse|harbour|airport|station|hotel|gym|"
    "cafe|market|studio|gallery|podcast|newsroom|blog|shop|startup|factory|sawmill|shipyard|camp|"
    "marathon|tournament|festival|picnic|party|move|renovation|barbecue|hike|regatta|exam|thesis"
)
_WORK = ways(
    "routine|procedure|drill|checklist|plan|workflow|flow|process|cycle|shift|protocol|guide|"
    "howto|schedule|timeline|to-dos|rules|policy|runbook|steps|planning|prep|handling|admin"
)
_FOR = ways(
    "for a talk|for the wall|for our trainees|for the kids|for the newcomers|for my blog|for a mug|"
    "for the staff room|for the handbook|for class|for the manual|for the boss|for a friend|"
    "for beginners|for my sister|for the noticeboard|for the intranet|for chapter 2|for the demo"
)
_LEADS = ways(
    "{t}!!|{t}!|{T}:|{t}:|{t} -|{T}.|{t} {f}:|{T} {f}.|our {t}:|my {t}:|the {t} in short:|"
    "the {t} at our {n}:|{t} ({f}):|{t} (long one):|{t} again, sry:|how the {t} goes:|"
    "here's the {t}:|so the {t} goes like this:|{t} lol:|{t}, all of it:|{t} {f} pls:|"
    "quick one on the {t}.|need the {t} {f}:|this is the {t}:|draw the {t} {f}:|{t} v2:|"
    "how to {d}:|how to {d} {f}:|how we {d}:|{d}, every day:|{d} step by step:|guide: how to {d}.|"
    "we {d} once a week, like this:|rules {f}:|what happens at the {n}:|at our {n}:|"
    "{T} as we do it.|how does a {x} work?|how does the {x} work?|how does {x} work:|"
    "how do you {d}?|explain how a {x} works:|what does a {w} do all day?|{x} in a picture:|"
    "a {w}'s day:|the life of a {w}:|picture {f}:|flowchart {f}:|flow chart of the {t}:|"
    "can you draw the {t}?|pls draw {f}:|draw it {f}:|hey, {t}:|ok here goes:|from my notes:|"
    "from the flipchart:|tl;dr:|homework, sorry:|as discussed:|steps of the {t}:|excuse my typing:|"
    "something {f}:|next one:|last one:|ok so:|{n} {w} job:|{t} {f}, thanks:|draw this:|chart pls:"
)
_AFTER = ways(
    " thx|, thanks| pls|. that's it|. That's all.|. The end of the story.|"
    ". cheers|. draw it {f}|. that's the whole {t}|. pls draw| :)|!|. Thank you!|. It's {f}.|"
    ". all of them plain steps|. no colours needed|. {f} please|. nothing else|. simple, right?"
)


def topic(rng: random.Random) -> str:
    """What it is all about: “brewery shift plan”, “parcel handling”."""
    first = rng.choice(
        (rng.choice(_NOUNS), rng.choice(terms_lexicon.TOPICS), rng.choice(terms_lexicon.OBJECTS))
    )
    return f"{first} {rng.choice(_WORK)}"


def slip(rng: random.Random, words: str) -> str:
    """The words, seldom with two letters swapped or one lost."""
    if rng.random() > 0.05 or len(words) < 6:
        return words
    at = rng.randrange(1, len(words) - 2)
    if not words[at : at + 2].isalpha():
        return words
    kept = rng.choice((words[at + 1] + words[at], words[at]))
    return words[:at] + kept + words[at + 2 :]


def _fill(rng: random.Random, template: str) -> str:
    about = topic(rng)
    machine = rng.choice(
        (rng.choice(_NOUNS), rng.choice(terms_lexicon.OBJECTS), terms_words.syllables(rng))
    )
    worker = who(rng)
    while worker[0] in "aeio":
        worker = who(rng)
    return template.format(
        t=about, T=about.capitalize(), f=rng.choice(_FOR), n=rng.choice(_NOUNS),
        d=doing(rng).words.lower(), w=worker, x=machine,
    )  # fmt: skip


def framed(rng: random.Random, body: str) -> str:
    """The body with a title, an exclamation or a purpose before it, or a remark after it.

    None of them is a node, even where it reads like a step.
    """
    text, lines = body, "\n" in body
    if rng.random() < 0.55:
        lead = slip(rng, _fill(rng, rng.choice(_LEADS)))
        gap = rng.choice(("\n", "\n", "\n\n")) if lines or rng.random() < 0.08 else " "
        if lead[-1] in ".!?" and rng.random() < 0.7:
            text = text[:1].upper() + text[1:]
        text = lead + gap + text
    if rng.random() < 0.15:
        after = _fill(rng, rng.choice(_AFTER))
        if lines:
            text += "\n" + after.lstrip(".,! ") if after.lstrip(".,! ") else ""
        else:
            text = text.rstrip(".?!") + after if text[-1] in ".!" else text + after
    return text.strip()
