"""What people say around a description: a title or a request before it, a remark after it."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon
from ml.language.corpus.flows_terms import ways

_DRAW = ways(
    "draw|Draw|pls draw|please draw|can you draw|Can you diagram|sketch|"
    "Please diagram|make a diagram of|Make a flowchart of|I need a diagram of|"
    "show|visualize|could you draw|Create a diagram for|plot|"
    "give me a diagram of|I'd like a picture of|need a quick flowchart of|"
    "Generate a flow chart for|diagram|hey, can you draw|Hi! Please draw|"
    "we need a chart of|help me draw"
)
_WHAT = ways(
    "the flow of {t}|our {t}|the {t}|a {t}|this {t}|our {t} flow|the {t} process|"
    "how our {t} works|the steps of the {t}|my {t}|the new {t}|the {t} pipeline|"
    "this|this flow|the following|the following process|this process for me"
)
_TITLES = ways(
    "Our {t}|our {t}|The {t}|{t}|{T}|{t} flow|This is our {t}|How {t} works|"
    "Flow of the {t}|{t} process|Pipeline|Flow|Process|Workflow|steps|"
    "Our {t} works like this|here's our {t}|Here is how the {t} works|so our {t}|"
    "{T} overview|My {t} at the moment|the plan for {t}|Diagram|flowchart|"
    "new {t}|The {t} has these steps|{t} consists of the following|v2 of the {t}|"
    "Current {t}"
)
_AFTER = ways(
    "thanks!|Thanks|pls|please draw it|Can you draw that?|draw this please|thx|"
    "as a flowchart|That's it.|that's all|Make a diagram of it.|"
    "Could you diagram this?|Draw it as a flowchart please.|thank you :)|"
    "Please visualize.|need this for a slide|it's for tomorrow's meeting|"
    "can you make a picture of this?|(for the wiki)|ty!|Nothing fancy.|"
    "Please turn this into a diagram.|draw it 🙏|cheers"
)
_ASK = ways(
    "Can you diagram how the {t} works?|could you draw how our {t} works?|How does our {t} work?|"
    "How do I draw this?|Can someone diagram this for me?|Can you make a chart of the {t}?"
)
_SYSTEM = ways("pipeline|workflow|process|system|bot|procedure|setup|job|service|flow|routine|app")


def wrap(rng: random.Random, body: str, title: str, *, sentence: bool) -> str:
    """The body alone, or with a title, a request or a remark; never one that names a step.

    `sentence` says that the body is prose, which needs no title and starts a new sentence.
    """
    title = title or f"{rng.choice(terms_lexicon.TOPICS)} {rng.choice(_SYSTEM)}"
    title = "".join(rng.choices((title, title.lower(), title.capitalize()), (6, 3, 1)))
    lines = "\n" in body
    roll = rng.random()
    if roll < 0.42:
        lead = ""
    elif roll < 0.72:
        lead = rng.choice(_TITLES).format(t=title, T=title[:1].upper() + title[1:]) + ":"
    else:
        lead = f"{rng.choice(_DRAW)} {rng.choice(_WHAT)}".format(t=title) + ":"
    if lead and sentence and rng.random() < 0.4:
        lead = lead[:-1] + rng.choice((".", "!", " -"))
    text = body
    asked = rng.random()
    if sentence and asked < 0.06:
        lead = rng.choice(_ASK).format(t=title)
    elif not sentence and not lines and asked < 0.1:
        lead = rng.choice(_DRAW)
    if lead:
        text = lead + (rng.choice(("\n", "\n", "\n\n", " \n")) if lines else " ") + body
    if rng.random() < 0.14:
        after = rng.choice(_AFTER)
        if lines:
            text += "\n" + after
        elif text[-1:] in ".?!":
            text += " " + after[:1].upper() + after[1:]
        else:
            text += rng.choice((". ", " - ", "\n", "; ")) + after
    return text
