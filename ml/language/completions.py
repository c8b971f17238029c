"""OpenAI's chat completions over HTTP: one line to a server, held while a batch is written.

The protocol is that of https://platform.openai.com/docs/api-reference/chat, which vLLM, llama.cpp,
SGLang and others speak too. What may pass by itself is tried again, with pauses that double or that
the server asks for (RFC 9110, section 10.2.3). Nothing here logs a key or what a message says.
"""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

from ml.config import ServerConfig
from ml.errors import ModelError

CONCURRENT = 16
"""Requests that are with the server at the same time; the others wait here."""
TRIES = 5
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
LONGEST_PAUSE = 30.0
"""Seconds between two tries; a server that wants to be left alone for longer has failed."""
CONNECT_SECONDS = 10.0


class Refused(Exception):
    """A request that the server understood and does not want, by its HTTP status and words."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        self.words = words
        super().__init__(f"HTTP {status}: {words}")


class Completions:
    """An open line to a server, for one event loop. It bounds how many requests are under way."""

    def __init__(self, server: ServerConfig, *, pause: float) -> None:
        """
        Args:
            pause: seconds before the first further try; each one after waits twice as long.
        """
        self._server = server
        self._pause = pause
        self._room = asyncio.Semaphore(CONCURRENT)
        key = {"Authorization": f"Bearer {server.key}"} if server.key else {}
        self._http = aiohttp.ClientSession(
            headers=key,
            timeout=aiohttp.ClientTimeout(
                total=server.answer_seconds, sock_connect=CONNECT_SECONDS
            ),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def complete(self, body: dict[str, Any]) -> tuple[str, bool]:
        """The text of the first choice, and whether the model ended it by itself.

        Raises:
            Refused: the server does not want this request.
            ModelError: it is away, busy, slow, refuses the key or says what cannot be read.
        """
        async with self._room:
            answer = await self._post(body)
        try:
            choice = answer["choices"][0]
            return str(choice["message"]["content"] or ""), choice["finish_reason"] == "stop"
        except (KeyError, IndexError, TypeError) as error:
            raise _unreadable() from error

    async def explained(self, refused: Refused, model: str) -> ModelError:
        """Why a request was refused, and what to do."""
        if refused.status != 404:
            return ModelError(
                "the language model's server refuses the request (HTTP {status}): {words}",
                status=refused.status,
                words=refused.words,
            )
        names = await self._models()
        if names is None:
            return ModelError(
                "LLM_BASE_URL leads to no OpenAI-compatible server (HTTP 404); such an address "
                "mostly ends with /v1"
            )
        return ModelError(
            "the language model's server does not know LLM_MODEL “{model}”; it serves {names}",
            model=model,
            names=", ".join(names)[:200] or "none",
        )

    async def _models(self) -> list[str] | None:
        """What the server serves; None when it does not tell."""
        try:
            async with self._http.get(f"{self._server.url}/models") as response:
                if response.status != 200:
                    return None
                answer = await response.json(content_type=None)
            return [str(model["id"]) for model in answer["data"]]
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            return None

    async def _post(self, body: dict[str, Any]) -> Any:
        """The server's answer to a request, which is made again while there is hope."""
        tries = 0
        while True:
            pause = self._pause * 2**tries * random.uniform(1.0, 1.5)
            try:
                async with self._http.post(
                    f"{self._server.url}/chat/completions", json=body
                ) as response:
                    if response.status == 200:
                        return await response.json(content_type=None)
                    problem = await self._problem(response)
                    pause = max(pause, _retry_after(response.headers.get("Retry-After")))
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError) as error:
                # Among them time-outs of the connection, but not of the answer.
                problem = ModelError(
                    "the language model's server at LLM_BASE_URL cannot be reached "
                    "({reason}); start it, or check the address",
                    reason=type(error).__name__,
                )
            except TimeoutError as error:
                raise ModelError(
                    "the language model's server took more than {seconds} s over one answer; it "
                    "is too slow or the answer never ends",
                    seconds=round(self._server.answer_seconds),
                ) from error
            except (aiohttp.ClientError, ValueError) as error:
                # No HTTP, redirected in circles or to where none is, no address, no JSON.
                raise _unreadable() from error
            tries += 1
            if tries == TRIES or pause > LONGEST_PAUSE:
                raise problem
            await asyncio.sleep(pause)

    async def _problem(self, response: aiohttp.ClientResponse) -> ModelError:
        """What to raise of an answer that may be another one next time.

        Raises:
            Refused, ModelError: it will be the same.
        """
        if response.status in (401, 403):
            raise ModelError(
                "the language model's server refuses LLM_API_KEY (HTTP {status}); check it",
                status=response.status,
            )
        if response.status not in RETRIED:
            raise Refused(response.status, await self._words(response))
        if response.status == 429:
            return ModelError(
                "the language model's server has too much to do (HTTP 429); try again later"
            )
        return ModelError(
            "the language model's server fails (HTTP {status}); its log says why",
            status=response.status,
        )

    async def _words(self, response: aiohttp.ClientResponse) -> str:
        """The first line of what the server says about an error, without the key."""
        try:
            answer = await response.json(content_type=None)
        except ValueError:
            return "no reason given"
        error = answer.get("error", answer) if isinstance(answer, dict) else None
        said = error.get("message") if isinstance(error, dict) else error
        words = (said.strip().splitlines() if isinstance(said, str) else []) or ["no reason given"]
        return words[0].replace(self._server.key or "\n", "…")[:120]


def _unreadable() -> ModelError:
    return ModelError(
        "LLM_BASE_URL does not answer as an OpenAI-compatible server does; such an address "
        "mostly ends with /v1"
    )


def _retry_after(value: str | None) -> float:
    """Seconds that a server asks to be left alone for: a number, or until a date. 0 if none."""
    if value is None:
        return 0.0
    if value.strip().isdecimal():
        return float(value)
    try:
        return (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):  # no date, or one without a time zone
        return 0.0
