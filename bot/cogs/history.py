"""/history, /search, /show and /again: what a person asked for before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.descriptions import EXAMPLE
from bot.asking.place import is_outside, server_of, shows_everybody
from bot.asking.requests import Asked
from bot.asking.starting import Starter, check_permissions
from bot.errors import UserFacingError
from bot.failures import tell
from bot.results import delivery
from bot.results.delivery import Post
from bot.results.keeping import alt_text_of
from bot.results.pages import MAX_WORDS, Pages, TurnPage
from bot.texts import gettext as _
from storage.database import Database
from storage.diagrams import Diagram, get_diagram
from storage.errors import NotFound
from storage.history import latest_request
from storage.messages import PostedMessage, add_message, is_withdrawn, messages_of_diagram
from storage.requests import Request, get_request

LARGEST_ID = 2**53 - 1
"""Discord's integers end here."""


class HistoryCog(commands.Cog):
    """Looks back. Only /show and what /again draws is seen by others, unless it was private."""

    def __init__(
        self,
        *,
        client: commands.Bot,
        starter: Starter,
        database: Database,
        images: Path,
    ) -> None:
        self._client = client
        self._starter = starter
        self._database = database
        self._images = images
        self._pages = Pages(database=database, images=images)

    async def cog_load(self) -> None:
        """Pages of earlier runs can be turned too."""
        self._client.add_dynamic_items(TurnPage)

    @commands.Cog.listener()
    async def on_page_turned(
        self, interaction: discord.Interaction, user_id: int, number: int, words: str
    ) -> None:
        """Turn the page; anybody but its owner gets a page of their own."""
        try:
            if interaction.user.id == user_id:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=True, thinking=True)
            await self._pages.show(interaction, number=number, words=words)
        except Exception as error:
            await tell(interaction, error, what="turning a page")

    @app_commands.command(description="Show your diagrams, newest first")
    async def history(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._pages.show(interaction)

    @app_commands.command(description="Find your diagrams by words in them")
    @app_commands.describe(words="Words of the description or of the labels, for example: login")
    async def search(
        self, interaction: discord.Interaction, words: app_commands.Range[str, 1, MAX_WORDS]
    ) -> None:
        words = " ".join(words.split())
        if not words:
            raise UserFacingError(_("Please name a word to search for."))
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._pages.show(interaction, words=words)

    @app_commands.command(description="Post a diagram of yours or of this server again")
    @app_commands.describe(id="The number of the diagram, as /history shows it")
    async def show(
        self, interaction: discord.Interaction, id: app_commands.Range[int, 1, LARGEST_ID]
    ) -> None:
        check_permissions(interaction)
        await self._starter.check_place(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        diagram, request = await self._visible(interaction, id)
        outside = is_outside(interaction)
        here = replace(
            request,
            user_id=interaction.user.id,
            guild_id=server_of(interaction),
            channel_id=interaction.channel_id or interaction.user.id,
            status_message_id=None,
            created_at=interaction.created_at,
            private=request.private or (outside and not shows_everybody(interaction)),
            outside=outside,
        )
        to = self._starter.delivery(here, interaction)
        try:
            message_id = await to.post(_post(request, diagram, self._images))
        except OSError as error:
            raise UserFacingError(
                _(
                    "The picture of diagram {id} is gone from my disk. You can ask for it anew "
                    "with `/diagram`."
                ).format(id=id)
            ) from error
        if message_id is not None:
            async with self._database.transaction() as session:
                await add_message(
                    session,
                    message_id=message_id,
                    channel_id=here.channel_id,
                    guild_id=here.guild_id,
                    diagram_id=diagram.id,
                )
        await to.finish(_("✅ Here is diagram {id} again.").format(id=id))

    @app_commands.command(description="Draw your latest request once more, differently")
    async def again(self, interaction: discord.Interaction) -> None:
        async with self._database.reading() as session:
            latest = await latest_request(
                session,
                interaction.user.id,
                server_of(interaction),
                interaction.channel_id or interaction.user.id,
            )
        if latest is None:
            raise UserFacingError(
                _(
                    "You have not asked for anything here yet. Try `/diagram description: "
                    "{example}`"
                ).format(example=EXAMPLE)
            )
        await self._starter.start(
            interaction,
            Asked(
                user_id=interaction.user.id,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or interaction.user.id,
                description=latest.description,
                count=latest.count,
                top=latest.top,
                kind=latest.kind,
                text=latest.text,
                parent_id=latest.parent_id,
                private=latest.private,
            ),
        )

    async def _visible(self, interaction: discord.Interaction, id: int) -> tuple[Diagram, Request]:
        """The diagram, if whoever asks may see it.

        That is their own, or one that is posted in a channel of this server that they may view.
        One whose messages were all deleted is deleted.

        Raises:
            UserFacingError: there is none that they may see; which of the two stays unsaid.
        """
        try:
            async with self._database.reading() as session:
                diagram = await get_diagram(session, id)
                request = await get_request(session, diagram.request_id)
                messages = await messages_of_diagram(session, id)
                deleted = await is_withdrawn(session, id)
        except NotFound:
            pass
        else:
            own = diagram.user_id == interaction.user.id
            shown = own or any(_may_view(interaction, message) for message in messages)
            if shown and diagram.png_path is not None and not deleted:
                return diagram, request
        raise UserFacingError(
            _(
                "There is no diagram {id} here that I could show you. `/history` lists yours with "
                "their ids."
            ).format(id=id)
        )


def _may_view(interaction: discord.Interaction, message: PostedMessage) -> bool:
    guild, user = interaction.guild, interaction.user
    if guild is None or message.guild_id != guild.id or not isinstance(user, discord.Member):
        return False
    if message.channel_id == interaction.channel_id:
        return True
    channel = guild.get_channel_or_thread(message.channel_id)
    if channel is None or (isinstance(channel, discord.Thread) and channel.is_private()):
        return False
    return channel.permissions_for(user).view_channel


def _post(request: Request, diagram: Diagram, images: Path) -> Post:
    assert diagram.png_path is not None
    return Post(
        diagram_id=diagram.id,
        rank=diagram.rank,
        caption=_(
            "Diagram {id} · {final:.1f} / 10 · readability {readability:.1f} · taste {taste:.1f}"
        ).format(
            id=diagram.id,
            final=diagram.final,
            readability=diagram.readability,
            taste=diagram.taste,
        ),
        alt_text=alt_text_of(diagram.text, request.description),
        file_name=delivery.file_name(request.description, diagram.rank),
        image=images / diagram.png_path,
    )
