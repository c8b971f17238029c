"""Start and stop of the real client, against a small server that speaks Discord's protocol."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.errors import StartupError
from bot.running import run, serve
from bot.settings import Settings
from tests.acceptance.sketching import SketchWorker

TOKEN = "right.token"
ME = {"id": "1", "username": "diagrams", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "1",
    "name": "diagrams",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
    "owner": ME,
}


def answer(value: object, *, status: int = 200) -> web.Response:
    # Without a charset, which discord.py takes for text.
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(value).encode(), status=status, headers=headers)


class SmallDiscord:
    """Login, commands and a gateway that says READY. Knows nothing else."""

    def __init__(self) -> None:
        self.commands: list[dict[str, Any]] = []
        self.identified = asyncio.Event()
        self.base = ""

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._authorised])
        app.router.add_get("/api/v10/users/@me", self._me)
        app.router.add_get("/api/v10/oauth2/applications/@me", self._application)
        app.router.add_get("/api/v10/applications/1/commands", self._known)
        app.router.add_put("/api/v10/applications/1/commands", self._commands)
        app.router.add_get("/api/v10/gateway/bot", self._gateway_address)
        app.router.add_get("/gateway", self._gateway)
        return app

    @web.middleware
    async def _authorised(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path.startswith("/api") and request.headers["Authorization"] != f"Bot {TOKEN}":
            return answer({"message": "401: Unauthorized", "code": 0}, status=401)
        response: web.StreamResponse = await handler(request)
        return response

    async def _me(self, _: web.Request) -> web.Response:
        return answer(ME)

    async def _application(self, _: web.Request) -> web.Response:
        return answer(APPLICATION)

    async def _known(self, _: web.Request) -> web.Response:
        return answer(self.commands)

    async def _commands(self, request: web.Request) -> web.Response:
        self.commands = await request.json()
        return answer([])

    async def _gateway_address(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        url = self.base.replace("http", "ws").replace("/api/v10", "/gateway")
        return answer({"url": url, "shards": 1, "session_start_limit": limit})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            if message.json()["op"] == 2:
                ready = {
                    "v": 10,
                    "user": ME,
                    "guilds": [],
                    "session_id": "s",
                    "resume_gateway_url": str(request.url),
                    "application": {"id": "1", "flags": 0},
                }
                await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
                self.identified.set()
        return socket


@pytest.fixture
async def small_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SmallDiscord]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    server = SmallDiscord()
    runner = web.AppRunner(server.application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.base = f"http://{host}:{port}/api/v10"
    yield server
    await runner.cleanup()


def settings_for(base: str, folder: Path) -> Settings:
    return Settings(_env_file=None, discord_api_base=base, data_dir=folder)


async def test_another_server_is_used_for_everything_and_a_signal_stops_cleanly(
    small_discord: SmallDiscord, tmp_path: Path
) -> None:
    settings = settings_for(small_discord.base, tmp_path)
    serving = asyncio.create_task(serve(settings, TOKEN, worker=SketchWorker()))
    async with asyncio.timeout(60):
        await small_discord.identified.wait()
        assert {command["name"] for command in small_discord.commands} >= {
            "admin",
            "diagram",
            "help",
            "ratings",
        }
        os.kill(os.getpid(), signal.SIGTERM)
        await serving


async def test_a_refused_token_is_one_clear_line(
    small_discord: SmallDiscord, tmp_path: Path
) -> None:
    settings = settings_for(small_discord.base, tmp_path)
    with pytest.raises(StartupError, match="refused DISCORD_TOKEN") as caught:
        await serve(settings, "wrong.token", worker=SketchWorker())
    assert "\n" not in str(caught.value)
    assert "wrong.token" not in str(caught.value)


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
async def test_a_server_that_is_not_there_is_named(
    small_discord: SmallDiscord, tmp_path: Path
) -> None:
    settings = settings_for("http://127.0.0.1:9/api/v10", tmp_path)
    with pytest.raises(StartupError, match=r"http://127.0.0.1:9/api/v10 cannot be used"):
        await serve(settings, TOKEN, worker=SketchWorker())


async def test_a_missing_token_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="DISCORD_TOKEN is not set"):
        await run(Settings(_env_file=None, data_dir=tmp_path))


async def test_the_policy_is_imported_before_the_worker_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules_that_count.py").write_text(
        "import multiprocessing\n"
        "raise ImportError(f'{len(multiprocessing.active_children())} processes')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        discord_token=SecretStr(TOKEN),
        policy="rules_that_count:check",
    )
    with pytest.raises(StartupError, match=r"cannot be imported .*: 0 processes"):
        await run(settings)


def test_the_command_says_it_on_stderr_without_a_traceback(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-m", "bot", "bot"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("diagram-bot: DISCORD_TOKEN is not set.")


def test_the_bot_never_imports_torch() -> None:
    code = (
        "import sys, bot.app, bot.running, bot.cli, bot.simulated.demo; "
        "print([name for name in ('torch', 'cv2', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.strip() == "[]"
