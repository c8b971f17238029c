"""How the network families put things into words: templates, numbers, requests, slips."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from ml.language.corpus.network_terms import (
    ACTIVATIONS,
    CONTEXT_HEADS,
    DOMAINS,
    NUMBER_WORDS,
    PLACES,
    TYPOS,
)

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_WORD = re.compile(r"[a-z]+")

_DRAW = (
    "[draw|draw|draw|sketch|show|make|create|generate|plot|diagram|illustrate|visualise|"
    "visualize|design|build|give me|render|produce|do]"
)
_PICTURE = "[diagram|picture|figure|drawing|sketch|schematic|chart|graphic|visual|schema]"

_REQUESTS = (
    *("{x}",) * 9,
    *(_DRAW + " {x}",) * 4,
    _DRAW + " [me|us] {x}",
    "[please|pls|plz|kindly] [draw|sketch|make|show|create] {x}",
    "[can|could|would|will] you [please |pls |]" + _DRAW + " {x}[?|?|]",
    "[can|could] [i|I|we] [get|have|see] [a " + _PICTURE + " of |]{x}[?|]",
    "[i need|I need|we need|i want|I want|I'd like|we would like|I am looking for|i'd like] "
    "[a|one] " + _PICTURE + " of {x}",
    "[i|I|we] [need|want|would like] {x}",
    "[a |the |]" + _PICTURE + " [of|for|showing|with] {x}",
    "[what would|what does|how would|how does] {x} look like?",
    "how [would|do] you draw {x}?",
    "[hi|hey|hello|yo|hi there|hey bot|good morning|ok so][,|!|] "
    "[can you |could you |pls |please |]draw {x}",
    "[let's|lets] [see|draw|have|make] {x}",
    "help me [draw|sketch|visualise] {x}",
    "[architecture|model|structure|network|arch|topic|task]: {x}",
    "[i|I]'m [building|training|studying|explaining|presenting] {x}",
    "[we|We] [use|have|trained|plan|run] {x}",
    "[show|explain with a picture] how {x} [looks|is built|is wired]",
)

_PREAMBLES = (
    "[I'm|i am|we are] [preparing|writing|making] [a lecture|slides|a report|a poster|a post] "
    "[about|on] [backprop|deep learning|{domain} data|neural networks|our {domain} {head}]. ",
    "[We are|We're] a small team [working on|doing] {domain}. ",
    "[For|for] {place} I need [this|the following|a picture]: ",
    "Context: {domain} {head}. ",
    "[Hi all|Hello|Hey team|Good evening|Dear bot][,|!] ",
    "[quick one|question|small request|next one|another one|one more]: ",
    "[My boss|My teacher|The client|Our prof] wants [a picture of this|a diagram]. ",
)
_TELLING = (
    *("{x}",) * 6,
    "[draw|sketch|show|visualise|diagram] [this|the following|it]: {x}",
    "[draw|sketch|show|visualise|diagram] [this|the following|it]: {x}",
    "[please|pls|can you|could you] draw[ this|]: {x}",
    "[architecture|model|structure|network|arch|setup|idea|so|design]: {x}",
    "[our|my|the|the new] [model|net|network|architecture|pipeline]: {x}",
    "[here is|here's|this is] [my|our|the] [model|net|idea|design|network]: {x}",
    "[in our model|in my net|in this network|basically|ok so|so|right now][,|] {x}",
    "{x}. [Draw|Sketch|Show] [this|that|it][ please| pls|]",
    "{x} - [can you draw that?|please draw|draw it|how would that look?]",
)
_CLAUSE = re.compile(
    r"(?<!that)(?<!which)(?<!, it) "
    r"(goes|feeds|passes|is|are|takes|take|has|sends|maps|gets|receives|also|read|reads|get)\b"
)

_CLOSERS = (
    *("",) * 16,
    " for [our|my|the|a] {domain} {head}",
    " for [our|my|the|a] {domain} {head}",
    " for {place}",
    " for {place}[, thanks|, please|]",
    "[, thanks|, thx|, ty| thanks!| please| pls| plz|, cheers|, thank you]",
    "[, quick sketch pls|, nothing fancy|, keep it simple|, asap| (quick sketch)|, just a rough "
    "one]",
    "[. Thanks!|. Thank you.|. Cheers| :)| 🙏|!| 😊|!!|. Thanks in advance!|...]",
    "[, that's all|, nothing else|, as a picture|, for beginners|, you know the drill|, ok?]",
    " [we use|used] in {place}",
)


def say(rng: random.Random, template: str, **values: object) -> str:
    """A template with one of the options of each `[a|b]` chosen, and then `{name}`s filled in."""
    while _CHOICE.search(template):
        template = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template)
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template


def spell(rng: random.Random, number: int, words: float = 0.3) -> str:
    """A number in digits or, if it is small, sometimes in words."""
    if number < len(NUMBER_WORDS) and rng.random() < words:
        return NUMBER_WORDS[number]
    return str(number)


def listed(rng: random.Random, parts: Sequence[str]) -> str:
    """Things in a row: “a, b and c”, “a, b, c” or, as hurried people type, “a b, c”."""
    if len(parts) == 1:
        return parts[0]
    way = rng.randrange(8)
    if way == 0:
        return " ".join(parts)
    if way == 1:
        return (
            "".join(part + rng.choice((", ", " ", ", and ", " and ")) for part in parts[:-1])
            + (parts[-1])
        )
    if way == 2:
        return ", ".join(parts)
    if way == 3:
        return ", ".join(parts[:-1]) + ", and " + parts[-1]
    if way == 4:
        return ", then ".join(parts)
    if way == 5:
        return rng.choice((" + ", " / ", ",", " & ")).join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def size(rng: random.Random, *sides: int) -> str:
    """A size as people type it: 3x3, 3 x 3, 3 * 3, 3×3."""
    return rng.choice(("x", "x", " x ", " x ", " * ", "*", "×", " × ", "X")).join(map(str, sides))


def activation(rng: random.Random) -> tuple[str, str]:
    """An activation for inner layers: its label and how it is written."""
    label = rng.choices(
        tuple(ACTIVATIONS), weights=[8 if name == "ReLU" else 1 for name in ACTIVATIONS]
    )[0]
    return label, rng.choice(ACTIVATIONS[label])


def a(noun: str) -> str:
    """A noun with its indefinite article."""
    silent = ("lstm", "rnn", "mlp", "nn", "svm", "fc", "hour", "x-ray", "rl ", "ml ", "nlp")
    lowered = noun.lower()
    an = lowered[0] in "aeio8" or lowered.startswith((*silent, "un-", "unusual", "11", "18"))
    return f"{'an' if an else 'a'} {noun}"


def capital(text: str) -> str:
    """A person's words as a label: the first letter is a capital, the rest stays."""
    return text[:1].upper() + text[1:]


def context(rng: random.Random) -> str:
    """Words that say what it is all for and add nothing to the diagram; often none."""
    return fill(rng, rng.choice(_CLOSERS))


def fill(rng: random.Random, template: str) -> str:
    """A template about a domain or a place."""
    return say(
        rng,
        template,
        domain=rng.choice(DOMAINS),
        head=rng.choice(CONTEXT_HEADS),
        place=rng.choice(PLACES),
    )


def ask(rng: random.Random, thing: str, *, free_case: bool = True) -> str:
    """A request for a thing (“a net with …”) or a clause, with the manners and slips of real ones.

    free_case: the thing holds no name that is copied, so its case and spelling may suffer.
    """
    telling = _CLAUSE.search(thing[:120]) is not None
    text = say(rng, rng.choice(_TELLING if telling else _REQUESTS), x=thing.strip())
    if rng.random() < 0.06:
        text = fill(rng, rng.choice(_PREAMBLES)) + text
    closer = context(rng)
    if text.endswith("?"):
        text = text[:-1] + closer + ("?" if not closer or closer[0] == " " else "")
    else:
        text += closer
    return slips(rng, text, free_case=free_case)


def slips(rng: random.Random, text: str, *, free_case: bool = True) -> str:
    """The text in sentence or lower case, perhaps with a full stop, a typo or double space."""
    text = text.strip()
    if free_case and rng.random() < 0.15:
        text = text.lower()
    elif free_case and rng.random() < 0.02:
        text = text.upper()
    elif rng.random() < 0.55:
        text = capital(text)
    if "\n" not in text and text[-1] not in ".?!:" and rng.random() < 0.35:
        text += "."
    if free_case and rng.random() < 0.1:
        text = misspell(rng, text, rng.choice((1, 1, 2)))
    if rng.random() < 0.02:
        text = text.replace(" ", "  ", 1)
    return text


def misspell(rng: random.Random, text: str, times: int) -> str:
    """The text with up to that many common words misspelt."""
    for _ in range(times):
        found = [match for match in _WORD.finditer(text) if match[0] in TYPOS]
        if not found:
            break
        match = rng.choice(found)
        text = text[: match.start()] + rng.choice(TYPOS[match[0]]) + text[match.end() :]
    return text
