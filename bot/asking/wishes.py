"""Wishes about the looks: options of `/diagram`, said as words at the end of the description.

There they are seen in the quote, survive a restart and reach the language model, which learned
such words. To be sure, they are read again from there and win over whatever style it writes:
“…, top to bottom, in green”. Whoever types the same words at the end gets the same. Pure.
"""

from __future__ import annotations

from enum import StrEnum

from ml.language.corpus.styles import WISHES
from ml.spec.model import Detail, Direction, Palette

_WORDS: dict[StrEnum, str] = {
    wish: WISHES[wish][0] for words in (Direction, Palette, Detail) for wish in words
}
_WISH_OF_WORDS = {words: wish for wish, words in _WORDS.items()}
_SEPARATOR = ", "


def words_of(wish: StrEnum) -> str:
    """What a person says for it, as in “top to bottom”."""
    return _WORDS[wish]


def with_wishes(description: str, *wishes: StrEnum | None) -> str:
    """The description with the wishes behind it; None wishes nothing."""
    words = [_WORDS[wish] for wish in wishes if wish is not None]
    return _SEPARATOR.join([description.rstrip(" .,"), *words]) if words else description


def wishes_of(description: str) -> tuple[StrEnum, ...]:
    """The wishes at the end of a description; of two for the same, the last one counts."""
    found: dict[type[StrEnum], StrEnum] = {}
    _, *parts = description.split(_SEPARATOR)
    for part in reversed(parts):
        wish = _WISH_OF_WORDS.get(part.strip(" ."))
        if wish is None:
            break
        found.setdefault(type(wish), wish)
    return tuple(found.values())
