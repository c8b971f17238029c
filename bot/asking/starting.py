"""The way from a person's wish in Discord to its fulfilment: commands and buttons share it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

import discord

from bot.asking.fulfilling import Delivers
from bot.asking.limits import Origin, check, check_person, check_place
from bot.asking.place import as_asked_in, is_outside, server_of
from bot.asking.policy import Policy
from bot.asking.requests import Asked, Requests
from bot.background import Background
from bot.errors import UserFacingError
from bot.rating.seeding import Seeder
from bot.results.answering import AnswerDelivery
from bot.results.posting import ChannelDelivery, cannot_post, missing_permissions
from bot.texts import DEFAULT, speaking
from bot.texts import gettext as _
from storage.database import Database
from storage.errors import StorageError
from storage.requests import Request
from storage.standing import Standing, standing


class Starter:
    """Answers an interaction with a status, and fulfils its request in the background."""

    def __init__(
        self,
        *,
        client: discord.Client,
        database: Database,
        requests: Requests,
        background: Background,
        policy: Policy | None,
    ) -> None:
        self._client = client
        self._database = database
        self._requests = requests
        self._background = background
        self._policy = policy
        self._seeder = Seeder(client=client, background=background)

    async def start(
        self,
        interaction: discord.Interaction,
        asked: Asked,
        *,
        stands: Standing | None = None,
    ) -> tuple[Request, asyncio.Task[None]]:
        """Answer, publicly unless it is private, and begin.

        Returns:
            The request, and the task that fulfils it.

        `stands` is what `standing` said, if that was asked for already.

        Raises:
            UserFacingError: it cannot be drawn, not be posted here, is against a rule of the
                server or the policy of the installation, or nothing can be stored.
        """
        asked = as_asked_in(interaction, asked)
        # These checks take milliseconds, and before the defer a refusal can still be private. The
        # rules see what would be stored: what is left out of it must not hide a word.
        asked = self._requests.checked(asked)
        if not asked.private:
            check_permissions(interaction)
        origin = _origin(interaction)
        stands = stands or await self.standing(interaction)
        if stands is not None:
            check(asked, origin, stands)
        status = await interaction.response.defer(ephemeral=asked.private, thinking=True)
        try:
            if self._policy is not None:
                await self._policy.check(asked)
            request = await self._requests.accept(asked, partial(check, asked, origin))
        except UserFacingError:  # whatever the reason is, it concerns nobody else
            await _take_back(interaction)
            raise
        answered = asked.private or asked.outside
        if status is not None and status.message_id is not None and not answered:
            await self._requests.status_shown_in(request, status.message_id)
            request = replace(request, status_message_id=status.message_id)
        fulfilling = self._background.start(
            self._requests.fulfil(request, self.delivery(request, interaction)),
            name=f"request {request.id}",
        )
        return request, fulfilling

    async def check_may_ask(self, interaction: discord.Interaction) -> None:
        """Raise what `start` would raise whatever is asked for: before a form is filled in.

        Raises:
            UserFacingError: results could not be posted here, a rule of the server keeps this
                person from asking, or the database failed.
        """
        check_permissions(interaction)
        stands = await self.standing(interaction)
        if stands is not None:
            check_person(_origin(interaction), stands)

    async def check_place(self, interaction: discord.Interaction) -> None:
        """Raise Refused when a rule of the server keeps this person from posting here.

        Raises:
            StorageError: the database failed.
        """
        server = server_of(interaction)
        if server is not None:
            async with self._database.reading() as session:
                here = await standing(session, server, interaction.user.id)
            check_place(_origin(interaction), here)

    async def standing(self, interaction: discord.Interaction) -> Standing | None:
        """What the admins decided and how the person stands there; None where no rules hold.

        Raises:
            UserFacingError: the database failed.
        """
        server = server_of(interaction)
        if server is None:
            return None
        with _storage_failing_told():
            async with self._database.reading() as session:
                return await standing(session, server, interaction.user.id)

    async def resume(self, request: Request) -> None:
        """Fulfil what an earlier run left unfinished; its interaction is too old to use."""
        with speaking(request.locale or DEFAULT):
            await self._requests.fulfil(request, self.delivery(request))

    def delivery(
        self, request: Request, interaction: discord.Interaction | None = None
    ) -> Delivers:
        """Where the news of a request go, as far as its interaction is still there."""
        if request.private or request.outside:
            return AnswerDelivery(
                client=self._client,
                background=self._background,
                request=request,
                interaction=interaction,
            )
        return ChannelDelivery(
            client=self._client,
            background=self._background,
            seeder=self._seeder,
            request=request,
            interaction=interaction,
        )


def check_permissions(interaction: discord.Interaction) -> None:
    """Raise CannotPost when the results could not be posted where the interaction was."""
    if interaction.guild_id is None or is_outside(interaction):
        return  # all that is needed is allowed in a direct message; outside, answering is
    missing = missing_permissions(
        interaction.app_permissions, thread=isinstance(interaction.channel, discord.Thread)
    )
    if missing:
        raise cannot_post(missing)


async def _take_back(interaction: discord.Interaction) -> None:
    """Delete the public answer that began, so that the next one can be private.

    While it is only “thinking”, Discord puts the next answer into it, or refuses that.
    """
    with suppress(discord.HTTPException):  # then the refusal is seen there
        await interaction.edit_original_response(content="…")
        await interaction.delete_original_response()


@contextmanager
def _storage_failing_told() -> Iterator[None]:
    try:
        yield
    except StorageError as error:
        raise UserFacingError(
            _(
                "I could not look up the rules of this server, because my storage is busy or "
                "full. Nothing was started; please try again in a minute."
            )
        ) from error


def _origin(interaction: discord.Interaction) -> Origin:
    """Where an interaction was. A thread lies in its channel, whose rules hold in it."""
    ids = {interaction.channel_id, getattr(interaction.channel, "parent_id", None)}
    return Origin(
        channel_ids=frozenset(id for id in ids if id is not None),
        manages=interaction.permissions.manage_guild,
        role_ids=frozenset(role.id for role in getattr(interaction.user, "roles", ())),
    )
