"""The playground, used the way its page does it: over HTTP, as one of its people."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.errors import StartupError
from bot.rating.emojis import RATING_EMOJIS
from bot.settings import Settings
from bot.simulated.playground import play
from bot.simulated.stage import Transcript
from ml.worker import Draws, Worker, WorkerConfig
from tests.acceptance.sketching import SketchWorker
from tests.tiny import DESCRIPTION, tiny_installation


class Browser:
    """One page of the playground, open as the first of its people."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        address = urlsplit(url)
        self.address = f"{address.scheme}://{address.netloc}"
        self.state: dict[str, Any] = {}
        self._http = http
        self._headers = {"X-Simcord-Capability": address.fragment}
        self._sequence = 0

    async def open(self) -> None:
        self.state = await self._json("POST", "pages", {})
        self._headers["X-Simcord-Context"] = self.state["context"]["id"]

    async def look(self) -> dict[str, Any]:
        self.state = await self._json("GET", "state")
        return self.state

    async def run(self, command: str, **options: object) -> None:
        catalog = await self._json("GET", "commands")
        (entry,) = (entry for entry in catalog["entries"] if entry["path"] == [command])
        await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options={name: str(value) for name, value in options.items()},
        )

    async def act(self, kind: str, **what: object) -> None:
        """What a person does; once more whenever the page changed meanwhile."""
        end = perf_counter() + 60
        while True:
            await self.look()
            answer = await self._json(
                "POST",
                "action",
                {
                    "protocol_version": 3,
                    "kind": kind,
                    "sequence": self._sequence + 1,
                    "request_id": f"{kind}-{self._sequence + 1}",
                    "generation": self.state["context"]["generation"],
                    "bot_generation": self.state["botGeneration"],
                    "published_revision": self.state["publishedRevision"],
                    **what,
                },
            )
            if not answer.get("error") and not answer["rejected"]:
                self._sequence += 1
                return
            assert perf_counter() < end, answer
            await asyncio.sleep(0.05)

    def posts(self) -> list[dict[str, Any]]:
        """The messages with a picture that it shows."""
        return [one for one in self.state["messages"].values() if one.get("attachments")]

    async def until(self, seen: Callable[[], object], *, limit: float = 120.0) -> None:
        end = perf_counter() + limit
        while not seen():
            assert perf_counter() < end, self.state
            await asyncio.sleep(0.1)
            await self.look()

    async def _json(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        async with self._http.request(
            method, f"{self.address}/api/{path}", json=body, headers=self._headers
        ) as response:
            answer: dict[str, Any] = await response.json()
            return answer


@dataclass(kw_only=True)
class Playing:
    browser: Browser
    told: io.StringIO
    stop: asyncio.Event
    serving: asyncio.Task[None]


@asynccontextmanager
async def playing(settings: Settings, worker: Draws) -> AsyncIterator[Playing]:
    told, stop = io.StringIO(), asyncio.Event()
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        play(
            settings,
            worker=worker,
            port=0,
            stop=stop,
            say=Transcript(told),
            opened=lambda page: opened.set_result(page.url),
        )
    )
    await asyncio.wait({serving, opened}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving
    async with aiohttp.ClientSession() as http:
        browser = Browser(http, await opened)
        await browser.open()
        yield Playing(browser=browser, told=told, stop=stop, serving=serving)
    stop.set()
    await asyncio.wait_for(serving, 60)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "data")


async def test_a_sentence_typed_in_the_page_becomes_diagrams_by_the_real_worker(
    settings: Settings, tmp_path: Path
) -> None:
    config = WorkerConfig(models=tiny_installation(tmp_path), grace_seconds=5)
    async with Worker(config=config) as worker, playing(settings, worker) as here:
        await here.browser.run("diagram", description=DESCRIPTION, count=3, top=2)
        await here.browser.until(lambda: len(here.browser.posts()) == 2)
    assert "stopped" in here.told.getvalue()


async def test_what_people_do_in_the_page_reaches_the_bot(settings: Settings) -> None:
    async with playing(settings, SketchWorker()) as here:
        await here.browser.run("diagram", description="read, clean", count=2, top=1)
        await here.browser.until(here.browser.posts)
        (post,) = here.browser.posts()
        await here.browser.act(
            "set_reaction", target_id=post["id"], emoji=RATING_EMOJIS[4], reacted=True
        )
        await here.browser.run("ratings")
        await here.browser.until(
            lambda: "have rated 1 diagram" in str(here.browser.state["messages"])
        )


async def test_the_page_is_told_and_only_this_machine_reaches_it(settings: Settings) -> None:
    async with playing(settings, SketchWorker()) as here:
        assert here.browser.address.startswith("http://127.0.0.1:")
        assert here.browser.address in here.told.getvalue()
        async with (
            aiohttp.ClientSession() as http,
            http.get(here.browser.address) as page,
            http.get(f"{here.browser.address}/api/commands") as stranger,
        ):
            assert page.status == 200
            assert stranger.status == 401
        assert "/diagram" in str(here.browser.state["messages"])


async def test_ending_the_session_in_the_page_ends_the_program(settings: Settings) -> None:
    async with playing(settings, SketchWorker()) as here:
        await here.browser.act("close")
        await asyncio.wait_for(here.serving, 60)
    assert "stopped" in here.told.getvalue()


async def test_a_taken_port_is_said_with_a_way_out(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartupError, match=rf"port {port} is taken .*--port"):
            await play(
                settings,
                worker=SketchWorker(),
                port=port,
                stop=asyncio.Event(),
                say=Transcript(io.StringIO()),
            )
