"""/settings: the rules of a server, for people who may manage it. A change counts at once.

Like /admin, the permission is declared, so that Discord hides the commands, and checked again in
code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.limits import MAX_WORD, word_list
from bot.errors import UserFacingError
from bot.people.rules import settings_text, words_text
from bot.rating.emojis import MAX_CHOSEN, id_of, read_chosen, without
from bot.results.delivery import shortened
from bot.texts import gettext as _
from storage.audit import add_audit
from storage.database import Database
from storage.guilds import GuildSettings, change_guild_settings, guild_settings

MAX_CHANNELS = 50
MAX_WORDS = 200
MAX_ROLES = 20
MAX_MESSAGE = 2_000
"""Characters of a message."""

Channel = discord.TextChannel | discord.VoiceChannel | discord.ForumChannel | discord.Thread
Change = tuple[str, Mapping[str, Any]]
"""What the audit log says of it, and the fields of `GuildSettings` that change."""

Number = app_commands.Range[int, 0, 10]


@app_commands.guild_only()
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class SettingsCog(
    commands.GroupCog,
    group_name="settings",
    group_description="The rules for me in this server",
):
    """Shows and changes the rules. Answers are private, changes are in the audit log."""

    def __init__(self, *, database: Database) -> None:
        super().__init__()
        self._database = database

    @app_commands.command(description="The rules of this server")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def show(self, interaction: discord.Interaction) -> None:
        await _answer(interaction, settings_text(await self._settings(interaction)))

    @app_commands.command(name="set", description="Change numbers; what you leave out stays")
    @app_commands.describe(
        default_count="How many candidates are drawn unless somebody says so; 0: my own default",
        default_top="How many of them are shown unless somebody says so; 0: my own default",
        cooldown="Seconds between two requests of a person; 0: none",
        per_day="Requests of a person in 24 hours; 0: no limit",
        keep_days="After how many days what was asked for here is deleted for good; 0: never",
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def set_numbers(
        self,
        interaction: discord.Interaction,
        default_count: Number | None = None,
        default_top: Number | None = None,
        cooldown: app_commands.Range[int, 0, 86_400] | None = None,
        per_day: app_commands.Range[int, 0, 1_000] | None = None,
        keep_days: app_commands.Range[int, 0, 3_650] | None = None,
    ) -> None:
        changed: dict[str, int | None] = {}
        if default_count is not None:
            changed["default_count"] = default_count or None
        if default_top is not None:
            changed["default_top"] = default_top or None
        if cooldown is not None:
            changed["cooldown_seconds"] = cooldown
        if per_day is not None:
            changed["per_day"] = per_day
        if keep_days is not None:
            changed["keep_days"] = keep_days

        def change(_before: GuildSettings) -> Change:
            if not changed:
                raise UserFacingError(_("Nothing was changed: please give at least one option."))
            said = ", ".join(
                f"{name} {'my own' if value is None else value}" for name, value in changed.items()
            )
            return said, changed

        await self._change(interaction, change)

    @app_commands.command(name="channels", description="Where people may ask me; none: everywhere")
    @app_commands.describe(channel="Which one; the one you are in unless you say so")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def set_channels(
        self,
        interaction: discord.Interaction,
        action: Literal["add", "remove", "clear"],
        channel: Channel | None = None,
    ) -> None:
        id = channel.id if channel else interaction.channel_id
        assert id is not None  # a command in a server is in a channel

        def change(before: GuildSettings) -> Change:
            if action == "clear":
                return "channels clear", {"channels": ()}
            after = tuple(other for other in before.channels if other != id)
            if action == "add":
                after = (*after, id)
            if len(after) > MAX_CHANNELS:
                raise UserFacingError(
                    _("Nothing was changed: at most {most} channels. Please remove one.").format(
                        most=MAX_CHANNELS
                    )
                )
            return f"channels {action} <#{id}>", {"channels": after}

        await self._change(interaction, change)

    @app_commands.command(description="Roles that have neither cooldown nor limit")
    @app_commands.describe(role="Which role")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def bypass(
        self,
        interaction: discord.Interaction,
        action: Literal["add", "remove"],
        role: discord.Role,
    ) -> None:
        def change(before: GuildSettings) -> Change:
            after = tuple(other for other in before.bypass_roles if other != role.id)
            if action == "add":
                after = (*after, role.id)
            if len(after) > MAX_ROLES:
                raise UserFacingError(
                    _("Nothing was changed: at most {most} roles. Please remove one.").format(
                        most=MAX_ROLES
                    )
                )
            return f"bypass {action} {role.mention}", {"bypass_roles": after}

        await self._change(interaction, change)

    @app_commands.command(description="Words that no request may have")
    @app_commands.describe(words="One or several, parted by commas")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def words(
        self,
        interaction: discord.Interaction,
        action: Literal["add", "remove", "show"],
        words: app_commands.Range[str, 1, 1_000] | None = None,
    ) -> None:
        if action == "show":
            settings = await self._settings(interaction)
            await _answer_with_words(interaction, settings.blocked_words)
            return
        given = word_list(words or "")

        def change(before: GuildSettings) -> Change:
            if not given:
                raise UserFacingError(_("Nothing was changed: please give the option `words`."))
            if any(len(word) > MAX_WORD for word in given):
                raise UserFacingError(
                    _("Nothing was changed: a word has at most {most} characters.").format(
                        most=MAX_WORD
                    )
                )
            after = tuple(word for word in before.blocked_words if word not in given)
            if action == "add":
                after = (*after, *given)
            if len(after) > MAX_WORDS:
                raise UserFacingError(
                    _(
                        "Nothing was changed: the list has room for {most} words. Please remove "
                        "some."
                    ).format(most=MAX_WORDS)
                )
            return f"words {action} {', '.join(given)}", {"blocked_words": after}

        await self._change(interaction, change)

    @app_commands.command(description="Emojis that rate a diagram beside 0️⃣ to 5️⃣")
    @app_commands.describe(
        emojis="With their numbers, for example 👍=5 👎=1; also emojis of this server"
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def emojis(
        self,
        interaction: discord.Interaction,
        action: Literal["add", "remove", "clear"],
        emojis: app_commands.Range[str, 1, 1_000] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        text = emojis or ""
        added = read_chosen(text) if action == "add" else {}
        await _check_own(interaction, added)

        def change(before: GuildSettings) -> Change:
            if action == "clear":
                return "emojis clear", {"emojis": {}}
            if not text:
                raise UserFacingError(_("Nothing was changed: please give the option `emojis`."))
            after = {**without(before.emojis, " ".join(added) or text), **added}
            if len(after) > MAX_CHOSEN:
                raise UserFacingError(
                    _(
                        "Nothing was changed: there is room for {most} emojis beside the numbers "
                        "under a message. Please remove some."
                    ).format(most=MAX_CHOSEN)
                )
            return f"emojis {action} {text}", {"emojis": after}

        await self._change(interaction, change)

    async def _settings(self, interaction: discord.Interaction) -> GuildSettings:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            return await guild_settings(session, interaction.guild_id)

    async def _change(
        self, interaction: discord.Interaction, change: Callable[[GuildSettings], Change]
    ) -> None:
        assert interaction.guild_id is not None  # guild_only
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.transaction() as session:
            said, changed = change(await guild_settings(session, interaction.guild_id))
            settings = await change_guild_settings(session, interaction.guild_id, **changed)
            await add_audit(session, interaction.guild_id, interaction.user.id, "settings", said)
        done = _("✅ Changed, from now on.")
        await _answer(interaction, f"{done}\n{settings_text(settings)}")


async def _check_own(interaction: discord.Interaction, emojis: Iterable[str]) -> None:
    """Raise UserFacingError when one of the emojis is of another server."""
    for emoji in emojis:
        id = id_of(emoji)
        if id is None:
            continue
        try:
            assert interaction.guild is not None  # guild_only, and I am in it
            await interaction.guild.fetch_emoji(id)
        except discord.NotFound as error:
            raise UserFacingError(
                _("Nothing was changed: {emoji} is not an emoji of this server.").format(
                    emoji=emoji
                )
            ) from error


async def _answer(interaction: discord.Interaction, text: str) -> None:
    await interaction.edit_original_response(content=shortened(text, MAX_MESSAGE))


async def _answer_with_words(interaction: discord.Interaction, words: tuple[str, ...]) -> None:
    """All of them, in a file when they are more than a message takes."""
    text = words_text(words)
    if len(text) <= MAX_MESSAGE:
        await _answer(interaction, text)
        return
    file = discord.File(BytesIO("\n".join(words).encode()), filename="blocked-words.txt")
    said = _("**Blocked words** {count}, all of them in this file.").format(count=len(words))
    await interaction.edit_original_response(content=said, attachments=[file])
