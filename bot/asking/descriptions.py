"""What people type, made safe to keep, to show and to give to a model."""

from __future__ import annotations

import unicodedata

from bot.errors import BadDescription
from bot.texts import gettext as _

MAX_DESCRIPTION = 1_000
"""Characters. Some 150 words: more than any diagram of 60 nodes needs."""

EXAMPLE = "a CNN with two conv layers and two dense layers"

_JOINERS = "\u200c\u200d"  # invisible, but part of words and emoji in many scripts


def clean(text: str, *, say: str | None = None) -> str:
    """The description without control characters, with single spaces and line breaks.

    Args:
        say: what a person is told who typed no words; else to say what to draw.

    Raises:
        BadDescription: nothing is left, there are no words in it, or it is too long.
    """
    if say is None:
        say = _("Tell me what to draw, for example: `/diagram description: {example}`.").format(
            example=EXAMPLE
        )
    lines = unicodedata.normalize("NFC", text).splitlines()
    words = (" ".join("".join(map(_visible, line)).split()) for line in lines)
    description = "\n".join(line for line in words if line)
    if not description:
        raise BadDescription(say)
    if len(description) > MAX_DESCRIPTION:
        raise BadDescription(
            _(
                "That description has {length:,} characters; I read at most {most:,}. Please say "
                "it shorter: which parts are there, and what leads to what?"
            ).format(length=len(description), most=MAX_DESCRIPTION)
        )
    if sum(character.isalnum() for character in description) < 2:
        raise BadDescription(_("I need a few words.") + f" {say}")
    return description


def _visible(character: str) -> str:
    """The character itself, a space for any white space, nothing for what cannot be seen."""
    if character.isspace():
        return " "
    # Other: control, format (bidirectional overrides among them), surrogate, private, unassigned.
    if unicodedata.category(character).startswith("C") and character not in _JOINERS:
        return ""
    return character
