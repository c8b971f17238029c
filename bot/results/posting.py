"""Delivers a request's news into its Discord channel: the status, the diagrams, the emojis."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from functools import reduce
from io import BytesIO

import discord

from bot.asking.cancelling import cancel_view
from bot.background import Background
from bot.errors import CannotPost
from bot.rating.choosing import QUESTION, under_question
from bot.rating.seeding import Seeder
from bot.results.buttons import under_result
from bot.results.delivery import Post, quote_of
from bot.results.replies import QUIET, Reply, calling
from bot.texts import gettext as _
from bot.texts import later, ngettext
from storage.requests import Request

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=1)
"""Who asked longer ago than this is notified of the first result."""

NEEDED = {
    "view_channel": later("View Channel"),
    "send_messages": later("Send Messages"),
    "attach_files": later("Attach Files"),
}
NEEDED_IN_THREADS = {
    "view_channel": later("View Channel"),
    "send_messages_in_threads": later("Send Messages in Threads"),
    "attach_files": later("Attach Files"),
}


def missing_permissions(permissions: discord.Permissions, *, thread: bool) -> list[str]:
    """The English names, as Discord shows them, of what the bot needs in a channel and lacks."""
    needed = NEEDED_IN_THREADS if thread else NEEDED
    return [words for name, words in needed.items() if not getattr(permissions, name)]


def cannot_post(missing: list[str]) -> CannotPost:
    """What to say when permissions are missing: their English names, one at least."""
    names = [f"**{_(name)}**" for name in missing]
    listed = reduce(lambda some, last: _("{some} and {last}").format(some=some, last=last), names)
    return CannotPost(
        ngettext(
            "I may not post diagrams in this channel. A server admin can give me the permission "
            "{names} here; then ask again.",
            "I may not post diagrams in this channel. A server admin can give me the permissions "
            "{names} here; then ask again.",
            len(names),
        ).format(names=listed)
    )


class ChannelDelivery:
    """`Delivers` to the channel of one request, with or without a live interaction."""

    def __init__(
        self,
        *,
        client: discord.Client,
        background: Background,
        seeder: Seeder,
        request: Request,
        interaction: discord.Interaction | None = None,
    ) -> None:
        self._client = client
        self._seeder = seeder
        self._request = request
        self._quote = quote_of(request)
        self._reply = Reply(
            client=client,
            background=background,
            channel_id=request.channel_id,
            user_id=request.user_id,
            message_id=request.status_message_id,
            interaction=interaction,
            view=cancel_view(request.id),
        )
        self._called = False
        self._posted: list[int] = []

    def _call(self) -> discord.AllowedMentions:
        """Who is notified now: whoever asked, once, if that is so long ago that they left."""
        if self._called or datetime.now(UTC) - self._request.created_at < PATIENCE:
            return QUIET
        self._called = True
        return calling(self._request.user_id)

    def say(self, text: str) -> None:
        """Replace the status soon."""
        self._reply.say(f"{self._quote}\n{text}")

    async def post(self, post: Post) -> int:
        """Show one diagram in a message of its own; the message's id.

        Raises:
            CannotPost: Discord does not take it.
        """
        png = await asyncio.to_thread(post.image.read_bytes)
        channel = self._client.get_partial_messageable(
            self._request.channel_id, guild_id=self._request.guild_id
        )
        try:
            message = await channel.send(
                f"{post.caption}\n-# <@{self._request.user_id}>",
                file=discord.File(BytesIO(png), filename=post.file_name, description=post.alt_text),
                allowed_mentions=self._call(),
                view=under_result(post.diagram_id),
            )
        except discord.Forbidden as error:
            raise cannot_post(list(NEEDED.values())) from error
        except discord.NotFound as error:
            raise CannotPost(_("The channel is gone, so I cannot post there.")) from error
        except discord.HTTPException as error:
            raise CannotPost(
                _("Discord did not take the pictures. Please ask again in a minute.")
            ) from error
        self._posted.append(message.id)
        return message.id

    async def compare(self, a: int, b: int) -> None:
        """Ask everybody in the channel which of two diagrams is better. Never raises."""
        channel = self._client.get_partial_messageable(
            self._request.channel_id, guild_id=self._request.guild_id
        )
        try:
            await channel.send(_(QUESTION), view=under_question(a, b), silent=True)
        except discord.HTTPException as error:
            log.warning("A or B was not asked: %s", error, extra={"action": "compare"})

    async def withdraw(self) -> None:
        """Delete the status and what was posted. Never raises: there is nobody left to tell."""
        await self._reply.delete()
        channel = self._client.get_partial_messageable(
            self._request.channel_id, guild_id=self._request.guild_id
        )
        for message_id in self._posted:
            try:
                await channel.get_partial_message(message_id).delete()
            except discord.NotFound:
                continue
            except discord.HTTPException as error:
                log.warning("a post was not withdrawn: %s", error, extra={"action": "withdraw"})
        self._posted.clear()

    async def finish(self, text: str, *, awaited: bool = True) -> None:
        """Replace the status for good, then put the emojis under what was posted.

        An edit notifies nobody, so whoever waited long for nothing is told in a new message.
        """
        self._called |= await self._reply.finish(f"{self._quote}\n{text}")
        if awaited and (mentions := self._call()) is not QUIET:
            await self._reply.call(text, mentions)
        for message_id in self._posted:
            self._seeder.add(self._request.channel_id, message_id)
        self._posted.clear()
