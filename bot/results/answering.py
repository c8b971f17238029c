"""Delivers a request's news as answers to its interaction, and by nothing else.

What only one person sees is in no channel, and where the bot is not a member it may post in none:
both can be said by the token of the interaction alone, which lives 15 minutes. What comes later,
or after a restart, is kept for `/history` and `/show`, and nothing is said anywhere; so the status
says that beforehand. Reactions do not arrive from there, so the diagrams have buttons for them.
"""

from __future__ import annotations

import asyncio
import logging
from io import BytesIO

import discord

from bot.asking.cancelling import cancel_view
from bot.background import Background
from bot.errors import CannotPost
from bot.rating.buttons import under_answer
from bot.results.delivery import Post, quote_of
from bot.results.replies import QUIET, Reply
from bot.texts import gettext as _
from storage.requests import Request

log = logging.getLogger(__name__)


class AnswerDelivery:
    """`Delivers` by answers, as long as there is an interaction that can.

    Those to a private request are ephemeral, the others are seen by everybody.
    """

    def __init__(
        self,
        *,
        client: discord.Client,
        background: Background,
        request: Request,
        interaction: discord.Interaction | None,
    ) -> None:
        self._quote = quote_of(request)
        self._private = request.private
        self._interaction = interaction
        self._posted: list[discord.WebhookMessage] = []
        self._reply = Reply(
            client=client,
            background=background,
            channel_id=request.channel_id,
            user_id=request.user_id,
            message_id=None,
            interaction=interaction,
            view=cancel_view(request.id),
            quiet=True,
        )

    def say(self, text: str) -> None:
        """Replace the status soon."""
        if self._private:
            later = _(
                "Only you see this. What takes longer than 15 minutes you find with `/history`."
            )
        else:
            later = _(
                "I am not a member here, so what takes longer than 15 minutes you find with "
                "`/history`."
            )
        self._reply.say(f"{self._quote}\n{text}\n-# {later}")

    async def post(self, post: Post) -> None:
        """Show one diagram in a message of its own, with buttons for what reactions would say.

        Raises:
            CannotPost: Discord does not take it.
        """
        if self._interaction is None or self._interaction.is_expired():
            return
        if not self._posted:  # else Discord takes the first post for the status
            await self._reply.show(f"{self._quote}\n" + _("📬 Here it comes."))
        png = await asyncio.to_thread(post.image.read_bytes)
        try:
            message = await self._interaction.followup.send(
                post.caption,
                file=discord.File(BytesIO(png), filename=post.file_name, description=post.alt_text),
                view=under_answer(post.diagram_id),
                allowed_mentions=QUIET,
                ephemeral=self._private,
                wait=True,
            )
        except discord.NotFound:
            return  # the token ran out earlier than the clock says
        except discord.HTTPException as error:
            raise CannotPost(
                _("Discord did not take the pictures. You find them with `/history`.")
            ) from error
        self._posted.append(message)

    async def compare(self, a: int, b: int) -> None:
        """Ask nothing: one person's answers are their ratings."""

    async def withdraw(self) -> None:
        """Delete the status and what was posted, as far as the token still can. Never raises."""
        await self._reply.delete()
        for message in self._posted:
            try:
                await message.delete()
            except discord.HTTPException as error:
                log.warning("a post was not withdrawn: %s", error, extra={"action": "withdraw"})
        self._posted.clear()

    async def finish(self, text: str, *, awaited: bool = True) -> None:
        """Replace the status for good."""
        await self._reply.finish(f"{self._quote}\n{text}")
