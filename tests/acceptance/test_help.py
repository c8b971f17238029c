"""/help, and answers to what goes wrong anywhere."""

from __future__ import annotations

import logging

import discord
import pytest
from discord.app_commands import ContextMenu

from storage.errors import DatabaseUnavailable
from tests.acceptance.conftest import World


async def test_help_fits_one_private_message_and_names_every_command(world: World) -> None:
    result = await world.ana.slash(world.channel, "help")
    assert result.ephemeral
    said = result.response.content
    assert len(said) <= 2_000
    for command in world.app.bot.tree.get_commands(type=discord.AppCommandType.chat_input):
        if command.name not in {"admin", "settings"}:  # hidden from who may not use them
            sign = "" if isinstance(command, ContextMenu) else "/"
            assert f"{sign}{command.name}" in said
    assert "**Refine**" in said


async def test_command_names_are_unique_and_described(world: World) -> None:
    commands = [command.qualified_name for command in world.app.bot.tree.walk_commands()]
    assert len(commands) == len(set(commands))
    assert all(len(command.description) > 10 for command in world.app.bot.tree.walk_commands())


async def test_a_bug_is_answered_with_an_id_that_the_log_has(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(world.app.schedule, "_plans", property(broken))
    result = await world.ada.slash(world.channel, "admin jobs")
    world.refused()
    said = result.response.content
    assert "Something went wrong on my side" in said
    assert "secret" not in said
    (record,) = [
        r for r in caplog.records if r.levelno == logging.ERROR and r.name == "bot.failures"
    ]
    assert record.request_id in said


async def test_a_database_that_fails_is_told_as_such(world: World) -> None:
    await world.app.database.close()
    result = await world.ana.slash(world.channel, "ratings")
    assert isinstance(world.refused(), DatabaseUnavailable)
    assert "My storage is busy or full" in result.response.content
    drawn = await world.ask(world.ana, "read clean train")
    world.refused()
    assert "Nothing was started" in drawn.response.content
    await world.app.database.open()


async def test_chosen_servers_get_the_commands_and_unknown_ones_do_no_harm(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.settings = world.settings.model_copy(update={"guild_ids": (world.guild.id, 42)})
    await world.restart()
    puts = [r.path for r in world.env.http_requests if r.method == "PUT" and "/guilds/" in r.path]
    assert any(str(world.guild.id) in path for path in puts)
    result = await world.ana.slash(world.channel, "help")
    assert result.ephemeral
