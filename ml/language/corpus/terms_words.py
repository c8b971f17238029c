"""Composes terms by the hundred thousand: labels that can only be copied, not remembered."""

from __future__ import annotations

import random

from ml.language.corpus.flows_terms import Form, Term, fits, ways
from ml.language.corpus.terms_lexicon import ADJECTIVES, HEADS, OBJECTS, PRODUCTS, TOPICS, VERBS
from ml.spec.model import Kind

_ONSETS = ways("b|br|c|ch|cl|d|dr|f|fl|g|gr|h|j|k|kr|l|m|n|p|pl|qu|r|s|sh|sk|st|t|tr|v|w|x|y|z|zh")
_NUCLEI = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou", "y"]
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "x", "nt", "rk", "sh", "ck"]
_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    Kind.STORE: ways("DB|Cache|Store|Queue|Lake|-db|-cache|_queue|-bucket"),
    Kind.SERVICE: ("API", "Service", "Server", "Gateway", "Bot", "-svc", "-api", "-service"),
    Kind.MODEL: ("Net", "GPT", "LM", "BERT", "-model", "Former", "-LLM"),
    Kind.DOCUMENT: (".pdf", ".docx", ".log", ".txt", ".xlsx", ".md", ".yaml"),
    Kind.DATA: (".csv", ".json", ".parquet", ".wav", ".jpg", ".png"),
    Kind.PROCESS: ("", "er", "izer", ".py", "", "Job", "-job", "_step", "Flow", ".sh"),
}


def syllables(rng: random.Random) -> str:
    """An invented word."""
    count = rng.choice((1, 2, 2, 2, 3))
    return "".join(
        rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS) for _ in range(count)
    )


def invented(rng: random.Random, kind: Kind) -> Term:
    """A name that nobody has read before; its ending tells the kind."""
    suffix = rng.choice(_SUFFIXES.get(kind, _SUFFIXES[Kind.SERVICE]))
    stem = syllables(rng)
    if suffix[:1] in {"-", "_", "."}:
        if rng.random() < 0.4:
            stem = f"{stem}{suffix[0] if suffix[0] != '.' else '_'}{rng.choice(TOPICS).lower()}"
        if rng.random() < 0.3 and suffix[0] == "-":
            suffix += f"-{rng.randint(1, 12)}"
    else:
        stem = stem.capitalize()
        if rng.random() < 0.25:
            stem += syllables(rng).capitalize()
    return Term(stem + suffix, kind, Form.NAME)


def action(rng: random.Random) -> Term:
    """Verb and object: "merge the pending shipments"."""
    verb, noun = rng.choice(VERBS), rng.choice(OBJECTS)
    if rng.random() < 0.35:
        noun = f"{rng.choice(ADJECTIVES)} {noun}"
    elif rng.random() < 0.2:
        noun = f"{rng.choice(TOPICS)} {noun}"
    if rng.random() < 0.35 and noun[-1] not in "sxyhz":
        noun += "s"
    article = rng.choices(("", "the ", "all " if noun[-1] == "s" else ""), (7, 3, 0.5))[0]
    tail = ""
    if rng.random() < 0.06:
        tail = rng.choice((" by hand", " twice", f" v{rng.randint(1, 9)}", " again", " overnight"))
    words = f"{verb} {article}{noun}{tail}" if rng.random() < 0.93 else verb
    return Term(words, Kind.PROCESS, Form.VERB)


def noun(rng: random.Random, kind: Kind) -> Term:
    """Topic or adjective and head: "nightly billing queue"; or a product or invented name."""
    roll = rng.random()
    if roll < 0.14 and kind in PRODUCTS:
        words = rng.choice(PRODUCTS[kind])
        return Term(words, kind, Form.NAME)
    if roll < 0.28 and kind is not Kind.PERSON:
        return invented(rng, kind)
    head = rng.choice(HEADS[kind])
    if roll > 0.97 and kind is not Kind.PROCESS:
        return Term(f"{head} {rng.choice(('A', 'B', 'C', '1', '2', '3', 'X'))}", kind, Form.NAME)
    words = head
    if rng.random() < 0.8:
        words = f"{rng.choice(TOPICS)} {words}"
    if rng.random() < 0.3:
        words = f"{rng.choice(ADJECTIVES)} {words}"
    return Term(words, kind, Form.NOUN)


_ENTITY_KINDS = (
    Kind.DATA, Kind.STORE, Kind.DOCUMENT, Kind.MODEL, Kind.PERSON, Kind.SERVICE, Kind.PROCESS,
)  # fmt: skip


def entity(rng: random.Random, kinds: tuple[Kind, ...] = _ENTITY_KINDS) -> Term:
    """A noun of one of the kinds, short enough for a label."""
    while True:
        term = noun(rng, rng.choice(kinds))
        if fits(term.words):
            return term


def step(rng: random.Random) -> Term:
    """An action short enough for a label."""
    while True:
        term = action(rng)
        if fits(term.words):
            return term
