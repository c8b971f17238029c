"""A thing or an action that a description names, and how it is worded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from ml.spec.model import MAX_LABEL, Kind

_ARTICLE = re.compile(r"^(?:the|a|an|our|its|their|your|my|this)\s+", re.IGNORECASE)


class Form(Enum):
    """How a term fits a sentence."""

    VERB = auto()  # an action in the imperative: "clean the data"
    NOUN = auto()  # takes an article: "(the) vector store"
    NAME = auto()  # takes none: "Postgres", "svc-auth-2"

    @staticmethod
    def of_noun(words: str) -> Form:
        """NAME for one capitalised word or an identifier, else NOUN."""
        named = words[:1].isupper() or bool(re.search(r"[\d_./]", words))
        return Form.NAME if (named and " " not in words) or not words.isascii() else Form.NOUN


@dataclass(frozen=True)
class Term:
    words: str
    kind: Kind
    form: Form = Form.NOUN

    @property
    def label(self) -> str:
        return label_of(self.words)

    def reworded(self, words: str) -> Term:
        return replace(self, words=words)


def label_of(words: str) -> str:
    """The words as a label: no leading article, first letter capital, no end punctuation."""
    words = _ARTICLE.sub("", words.strip()).rstrip(" .,;:!")
    return words[:1].upper() + words[1:]


def fits(words: str) -> bool:
    """Whether the words are short enough for a label (a question mark may follow)."""
    return 1 <= len(label_of(words)) < MAX_LABEL


def ways(text: str) -> tuple[str, ...]:
    """The alternatives of "a|b|c"; spaces count."""
    return tuple(text.split("|"))
