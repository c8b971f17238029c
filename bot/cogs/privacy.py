"""/privacy, /my-data and /forget-me: what is kept about a person is in their own hands.

Every answer is seen by that person only, and the buttons work after a restart: an id names what
to do, and whoever presses does it for themselves.
"""

from __future__ import annotations

import asyncio
import re
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.place import server_of
from bot.errors import UserFacingError
from bot.failures import answered
from bot.people.forgetting import Forgetter
from bot.people.takeout import TooLarge, takeout
from bot.people.telling import exported_text, forgotten_text, privacy_text
from bot.texts import gettext as _
from bot.texts import later
from bot.translating import Addressed
from storage.database import Database
from storage.guilds import guild_settings
from storage.people import consents, set_consent
from storage.personal import person_data


class Choice(StrEnum):
    """What a button does for whoever presses it."""

    SHARE = "share"
    UNSHARE = "unshare"
    FORGET = "forget"
    KEEP = "keep"


_LOOKS = {
    Choice.SHARE: (later("Share for training"), discord.ButtonStyle.secondary),
    Choice.UNSHARE: (later("Stop sharing"), discord.ButtonStyle.secondary),
    Choice.FORGET: (later("Forget me"), discord.ButtonStyle.danger),
    Choice.KEEP: (later("Keep everything"), discord.ButtonStyle.secondary),
}


class PrivacyButton(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"privacy:(?P<choice>{'|'.join(Choice)})",
):
    """One button; a click becomes the event `privacy_button`."""

    def __init__(self, choice: Choice) -> None:
        label, style = _LOOKS[choice]
        super().__init__(
            discord.ui.Button(label=_(label), style=style, custom_id=f"privacy:{choice}")
        )
        self._choice = choice

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        return cls(Choice(match["choice"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch("privacy_button", interaction, self._choice)


class PrivacyCog(commands.Cog):
    """Tells, gives and forgets. Works in direct messages too."""

    my_data = app_commands.Group(name="my-data", description="What I keep about you")

    def __init__(
        self,
        *,
        client: discord.Client,
        database: Database,
        images: Path,
        forgetter: Forgetter,
        backup_days: int,
        writes_elsewhere: bool,
    ) -> None:
        self._client = client
        self._database = database
        self._images = images
        self._forgetter = forgetter
        self._backup_days = backup_days
        self._writes_elsewhere = writes_elsewhere

    async def cog_load(self) -> None:
        """Hear the buttons of earlier runs too."""
        self._client.add_dynamic_items(PrivacyButton)

    async def cog_unload(self) -> None:
        """Hear them no more."""
        self._client.remove_dynamic_items(PrivacyButton)

    @app_commands.command(description="What I keep about you, why and for how long")
    async def privacy(self, interaction: discord.Interaction) -> None:
        async with self._database.reading() as session:
            shares = await consents(session, interaction.user.id)
        said = await self._told(interaction, shares)
        await interaction.response.send_message(said, view=_consent_view(shares), ephemeral=True)

    @my_data.command(description="Get a copy of everything I keep about you")
    async def export(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            data = await person_data(session, interaction.user.id)
        if not any(data.values()):
            await interaction.edit_original_response(content=_("I keep nothing about you."))
            return
        try:
            packed = await asyncio.to_thread(takeout, data, self._images)
        except TooLarge as error:
            raise UserFacingError(
                _(
                    "What I keep about you is more than Discord takes in one file, even without "
                    "the pictures. Please ask whoever runs this bot for it."
                )
            ) from error
        await interaction.edit_original_response(
            content=exported_text(packed),
            attachments=[discord.File(BytesIO(packed.data), filename="my-data.zip")],
        )

    @app_commands.command(name="forget-me", description="Delete everything I keep about you")
    async def forget_me(self, interaction: discord.Interaction) -> None:
        asked = _(
            "**Forget everything about you?** This deletes what you asked for, your diagrams with "
            "their pictures, your ratings and what you decided about sharing. It cannot be "
            "undone; `/my-data export` gives you a copy first."
        )
        out_of_reach = _(
            "What I answered where I am not a member stays in Discord, because I cannot reach it "
            "later: press **Delete** under it first."
        )
        await interaction.response.send_message(
            f"{asked}\n{out_of_reach}", view=_view(Choice.FORGET, Choice.KEEP), ephemeral=True
        )

    @commands.Cog.listener()
    async def on_privacy_button(self, interaction: discord.Interaction, choice: Choice) -> None:
        """Somebody pressed a button, for themselves."""
        match choice:
            case Choice.SHARE | Choice.UNSHARE:
                work = self._decide(interaction, choice is Choice.SHARE)
            case Choice.FORGET:
                work = self._forget(interaction)
            case _:
                work = _keep(interaction)
        await answered(interaction, work, what=f"the button {choice}")

    async def _decide(self, interaction: discord.Interaction, shares: bool) -> None:
        await interaction.response.defer()  # writing may take longer than Discord waits
        async with self._database.transaction() as session:
            await set_consent(session, interaction.user.id, shares)
        said = await self._told(interaction, shares)
        await interaction.edit_original_response(content=said, view=_consent_view(shares))

    async def _told(self, interaction: discord.Interaction, shares: bool) -> str:
        async with self._database.reading() as session:
            rules = await guild_settings(session, server_of(interaction))
        return privacy_text(
            shares,
            keep_days=rules.keep_days,
            backup_days=self._backup_days,
            writes_elsewhere=self._writes_elsewhere,
        )

    async def _forget(self, interaction: discord.Interaction) -> None:
        # Without the buttons at once: nobody presses twice.
        await interaction.response.edit_message(content=_("Forgetting …"), view=None)
        gone = await self._forgetter.forget(interaction.user.id)
        await interaction.edit_original_response(content=forgotten_text(gone))


def _consent_view(shares: bool) -> discord.ui.View:
    return _view(Choice.UNSHARE if shares else Choice.SHARE)


def _view(*choices: Choice) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for choice in choices:
        view.add_item(PrivacyButton(choice))
    return view


async def _keep(interaction: discord.Interaction) -> None:
    await interaction.response.edit_message(content=_("Nothing was deleted."), view=None)
