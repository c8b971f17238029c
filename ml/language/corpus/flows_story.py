"""What every flow family shares: drawing distinct terms, naming them, and wrapping the text."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

from ml.language.corpus import flows_wrap, terms_words
from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.flows_terms import Form, Term, fits
from ml.language.corpus.terms_domains import DOMAINS
from ml.spec.model import Kind

ENTITIES = (
    Kind.DATA,
    Kind.STORE,
    Kind.DOCUMENT,
    Kind.MODEL,
    Kind.PERSON,
    Kind.SERVICE,
)


class Story:
    """A description in the making: each term becomes a node when it is first named.

    One instance writes one description. It settles the letter case once, so that labels are
    always copied from the words as the description spells them.
    """

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sketch = Sketch()
        self.title = ""
        self._ids: dict[str, int] = {}
        self._used: set[str] = set()
        self._case: Callable[[str], str] = rng.choices(
            (str, str.lower, _title, str.upper, _capital), (70, 16, 6, 1, 7)
        )[0]
        self.yes, self.no = "yes", "no"
        self._quote = rng.random() < 0.02
        self._articles = rng.choice((0.0, 0.3, 0.8, 1.0))

    # Terms ------------------------------------------------------------------------------------

    def fresh(self, draw: Callable[[random.Random], Term]) -> Term:
        """A drawn term in this story's case, unlike every other of this story."""
        while True:
            term = draw(self.rng)
            term = term.reworded(self._case(term.words))
            if self.take(term):
                return term

    def cased(self, words: str) -> str:
        """The words in this story's letter case."""
        return self._case(words)

    def take(self, term: Term) -> bool:
        key = term.label.lower()
        if key in self._used or not fits(term.words):
            return False
        self._used.add(key)
        return True

    def entity(self, *kinds: Kind) -> Term:
        """A noun of one of these kinds (any when none is given)."""
        return self.fresh(lambda rng: terms_words.entity(rng, kinds or (*ENTITIES, Kind.PROCESS)))

    def action(self) -> Term:
        return self.fresh(terms_words.step)

    def actions(self, count: int) -> list[Term]:
        """Verb phrases: of one walk of life in order, or composed."""
        if self.rng.random() < 0.4:
            found = self._domain(count, lambda term: " " in term.words and _is_verb(term))
            if found:
                return found
        return [self.action() for _ in range(count)]

    def steps(self, count: int) -> list[Term]:
        """Steps and things as they stand in a chain: mixed kinds, any source."""
        roll = self.rng.random()
        if roll < 0.4:
            found = self._domain(count, lambda term: True)
            if found:
                return found
        if roll < 0.55:
            return [self.action() for _ in range(count)]
        if roll < 0.6 and count <= 12:
            letters = self.rng.choice(("ABCDEFGHIJKLMNOP", "abcdefghijklmnop", "PQRSTUVWXYZABC"))
            return [self._letter(letter) for letter in letters[:count]]
        if roll < 0.66:
            return [
                self.fresh(lambda rng: terms_words.invented(rng, Kind.PROCESS))
                for _ in range(count)
            ]
        actions = self.rng.choice((0.0, 0.3, 0.6))
        return [
            self.action() if self.rng.random() < actions else self.entity() for _ in range(count)
        ]

    def things(self, count: int) -> list[Term]:
        """Nouns only, as subjects and objects of prose."""
        if self.rng.random() < 0.25:
            found = self._domain(count, lambda term: not _is_verb(term))
            if found:
                return found
        return [self.entity() for _ in range(count)]

    def _letter(self, letter: str) -> Term:
        term = Term(letter, Kind.PROCESS, Form.NAME)
        self._used.add(letter.lower())
        return term

    def _domain(self, count: int, wanted: Callable[[Term], bool]) -> list[Term]:
        title, items = self.rng.choice(DOMAINS)
        pool = [item for item in items if wanted(item)]
        if len(pool) < count:
            return []
        chosen = sorted(self.rng.sample(range(len(pool)), count))
        terms = [pool[index].reworded(self._case(pool[index].words)) for index in chosen]
        if not all(fits(term.words) for term in terms):
            return []
        if any(term.label.lower() in self._used for term in terms):
            return []
        for term in terms:
            self.take(term)
        self.title = title
        return terms

    # Naming -----------------------------------------------------------------------------------

    def name(self, term: Term) -> str:
        """The term's words; the first time it becomes a node."""
        label = term.label
        if label not in self._ids:
            self._ids[label] = self.sketch.add(term.kind, label)
        return f'"{term.words}"' if self._quote else term.words

    def the(self, term: Term) -> str:
        """The term within a sentence: with an article where one fits."""
        words = self.name(term)
        if term.form is Form.NOUN and self.rng.random() < self._articles:
            return f"{self.rng.choices(('the', 'our'), (12, 1))[0]} {words}"
        return words

    def listed(self, terms: Sequence[Term], *, last: str = "and", bare: bool = False) -> str:
        """ "a, b and c" """
        words = [self.name(term) if bare else self.the(term) for term in terms]
        if len(words) == 1:
            return words[0]
        comma = "," if len(words) > 2 and self.rng.random() < 0.3 else ""
        if self.rng.random() < 0.06 and last == "and":
            return ", ".join(words) if len(words) > 2 else " & ".join(words)
        return ", ".join(words[:-1]) + f"{comma} {last} {words[-1]}"

    # Edges ------------------------------------------------------------------------------------

    def link(self, source: Term, target: Term, label: str = "", *, dashed: bool = False) -> None:
        self.sketch.link(self._ids[source.label], self._ids[target.label], label, dashed=dashed)

    def chain(self, *terms: Term) -> None:
        for source, target in itertools.pairwise(terms):
            self.link(source, target)

    def fan(self, source: Term, targets: Sequence[Term]) -> None:
        for target in targets:
            self.link(source, target)

    # Telling ----------------------------------------------------------------------------------

    def tell(self, body: str, *, wrap: bool = True, sentence: bool = False) -> Draft:
        """The Draft of a text; wrapped in what people say around a description."""
        text = flows_wrap.wrap(self.rng, body, self.title, sentence=sentence) if wrap else body
        if self._case is str.lower:
            text = text.lower()
        return self.sketch.draft(text)


def sentence(text: str) -> str:
    """The text with its first letter capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?!" else ".")


def _title(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split(" "))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_verb(term: Term) -> bool:
    return term.form is Form.VERB
