"""Ratings: emojis under posted diagrams, and /ratings.

Raw events only: they come for messages of any age. Which number an emoji stands for is decided
when it arrives, by what the server has chosen then. All of an event is one transaction, so that
events are stored in the order in which they came. The bot's own emojis and other bots never
count. Events missed while offline are caught up by the reconcile job, which every new session
starts.
"""

from __future__ import annotations

from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.background import Background
from bot.rating.emojis import RATING_EMOJIS, number_of, stored
from bot.results.delivery import escaped, link, shortened
from bot.texts import gettext as _
from bot.texts import ngettext
from jobs.scheduler import Schedule
from storage.database import Database
from storage.diagrams import get_diagram
from storage.guilds import guild_settings
from storage.messages import (
    diagram_of_message,
    mark_deleted,
    messages_of_diagram,
)
from storage.ratings import Rating, clear_ratings, current_ratings, rate, unrate
from storage.requests import get_request

RECONCILE = "reconcile"
SHOWN = 10
"""Ratings listed: ten lines stay below the 2,000 characters of a message."""


class RatingsCog(commands.Cog):
    """Keeps the ratings as the reactions are."""

    def __init__(
        self,
        *,
        client: discord.Client,
        database: Database,
        schedule: Schedule,
        background: Background,
    ) -> None:
        self._client = client
        self._database = database
        self._schedule = schedule
        self._background = background

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A new session: what happened before it is not replayed, so ask for it."""
        self._background.start(self._schedule.run_now(RECONCILE), name="reconcile")

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        at = datetime.now(UTC)
        if self._by_a_bot(event):
            return
        emoji = stored(event.emoji)
        async with self._database.transaction() as session:
            diagram_id = await diagram_of_message(session, event.message_id)
            if diagram_id is None:
                return
            value = number_of(emoji, (await guild_settings(session, event.guild_id)).emojis)
            if value is not None:
                await rate(session, event.user_id, diagram_id, value, emoji=emoji, at=at)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        async with self._database.transaction() as session:
            diagram_id = await diagram_of_message(session, event.message_id)
            if diagram_id is not None:
                await unrate(session, event.user_id, diagram_id, stored(event.emoji))

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        async with self._database.transaction() as session:
            diagram_id = await diagram_of_message(session, event.message_id)
            if diagram_id is not None:
                await clear_ratings(session, diagram_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        async with self._database.transaction() as session:
            diagram_id = await diagram_of_message(session, event.message_id)
            if diagram_id is not None:
                await clear_ratings(session, diagram_id, stored(event.emoji))

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        await self._deleted(event.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        await self._deleted(*event.message_ids)

    @app_commands.command(description="Show what you have rated")
    async def ratings(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._database.reading() as session:
            rated = await current_ratings(session, interaction.user.id)
        if not rated:
            text = _(
                "You have not rated anything yet. Add {low} (bad) to {high} (great) under a "
                "diagram."
            ).format(low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1])
            await interaction.edit_original_response(content=text)
            return
        mean = sum(rating.value for rating in rated) / len(rated)
        head = ngettext(
            "You have rated {count} diagram, {mean:.1f} on average. The latest:",
            "You have rated {count} diagrams, {mean:.1f} on average. The latest:",
            len(rated),
        ).format(count=len(rated), mean=mean)
        lines = [await self._line(rating) for rating in rated[:SHOWN]]
        await interaction.edit_original_response(content="\n".join([head, *lines]))

    async def _line(self, rating: Rating) -> str:
        async with self._database.reading() as session:
            diagram = await get_diagram(session, rating.diagram_id)
            request = await get_request(session, diagram.request_id)
            messages = await messages_of_diagram(session, diagram.id)
        name = f"#{diagram.rank} · {diagram.final:.1f} / 10"
        if messages:
            name = f"[{name}]({link(messages[-1])})"
        words = escaped(shortened(" ".join(request.description.split()), 50))
        return f"{RATING_EMOJIS[rating.value]} {name} {words}"

    async def _deleted(self, *message_ids: int) -> None:
        async with self._database.transaction() as session:
            for message_id in message_ids:
                await mark_deleted(session, message_id)

    def _by_a_bot(self, event: discord.RawReactionActionEvent) -> bool:
        me = self._client.user
        return (me is not None and event.user_id == me.id) or (
            event.member is not None and event.member.bot
        )
