"""A small server that speaks OpenAI's chat completions, and fails as it is told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

STYLE = "down green round arrow compact nodes"
TEXT = "right blue round arrow spacious nodes\n0 data Read\n1 process Clean\n2 model Train\n"

Body = dict[str, Any]
Reply = Callable[[Body], web.Response]


def says(text: str, reason: str = "stop") -> web.Response:
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": reason}
    return web.json_response({"choices": [choice]})


def fails(status: int, message: str = "because", **headers: str) -> Reply:
    error = {"error": {"message": message, "type": "error", "code": status}}
    return lambda _: web.json_response(
        error, status=status, headers={name.replace("_", "-"): headers[name] for name in headers}
    )


def is_style(body: Body) -> bool:
    return "stop" in body


def answer(body: Body) -> web.Response:
    """What a trained model would say."""
    return says(STYLE if is_style(body) else TEXT)


@dataclass
class ChatServer:
    """`replies` are given first, one a request, then `reply` for ever; `seconds` later each."""

    reply: Reply = answer
    replies: list[Reply] = field(default_factory=list)
    seconds: float = 0.0
    models: tuple[str, ...] | None = ("diagram", "base")
    url: str = ""
    bodies: list[Body] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    most_at_once: int = 0
    left: int = 0
    _now: int = 0

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.bodies.append(body)
        self.keys.append(request.headers.get("Authorization"))
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        reply = self.replies.pop(0) if self.replies else self.reply
        try:
            await asyncio.sleep(self.seconds)
            return reply(body)
        except asyncio.CancelledError:
            self.left += 1
            raise
        except ConnectionAbortedError:
            assert request.transport is not None
            request.transport.abort()
            raise
        finally:
            self._now -= 1

    async def _models(self, _: web.Request) -> web.StreamResponse:
        if self.models is None:
            return web.Response(status=404)
        return web.json_response({"data": [{"id": name} for name in self.models]})

    async def serve(self, ready: Future[Callable[[], object]]) -> None:
        """Answers until somebody calls what `ready` gets."""
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        # As vLLM does: whoever hangs up wants no answer any more.
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        ready.set_result(lambda: loop.call_soon_threadsafe(stop.set))
        await stop.wait()
        await site.stop()
        for _ in range(10):  # what is being accepted arrives, so that the clean-up closes it
            await asyncio.sleep(0)
        await runner.cleanup()


@contextmanager
def chat_server(**settings: Any) -> Iterator[ChatServer]:
    """A running server, in a loop and a thread of its own."""
    server = ChatServer(**settings)
    ready: Future[Callable[[], object]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(ready)))
    thread.start()
    stop = ready.result(timeout=10)
    try:
        yield server
    finally:
        stop()
        thread.join()


def hangs_up(_: Body) -> web.Response:
    raise ConnectionAbortedError
