"""The Cancel button under a status. Its id names the request, so it works after a restart too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.failures import tell
from bot.results.delivery import quote_of
from bot.results.statuses import cancelled
from bot.texts import DEFAULT, speaking
from bot.texts import gettext as _
from bot.translating import Addressed

if TYPE_CHECKING:
    from bot.client import DiagramBot


class CancelButton(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"cancel:(?P<id>\w{1,64})",
):
    """Gives up the request of this id, for its owner and for those who manage the place."""

    def __init__(self, request_id: str) -> None:
        super().__init__(
            discord.ui.Button(
                label=_("Cancel"),
                style=discord.ButtonStyle.secondary,
                custom_id=f"cancel:{request_id}",
            )
        )
        self._request_id = request_id

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        return cls(match["id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Whoever gives the request up says so in its status, which then has no button left.

        Discord waits three seconds for an answer, and the database may take longer.
        """
        client: DiagramBot = interaction.client
        requests = client.requests
        allowed = interaction.permissions
        try:
            await interaction.response.defer()
            request = await requests.cancel(
                self._request_id,
                by=interaction.user.id,
                manages=interaction.guild_id is not None
                and (allowed.manage_guild or allowed.manage_messages),
            )
            # Now, because its turn to notice may be far; then it says the same.
            with speaking(request.locale or DEFAULT):
                said = cancelled(interaction.user.id)
            await interaction.edit_original_response(
                content=f"{quote_of(request)}\n{said}", view=None
            )
        except Exception as error:
            await tell(interaction, error, what="Cancel")


def cancel_view(request_id: str) -> discord.ui.View:
    """What a status has below it while its request can be cancelled."""
    view = discord.ui.View(timeout=None)
    view.add_item(CancelButton(request_id))
    return view
