"""The rules of a server: whether a request may be made, and what the person is told if not. Pure.

Rules about how often do not hold for people who may manage the server. In direct messages there
are no rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from discord.utils import format_dt

from bot.asking.asked import Asked
from bot.errors import AgainstPolicy, Blocked, OverLimit, Paused, Refused, WrongChannel
from storage.standing import PERIOD, Standing

MAX_WORD = 50
"""Characters of a word on the list."""

_NAMED = 5
"""So many channels are named in a refusal."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a request comes from: its channel and what that lies in, and who may do what."""

    channel_ids: frozenset[int]
    manages: bool


def check(asked: Asked, origin: Origin, standing: Standing) -> None:
    """Let a request pass, or say why not.

    Raises:
        Refused: a rule of the server is against it.
    """
    check_person(origin, standing)
    problem = _words(asked, standing)
    if problem is not None:
        raise problem


def check_person(origin: Origin, standing: Standing) -> None:
    """Let somebody ask for something now, whatever it is, or say why not.

    Raises:
        Refused: a rule of the server is against it.
    """
    check_place(origin, standing)
    problem = None if origin.manages else _pace(standing)
    if problem is not None:
        raise problem


def check_place(origin: Origin, standing: Standing) -> None:
    """Let somebody post here, or say why not; how often is another question.

    Raises:
        Refused: a rule of the server is against it.
    """
    problem = _place(origin, standing)
    if problem is not None:
        raise problem


def _place(origin: Origin, standing: Standing) -> Refused | None:
    settings, block = standing.settings, standing.block
    if block is not None:
        why = f": {block.reason}" if block.reason else "."
        return Blocked(
            f"You cannot ask me for diagrams in this server, because an admin blocked you{why}\n"
            "Please talk to the admins."
        )
    if settings.paused:
        return Paused(
            "The admins of this server have paused me. Please try again when they let me go on; "
            "diagrams that are there already can still be rated and exported."
        )
    if settings.channels and not origin.channel_ids & set(settings.channels):
        named = channels(settings.channels[:_NAMED])
        more = len(settings.channels) - _NAMED
        return WrongChannel(
            f"In this server I draw in {named}{f' and {more} more' if more > 0 else ''} only. "
            "Please ask there."
        )
    return None


def _pace(standing: Standing) -> Refused | None:
    settings, times = standing.settings, standing.asked_at
    if settings.per_day and len(times) >= settings.per_day:
        free = times[settings.per_day - 1] + PERIOD
        return OverLimit(
            f"You have used your {settings.per_day} "
            f"{'request' if settings.per_day == 1 else 'requests'} of the last 24 hours in this "
            f"server. The next one is free {format_dt(free, 'R')}."
        )
    if settings.cooldown_seconds and times:
        over = times[0] + timedelta(seconds=settings.cooldown_seconds)
        if over > standing.at:
            return OverLimit(
                f"This server wants {duration(settings.cooldown_seconds)} between two requests "
                f"of a person. Please ask again {format_dt(over, 'R')}."
            )
    return None


def _words(asked: Asked, standing: Standing) -> Refused | None:
    words = standing.settings.blocked_words
    if words and _pattern(words).search(normal(_typed(asked))):
        return AgainstPolicy(
            "This server's policy does not allow this request, because of a word in it. Please say "
            "it in other words, or ask the admins what is allowed."
        )
    return None


def _typed(asked: Asked) -> str:
    """All words of a request that a person may have typed."""
    return "\n".join((asked.description, asked.text or "", asked.wish or ""))


def normal(text: str) -> str:
    """The text as words are compared: compatible characters, case and spaces are the same.

    What cannot be seen is left out, so that it does not hide a word.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return " ".join("".join(seen).split())


def word_list(text: str) -> tuple[str, ...]:
    """The words of what an admin typed, parted by commas, normalised, each once."""
    return tuple(dict.fromkeys(word for word in map(normal, text.split(",")) if word))


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, with neither a letter nor a digit beside it."""
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])")


def duration(seconds: int) -> str:
    """At least one second, for people: “90 seconds”, “5 minutes”, “2 hours”."""
    sizes = {"hour": 3_600, "minute": 60, "second": 1}
    name = next(name for name, size in sizes.items() if seconds >= size and seconds % size == 0)
    seconds //= sizes[name]
    return f"{seconds} {name}{'' if seconds == 1 else 's'}"


def channels(ids: Iterable[int]) -> str:
    """Channels as Discord shows them."""
    return " ".join(f"<#{id}>" for id in ids)
