"""The whole bot in a simulated Discord: real commands, real database, real pictures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend import Backend
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.app import App, open_app
from bot.rating.emojis import RATING_EMOJIS
from bot.settings import Settings
from tests.acceptance.sketching import Gates, SketchWorker


@dataclass(kw_only=True)
class World:
    """A server with a channel and three people; Ada may manage the server."""

    env: Env
    settings: Settings
    running: AsyncExitStack
    app: App
    worker: SketchWorker
    guild: GuildHandle
    channel: ChannelHandle
    ana: MemberActor
    ben: MemberActor
    ada: MemberActor

    async def ask(self, who: MemberActor, description: str, **options: int) -> InteractionResult:
        return await who.slash(self.channel, "diagram", description=description, **options)

    async def restart(self, *, held: bool = False) -> None:
        """The program ends and starts again; Discord and the data folder stay.

        With `held` its jobs wait, for ever.
        """
        await self.running.aclose()
        self.worker = SketchWorker()
        if held:
            self.hold()
        self.app = await self.running.enter_async_context(
            open_app(self.settings, worker=self.worker)
        )
        await self.env.restart_bot(self.app.bot)

    @contextmanager
    def offline(self) -> Iterator[Backend]:
        """What happens to Discord in this block never reaches the bot."""
        subscribers = self.env.backend.subscribers[:]
        self.env.backend.subscribers.clear()
        yield self.env.backend
        self.env.backend.subscribers[:] = subscribers

    def fail(self, method: str, path: str, *, status: int, code: int = 0) -> None:
        """Make the next matching call fail; unlike SimCord's own, also in the middle of one."""
        self.env.backend.faults.append(
            {
                "method": method,
                "path": path,
                "status": status,
                "code": code,
                "message": "made to fail",
                "times": 1,
            }
        )

    def posts(self) -> list[discord.Message]:
        """The messages with a diagram, oldest first."""
        return [message for message in self.channel.history() if message.attachments]

    def hold(self) -> Gates:
        """From now on jobs wait until they are released."""
        gates = Gates(self.env.external_wait)
        self.worker.gate = gates
        return gates

    def refused(self) -> BaseException:
        """The one error that reached the command tree since the last look.

        SimCord knows an error by its `id`, which the next error may be given again.
        """
        (error,) = self.env.errors
        self.env._errors.clear()
        self.env._error_ids.clear()
        return getattr(error, "original", error)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Somebody else writes to the database in this block: the bot's own writes wait."""
        async with self.app.database.transaction():
            yield

    async def acknowledged(self, count: int, *, since: int) -> None:
        """Wait until so many interactions had their first response after `since` calls."""

        def responses() -> int:
            return sum("/callback" in call.path for call in self.env.http_requests[since:])

        async with asyncio.timeout(60):
            while responses() < count:  # noqa: ASYNC110 (SimCord tells nobody)
                await asyncio.sleep(0.01)

    async def rate(self, who: MemberActor, message: discord.Message, value: int) -> None:
        await who.react(message, RATING_EMOJIS[value])


Open = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
def opened(settings: Settings) -> Open:
    """Opens a world; tests that look after the end of one use this."""

    @asynccontextmanager
    async def opened(worker: SketchWorker | None = None, **options: object) -> AsyncIterator[World]:
        worker = worker or SketchWorker()
        async with AsyncExitStack() as running:
            app = await running.enter_async_context(open_app(settings, worker=worker))
            # The longest an act may take: trainings are started at low priority, and wait.
            env = Env(app.bot, **{"settle_timeout": 60.0, **options})
            await env.start()
            try:
                yield _world(env, settings, running, app, worker)
            finally:
                await env.shutdown()
            env.raise_errors()

    return opened


def _world(
    env: Env, settings: Settings, running: AsyncExitStack, app: App, worker: SketchWorker
) -> World:
    guild = env.create_guild("Lab")
    managers = guild.create_role(
        "Managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
    )
    return World(
        env=env,
        settings=settings,
        running=running,
        app=app,
        worker=worker,
        guild=guild,
        channel=guild.create_text_channel("diagrams"),
        ana=guild.add_member(env.create_user("ana")),
        ben=guild.add_member(env.create_user("ben")),
        ada=guild.add_member(env.create_user("ada"), roles=[managers]),
    )


@pytest.fixture
async def world(opened: Open) -> AsyncIterator[World]:
    async with opened() as world:
        yield world
