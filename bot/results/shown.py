"""A posted diagram as a click finds it, perhaps years later, and who may do what with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import discord

from bot.asking.requests import Asked
from bot.asking.starting import check_permissions
from bot.errors import UserFacingError
from bot.texts import gettext as _
from bot.texts import later
from storage.database import Database
from storage.diagrams import Diagram, get_diagram
from storage.errors import NotFound
from storage.messages import is_withdrawn
from storage.purge import FORGOTTEN
from storage.requests import Request, RequestKind, get_request

STYLES = 8
STYLES_SHOWN = 3
GONE = later(
    "This diagram was deleted, so there is nothing left to work with. `/diagram` draws a new one."
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A diagram and the request it came from."""

    diagram: Diagram
    origin: Request

    def edited(self, interaction: discord.Interaction, text: str) -> Asked:
        """What somebody asks for who changed its text into this."""
        return self._asked(interaction, RequestKind.EDIT, text, count=1, top=1)

    def refined(self, interaction: discord.Interaction, wish: str) -> Asked:
        """What somebody asks for who said what is to change about it."""
        asked = self._asked(interaction, RequestKind.REFINE, self.diagram.text, count=1, top=1)
        return replace(asked, wish=wish)

    def restyled(self, interaction: discord.Interaction) -> Asked:
        """What somebody asks for who wants it in other styles."""
        return self._asked(
            interaction, RequestKind.RESTYLE, self.diagram.text, count=STYLES, top=STYLES_SHOWN
        )

    def again(self, interaction: discord.Interaction) -> Asked:
        """What somebody asks for who wants more like it.

        What the language model wrote, it writes anew with another seed. A diagram that somebody
        edited, or that is in other styles already, is not what its description says any more, and
        writing that anew would throw their work away: those keep their structure, and more like
        them are other styles. So do those whose words somebody had forgotten.
        """
        described = self.origin.description != FORGOTTEN
        if self.origin.kind is not RequestKind.DESCRIBE or not described:
            return self.restyled(interaction)
        return self._asked(
            interaction, RequestKind.DESCRIBE, None, count=self.origin.count, top=self.origin.top
        )

    def _asked(
        self,
        interaction: discord.Interaction,
        kind: RequestKind,
        text: str | None,
        *,
        count: int,
        top: int,
    ) -> Asked:
        return Asked(
            user_id=interaction.user.id,
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id or interaction.user.id,
            description=self.origin.description,
            count=count,
            top=top,
            kind=kind,
            text=text,
            parent_id=self.diagram.id,
            private=self.origin.private,
        )


async def find_shown(database: Database, diagram_id: int) -> Shown:
    """The diagram of this id.

    Raises:
        UserFacingError: it was deleted or forgotten.
        StorageError: the database failed.
    """
    try:
        async with database.reading() as session:
            diagram = await get_diagram(session, diagram_id)
            origin = await get_request(session, diagram.request_id)
            gone = await is_withdrawn(session, diagram_id) or (
                (origin.private or origin.outside) and diagram.png_path is None
            )
    except NotFound as error:
        raise UserFacingError(_(GONE)) from error
    if gone:
        raise UserFacingError(_(GONE))
    return Shown(diagram=diagram, origin=origin)


def may_draw(interaction: discord.Interaction, shown: Shown) -> None:
    """Raise UserFacingError when this person, or the bot, may not draw on from a diagram here.

    What is drawn on from a private one answers the click and needs no right in the channel.
    """
    if interaction.guild_id is not None and not interaction.permissions.use_application_commands:
        raise UserFacingError(
            _(
                "You may not use commands in this channel, and these buttons are like commands. A "
                "server admin can give you the permission **Use Application Commands**."
            )
        )
    if not shown.origin.private:
        check_permissions(interaction)


def may_delete(interaction: discord.Interaction, diagram: Diagram) -> None:
    """Raise UserFacingError when this person may not delete the diagram here."""
    if interaction.user.id == diagram.user_id:
        return
    if interaction.guild_id is None or not interaction.permissions.manage_messages:
        raise UserFacingError(
            _(
                "Only whoever asked for this diagram, and people with the permission "
                "**Manage Messages**, can delete it."
            )
        )
