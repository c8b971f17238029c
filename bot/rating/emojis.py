"""Emojis that are ratings: 0️⃣ … 5️⃣ everywhere, and those that a server chose beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import discord

from bot.errors import UserFacingError
from bot.texts import gettext as _
from storage.ratings import HIGHEST, number_emoji

RATING_EMOJIS = tuple(number_emoji(value) for value in range(HIGHEST + 1))
"""The emoji of each rating, at its own position."""

MAX_CHOSEN = 20 - len(RATING_EMOJIS)
"""Discord takes 20 different emojis on a message."""

# What an emoji may lack or have and still mean the same: the selector that asks for its coloured
# form, which some clients leave out, and the tone of the skin.
_VARIANTS = dict.fromkeys([0xFE0F, *range(0x1F3FB, 0x1F400)])
_OF_A_SERVER = re.compile(r"<a?:\w{2,32}:(\d{15,20})>")
_PAIR = re.compile(r"\s*([^\s=,;]+)\s*=\s*([0-9]+)\s*[,;]?")
_LISTED = re.compile(r"[^\s=,;]+")


def stored(emoji: str | discord.PartialEmoji | discord.Emoji) -> str:
    """How a mark names an emoji: by its characters, or a server's own by its id, which stays."""
    if isinstance(emoji, str):
        return emoji
    return str(emoji.name) if emoji.id is None else str(emoji.id)


def as_reaction(mark: str) -> str:
    """The emoji of a mark as Discord takes it; of a server's own it reads the id alone."""
    return f"emoji:{mark}" if mark.isascii() and mark.isdigit() else mark


def number_of(mark: str, chosen: Mapping[str, int]) -> int | None:
    """The rating 0–5 that an emoji stands for where these were chosen; None when it is none."""
    return ({_bare(emoji): value for emoji, value in chosen.items()} | _NUMBERS).get(_bare(mark))


def read_chosen(text: str) -> dict[str, int]:
    """What `👍=5 👎=1` says.

    Raises:
        UserFacingError: it cannot be read, with what is wrong.
    """
    chosen: dict[str, int] = {}
    place = 0
    while place < len(text.rstrip()):
        pair = _PAIR.match(text, place)
        if pair is None:
            raise UserFacingError(
                _("Nothing was changed: please write each emoji with its number, like `👍=5 👎=1`.")
            )
        emoji, number = pair[1], int(pair[2])
        if not is_emoji(emoji):
            raise UserFacingError(
                _("Nothing was changed: `{emoji}` is not one emoji.").format(emoji=emoji)
            )
        if _bare(emoji) in _NUMBERS:
            raise UserFacingError(
                _("Nothing was changed: {low} to {high} always stand for themselves.").format(
                    low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1]
                )
            )
        if number > HIGHEST:
            raise UserFacingError(
                _("Nothing was changed: a rating is 0 to {highest}, not {number}.").format(
                    highest=HIGHEST, number=number
                )
            )
        chosen = {**without(chosen, emoji), emoji: number}
        place = pair.end()
    return chosen


def without(chosen: Mapping[str, int], text: str) -> dict[str, int]:
    """What is left of the chosen emojis without those in the text, in whatever variant."""
    gone = {_bare(emoji) for emoji in _LISTED.findall(text)}
    return {emoji: value for emoji, value in chosen.items() if _bare(emoji) not in gone}


def id_of(emoji: str) -> int | None:
    """The id of a server's own emoji, `<:name:id>`; None for one that everybody has."""
    own = _OF_A_SERVER.fullmatch(emoji)
    return int(own[1]) if own else None


def is_emoji(text: str) -> bool:
    """Whether the text is one emoji.

    The shape of a sequence follows UTS #51. Python does not know which characters are emojis, so
    other symbols pass; nobody can react with those.
    """
    return id_of(text) is not None or all(_is_part(part) for part in _bare(text).split("\u200d"))


def _is_part(part: str) -> bool:
    if re.fullmatch("[0-9#*]\u20e3|[\U0001f1e6-\U0001f1ff]{2}", part):  # keycaps, flags
        return True
    symbol = re.sub("[\U000e0020-\U000e007e]+\U000e007f$", "", part)  # a flag's region
    return len(symbol) == 1 and (
        unicodedata.category(symbol) in ("So", "Sm")
        or symbol in "\u203c\u2049\u3030"
        or "\U0001f000" <= symbol <= "\U0001faff"  # newer than this Python too
    )


def _bare(emoji: str) -> str:
    own = _OF_A_SERVER.fullmatch(emoji)
    return own[1] if own else emoji.translate(_VARIANTS)


_NUMBERS = {_bare(emoji): value for value, emoji in enumerate(RATING_EMOJIS)}
