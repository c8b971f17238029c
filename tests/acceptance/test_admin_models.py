"""/admin models, rollback, pin, retrain and cancel-training, as an admin sees them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from simcord.results import InteractionResult

from ml.registry import ModelKind, Registry, Version
from ml.scoring.looks import encoder_name
from tests.acceptance.conftest import World
from tests.acceptance.test_admin import train_with

KIND = ModelKind.READABILITY


def publish(
    world: World,
    kind: ModelKind = KIND,
    *,
    serve: bool = True,
    mae: float = 0.5,
    verdict: str = "",
) -> Version:
    def write(folder: Path) -> None:
        (folder / "model.bin").write_text("weights")

    return Registry(root=world.settings.models.versions).publish(
        kind, write, config={}, metrics={"mae": mae}, data_hash="abcdef0123", seed=3,
        serve=serve, verdict=verdict,
    )  # fmt: skip


def serving(world: World) -> str:
    return Registry(root=world.settings.models.versions).serving(KIND).name


async def admin(world: World, command: str, **options: str) -> str:
    result = await world.ada.slash(world.channel, f"admin {command}", **options)
    assert result.ephemeral
    return str(result.response.content)


async def test_models_lists_every_kind_and_says_which_version_serves(world: World) -> None:
    old = publish(world, mae=0.512)
    aside = publish(world, serve=False, mae=0.6)
    said = await admin(world, "models")
    assert "**language**" in said
    assert "**autoencoder**" in said
    assert f"✅ `{old.name}` mae 0.512" in said
    assert f"· `{aside.name}` mae 0.6" in said


async def test_the_detail_of_a_kind_says_how_a_version_compared_and_what_made_it(
    world: World,
) -> None:
    first = publish(world)
    publish(world, serve=False, verdict="MAE 0.500, the serving one 0.500: no different")
    said = await admin(world, "models", kind="readability")
    assert "MAE 0.500, the serving one 0.500: no different" in said
    assert f"after {first.name} · seed 3 · data abcdef01 · python 3." in said


async def test_models_say_where_another_version_is_used_than_the_one_that_serves(
    world: World,
) -> None:
    version = publish(world)
    said = "⚠️ sketch-1 is what I use"
    assert said in await admin(world, "models", kind="readability")
    assert said in await admin(world, "models")
    world.worker.versions = replace(world.worker.versions, readability=version.name)
    assert said not in await admin(world, "models", kind="readability")


async def test_a_damaged_version_is_named_with_the_reason(world: World) -> None:
    (publish(world).folder / "model.bin").write_text("changed")
    assert "is not the file its manifest names" in await admin(world, "models")


async def test_a_rollback_lets_the_one_before_serve_at_once_and_is_in_the_audit_log(
    world: World,
) -> None:
    first, second = publish(world), publish(world)
    world.worker.versions = replace(world.worker.versions, readability=first.name)
    assert serving(world) == second.name
    assert f"⏪ readability: {first.name} serves again" in await admin(
        world, "rollback", kind="readability"
    )
    assert serving(world) == first.name
    audit = await admin(world, "audit")
    assert "**rollback** readability to" in audit


async def test_an_autoencoder_is_known_by_its_name_whatever_looks_stand_beside_it(
    world: World,
) -> None:
    first, _ = publish(world, ModelKind.AUTOENCODER), publish(world, ModelKind.AUTOENCODER)
    world.worker.versions = replace(world.worker.versions, autoencoder=encoder_name(first.name))
    said = await admin(world, "rollback", kind="autoencoder")
    assert f"⏪ autoencoder: {first.name} serves again" in said


async def test_a_rollback_that_the_worker_does_not_follow_says_so(world: World) -> None:
    first = publish(world)
    publish(world)
    said = await admin(world, "rollback", kind="readability")
    assert f"{first.name}, but sketch-1 is what I use" in said


async def test_with_nothing_before_it_a_rollback_changes_nothing(world: World) -> None:
    said = await admin(world, "rollback", kind="readability")
    assert "Nothing was changed: the readability model that ships serves" in said
    assert "rollback" not in await admin(world, "audit")


async def test_a_version_is_pinned_and_unpinned(world: World) -> None:
    version = publish(world)
    publish(world)
    said = await admin(world, "pin", kind="readability", version=version.name)
    assert said == f"📌 readability {version.name} is kept, however many come after it."
    assert f"📌 `{version.name}`" in await admin(world, "models")
    await admin(world, "unpin", kind="readability", version=version.name)
    assert "📌" not in await admin(world, "models")
    assert "no readability version x" in await admin(world, "pin", kind="readability", version="x")


TRAINING = """
import json, pathlib
print(json.dumps({"stage": "epoch 1, loss 0.5", "fraction": 0.5}), flush=True)
pathlib.Path(%r).write_bytes(b"a picture")
print(json.dumps({"published": True, "version": "r2", "metrics": {}, "reason": "better",
                  "curve": %r}), flush=True)
"""


async def test_the_loss_is_shown_as_a_picture_at_the_end(world: World, tmp_path: Path) -> None:
    curve = str(tmp_path / "loss.png")
    train_with(world, TRAINING % (curve, curve))
    result = await world.ada.slash(world.channel, "admin retrain", kind="sft")
    assert "✅ sft: r2 published: better" in result.response.content
    (picture,) = pictures(result)
    assert picture == "loss.png"


def pictures(result: InteractionResult) -> list[str]:
    return [file.filename for message in result.followups for file in message.attachments]


async def test_without_a_training_there_is_none_to_cancel(world: World) -> None:
    assert await admin(world, "cancel-training") == "No training runs."
    assert "cancel-training" not in await admin(world, "audit")


async def test_a_training_is_cancelled_from_chat(world: World) -> None:
    train_with(world, "import time; time.sleep(60)")
    training = asyncio.create_task(world.app.trainer.retrain("readability"))
    await asyncio.sleep(0)
    said = await admin(world, "cancel-training")
    assert "🚫 The training of readability ends" in said
    assert isinstance(await asyncio.gather(training, return_exceptions=True), list)
    assert world.app.trainer.running is None
    assert "**cancel-training** readability" in await admin(world, "audit")
