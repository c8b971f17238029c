"""Whether Discord knows the commands as they are now, so that it is told only of changes.

Whatever is told reaches everybody within an hour, and Discord limits how often it may be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

_SENT = (
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "type",
    "options",
    "choices",
    "value",
    "required",
    "autocomplete",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "default_member_permissions",
    "nsfw",
    "contexts",
    "integration_types",
)
"""What a command, an option or a choice is made of; all else in an answer is Discord's own."""

_WHERE = ("contexts", "integration_types", "dm_permission")
"""Where nothing is sent, Discord takes what the app is set to; for one server it ignores them."""


async def is_known(
    tree: app_commands.CommandTree[Any], *, guild: discord.abc.Snowflake | None = None
) -> bool:
    """Whether Discord has the commands that `tree.sync` would send, with all translations.

    Raises:
        discord.HTTPException: Discord does not say.
    """
    wanted = {}
    for command in tree.get_commands(guild=guild):
        sent = (
            await command.get_translated_payload(tree, tree.translator)
            if tree.translator is not None
            else command.to_dict(tree)
        )
        wanted[sent["type"], sent["name"]] = _plain(sent)
    there = {(had["type"], had["name"]): _plain(had) for had in await _there(tree, guild)}
    for key in wanted.keys() & there.keys():
        for field in _WHERE:
            if guild is not None or field not in wanted[key]:
                wanted[key].pop(field, None)
                there[key].pop(field, None)
    return wanted == there


async def _there(
    tree: app_commands.CommandTree[Any], guild: discord.abc.Snowflake | None
) -> list[dict[str, Any]]:
    """What Discord has. Unlike `fetch_commands`, this asks for the translations too."""
    ids = {"application_id": tree.client.application_id}
    path = "/applications/{application_id}/commands"
    if guild is not None:
        ids["guild_id"] = guild.id
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
    found: list[dict[str, Any]] = await tree.client.http.request(
        Route("GET", path, **ids), params={"with_localizations": "true"}
    )
    return found


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for what is sent and for what Discord makes of it.

    It leaves out what is empty, says numbers of permissions as text, and may or may not say that
    direct messages are allowed.
    """
    plain = {key: given[key] for key in _SENT if not _is_empty(given.get(key))}
    for key in ("options", "choices"):
        if key in plain:
            plain[key] = [_plain(part) for part in plain[key]]
    for key in ("contexts", "integration_types"):
        if key in plain:
            plain[key] = sorted(plain[key])
    if "default_member_permissions" in plain:
        plain["default_member_permissions"] = int(plain["default_member_permissions"])
    if given.get("dm_permission") is False:
        plain["dm_permission"] = False
    return plain


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", [], {})
