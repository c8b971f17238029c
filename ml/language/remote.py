"""A language model that another server runs, spoken to by OpenAI's chat completions.

Everything `LocalGenerator` does goes with the requests: cool structure and warm style, seeds, the
grammar. One candidate is two requests, its text and a style line of its own, since a server takes
one temperature for all of a text; every other candidate takes over the first one's structure.

The grammar goes as vLLM's `structured_outputs`, which hands llguidance's Lark to its `guidance`
backend as it is. Servers that do not know the field either ignore it or refuse the request, which
is then made without it: their texts are parsed like all others, and those that are none dropped.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ml.config import Dialect, ServerConfig
from ml.errors import SpecError
from ml.language.completions import Completions, Refused
from ml.language.generator import MAX_ANSWER, STYLE_FLOOR, Finished, Prompt, Sample, Temperatures
from ml.language.prompts import messages
from ml.language.reading import grammar_of
from ml.spec.grammar import change_grammar, style_grammar
from ml.spec.text import parse_spec, parse_style_words

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.1
"""How often is looked whether somebody has cancelled."""
MAX_STYLE = 32
"""Tokens of a style line; real ones have half of that."""

_COMMAND = re.compile(r"<(?=\|[^\s>]*>|｜|/?(?:s|eos|bos|pad|unk)>|(?:start|end)_of_turn>)")
"""Where a chat template's usual commands begin. The server's tokenizer knows them, not we."""


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What a candidate got: a style line of its own, its text, and whether that ended by itself.
    The text is None where it is taken over from the first candidate."""

    style: str | None
    text: str | None
    finished: bool


class RemoteGenerator:
    """The model of a server, which writes diagram texts as `LocalGenerator` does."""

    def __init__(
        self,
        server: ServerConfig,
        *,
        model: str,
        dialect: Dialect,
        temperatures: Temperatures | None = None,
        pause: float = 0.5,
    ) -> None:
        """
        Args:
            model: by the server's name; an adapter that it serves has a name of its own.
            pause: seconds before the first further try; each one after waits twice as long.
        """
        self._server = server
        self._model = model
        self._grammar = grammar_of(dialect)
        self._styled = dialect is Dialect.SPEC  # rows have no line of their own for it
        self._temperatures = temperatures or Temperatures()
        self._pause = pause
        self._takes_guide = True

    def write(
        self,
        prompts: Sequence[Prompt],
        *,
        cancelled: Callable[[str], bool] = lambda _: False,
        finished: Finished = lambda *_: None,
    ) -> list[list[Sample]]:
        """The candidates of every prompt, in the order in which they are numbered.

        A prompt that is cancelled on the way gets what was finished before. Must not be called
        in a thread where an event loop runs.

        Raises:
            ModelError: the server is away, busy or refuses; the message says what to do.
        """
        return asyncio.run(self._write(prompts, cancelled, finished))

    async def _write(
        self, prompts: Sequence[Prompt], cancelled: Callable[[str], bool], finished: Finished
    ) -> list[list[Sample]]:
        async with Completions(self._server, pause=self._pause) as line:
            groups = [
                [asyncio.create_task(self._answer(line, one, k)) for k in range(one.count)]
                for one in prompts
            ]
            everything = [task for group in groups for task in group]
            told = [0] * len(prompts)
            try:
                while waiting := [task for task in everything if not task.done()]:
                    await asyncio.wait(
                        waiting, timeout=WATCH_SECONDS, return_when=asyncio.FIRST_COMPLETED
                    )
                    for index, (prompt, group) in enumerate(zip(prompts, groups, strict=True)):
                        if cancelled(prompt.id):
                            for task in group:
                                task.cancel()  # the server sees the connection end, and stops
                        else:
                            for _ in range(told[index], len(_samples(group))):
                                told[index] += 1
                                finished(prompt.id, told[index])
                return [_samples(group) for group in groups]
            except Refused as refused:
                raise await line.explained(refused, self._model) from refused
            finally:
                for task in everything:
                    task.cancel()
                await asyncio.gather(*everything, return_exceptions=True)

    async def _answer(self, line: Completions, prompt: Prompt, k: int) -> _Answer:
        """What the k-th candidate needs from the server."""
        alike = self._styled and prompt.present is None
        style = await self._style(line, prompt, k) if alike else None
        if alike and k > 0 and k % 2 == 0:
            return _Answer(style=style, text=None, finished=True)
        body = self._body(prompt, k, self._temperatures.structure if k else 0.0, MAX_ANSWER)
        grammar = self._grammar
        if prompt.present is not None:
            grammar = change_grammar(parse_spec(prompt.present))
        text, ended = await self._complete(
            line, body, {"structured_outputs": {"grammar": grammar}}, ours=prompt.present is None
        )
        if not ended:  # what was cut off ends with its last whole line
            text = text[: text.rfind("\n") + 1]
        return _Answer(style=style, text=text, finished=ended)

    async def _style(self, line: Completions, prompt: Prompt, k: int) -> str | None:
        """A style line; None when what the server wrote is none."""
        body = self._body(prompt, k, self._temperatures.style, MAX_STYLE) | {"stop": ["\n"]}
        guide = {"structured_outputs": {"grammar": style_grammar()}, "min_p": STYLE_FLOOR}
        text, _ = await self._complete(line, body, guide, ours=True)
        style = text.strip().partition("\n")[0]
        try:
            parse_style_words(style)
        except SpecError:
            return None
        return style or None

    def _body(self, prompt: Prompt, k: int, temperature: float, tokens: int) -> dict[str, Any]:
        present = None if prompt.present is None else _without_commands(prompt.present)
        return {
            "model": self._model,
            "messages": messages(_without_commands(prompt.description), present),
            "temperature": temperature,
            "max_tokens": tokens,
            "seed": (prompt.seed * 1_000_003 + k) % 2**31,  # some servers have no more bits
        }

    async def _complete(
        self, line: Completions, body: dict[str, Any], guide: dict[str, Any], *, ours: bool
    ) -> tuple[str, bool]:
        """The text that the server writes, under the guide where it takes one.

        Args:
            ours: whether nothing in the guide comes from people: only then does a refusal tell
                that the server takes none, and not that it cannot read somebody's labels.
        """
        refused = None
        if self._takes_guide:
            try:
                return await line.complete(body | guide)
            except Refused as error:
                if error.status not in (400, 422):
                    raise
                refused = error
        answer = await line.complete(body)
        if refused is not None:  # so it was the guide
            if ours:
                log.warning("the language model's server takes no grammar: %s", refused)
                self._takes_guide = False
            else:  # its words may quote labels
                log.warning(
                    "the language model's server refuses a diagram's grammar (HTTP %d)",
                    refused.status,
                )
        return answer


def _samples(group: Sequence[asyncio.Task[_Answer]]) -> list[Sample]:
    """The candidates of a prompt that are whole, in their order.

    Raises:
        Refused, ModelError: one of them failed.
    """
    answers = [task.result() for task in group if task.done() and not task.cancelled()]
    leader = group[0].result() if group and group[0].done() and not group[0].cancelled() else None
    samples = []
    for answer in answers:
        whole = answer if answer.text is not None else leader
        if whole is None or whole.text is None:
            continue  # its structure is still being written
        samples.append(
            Sample(
                text=_styled(whole.text, answer.style),
                finished=whole.finished,
                copied=answer.text is None,
            )
        )
    return samples


def _styled(text: str, style: str | None) -> str:
    """The text with another style line, if there is one."""
    if style is None:
        return text
    nodes = text if text.lstrip()[:1].isdecimal() else text.partition("\n")[2]
    return f"{style}\n{nodes}"


def _without_commands(text: str) -> str:
    """The text with a space inside whatever may be a command of a chat template."""
    return _COMMAND.sub("< ", text)
