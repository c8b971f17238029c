"""Number emojis are ratings: 0️⃣ … 5️⃣."""

from __future__ import annotations

RATING_EMOJIS = tuple(f"{value}\ufe0f\u20e3" for value in range(6))
"""The emoji of each rating, at its own position."""

_VALUES = {emoji: value for value, emoji in enumerate(RATING_EMOJIS)}
# Some clients leave the variation selector out.
_VALUES |= {emoji.replace("\ufe0f", ""): value for emoji, value in _VALUES.items()}


def rating_of(emoji: str) -> int | None:
    """The rating 0–5 that an emoji stands for; None when it is not a rating."""
    return _VALUES.get(emoji)
