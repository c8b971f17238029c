"""Forgetting a person: what they have under way ends, then rows, files, taste and messages go.

What they typed goes everywhere, also where others drew on from it; what others typed stays.

The database comes first: whatever interrupts the rest, nothing points to the files any more, and
housekeeping deletes those. Messages come last and in the background, at the pace of Discord.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import discord

from bot.asking.requests import Requests
from bot.background import Background
from bot.errors import UserFacingError
from bot.rating.emojis import as_reaction
from bot.results.delivery import file_name, quoted
from bot.results.keeping import alt_text_of
from bot.texts import DEFAULT, speaking
from bot.texts import gettext as _
from jobs.pictures import delete_pictures
from storage.database import Database
from storage.diagrams import Diagram, diagrams_of_request
from storage.errors import NotFound
from storage.messages import PostedMessage, messages_of_diagram
from storage.purge import FORGOTTEN, Forgotten, Place, forget_person, unfinished_of
from storage.requests import Request, get_request

log = logging.getLogger(__name__)

PATIENCE = 60
"""Seconds that the person's requests may take to end: one being delivered posts its last."""


class Forgetter:
    """Forgets people. `refresh_taste` builds the index anew from what is left."""

    def __init__(
        self,
        *,
        client: discord.Client,
        database: Database,
        requests: Requests,
        images: Path,
        background: Background,
        refresh_taste: Callable[[], Awaitable[object]],
    ) -> None:
        self._client = client
        self._database = database
        self._requests = requests
        self._images = images
        self._background = background
        self._refresh_taste = refresh_taste

    async def forget(self, user_id: int) -> Forgotten:
        """Delete everything about a person; what it was.

        Raises:
            StorageError: the database failed; nothing but their requests under way was touched.
        """
        await self._end_requests(user_id)
        async with self._database.transaction() as session:
            gone = await forget_person(session, user_id)
        stayed = await asyncio.to_thread(
            delete_pictures, self._images, gone.request_ids, gone.pictures
        )
        if stayed:
            log.error("%d pictures could not be deleted", stayed, extra={"action": "forget"})
        self._background.start(self._renew_taste(), name="taste after forgetting")
        self._background.start(self._clear_discord(gone, user_id), name="messages of the forgotten")
        log.info(
            "a person was forgotten: %d requests, %d diagrams, %d ratings",
            len(gone.request_ids),
            gone.diagrams,
            gone.ratings,
            extra={"action": "forget"},
        )
        return gone

    async def _end_requests(self, user_id: int) -> None:
        """Cancel what they wait for; one that is being delivered ends by itself in a moment."""
        async with self._database.reading() as session:
            waiting = await unfinished_of(session, user_id)
        for request_id in waiting:
            with suppress(UserFacingError):  # it is too late to cancel it
                await self._requests.cancel(request_id, by=user_id, manages=False)
        try:
            async with asyncio.timeout(PATIENCE):
                for request_id in waiting:
                    await self._requests.ended(request_id)
        except TimeoutError:  # it withdraws itself as soon as it wants to store anything
            log.warning("a request of a forgotten person goes on", extra={"action": "forget"})

    async def _renew_taste(self) -> None:
        await self._refresh_taste()

    async def _clear_discord(self, gone: Forgotten, user_id: int) -> None:
        """Delete their messages and take their numbers away, where Discord lets the bot."""
        refused = 0
        for place in (*gone.posts, *gone.statuses):
            refused += await _refused(self._message(place).delete())
        for place, emoji in gone.rated:
            if place.guild_id is None:
                continue  # in direct messages only the person can
            refused += await _refused(
                self._message(place).remove_reaction(as_reaction(emoji), discord.Object(user_id))
            )
        for request_id in gone.requoted:
            refused += await self._requote(request_id)
        if refused:
            log.info("Discord refused %d removals", refused, extra={"action": "forget"})

    async def _requote(self, request_id: str) -> int:
        """Take the person's words out of what shows somebody else's request; how much stayed.

        The status quotes the description, or its owner's wish, and the files are named after it.
        """
        await self._requests.ended(request_id)  # what it says last has the words too
        try:
            async with self._database.reading() as session:
                request = await get_request(session, request_id)
                diagrams = await diagrams_of_request(session, request_id)
                shown = [
                    (diagram, message)
                    for diagram in diagrams
                    for message in await messages_of_diagram(session, diagram.id)
                ]
        except NotFound:  # its owner is forgotten too
            return 0
        with speaking(request.locale or DEFAULT):
            return await self._show_without_words(request, shown)

    async def _show_without_words(
        self, request: Request, shown: Sequence[tuple[Diagram, PostedMessage]]
    ) -> int:
        """Show a request that lost its description as it is now; how much stayed."""
        stayed = 0
        if request.status_message_id is not None and request.wish is None:
            place = Place(
                channel_id=request.channel_id,
                guild_id=request.guild_id,
                message_id=request.status_message_id,
            )
            taken_back = _("Whoever typed the words for this had them forgotten.")
            text = f"{quoted(FORGOTTEN)}\n-# {taken_back}"
            stayed += await _refused(self._message(place).edit(content=text, view=None))
        for diagram, message in shown:
            if diagram.png_path is None:
                continue
            try:
                png = await asyncio.to_thread((self._images / diagram.png_path).read_bytes)
            except OSError:  # it cannot be sent under another name
                stayed += 1
                continue
            renamed = discord.File(
                BytesIO(png),
                filename=file_name(FORGOTTEN, diagram.rank),
                description=alt_text_of(diagram.text, FORGOTTEN),
            )
            stayed += await _refused(self._message(message).edit(attachments=[renamed]))
        return stayed

    def _message(self, place: Place | PostedMessage) -> discord.PartialMessage:
        channel = self._client.get_partial_messageable(place.channel_id, guild_id=place.guild_id)
        return channel.get_partial_message(place.message_id)


async def _refused(call: Awaitable[object]) -> bool:
    """Whether Discord refused it, for another reason than that there is nothing to do."""
    try:
        await call
    except discord.NotFound:
        return False
    except discord.HTTPException:
        return True
    return False
