"""/admin for people who manage the server, and what everybody else is told."""

from __future__ import annotations

import sys

import discord
import pytest
from simcord.backend.errors import SetupError

from bot.errors import UserFacingError
from tests.acceptance.conftest import World

TRAINING = """
import json, sys, time
kind = sys.argv[1]
for n in (1, 2):
    print(json.dumps({"stage": f"fold {n}", "fraction": n / 2}), flush=True)
print(json.dumps({"published": %s, "version": f"{kind}-2", "metrics": {"mae": 0.51},
                  "reason": "better than before"}), flush=True)
"""


def train_with(world: World, script: str) -> None:
    trainer = world.app.trainer
    trainer._command = (sys.executable, "-c", script)
    trainer._shortage = lambda kind: None


async def test_status_shows_worker_models_and_counts_privately(world: World) -> None:
    await world.ask(world.ana, "read clean train", count=4, top=1)
    await world.rate(world.ana, world.posts()[0], 5)
    result = await world.ada.slash(world.channel, "admin status")
    assert result.ephemeral
    said = result.response.content
    assert "**Worker** ready on cpu · 0 running, 0 waiting" in said
    assert "autoencoder sketch-1" in said
    assert "4 diagrams · 1 ratings" in said
    assert "✅ none failed" in said


async def test_retraining_shows_its_progress_and_result(world: World) -> None:
    train_with(world, TRAINING % "True")
    result = await world.ada.slash(world.channel, "admin retrain", kind="readability")
    assert result.ephemeral
    assert "✅ readability: readability-2 published: better than before" in result.response.content
    assert "mae 0.51" in result.response.content
    shown = [
        request.json["content"]
        for request in world.env.http_requests
        if request.method == "PATCH" and "@original" in request.path
    ]
    assert shown[0].startswith("🏋️ Training readability")
    jobs = await world.ada.slash(world.channel, "admin jobs")
    assert "retrain readability: ✅" in jobs.response.content


async def test_a_training_that_is_not_better_says_so(world: World) -> None:
    train_with(world, TRAINING % "False")
    result = await world.ada.slash(world.channel, "admin retrain", kind="autoencoder")
    assert "💤 autoencoder: autoencoder-2 not published" in result.response.content


async def test_a_training_that_fails_says_why_in_one_line_and_the_log_has_all(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    train_with(world, "import sys; sys.exit('no __data__ yet\\n# raise Secret')")
    result = await world.ada.slash(world.channel, "admin retrain", kind="readability")
    assert result.response.content == (
        "⚠️ the training of readability ended with status 1: no \\_\\_data\\_\\_ yet "
        "(all of it is in the log)"
    )
    jobs = await world.ada.slash(world.channel, "admin jobs")
    (line,) = [line for line in jobs.response.content.splitlines() if "readability: ⚠️" in line]
    assert line.endswith("no \\_\\_data\\_\\_ yet")
    assert "Secret" not in jobs.response.content
    assert "# raise Secret" in caplog.text


async def test_without_room_for_it_a_training_is_refused_with_what_is_short(world: World) -> None:
    world.app.trainer._shortage = lambda kind: f"Too little memory for {kind}."
    result = await world.ada.slash(world.channel, "admin retrain", kind="readability")
    assert result.response.content == "⚠️ Too little memory for readability."


async def test_one_training_at_a_time(world: World) -> None:
    trainer = world.app.trainer
    trainer._kind = "autoencoder"
    result = await world.ada.slash(world.channel, "admin retrain", kind="readability")
    trainer._kind = None
    assert "autoencoder is being trained" in result.response.content


async def test_a_result_after_the_token_ran_out_is_in_the_list_of_jobs_and_in_no_channel(
    world: World,
) -> None:
    train_with(world, TRAINING % "True")
    world.env.inject_error("PATCH", "/webhooks/*", status=404, code=10015, times=None)
    await world.ada.slash(world.channel, "admin retrain", kind="readability")
    await world.ada.slash(world.channel, "admin run", job="housekeeping")
    world.env.backend.faults.clear()
    jobs = await world.ada.slash(world.channel, "admin jobs")
    assert "retrain readability: ✅" in jobs.response.content
    assert "housekeeping: ✅" in jobs.response.content
    assert world.channel.history(viewer=world.ana) == []


async def test_the_data_of_a_server_is_a_file_for_its_admins_and_that_is_in_the_audit_log(
    world: World,
) -> None:
    await world.ask(world.ana, "read clean train", count=2, top=1)
    await world.rate(world.ben, world.posts()[0], 5)
    result = await world.ada.slash(world.channel, "admin export-data")
    assert result.ephemeral
    assert "1 requests, 2 diagrams, 1 ratings and 1 pictures" in result.response.content
    (file,) = result.response.attachments
    assert file.filename == "server-data.zip"
    audit = await world.ada.slash(world.channel, "admin audit")
    assert "**export-data**" in audit.response.content


async def test_admin_commands_are_hidden_from_others(world: World) -> None:
    assert "admin status" in world.ada.available_commands(world.channel)
    assert "admin status" not in world.ana.available_commands(world.channel)
    with pytest.raises(SetupError):
        await world.ana.slash(world.channel, "admin status")


@pytest.mark.parametrize(
    ("command", "options"), [("admin status", {}), ("admin retrain", {"kind": "readability"})]
)
async def test_somebody_who_was_granted_the_command_is_still_refused(
    world: World, command: str, options: dict[str, str]
) -> None:
    (admin,) = [c for c in await world.app.bot.tree.fetch_commands() if c.name == "admin"]
    world.guild.set_command_permissions(admin, {world.ana: True})
    result = await world.ana.slash(world.channel, command, **options)
    assert type(world.refused()).__name__ == "MissingPermissions"
    assert result.ephemeral
    assert "“manage guild”" in result.response.content
    assert world.app.trainer.running is None


async def test_admin_commands_do_not_exist_in_direct_messages(world: World) -> None:
    assert not [name for name in world.ana.user.available_commands() if name.startswith("admin")]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("retrain", {"kind": "readability"}),
        ("rollback", {"kind": "autoencoder"}),
        ("pin", {"kind": "autoencoder", "version": "shipped-1"}),
        ("cancel-training", {}),
        ("run", {"job": "housekeeping"}),
    ],
)
async def test_one_server_of_several_does_not_change_what_all_share(
    world: World, command: str, options: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.env.create_guild("Another")
    owners: set[int] = set()

    async def is_owner(user: discord.abc.User) -> bool:
        return user.id in owners

    monkeypatch.setattr(world.app.bot, "is_owner", is_owner)
    refused = await world.ada.slash(world.channel, f"admin {command}", **options)
    assert "whoever runs this bot" in refused.response.content
    assert isinstance(world.refused(), UserFacingError)
    owners.add(world.ada.id)
    train_with(world, TRAINING % "True")
    allowed = await world.ada.slash(world.channel, f"admin {command}", **options)
    assert "whoever runs this bot" not in allowed.response.content
