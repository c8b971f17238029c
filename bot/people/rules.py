"""The rules of a server in words, for its admins. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.asking.limits import channels, duration, roles
from bot.texts import gettext as _
from bot.texts import ngettext
from storage.guilds import GuildSettings


def settings_text(settings: GuildSettings) -> str:
    """The rules of a server, for its admins."""
    cooldown, per_day = settings.cooldown_seconds, settings.per_day
    lines = [
        _("**Channels** {channels}").format(
            channels=channels(settings.channels) or _("everywhere")
        ),
        _("**Default count** {count} · **default top** {top}").format(
            count=settings.default_count or _("my own"), top=settings.default_top or _("my own")
        ),
        _(
            "**Cooldown** {cooldown} · **per day** {per_day} (neither holds for people who manage "
            "the server)"
        ).format(
            cooldown=duration(cooldown) if cooldown else _("none"),
            per_day=per_day or _("no limit"),
        ),
        _("**Roles without cooldown and limit** {roles}").format(
            roles=roles(settings.bypass_roles) or _("none")
        ),
        _("**Kept** {time}").format(
            time=days(settings.keep_days) if settings.keep_days else _("for ever")
        ),
        _("**Blocked words** {words}").format(words=len(settings.blocked_words) or _("none")),
        _("**Emojis** {emojis}").format(emojis=emojis_text(settings.emojis)),
    ]
    if settings.paused:
        lines.insert(0, _("⏸️ **Paused**: nobody can ask until `/admin resume`."))
    return "\n".join(lines)


def days(count: int) -> str:
    """For people: “1 day”, “30 days”."""
    return ngettext("{count} day", "{count} days", count).format(count=count)


def emojis_text(chosen: Mapping[str, int]) -> str:
    """What rates a diagram beside the numbers."""
    if not chosen:
        return _("only 0️⃣ to 5️⃣ rate")
    beside = " ".join(f"{emoji}={value}" for emoji, value in chosen.items())
    return _("{emojis}, beside 0️⃣ to 5️⃣").format(emojis=beside)


def words_text(words: tuple[str, ...]) -> str:
    """The list, for admins only."""
    if not words:
        return _("No words are blocked in this server.")
    return _("**Blocked words** {words}").format(words=", ".join(f"`{word}`" for word in words))
