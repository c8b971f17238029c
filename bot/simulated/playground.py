"""`diagram-bot playground`: the real bot in a browser, without Discord.

SimCord shows a simulated server as a page on this machine: type `/`, press buttons, fill forms,
react, and be one person or the other. Bot, worker, models and database are the real ones. The
server ends with the program, so its data lie in a temporary folder and go with it.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import discord
from simcord.backend.errors import SetupError
from simcord.env import Env
from simcord.preview import Preview

from bot.app import open_app
from bot.errors import StartupError
from bot.logs import set_up_logging
from bot.running import make_worker, stop_on_signal
from bot.settings import Settings
from bot.simulated.simulation import Outside
from bot.simulated.stage import Transcript
from ml.worker import Draws

WELCOME = (
    "Type `/diagram` below and describe something, for example: *order arrives, then is it in "
    "stock? yes -> ship it, no -> refund*. React with a number, press the buttons, try `/help`."
)
LOOK = 0.5  # seconds; as often as the page asks


async def playground(settings: Settings, *, port: int) -> None:
    """Serve a simulated Discord at `port` of 127.0.0.1 until a signal or the page ends it.

    Raises:
        StartupError: the port is taken, or the page cannot be shown.
        StorageError: the database cannot be opened.
        ModelError: the models cannot be loaded.
    """
    set_up_logging(level="ERROR", as_json=False, secrets=())
    with tempfile.TemporaryDirectory(prefix="diagram-bot-playground-") as folder:
        settings = settings.model_copy(update={"data_dir": Path(folder), "database_url": None})
        stop = stop_on_signal()
        async with make_worker(settings) as worker:
            await play(settings, worker=worker, port=port, stop=stop, say=Transcript(sys.stdout))


async def play(
    settings: Settings,
    *,
    worker: Draws,
    port: int,
    stop: asyncio.Event,
    say: Transcript,
    opened: Callable[[Preview], None] = lambda _: None,
) -> None:
    """Serve until `stop`, with a worker that runs; port 0 is any free one.

    `opened` is told of the page as soon as the models are loaded.

    Raises:
        StartupError: the port is taken, or the page cannot be shown.
    """
    outside = Outside(worker)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings, worker=outside))
        env = outside.env = Env(app.bot, settle_timeout=60.0)
        # SimCord's clock starts at a date of its own; people expect today's.
        env.backend.advance_clock(_behind(env))
        env.backend.bot_user.name = "Diagram bot"
        await env.start()
        stack.push_async_callback(env.shutdown)
        preview = await _shown(stack, env, port)
        say.title("Diagram bot: the real bot in a simulated Discord, in your browser")
        say.line("loading the models …")
        await worker.ready()
        say.line(f"open  {preview.url}")
        say.line("")
        say.line("Type / there for the commands, press buttons, react with numbers. “Viewing as”")
        say.line("makes you Ana, or Ben, who manages the server. Nobody else can open the page.")
        say.line("Ctrl-C ends it, and nothing is kept.")
        opened(preview)
        await _until_stopped(preview, env, stop)
        say.line("")
        say.line("stopped")


async def _shown(stack: AsyncExitStack, env: Env, port: int) -> Preview:
    """The page of a server with a channel and two people, until `stack` is closed."""
    guild = env.create_guild("Vision team")
    managers = guild.create_role(
        "Managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
    )
    channel = guild.create_text_channel("diagrams")
    ana = guild.add_member(env.create_user("Ana"))
    ben = guild.add_member(env.create_user("Ben"), roles=[managers])
    await ben.send(channel, WELCOME)
    try:
        return await stack.enter_async_context(
            env.preview(channel, viewers=[ana, ben], layout="channel", port=port)
        )
    except SetupError as error:
        if isinstance(error.__cause__, OSError):
            raise StartupError(
                f"port {port} is taken by another program; choose one with --port, 0 for any free"
            ) from error
        raise StartupError(f"the page cannot be shown: {error}") from error


async def _until_stopped(preview: Preview, env: Env, stop: asyncio.Event) -> None:
    """Keep the page up to date until a signal, or its own “End preview session”."""
    ends = [
        asyncio.create_task(stop.wait(), name="stop"),
        asyncio.create_task(preview.wait_closed(), name="closed"),
    ]
    shown = 0
    try:
        while not any(end.done() for end in ends):
            # What the bot does by itself, after the act that started it, shows at the next look.
            if (done := len(env.http_requests)) != shown:
                # A SetupError: somebody acts in the page at this moment, which shows it as well.
                # A TimeoutError: the bot has too much to do to stand still for a picture.
                with suppress(SetupError, TimeoutError):
                    await env.advance_time(_behind(env))
                    await preview.refresh()
                    shown = done
            await asyncio.wait(ends, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


def _behind(env: Env) -> float:
    """How far the simulation's clock is behind the real one, in seconds."""
    return max(0.0, (datetime.now(UTC) - env.now()).total_seconds())
