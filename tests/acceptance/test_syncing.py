"""Discord is told which commands there are when it does not know, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.acceptance.conftest import World


def told(world: World, since: int) -> list[str]:
    """Where commands were sent since so many calls."""
    return [
        call.path
        for call in world.env.http_requests[since:]
        if call.method == "PUT" and call.path.endswith("/commands")
    ]


def there(world: World, guild_id: int | None = None) -> dict[str, Any]:
    """What Discord has, by name."""
    return {name: command for (name, _), command in world.env.backend.commands[guild_id].items()}


def answered_by_discord(command: dict[str, Any]) -> None:
    """Change what SimCord keeps, which is what was sent, into what Discord answers."""
    command["version"] = "1"
    command["nsfw"] = False
    command["name_localizations"] = command.get("name_localizations") or None
    command["contexts"] = command.get("contexts")
    command["integration_types"] = command.get("integration_types") or [0]
    permissions = command["default_member_permissions"]
    command["default_member_permissions"] = None if permissions is None else str(permissions)
    if not command["options"]:
        del command["options"]
    for option in command.get("options", ()):
        if not option.get("required"):
            option.pop("required", None)


async def restarted(world: World) -> list[str]:
    since = len(world.env.http_requests)
    await world.restart()
    return told(world, since)


async def test_commands_that_discord_has_already_are_not_sent_again(world: World) -> None:
    assert len(told(world, 0)) == 1
    for command in there(world).values():
        answered_by_discord(command)
    assert await restarted(world) == []
    asked = [call for call in world.env.http_requests if call.path.endswith("/commands")][-1]
    assert asked.params == {"with_localizations": "true"}
    assert (await world.ana.slash(world.channel, "help")).ephemeral


@pytest.mark.parametrize(
    "change",
    [
        lambda commands: commands.pop("show"),
        lambda commands: commands["show"].update(description="Something else"),
        lambda commands: commands["show"].update(description_localizations={"ko": "다른 설명"}),
        lambda commands: commands["show"]["options"][0].update(required=False),
        lambda commands: commands["diagram"]["options"][3]["choices"].pop(),
        lambda commands: commands["settings"].update(default_member_permissions=None),
        lambda commands: commands["settings"]["options"][0].update(description_localizations=None),
        lambda commands: commands.update(old={**commands["show"], "name": "old"}),
    ],
    ids=[
        "gone",
        "description",
        "korean",
        "required",
        "choice",
        "permissions",
        "subcommand",
        "left",
    ],
)
async def test_any_difference_is_noticed_and_mended(
    world: World, change: Callable[[dict[str, Any]], object]
) -> None:
    before = there(world)
    names = set(before)
    changed = {name: {**command} for name, command in before.items()}
    change(changed)
    world.env.backend.commands[None] = {(name, one["type"]): one for name, one in changed.items()}
    assert len(await restarted(world)) == 1
    assert set(there(world)) == names
    assert await restarted(world) == []


async def test_a_chosen_server_is_told_once_too(world: World) -> None:
    world.settings = world.settings.model_copy(update={"guild_ids": (world.guild.id,)})
    assert await restarted(world) == [
        f"/applications/{world.env.backend.application_id}/guilds/{world.guild.id}/commands"
    ]
    for command in there(world, world.guild.id).values():
        answered_by_discord(command)
    assert await restarted(world) == []
