"""The versions of the models: what is told about them, stepping back, keeping one for good."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from discord.utils import format_dt

from bot.results.delivery import shortened
from bot.texts import gettext as _
from jobs.retrain import Trained
from ml.candidate import Versions
from ml.errors import MlError, ModelError
from ml.registry import Listed, ModelKind, Registry
from ml.worker import Draws
from storage.audit import add_audit
from storage.database import Database

_SHOWN: Mapping[ModelKind, tuple[str, ...]] = {
    ModelKind.LANGUAGE: ("exact", "valid", "edge_f1"),
    ModelKind.READABILITY: ("mae", "pairwise", "spearman"),
    ModelKind.AUTOENCODER: ("recovery", "constant_recovery", "painting"),
}
"""The numbers of each kind that fit a line."""

_LINES = 4  # versions of a kind, when all kinds are shown


class Models:
    """What an admin does with the versions. Changes are in the audit log of the server.

    `refresh` starts giving every diagram a latent of the encoder that serves.
    """

    def __init__(
        self,
        *,
        registry: Registry,
        worker: Draws,
        database: Database,
        refresh: Callable[[], object],
    ) -> None:
        self._registry = registry
        self._worker = worker
        self._database = database
        self._refresh = refresh

    async def overview(self) -> str:
        """The latest versions of every kind."""
        parts = []
        for kind in ModelKind:
            listed = await asyncio.to_thread(self._registry.versions, kind)
            shown = [one for place, one in enumerate(listed) if place < _LINES or one.serves]
            parts += [f"**{kind}**", *self._not_used(kind, listed)]
            parts += [_line(kind, one) for one in shown]
        return shortened("\n".join(parts), 2_000)

    async def detail(self, kind: ModelKind) -> str:
        """Every version of one kind, with how it compared and what it was made with."""
        listed = await asyncio.to_thread(self._registry.versions, kind)
        lines = [f"**{kind}**", *self._not_used(kind, listed)]
        for one in listed:
            lines.append(_line(kind, one))
            if one.manifest is not None:
                about = one.manifest
                made = ", ".join(f"{name} {version}" for name, version in about.libraries.items())
                parts = (
                    about.verdict,
                    f"after {about.parent}" if about.parent else "",
                    f"seed {about.seed}",
                    f"data {about.data_hash[:8]}",
                    made,
                )
                lines.append(f"-# {' · '.join(part for part in parts if part)}")
        return shortened("\n".join(lines), 2_000)

    async def roll_back(self, guild_id: int, by: int, kind: ModelKind) -> str:
        """Let the version serve that served before, and have the worker take it up."""
        try:
            version = await asyncio.to_thread(self._registry.roll_back, kind)
        except ModelError as error:
            return _("⚠️ Nothing was changed: {error}").format(error=error.worded(_))
        await self._note(guild_id, by, "rollback", f"{kind} to {version.name}")
        try:
            loaded = _loaded(await self._worker.reload(), kind)
        except MlError as error:
            return _("⚠️ {kind} is back at {version}, but it was not taken up: {error}").format(
                kind=kind, version=version.name, error=error.worded(_)
            )
        if loaded != version.name:
            return _(
                "⚠️ {kind} is back at {version}, but {loaded} is what I use: the settings of this "
                "bot say so, or {version} does not fit its language model or its release."
            ).format(kind=kind, version=version.name, loaded=loaded)
        said = _("⏪ {kind}: {version} serves again.").format(kind=kind, version=version.name)
        if kind is not ModelKind.AUTOENCODER:
            return said
        self._refresh()
        then = _("Diagrams made meanwhile are looked at anew; taste follows when that is done.")
        return f"{said} {then}"

    async def pin(self, guild_id: int, by: int, kind: ModelKind, name: str, *, pinned: bool) -> str:
        """Never delete a version, or let it go when it is old."""
        try:
            await asyncio.to_thread(self._registry.pin, kind, name, pinned=pinned)
        except ModelError as error:
            return f"⚠️ {error.worded(_)}. " + _("`/admin models` lists those there are.")
        await self._note(guild_id, by, "pin" if pinned else "unpin", f"{kind} {name}")
        if pinned:
            return _("📌 {kind} {version} is kept, however many come after it.").format(
                kind=kind, version=name
            )
        return _("{kind} {version} is no longer kept for good.").format(kind=kind, version=name)

    def names(self, kind: str, typed: str) -> list[str]:
        """Versions to choose from while somebody types, the latest first."""
        try:
            names = self._registry.names(ModelKind(kind))
        except ValueError:  # no kind is chosen yet
            return []
        return [name for name in reversed(names) if typed in name][:25]

    def _not_used(self, kind: ModelKind, listed: Iterable[Listed]) -> Iterator[str]:
        """A line where what the worker has loaded is not the version that serves."""
        versions = self._worker.status.versions
        if versions is None:
            return
        loaded = _loaded(versions, kind)
        for one in listed:
            if one.serves and one.name != loaded:
                yield _(
                    "⚠️ {loaded} is what I use: the settings of this bot say so, or {version} does "
                    "not fit its language model or its release."
                ).format(loaded=loaded, version=one.name)

    async def _note(self, guild_id: int, by: int, action: str, detail: str) -> None:
        async with self._database.transaction() as session:
            await add_audit(session, guild_id, by, action, detail)


def trained_text(trained: Trained) -> str:
    """What a training came to, for people."""
    metrics = " · ".join(f"{name} {value:.3g}" for name, value in trained.metrics.items())
    mark = "✅" if trained.published else "💤"
    return f"{mark} {trained.kind}: {trained.detail}" + (f"\n{metrics}" if metrics else "")


def _line(kind: ModelKind, one: Listed) -> str:
    mark = "✅ " if one.serves else "📌 " if one.pinned else "· "
    if one.problem is not None:
        return f"{mark}`{one.name}` ⚠️ {one.problem.worded(_)}"
    assert one.manifest is not None
    metrics = one.manifest.metrics
    parts = [
        *(f"{name} {metrics[name]:.3g}" for name in _SHOWN[kind] if name in metrics),
        format_dt(datetime.fromisoformat(one.manifest.created_at), "R"),
    ]
    pinned = " 📌" if one.pinned and one.serves else ""
    return f"{mark}`{one.name}`{pinned} {' · '.join(parts)}"


def _loaded(versions: Versions, kind: ModelKind) -> str:
    return {
        ModelKind.LANGUAGE: versions.language,
        ModelKind.READABILITY: versions.readability,
        ModelKind.AUTOENCODER: versions.autoencoder.partition("+")[0],  # the looks beside it
    }[kind]
