"""Runs the bot against Discord until it is told to stop.

settings → log → database → worker → schedule → bot, closed in the opposite order.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

import aiohttp
import discord
from discord.http import Route

from bot.app import open_app
from bot.asking.policy import load_policy
from bot.client import DiagramBot
from bot.errors import StartupError
from bot.logs import set_up_logging
from bot.settings import DISCORD_API_BASE, Settings
from ml.errors import ModelError
from ml.worker import Draws, Worker, WorkerConfig
from storage.errors import StorageError

log = logging.getLogger(__name__)


def make_worker(settings: Settings) -> Worker:
    """The worker as the settings want it, not started yet."""
    return Worker(
        config=WorkerConfig(
            models=settings.models,
            queue_size=settings.worker_queue_size,
            deadline_seconds=settings.request_deadline_seconds,
        )
    )


async def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        StartupError: it cannot start; the message is one line for whoever runs the bot.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise StartupError(
            "DISCORD_TOKEN is not set. Copy .env.example to .env and put the bot's token there; "
            "https://discord.com/developers/applications has it under Bot."
        )
    set_up_logging(level=settings.log_level, as_json=settings.log_json, secrets=settings.secrets)
    if settings.policy:
        load_policy(settings.policy)  # a wrong name is told before the models are loaded
    try:
        async with make_worker(settings) as worker:
            await serve(settings, token, worker=worker)
    except (StorageError, ModelError) as error:
        raise StartupError(str(error)) from error


async def serve(settings: Settings, token: str, *, worker: Draws) -> None:
    """Hold the connection until a signal comes. `worker` is started by the caller.

    Raises:
        StartupError: Discord cannot be reached, or refuses the token.
        StorageError: the database cannot be opened.
    """
    if settings.discord_api_base != DISCORD_API_BASE:
        Route.BASE = settings.discord_api_base
    async with open_app(settings, worker=worker) as app:
        await _connected(app.bot, token, settings)


def stop_on_signal() -> asyncio.Event:
    """Set once SIGINT or SIGTERM comes."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: ctrl-C is a KeyboardInterrupt there
            loop.add_signal_handler(number, stop.set)
    return stop


async def _connected(bot: DiagramBot, token: str, settings: Settings) -> None:
    """Hold the connection until a signal comes, or it fails for good."""
    stop = stop_on_signal()
    connection = asyncio.create_task(bot.start(token), name="connection")
    stopped = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({connection, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stopped.done():
            log.info("stopping", extra={"action": "stop"})
            return
        await connection
    except discord.LoginFailure as error:
        raise StartupError(
            "Discord refused DISCORD_TOKEN. Reset it at "
            "https://discord.com/developers/applications under Bot and put the new one into .env."
        ) from error
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise StartupError(f"{settings.discord_api_base} cannot be used: {error}") from error
    finally:
        stopped.cancel()
        await bot.close()
        connection.cancel()
        await asyncio.gather(connection, stopped, return_exceptions=True)
