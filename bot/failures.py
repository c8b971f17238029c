"""What people are told when a command, a button or a form fails: the one place for it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable

import discord
from discord import app_commands

from bot.errors import UserFacingError
from bot.texts import gettext as _
from bot.texts import later
from storage.errors import NotFound, StorageError

log = logging.getLogger(__name__)

_PERMISSIONS = {"manage_guild": later("manage guild")}
"""Those that commands ask for."""


async def answered(interaction: discord.Interaction, work: Awaitable[None], *, what: str) -> None:
    """Do the work; what goes wrong is told where a command's errors are told."""
    try:
        await work
    except Exception as error:
        await tell(interaction, error, what=what)


async def tell(interaction: discord.Interaction, error: BaseException, *, what: str) -> None:
    """Answer with what happened, to this person alone where that is still possible. Never raises.

    An answer that began takes it in, but never a message that everybody sees. `what` failed, for
    the log.
    """
    text = explained(error, what=what)
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(text, ephemeral=True)
        elif _answers_publicly(interaction):
            await interaction.followup.send(text, ephemeral=True)
        else:
            await _answer_with(interaction, text)
    except discord.HTTPException as failure:
        log.warning("an error could not be told: %s", failure, extra={"action": "command"})


def _answers_publicly(interaction: discord.Interaction) -> bool:
    """Whether the answer is a change of the message below which somebody pressed a button."""
    changed = interaction.response.type is discord.InteractionResponseType.deferred_message_update
    return changed and interaction.message is not None and not interaction.message.flags.ephemeral


async def _answer_with(interaction: discord.Interaction, text: str) -> None:
    try:
        await interaction.edit_original_response(content=text)
    except discord.NotFound:  # it was taken back, because it was public
        await interaction.followup.send(text, ephemeral=True)


def explained(error: BaseException, *, what: str) -> str:
    """What happened, for people. What nobody expected is logged under the id that is told."""
    text = _answer(error)
    if text is None:
        request_id = secrets.token_hex(4)
        log.error(
            "%s failed",
            what,
            exc_info=error,
            extra={"action": "command", "request_id": request_id},
        )
        text = _(
            "Something went wrong on my side. Please try again; if it happens twice, tell whoever "
            "runs this bot the id `{request_id}`."
        ).format(request_id=request_id)
    return text


def _answer(error: BaseException) -> str | None:
    """What the person is told about an error that is expected; None when it is not."""
    match error:
        case UserFacingError():
            return str(error)
        case app_commands.MissingPermissions():
            names = ", ".join(_(_PERMISSIONS.get(name, name)) for name in error.missing_permissions)
            return _("Only people with the permission “{names}” may use this command.").format(
                names=names
            )
        case app_commands.NoPrivateMessage():
            return _("This command works in servers only.")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return _(
                "This command has changed. Please reload Discord (Ctrl+R), or wait an hour, and "
                "try again."
            )
        case NotFound():
            return _("That is not there any more: it was deleted, or somebody had it forgotten.")
        case discord.NotFound():
            return _(
                "That is gone from Discord: it was deleted meanwhile, or is too old to answer."
            )
        case StorageError():
            return _("My storage is busy or full. Please try again in a minute.")
        case _:
            return None
