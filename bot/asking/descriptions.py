"""What people type, made safe to keep, to show and to give to a model."""

from __future__ import annotations

import unicodedata

from bot.errors import BadDescription

MAX_DESCRIPTION = 1_000
"""Characters. Some 150 words: more than any diagram of 60 nodes needs."""

EXAMPLE = "a CNN with two conv layers and two dense layers"

_JOINERS = "\u200c\u200d"  # invisible, but part of words and emoji in many scripts


SAY = f"Tell me what to draw, for example: `/diagram description: {EXAMPLE}`."


def clean(text: str, *, say: str = SAY) -> str:
    """The description without control characters, with single spaces and line breaks.

    Args:
        say: what a person is told who typed no words.

    Raises:
        BadDescription: nothing is left, there are no words in it, or it is too long.
    """
    lines = unicodedata.normalize("NFC", text).splitlines()
    words = (" ".join("".join(map(_visible, line)).split()) for line in lines)
    description = "\n".join(line for line in words if line)
    if not description:
        raise BadDescription(say)
    if len(description) > MAX_DESCRIPTION:
        raise BadDescription(
            f"That description has {len(description):,} characters; I read at most "
            f"{MAX_DESCRIPTION:,}. Please say it shorter: which parts are there, and what leads "
            "to what?"
        )
    if sum(character.isalnum() for character in description) < 2:
        raise BadDescription(f"I need a few words. {say}")
    return description


def _visible(character: str) -> str:
    """The character itself, a space for any white space, nothing for what cannot be seen."""
    if character.isspace():
        return " "
    # Other: control, format (bidirectional overrides among them), surrogate, private, unassigned.
    if unicodedata.category(character).startswith("C") and character not in _JOINERS:
        return ""
    return character
