"""The rules of a server, and the one elsewhere: whether somebody may ask, or why not. Pure.

Rules about how often do not hold for people who may manage the server, or have a role that the
admins chose. In direct messages, and where the bot is not a member, no server's rules hold; there
a person has `MOST_AT_ONCE` requests under way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from discord.utils import format_dt

from bot.asking.asked import Asked, words_of
from bot.errors import AgainstPolicy, Blocked, OverLimit, Paused, Refused, WrongChannel
from bot.texts import gettext as _
from bot.texts import ngettext
from storage.guilds import GuildSettings
from storage.requests import Request
from storage.standing import PERIOD, Standing

MAX_WORD = 50
"""Characters of a word on the list."""

MOST_AT_ONCE = 3
"""Requests of a person that are under way at the same time where no server's rules hold."""

_NAMED = 5
"""So many channels are named in a refusal."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a request comes from: its channel and what that lies in, and what the person is
    there: their roles, and whether they manage the server."""

    channel_ids: frozenset[int]
    manages: bool
    role_ids: frozenset[int] = frozenset()

    def bypasses(self, settings: GuildSettings) -> bool:
        """Whether the person may ask as often as they like."""
        return self.manages or not self.role_ids.isdisjoint(settings.bypass_roles)


def check(asked: Asked, origin: Origin, standing: Standing) -> None:
    """Let a request pass, or say why not.

    Raises:
        Refused: a rule of the server is against it.
    """
    check_person(origin, standing)
    problem = _words(asked, standing)
    if problem is not None:
        raise problem


def check_at_once(asked: Asked, under_way: Iterable[Request]) -> None:
    """Let a request pass where no server's rules hold, or say why not.

    Raises:
        OverLimit: the person has `MOST_AT_ONCE` of them under way.
    """
    if asked.guild_id is not None:
        return
    theirs = sum(
        request.user_id == asked.user_id and request.guild_id is None for request in under_way
    )
    if theirs >= MOST_AT_ONCE:
        raise OverLimit(
            _(
                "Outside servers that I am in, I work on {count} of your requests at a time. "
                "Please ask again when one of them is done."
            ).format(count=MOST_AT_ONCE)
        )


def check_person(origin: Origin, standing: Standing) -> None:
    """Let somebody ask for something now, whatever it is, or say why not.

    Raises:
        Refused: a rule of the server is against it.
    """
    check_place(origin, standing)
    problem = None if origin.bypasses(standing.settings) else _pace(standing)
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
        if block.reason:
            said = _(
                "You cannot ask me for diagrams in this server, because an admin blocked you: "
                "{reason}"
            ).format(reason=block.reason)
        else:
            said = _("You cannot ask me for diagrams in this server, because an admin blocked you.")
        return Blocked(said + "\n" + _("Please talk to the admins."))
    if settings.paused:
        return Paused(
            _(
                "The admins of this server have paused me. Please try again when they let me go "
                "on; diagrams that are there already can still be rated and exported."
            )
        )
    if settings.channels and not origin.channel_ids & set(settings.channels):
        named = channels(settings.channels[:_NAMED])
        more = len(settings.channels) - _NAMED
        if more > 0:
            said = _("In this server I draw in {channels} and {count} more only. Please ask there.")
        else:
            said = _("In this server I draw in {channels} only. Please ask there.")
        return WrongChannel(said.format(channels=named, count=more))
    return None


def _pace(standing: Standing) -> Refused | None:
    settings, times = standing.settings, standing.asked_at
    if settings.per_day and len(times) >= settings.per_day:
        free = times[settings.per_day - 1] + PERIOD
        return OverLimit(
            ngettext(
                "You have used your {count} request of the last 24 hours in this server. The next "
                "one is free {when}.",
                "You have used your {count} requests of the last 24 hours in this server. The "
                "next one is free {when}.",
                settings.per_day,
            ).format(count=settings.per_day, when=format_dt(free, "R"))
        )
    if settings.cooldown_seconds and times:
        over = times[0] + timedelta(seconds=settings.cooldown_seconds)
        if over > standing.at:
            return OverLimit(
                _(
                    "This server wants {duration} between two requests of a person. Please ask "
                    "again {when}."
                ).format(duration=duration(settings.cooldown_seconds), when=format_dt(over, "R"))
            )
    return None


def _words(asked: Asked, standing: Standing) -> Refused | None:
    words = standing.settings.blocked_words
    if words and _pattern(words).search(normal(words_of(asked))):
        return AgainstPolicy(
            _(
                "This server's policy does not allow this request, because of a word in it. "
                "Please say it in other words, or ask the admins what is allowed."
            )
        )
    return None


def normal(text: str) -> str:
    """The text as words are compared: compatible characters, case and spaces are the same.

    What cannot be seen is left out, so that it does not hide a word.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(filter(_seen, text)).split())


def _seen(character: str) -> bool:
    return character.isspace() or not unicodedata.category(character).startswith("C")


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
    if seconds % 3_600 == 0:
        count = seconds // 3_600
        said = ngettext("{count} hour", "{count} hours", count)
    elif seconds % 60 == 0:
        count = seconds // 60
        said = ngettext("{count} minute", "{count} minutes", count)
    else:
        count = seconds
        said = ngettext("{count} second", "{count} seconds", count)
    return said.format(count=count)


def channels(ids: Iterable[int]) -> str:
    """Channels as Discord shows them."""
    return " ".join(f"<#{id}>" for id in ids)


def roles(ids: Iterable[int]) -> str:
    """Roles as Discord shows them."""
    return " ".join(f"<@&{id}>" for id in ids)
