"""/admin models, rollback, pin, unpin, retrain and cancel-training."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Literal

import discord
from discord import app_commands

from bot.cogs.admin_shared import AdminCommands, must_operate, where_and_who
from bot.operating.models import trained_text
from bot.operating.running import failure, under_way
from bot.results.statuses import bar
from bot.texts import gettext as _
from jobs.errors import Shortage, TrainingBusy, TrainingCancelled, TrainingFailed
from jobs.retrain import TrainingProgress
from ml.registry import ModelKind

log = logging.getLogger(__name__)

Kind = Literal["language", "readability", "autoencoder"]


class AdminModels(AdminCommands):
    """What serves, what served before, and trainings."""

    @app_commands.command(description="The versions of the models, their numbers and which serves")
    @app_commands.describe(kind="Only these, with how they compared and what they were made with")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def models(self, interaction: discord.Interaction, kind: Kind | None = None) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await (self._models.detail(ModelKind(kind)) if kind else self._models.overview())
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Let the version of a model serve that served before")
    @app_commands.describe(kind="Which model")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def rollback(self, interaction: discord.Interaction, kind: Kind) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await must_operate(interaction)
        said = await self._models.roll_back(*where_and_who(interaction), ModelKind(kind))
        await interaction.edit_original_response(content=said)

    @app_commands.command(description="Never delete a version of a model")
    @app_commands.describe(kind="Which model", version="Which version")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def pin(self, interaction: discord.Interaction, kind: Kind, version: str) -> None:
        await self._pin(interaction, kind, version, pinned=True)

    @app_commands.command(description="Let a version of a model be deleted when it is old")
    @app_commands.describe(kind="Which model", version="Which version")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def unpin(self, interaction: discord.Interaction, kind: Kind, version: str) -> None:
        await self._pin(interaction, kind, version, pinned=False)

    @pin.autocomplete("version")
    @unpin.autocomplete("version")
    async def _versions(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        names = self._models.names(str(interaction.namespace.kind), typed)
        return [app_commands.Choice(name=name, value=name) for name in names]

    @app_commands.command(description="Train a model anew; it serves only if it is better")
    @app_commands.describe(
        kind="sft: writing diagrams, from examples; orpo: writing what people rate higher"
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def retrain(
        self,
        interaction: discord.Interaction,
        kind: Literal["readability", "autoencoder", "sft", "orpo"],
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await must_operate(interaction)
        await self._moderation.note(*where_and_who(interaction), "retrain", kind)
        self._background.start(self._train(kind, interaction), name=f"retrain {kind}")

    @app_commands.command(
        name="cancel-training", description="End the training; the model that serves stays"
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def cancel_training(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await must_operate(interaction)
        kind = self._trainer.running
        if kind is None or not self._trainer.cancel():
            await interaction.edit_original_response(content=_("No training runs."))
            return
        await self._moderation.note(*where_and_who(interaction), "cancel-training", kind)
        said = _("🚫 The training of {kind} ends. Started again, it goes on where it was.")
        await interaction.edit_original_response(content=said.format(kind=kind))

    async def _pin(
        self, interaction: discord.Interaction, kind: Kind, version: str, *, pinned: bool
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await must_operate(interaction)
        said = await self._models.pin(
            *where_and_who(interaction), ModelKind(kind), version, pinned=pinned
        )
        await interaction.edit_original_response(content=said)

    async def _train(self, kind: str, interaction: discord.Interaction) -> None:
        reply = self._reply(interaction)
        reply.say(under_way(_("🏋️ Training {kind} …").format(kind=kind)))

        def progress(news: TrainingProgress) -> None:
            said = _("🏋️ Training {kind}: {stage} {bar}")
            reply.say(under_way(said.format(kind=kind, stage=news.stage, bar=bar(news.fraction))))

        curve = None
        try:
            trained = await self._trainer.retrain(kind, progress=progress)
        except TrainingBusy as error:
            text = f"⏳ {error} " + _("Please wait until it is done.")
        except TrainingCancelled:
            text = _("The training of {kind} was cancelled; the model is as it was.").format(
                kind=kind
            )
        except Shortage as error:
            text = f"⚠️ {error}"
        except TrainingFailed as error:
            text = f"⚠️ {failure(str(error))}"
        else:
            text, curve = trained_text(trained), trained.curve
        await reply.finish(text)
        if curve is not None and not interaction.is_expired():
            await self._show_curve(curve, interaction)

    async def _show_curve(self, curve: Path, interaction: discord.Interaction) -> None:
        """Shows the loss below the result."""
        try:
            file = discord.File(
                curve, filename="loss.png", description=_("The loss of the training")
            )
            await interaction.followup.send(file=file, ephemeral=True)
        except (OSError, discord.HTTPException) as error:
            log.warning("a curve could not be shown: %s", error, extra={"action": "retrain"})
